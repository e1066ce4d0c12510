"""Relation to many: points at any number of records of another form (or of its own), in an order."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import (
    FIELD_TYPES,
    FieldType,
    ParseContext,
    ShowContext,
    ValueProblem,
    cell_text,
)
from joinery.forms.field_types.relation import Relation
from joinery.forms.form import Field
from joinery.forms.identities import as_items, read_id, read_numbered, sent_id
from joinery.forms.listed import join_list, split_list
from joinery.formulas import Type, list_of, record_of


@FIELD_TYPES.register
class Relations(FieldType):
    """Records of another form, each once, stored in a link table: both ends show the same rows."""

    name, icon, group = "relations", "affiliate", "relation"
    label: ClassVar[Label] = {"en": "Relation to many", "zh": "关联多条记录"}
    stores, several = "relations", True
    sortable, groupable = False, False
    settings: ClassVar[Mapping[str, Any]] = {
        **{
            name: part
            for name, part in Relation.settings.items()
            if name not in ("fill", "on_delete", "tree")
        },
        "on_delete": {**Relation.settings["on_delete"], "default": "unlink"},
    }
    required_settings = ("form",)

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return list_of(record_of(settings["form"]))

    def references(self, field: Field) -> str | None:
        form: str = field.settings["form"]
        return form

    def records_in(self, field: Field, value: Any) -> tuple[tuple[str, int], ...]:
        form = field.settings["form"]
        return tuple((form, record_id) for record_id in value or ())

    def records_sent(self, field: Field, raw: Any) -> tuple[tuple[str, int], ...]:
        items = raw if isinstance(raw, list | tuple) else (raw,)
        form = field.settings["form"]
        return tuple((form, found) for item in items if (found := sent_id(item)) is not None)

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return ()

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return {}

    def from_row(self, field: Field, row: Mapping[str, Any]) -> Any:
        return tuple(row[field.key]) if row[field.key] else None

    def parse(self, field: Field, raw: Any, context: ParseContext) -> tuple[int, ...] | None:
        found = [read_id(item) for item in as_items(raw)]
        if None in found:
            raise ValueProblem("value_not_record")
        return tuple(dict.fromkeys(one for one in found if one is not None)) or None

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> tuple[int, ...] | None:
        found = [self._found(field, title, context) for title in split_list(cell_text(text))]
        return tuple(dict.fromkeys(found)) or None

    def _found(self, field: Field, title: str, context: ParseContext) -> int:
        found = context.find_record(field.settings["form"], title) if context.find_record else None
        found = found or read_numbered(title)
        if found is None:
            raise ValueProblem("value_unknown_record", value=title[:100])
        return found

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        if value is None:
            return None
        form = field.settings["form"]
        return [
            {"id": one, "title": context.title_of(form, one) if context.title_of else None} for one in value
        ]

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        form = field.settings["form"]
        titles = (
            (context.title_of(form, one) if context.title_of else None) or f"#{one}" for one in value or ()
        )
        return join_list(titles)

    def plain_text(self, field: Field, value: Any, context: ShowContext) -> str:
        if context.title_of is None:
            return ""
        form = field.settings["form"]
        titles = (context.title_of(form, one) for one in value or ())
        return ", ".join(title for title in titles if title)

    def convert(self, old: Field, value: Any, field: Field, context: ParseContext) -> Any:
        if value is None or not old.type.targets(old):
            return super().convert(old, value, field, context)
        found = old.type.records_in(old, value)
        if any(form != field.settings["form"] for form, _ in found):
            raise ValueProblem("value_other_form")
        return tuple(record_id for _, record_id in found)
