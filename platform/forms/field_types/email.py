"""E-mail: one address."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ValueProblem
from joinery.forms.form import Field
from joinery.forms.texts import clean_line
from joinery.formulas import TEXT, Type

# Deliberately wider than what most servers accept: whether mail arrives only sending it can tell.
_LOCAL = r"[^\s@<>()\[\],;:\\\"]{1,64}"
_DOMAIN = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]"
_ADDRESS = re.compile(f"{_LOCAL}@{_DOMAIN}")


@FIELD_TYPES.register
class Email(FieldType):
    """An e-mail address; the part after the @ is stored in small letters."""

    name, icon, group = "email", "mail", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "E-mail", "zh": "邮箱"}
    index, searchable = "btree", True

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        text = clean_line(raw, 254).removeprefix("mailto:")
        if not text:
            return None
        local, sign, domain = text.rpartition("@")
        address = local + sign + domain.lower()
        if not _ADDRESS.fullmatch(address) or ".." in address or address.startswith("."):
            raise ValueProblem("value_not_email")
        return address
