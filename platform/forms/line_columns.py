"""The fields that the platform keeps of every line of a subform, and their columns."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from joinery.definitions import POSITION
from joinery.forms.field_type import FieldType
from joinery.forms.field_types.number import Number
from joinery.forms.field_types.relation import Relation
from joinery.forms.form import Field
from joinery.formulas import PARENT_RECORD, Type

#: The underscore keeps the columns apart from those of every field.
_PARENT_COLUMN, _POSITION_COLUMN = "_parent", "_position"


class Parent(Relation):
    """The record a line stands in."""

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(_PARENT_COLUMN, sa.BigInteger),)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return {_PARENT_COLUMN: value}

    def from_row(self, field: Field, row: Mapping[str, Any]) -> Any:
        return row[_PARENT_COLUMN]


class Position(Number):
    """The place of a line among those of its record, from 0."""

    def formula_type(self, settings: Mapping[str, Any]) -> Type | None:  # type: ignore[override]
        return None

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(_POSITION_COLUMN, sa.Integer),)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return {_POSITION_COLUMN: value}

    def from_row(self, field: Field, row: Mapping[str, Any]) -> Any:
        return row[_POSITION_COLUMN]


#: The type of each by its key.
LINE_COLUMNS: Mapping[str, FieldType] = {PARENT_RECORD: Parent(), POSITION: Position()}
