"""User: one person of the workspace."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, cell_text
from joinery.forms.form import Field
from joinery.forms.people import EXTERNAL, read_user, show_user, user_text
from joinery.formulas import USER, Type


@FIELD_TYPES.register
class User(FieldType):
    """A person, stored by id."""

    name, icon, group = "user", "user", "people"
    settings = EXTERNAL
    label: ClassVar[Label] = {"en": "Person", "zh": "成员"}
    stores, index = "user", "btree"

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return USER

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.BigInteger),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> int:
        return read_user(raw, field, context)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> int | None:
        words = cell_text(text).strip()
        return read_user(words, field, context) if words else None

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        return None if value is None else show_user(value, context.directory)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else user_text(value, context.directory)
