"""Phone: a telephone number as people write it."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ValueProblem
from joinery.forms.form import Field
from joinery.forms.texts import clean_line
from joinery.formulas import TEXT, Type

_NUMBER = re.compile(r"\+?[\d\s()./-]+(?:\s*(?:ext\.?|x|#|转)\s*\d{1,8})?", re.ASCII | re.IGNORECASE)
_DIGIT = re.compile(r"\d", re.ASCII)


@FIELD_TYPES.register
class Phone(FieldType):
    """A number of 3 to 20 digits, perhaps with an extension; kept as written, in plain characters."""

    name, icon, group = "phone", "phone", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Phone", "zh": "电话"}
    index, searchable = "btree", True

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        text = clean_line(raw, 40)
        if not text.isascii() or " " in text:
            text = " ".join(unicodedata.normalize("NFKC", text).replace("–", "-").split())
        if not text:
            return None
        if text.isdecimal() and 3 <= len(text) <= 20:
            return text
        if not _NUMBER.fullmatch(text) or not 3 <= len(_DIGIT.findall(text)) <= 20:
            raise ValueProblem("value_not_phone")
        return text
