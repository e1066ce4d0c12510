"""Subform: lines inside a record, each a row of a table of their own."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import MAXIMUM_LINES, Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, ValueProblem
from joinery.forms.form import Field

_LIMIT = {"type": "integer", "minimum": 0, "maximum": MAXIMUM_LINES}


@FIELD_TYPES.register
class Subform(FieldType):
    """Lines in their order; the value is a tuple of them, each with its values by field, or blank.

    They are read and checked with their record (`joinery.forms.lines`) and stored in the table of the
    form that holds them, so the field itself has no column.
    """

    name, icon, group = "subform", "table-2", "relation"
    label: ClassVar[Label] = {"en": "Subform", "zh": "子表单"}
    stores, has_lines = "lines", True
    sortable, groupable = False, False
    settings: ClassVar[Mapping[str, Any]] = {
        "fields": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 100,
            "label": {"en": "Fields of a line", "zh": "明细行的字段"},
        },
        "min_lines": {**_LIMIT, "default": 0, "label": {"en": "Lines at least", "zh": "最少行数"}},
        "max_lines": {
            **_LIMIT,
            "minimum": 1,
            "default": MAXIMUM_LINES,
            "label": {"en": "Lines at most", "zh": "最多行数"},
        },
        "default_lines": {
            "oneOf": [
                {"type": "integer", "minimum": 0, "maximum": 100},
                {"type": "array", "maxItems": 100, "items": {"type": "object"}},
            ],
            "label": {
                "en": "Lines of a new record: how many, or the values of each (texts are expressions)",
                "zh": "新记录的初始明细：行数，或每行各字段的值（文本为表达式）",
            },
        },
    }
    required_settings = ("fields",)

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return ()

    def parse(self, field: Field, raw: Any, context: ParseContext) -> Any:
        raise ValueProblem("value_not_lines")

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return str(len(value)) if value else ""

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        return [{"id": line["id"]} for line in value or ()]
