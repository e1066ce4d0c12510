"""Boolean: yes or no."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, ValueProblem
from joinery.forms.form import Field
from joinery.formulas import BOOLEAN, Type
from joinery.kernel import label_key

_WORDS = {
    **dict.fromkeys(("true", "yes", "y", "1", "on", "x", "是", "对", "有", "√", "✓", "✔"), True),
    **dict.fromkeys(("false", "no", "n", "0", "off", "否", "不", "无", "错", "×", "✗", "✘"), False),
}
_SHOWN = {True: {"en": "Yes", "zh": "是"}, False: {"en": "No", "zh": "否"}}


@FIELD_TYPES.register
class Boolean(FieldType):
    """A check mark; blank (nobody answered yet) is not the same as no."""

    name, icon, group = "boolean", "square-check", "choice"
    label: ClassVar[Label] = {"en": "Yes or no", "zh": "是否"}
    stores, index = "boolean", "btree"

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return BOOLEAN

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Boolean),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> bool:
        if not isinstance(raw, bool):
            raise ValueProblem("value_not_boolean")
        return raw

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> bool | None:
        if isinstance(text, bool):
            return text
        word = str(text).strip().casefold().removesuffix(".0")
        if not word:
            return None
        if word not in _WORDS:
            raise ValueProblem("value_not_boolean")
        return _WORDS[word]

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else _SHOWN[value][label_key(context.language)]
