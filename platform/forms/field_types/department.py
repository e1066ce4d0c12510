"""Department: one department of the workspace."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, cell_text
from joinery.forms.form import Field
from joinery.forms.people import department_text, read_department, show_department
from joinery.formulas import DEPARTMENT, Type


@FIELD_TYPES.register
class Department(FieldType):
    """A department, stored by id."""

    name, icon, group = "department", "building", "people"
    label: ClassVar[Label] = {"en": "Department", "zh": "部门"}
    stores, index = "department", "btree"

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return DEPARTMENT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.BigInteger),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> int:
        return read_department(raw, context)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> int | None:
        words = cell_text(text).strip()
        return read_department(words, context) if words else None

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        return None if value is None else show_department(value, context.directory)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else department_text(value, context.directory)
