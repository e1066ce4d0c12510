"""Rich text: formatted text, stored as HTML that was cleaned on the server."""

import html
import re
from collections.abc import Mapping
from typing import Any, ClassVar

import nh3
import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext
from joinery.forms.form import Field
from joinery.forms.texts import clean_text
from joinery.formulas import TEXT, Type

_CLEANER = nh3.Cleaner(
    tags={
        "p",
        "br",
        "hr",
        "div",
        "span",
        "strong",
        "b",
        "em",
        "i",
        "u",
        "s",
        "sub",
        "sup",
        "mark",
        "code",
        "pre",
        "blockquote",
        "a",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    },
    attributes={"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
    strip_comments=True,
)
_BLOCK = re.compile(r"<(?:br|hr|/p|/div|/li|/h[1-4]|/tr|/blockquote|/pre)\b[^>]*>")
_CELL = re.compile(r"</t[hd]>")
_TAG = re.compile(r"<[^>]*>")


@FIELD_TYPES.register
class RichText(FieldType):
    """Formatted text; exported as HTML, shown in titles and search as words."""

    name, icon, group = "rich_text", "text-initial", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Rich text", "zh": "富文本"}
    stores, searchable, sortable, groupable = "html", True, False, False
    settings: ClassVar[Mapping[str, Any]] = {
        "max_length": {
            "type": "integer",
            "minimum": 1,
            "maximum": 200_000,
            "default": 50_000,
            "label": {"en": "Longest allowed (with formatting)", "zh": "最大长度（含格式）"},
        },
    }

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        cleaned: str = _CLEANER.clean(clean_text(raw, field.settings["max_length"])).strip()
        return cleaned if _words(cleaned) else None

    def plain_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return _words(value or "")

    def convert(self, old: Field, value: Any, field: Field, context: ParseContext) -> Any:
        if value is None or old.type.name == self.name:
            return value
        show = ShowContext(
            directory=context.directory, language=context.language, time_zone=context.time_zone
        )
        lines = old.type.plain_text(old, value, show).split("\n")
        return self.parse(
            field, "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines), context
        )


def _words(markup: str) -> str:
    text = _TAG.sub("", _CELL.sub(" ", _BLOCK.sub("\n", markup)))
    lines = (line.strip() for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)
