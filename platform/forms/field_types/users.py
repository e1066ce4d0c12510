"""Users: several people of the workspace."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, cell_text
from joinery.forms.form import Field
from joinery.forms.identities import as_items
from joinery.forms.listed import join_list, list_from_row, split_list
from joinery.forms.people import EXTERNAL, read_user, show_user, user_text
from joinery.formulas import USER, Type, list_of


@FIELD_TYPES.register
class Users(FieldType):
    """People, each once, in the order they were chosen."""

    name, icon, group = "users", "users", "people"
    settings = EXTERNAL
    label: ClassVar[Label] = {"en": "People", "zh": "成员（多选）"}
    stores, several, index = "user", True, "gin"
    sortable, groupable = False, False

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return list_of(USER)

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, ARRAY(sa.BigInteger)),)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.key: None if value is None else list(value)}

    def from_row(self, field: Field, row: Mapping[str, Any]) -> tuple[int, ...] | None:
        return list_from_row(row[field.key])

    def parse(self, field: Field, raw: Any, context: ParseContext) -> tuple[int, ...] | None:
        return tuple(dict.fromkeys(read_user(item, field, context) for item in as_items(raw))) or None

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> tuple[int, ...] | None:
        return self.parse(field, split_list(cell_text(text)), context)

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        return None if value is None else [show_user(item, context.directory) for item in value]

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return join_list(user_text(item, context.directory) for item in value or ())
