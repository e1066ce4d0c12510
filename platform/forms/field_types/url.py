"""URL: the address of a web page."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ValueProblem
from joinery.forms.form import Field
from joinery.forms.texts import clean_line
from joinery.formulas import TEXT, Type

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


@FIELD_TYPES.register
class Url(FieldType):
    """A web address (http, https) or mailto link; one typed without a scheme becomes https."""

    name, icon, group = "url", "link", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Web address", "zh": "网址"}
    searchable, groupable = True, False

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        text = clean_line(raw, 2000)
        if not text:
            return None
        if not _SCHEME.match(text):
            text = "https://" + text.removeprefix("//")
        try:
            parts = urlsplit(text)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise ValueProblem("value_not_url") from None
        scheme = parts.scheme.lower()
        if scheme not in _SAFE_SCHEMES:
            raise ValueProblem("value_url_scheme", scheme=scheme[:20])
        if scheme == "mailto":
            reachable = "@" in parts.path
        else:
            reachable = bool(host) and (
                "." in str(host).strip(".") or host == "localhost" or ":" in str(host)
            )
        if not reachable or " " in text or "\\" in text or '"' in text or "<" in text or ">" in text:
            raise ValueProblem("value_not_url")
        return scheme + text[len(scheme) :]
