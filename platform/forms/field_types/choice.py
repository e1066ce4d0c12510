"""Choice: one of several options."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext
from joinery.forms.form import Field
from joinery.forms.options import OPTION_SETTINGS, Options, order_issues
from joinery.formulas import CHOICE, Type
from joinery.kernel import Issue


@FIELD_TYPES.register
class Choice(FieldType):
    """One option, stored by its key; an option that was removed since stays as its key."""

    name, icon, group = "choice", "circle-dot", "choice"
    label: ClassVar[Label] = {"en": "Choice", "zh": "单选"}
    stores, index, searchable = "options", "btree", True
    settings: ClassVar[Mapping[str, Any]] = OPTION_SETTINGS
    required_settings = ("options",)

    def settings_issues(self, settings: Mapping[str, Any]) -> Iterable[Issue]:
        return order_issues(settings)

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Options:
        return Options(settings)

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return CHOICE

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str:
        options: Options = field.prepared
        return options.of_key(raw)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> str | None:
        options: Options = field.prepared
        return options.of_text(text)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        options: Options = field.prepared
        return "" if value is None else options.label(value, context.language)

    def search_text(self, field: Field, value: Any, context: ShowContext) -> str:
        options: Options = field.prepared
        return options.words(value)
