"""Organisation: one external organisation of the workspace."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, cell_text
from joinery.forms.form import Field
from joinery.forms.people import organisation_text, read_organisation, show_organisation
from joinery.formulas import ORGANISATION, Type


@FIELD_TYPES.register
class Organisation(FieldType):
    """An external organisation (customer, dealer, supplier), stored by id."""

    name, icon, group = "organisation", "building-store", "people"
    label: ClassVar[Label] = {"en": "External organisation", "zh": "外部组织"}
    stores, index = "organisation", "btree"

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return ORGANISATION

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.BigInteger),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> int:
        return read_organisation(raw, context)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> int | None:
        words = cell_text(text).strip()
        return read_organisation(words, context) if words else None

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        return None if value is None else show_organisation(value, context.directory)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else organisation_text(value, context.directory)
