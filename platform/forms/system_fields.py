"""The fields that every record has, described like any other field."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import FIELD_TYPES, complete_settings
from joinery.forms.form import Field

_TYPES = {
    "id": "number",
    "revision": "number",
    "title": "text",
    "owner": "user",
    "created_at": "datetime",
    "created_by": "user",
    "updated_at": "datetime",
    "updated_by": "user",
}
SYSTEM_LABELS: Mapping[str, Label] = {
    "id": {"en": "ID", "zh": "编号"},
    "revision": {"en": "Revision", "zh": "修订号"},
    "title": {"en": "Title", "zh": "标题"},
    "owner": {"en": "Owner", "zh": "负责人"},
    "created_at": {"en": "Created", "zh": "创建时间"},
    "created_by": {"en": "Created by", "zh": "创建人"},
    "updated_at": {"en": "Updated", "zh": "更新时间"},
    "updated_by": {"en": "Updated by", "zh": "更新人"},
}


def make_system_fields(*, external_owner: bool = False) -> dict[str, Field]:
    """The system fields by key; all but the owner are kept by the platform itself.

    `external_owner` lets people of external organisations own the records.
    """
    given = {"owner": {"external": True}} if external_owner else {}
    return {key: _make(key, type_name, given.get(key, {})) for key, type_name in _TYPES.items()}


def _make(key: str, type_name: str, given: Mapping[str, Any]) -> Field:
    field_type = FIELD_TYPES[type_name]
    definition = FieldDefinition(key=key, type=type_name, label=SYSTEM_LABELS[key])
    settings = complete_settings(field_type, given)
    return Field(
        key=key,
        definition=definition,
        type=field_type,
        settings=settings,
        prepared=field_type.prepare(definition, settings),
        formula_type=field_type.formula_type(settings),
        system=True,
    )
