"""Text: one line."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ValueProblem
from joinery.forms.form import Field
from joinery.forms.patterns import PatternError, linear_pattern
from joinery.forms.texts import clean_line
from joinery.formulas import TEXT, Type
from joinery.kernel import Issue

#: A longer text does not fit into a B-tree index when every character takes four bytes.
MAXIMUM_LENGTH = 500


@FIELD_TYPES.register
class Text(FieldType):
    """A line of text; `prepared` is its compiled pattern."""

    name, icon, group = "text", "type", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Text", "zh": "单行文本"}
    index, searchable = "btree", True
    settings: ClassVar[Mapping[str, Any]] = {
        "max_length": {
            "type": "integer",
            "minimum": 1,
            "maximum": MAXIMUM_LENGTH,
            "default": 255,
            "label": {"en": "Longest allowed", "zh": "最大长度"},
        },
        "min_length": {
            "type": "integer",
            "minimum": 0,
            "maximum": MAXIMUM_LENGTH,
            "default": 0,
            "label": {"en": "Shortest allowed", "zh": "最小长度"},
        },
        "pattern": {
            "type": "string",
            "format": "regex",
            "maxLength": 200,
            "label": {"en": "Pattern (regular expression)", "zh": "格式（正则表达式）"},
        },
    }

    def settings_issues(self, settings: Mapping[str, Any]) -> Iterable[Issue]:
        if settings["min_length"] > settings["max_length"]:
            yield Issue("/min_length", "setting_above_maximum")
        try:
            linear_pattern(settings.get("pattern", ""))
        except PatternError:
            yield Issue("/pattern", "setting_not_a_pattern")

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Any:
        pattern = settings.get("pattern")
        return linear_pattern(pattern) if pattern else None

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        settings = field.settings
        text = clean_line(raw, settings["max_length"])
        if not text:
            return None
        if len(text) < settings["min_length"]:
            raise ValueProblem("value_too_short", minimum=settings["min_length"])
        if field.prepared is not None and not field.prepared.matches(text):
            raise ValueProblem("value_wrong_pattern")
        return text

    def from_formula(self, field: Field, value: Any) -> Any:
        if isinstance(value, str):
            if len(value) > MAXIMUM_LENGTH:
                raise ValueProblem("value_too_long", length=len(value), maximum=MAXIMUM_LENGTH)
            return value.replace("\0", "") or None
        return value

    def from_formula_sql(self, field: Field, expression: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        fits = sa.func.char_length(expression).between(1, MAXIMUM_LENGTH)
        return sa.case((fits, expression), else_=None)
