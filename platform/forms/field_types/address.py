"""Address: province, city, district and the rest."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from joinery.definitions import Label
from joinery.forms.field_type import (
    FIELD_TYPES,
    FieldType,
    ParseContext,
    ShowContext,
    ValueProblem,
    cell_text,
)
from joinery.forms.form import Field
from joinery.forms.texts import clean_line
from joinery.kernel import closest

PARTS = {"province": 50, "city": 50, "district": 50, "detail": 255}

_CHINESE = re.compile(
    r"(?P<province>[^省市区县]{2,8}?(?:省|自治区|特别行政区)|(?:北京|天津|上海|重庆)市?)?"
    r"(?P<city>[^省市区县]{2,10}?(?:市|自治州|地区|盟))?"
    r"(?P<district>[^省市区县]{1,10}?(?:自治县|区|县|旗))?(?P<detail>.*)"
)


@FIELD_TYPES.register
class Address(FieldType):
    """A postal address; only its filled parts are stored. As text: province/city/district/detail."""

    name, icon, group = "address", "map-pin", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Address", "zh": "地址"}
    stores, searchable = "address", True
    sortable, groupable = False, False
    settings: ClassVar[Mapping[str, Any]] = {
        "levels": {
            "enum": ["province", "city", "district", "detail"],
            "default": "detail",
            "label": {"en": "Down to", "zh": "精确到"},
        },
    }

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, JSONB(none_as_null=True)),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> dict[str, str] | None:
        if not isinstance(raw, dict):
            raise ValueProblem("value_not_address")
        unknown = next((str(key) for key in raw if key not in PARTS), None)
        if unknown is not None:
            raise ValueProblem(
                "value_address_part", part=unknown[:50], suggestion=closest(unknown[:50], PARTS)
            )
        filled = {}
        for part, maximum in PARTS.items():
            text = clean_line(raw[part], maximum) if raw.get(part) is not None else ""
            if "/" in text and part != "detail":
                raise ValueProblem("value_address_slash")
            if text:
                filled[part] = text
        return filled or None

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> dict[str, str] | None:
        return self.parse(field, _split(cell_text(text).strip()), context)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        if not value:
            return ""
        detail: str = value.get("detail", "")
        return detail if _split(detail) == value else "/".join(value.get(part, "") for part in PARTS)

    def plain_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return " ".join(value[part] for part in PARTS if part in value) if value else ""


def _split(text: str) -> dict[str, str]:
    """The parts of an address in one piece: by slashes, else by the endings of Chinese place names."""
    if text.count("/") >= 3:
        parts: dict[str, str | None] = dict(zip(PARTS, text.split("/", 3), strict=True))
    else:
        match = _CHINESE.fullmatch(text)
        parts = match.groupdict() if match else {"detail": text}
    return {part: words.strip() for part, words in parts.items() if words and words.strip()}
