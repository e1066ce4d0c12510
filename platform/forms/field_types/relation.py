"""Relation: points at a record of another form (or of its own)."""

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
from joinery.forms.form import Field
from joinery.forms.identities import RecordRef, read_id, read_numbered, sent_id
from joinery.formulas import Type, record_of

LABEL = {
    "type": "object",
    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
    "required": ["en", "zh"],
    "additionalProperties": False,
}
#: What is told of the records that may be chosen, and in which order they come.
CHOICE_COLUMNS = {"type": "array", "items": {"type": "string"}, "maxItems": 6}
CHOICE_SORT = {"type": "string", "maxLength": 200}


@FIELD_TYPES.register
class Relation(FieldType):
    """One record of another form, stored by id; whether it exists is checked when the record is saved."""

    name, icon, group = "relation", "link-2", "relation"
    label: ClassVar[Label] = {"en": "Relation", "zh": "关联记录"}
    stores, index = "relation", "btree"
    settings: ClassVar[Mapping[str, Any]] = {
        "form": {"type": "string", "label": {"en": "Form", "zh": "关联表单"}},
        "inverse": {
            "type": "object",
            "properties": {
                "key": {"type": "string"},
                "label": LABEL,
                "columns": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["key"],
            "additionalProperties": False,
            "label": {"en": "List on the other form", "zh": "对方表单中的列表"},
        },
        "filter": {"type": "string", "label": {"en": "Which records may be chosen", "zh": "可选记录的条件"}},
        "columns": {
            **CHOICE_COLUMNS,
            "label": {"en": "Shown beside the title when choosing", "zh": "选择时标题旁显示的字段"},
        },
        "sort": {
            **CHOICE_SORT,
            "label": {"en": "Order when choosing", "zh": "选择时的排序"},
        },
        "fill": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "label": {"en": "Fill in when chosen", "zh": "选择后自动填充"},
        },
        "on_delete": {
            "enum": ["restrict", "unlink", "cascade"],
            "default": "restrict",
            "label": {"en": "When the other record is deleted", "zh": "对方记录被删除时"},
        },
        "tree": {
            "type": "boolean",
            "default": False,
            "label": {"en": "A tree: no record is below itself", "zh": "树形：记录不能位于自身之下"},
        },
    }
    required_settings = ("form",)

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return record_of(settings["form"])

    def references(self, field: Field) -> str | None:
        form: str = field.settings["form"]
        return form

    def records_in(self, field: Field, value: Any) -> tuple[tuple[str, int], ...]:
        return () if value is None else ((field.settings["form"], value),)

    def records_sent(self, field: Field, raw: Any) -> tuple[tuple[str, int], ...]:
        return self.records_in(field, sent_id(raw))

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.BigInteger),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> int:
        record_id = read_id(raw)
        if record_id is None:
            raise ValueProblem("value_not_record")
        return record_id

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> int | None:
        title = cell_text(text).strip()
        if not title:
            return None
        found = context.find_record(field.settings["form"], title) if context.find_record else None
        found = found or read_numbered(title)
        if found is None:
            raise ValueProblem("value_unknown_record", value=title[:100])
        return found

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        if value is None:
            return None
        title = context.title_of(field.settings["form"], value) if context.title_of else None
        return {"id": value, "title": title}

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return self.plain_text(field, value, context) or ("" if value is None else f"#{value}")

    def plain_text(self, field: Field, value: Any, context: ShowContext) -> str:
        if value is None or context.title_of is None:
            return ""
        return context.title_of(field.settings["form"], value) or ""

    def convert(self, old: Field, value: Any, field: Field, context: ParseContext) -> Any:
        if isinstance(value, RecordRef):
            if value.form != field.references:
                raise ValueProblem("value_other_form")
            return value.id
        if value is not None and old.references and old.references != field.references:
            raise ValueProblem("value_other_form")
        if old.type.several and old.references:
            if len(value) > 1:
                raise ValueProblem("value_more_than_one")
            return value[0]
        return super().convert(old, value, field, context)
