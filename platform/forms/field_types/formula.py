"""Formula: computed from the other fields of the record, and never typed in."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, complete_settings
from joinery.forms.field_types.number import DECIMALS
from joinery.forms.form import Field
from joinery.formulas import Type

RESULTS = ("text", "number", "money", "percent", "boolean", "date", "datetime", "time")


@FIELD_TYPES.register
class Formula(FieldType):
    """A computed value, stored and shown like a field of its `result` type.

    `prepared` is such a field. A formula over the day or the viewer has no column: the query computes it.
    """

    name, icon, group = "formula", "function-square", "computed"
    label: ClassVar[Label] = {"en": "Formula", "zh": "公式"}
    stores, computed, index, searchable = "formula", True, "btree", True
    settings: ClassVar[Mapping[str, Any]] = {
        "result": {"enum": list(RESULTS), "label": {"en": "Result", "zh": "结果类型"}},
        "formula": {
            "type": "string",
            "minLength": 1,
            "format": "expression",
            "label": {"en": "Formula", "zh": "公式"},
        },
        "decimals": DECIMALS,
        "currency": {
            "type": "string",
            "pattern": "^[A-Z]{3}$",
            "label": {"en": "Currency (ISO 4217)", "zh": "币种（ISO 4217）"},
        },
        "unit": {"type": "string", "maxLength": 20, "label": {"en": "Unit", "zh": "单位"}},
    }
    required_settings = ("result", "formula")

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Field:
        result = FIELD_TYPES[settings["result"]]
        completed = complete_settings(result, settings)
        return Field(
            key=definition.key,
            definition=definition,
            type=result,
            settings=completed,
            prepared=result.prepare(definition, completed),
        )

    def formula_type(self, settings: Mapping[str, Any]) -> Type | None:
        result = FIELD_TYPES[settings["result"]]
        return result.formula_type(complete_settings(result, settings))

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        inner: Field = field.prepared
        return () if field.volatile else inner.type.columns(inner)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        inner: Field = field.prepared
        return {} if field.volatile else inner.type.to_row(inner, value)

    def from_row(self, field: Field, row: Mapping[str, Any]) -> Any:
        inner: Field = field.prepared
        return inner.type.from_row(inner, row)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> Any:
        inner: Field = field.prepared
        return inner.type.parse(inner, raw, context)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> Any:
        inner: Field = field.prepared
        return inner.type.parse_text(inner, text, context)

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        inner: Field = field.prepared
        return inner.type.to_json(inner, value, context)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        inner: Field = field.prepared
        return inner.type.to_text(inner, value, context)

    def from_formula(self, field: Field, value: Any) -> Any:
        inner: Field = field.prepared
        return inner.type.from_formula(inner, value)

    def from_formula_sql(self, field: Field, expression: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        inner: Field = field.prepared
        return inner.type.from_formula_sql(inner, expression)
