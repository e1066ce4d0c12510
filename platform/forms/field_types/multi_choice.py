"""Multiple choice: any of several options."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import (
    FIELD_TYPES,
    FieldType,
    ParseContext,
    ShowContext,
    ValueProblem,
    cell_text,
)
from joinery.forms.form import Field
from joinery.forms.listed import join_list, list_from_row, split_list
from joinery.forms.options import OPTION_SETTINGS, Options, order_issues
from joinery.formulas import CHOICE, Type, list_of
from joinery.kernel import Issue


@FIELD_TYPES.register
class MultiChoice(FieldType):
    """Options by key, each once, in the order of the options."""

    name, icon, group = "multi_choice", "list-checks", "choice"
    label: ClassVar[Label] = {"en": "Multiple choice", "zh": "多选"}
    stores, several, index, searchable = "options", True, "gin", True
    sortable, groupable = False, False
    settings: ClassVar[Mapping[str, Any]] = {
        **OPTION_SETTINGS,
        "maximum": {"type": "integer", "minimum": 1, "label": {"en": "At most this many", "zh": "最多选择"}},
    }
    required_settings = ("options",)

    def settings_issues(self, settings: Mapping[str, Any]) -> Iterable[Issue]:
        return order_issues(settings)

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Options:
        return Options(settings)

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return list_of(CHOICE)

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, ARRAY(sa.Text)),)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.key: None if value is None else list(value)}

    def from_row(self, field: Field, row: Mapping[str, Any]) -> tuple[str, ...] | None:
        return list_from_row(row[field.key])

    def parse(self, field: Field, raw: Any, context: ParseContext) -> tuple[str, ...] | None:
        if isinstance(raw, str):
            raw = (raw,)
        if not isinstance(raw, list | tuple):
            raise ValueProblem("value_not_option")
        return self._checked(field, [field.prepared.of_key(item) for item in raw])

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> tuple[str, ...] | None:
        options: Options = field.prepared
        chosen = [options.of_text(piece) for piece in split_list(cell_text(text))]
        return self._checked(field, [key for key in chosen if key is not None])

    def _checked(self, field: Field, keys: list[str]) -> tuple[str, ...] | None:
        options: Options = field.prepared
        chosen = options.in_order(keys)
        if len(chosen) > field.settings.get("maximum", len(chosen)):
            raise ValueProblem("value_too_many", maximum=field.settings["maximum"])
        return chosen or None

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        options: Options = field.prepared
        return join_list(options.label(key, context.language) for key in value or ())

    def search_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return " ".join(field.prepared.words(key) for key in value)
