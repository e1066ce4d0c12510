"""Values as text by a format such as "#,##0.00" or "yyyy-MM-dd"."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from joinery.formulas import numbers
from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import local, text_of
from joinery.formulas.problem import WRONG_VALUE, Failure

_NUMBER_PART = re.compile(r"[#0,]*[#0](?:\.[#0]*)?|\.[#0]+")
_DATE_PART = re.compile(r'"[^"]*"|y+|M+|d+|H+|h+|m+|s+|AM/PM|am/pm', re.ASCII)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_value(context: EvaluationContext, value: Any, pattern: str) -> str:
    """A number, date, datetime or time by a format; other values as they are."""
    if isinstance(value, Decimal):
        return format_number(value, pattern)
    if isinstance(value, datetime):
        return format_moment(local(context, value), pattern)
    if isinstance(value, date):
        return format_moment(datetime(value.year, value.month, value.day), pattern)  # noqa: DTZ001
    if isinstance(value, time):
        return format_moment(datetime.combine(date(1900, 1, 1), value), pattern)
    return text_of(context, value)


def format_number(value: Decimal, pattern: str) -> str:
    """A number by the first of up to three formats parted by ";" (positive; negative; zero)."""
    sections = pattern.split(";")
    negative = value < 0
    if negative and len(sections) > 1:
        pattern, value, negative = sections[1], -value, False
    else:
        pattern = sections[2] if not value and len(sections) > 2 else sections[0]
    found = _NUMBER_PART.search(pattern)
    if found is None:
        return pattern.replace('"', "")
    scaled = numbers.CONTEXT.scaleb(value, 2 * pattern.count("%"))
    digits = _digits(abs(scaled), found[0])
    sign = "-" if negative and digits.strip("0.,") else ""
    return sign + (pattern[: found.start()] + digits + pattern[found.end() :]).replace('"', "")


def _digits(value: Decimal, mask: str) -> str:
    whole_mask, _, fraction_mask = mask.partition(".")
    if len(fraction_mask) > 30 or len(whole_mask) > 60:
        raise Failure(WRONG_VALUE, "formula_bad_format")
    rounded = numbers.round_to(value, len(fraction_mask))
    whole, _, fraction = format(rounded, "f").partition(".")
    whole = whole.lstrip("0").rjust(whole_mask.count("0"), "0")
    fraction = fraction.ljust(len(fraction_mask), "0")
    while fraction and fraction_mask[len(fraction) - 1] == "#" and fraction[-1] == "0":
        fraction = fraction[:-1]
    if "," in whole_mask:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    return f"{whole}.{fraction}" if fraction_mask else whole


def format_moment(value: datetime, pattern: str) -> str:
    """A wall-clock moment by a format; "mm" after hours or before seconds is minutes, else the month."""
    parts = list(_DATE_PART.finditer(pattern))
    twelve = any(part[0].lower() == "am/pm" for part in parts)
    result, end = [], 0
    for index, part in enumerate(parts):
        result.append(pattern[end : part.start()])
        near = [parts[index - 1][0]] if index else []
        following = parts[index + 1][0] if index + 1 < len(parts) else ""
        minutes = any(one[0] in "Hh" for one in near) or following.startswith("s")
        result.append(_moment_part(value, part[0], minutes=minutes, twelve=twelve))
        end = part.end()
    return "".join(result) + pattern[end:]


def _moment_part(value: datetime, letters: str, *, minutes: bool, twelve: bool) -> str:
    width = min(len(letters), 2)
    match letters[0]:
        case '"':
            return letters[1:-1]
        case "y":
            return f"{value.year:04d}" if len(letters) > 2 else f"{value.year % 100:02d}"
        case "d":
            name = _DAYS[value.weekday()]
            return str(value.day).zfill(width) if len(letters) < 3 else name if len(letters) > 3 else name[:3]
        case "H" | "h":
            hour = (value.hour % 12 or 12) if twelve else value.hour
            return str(hour).zfill(width)
        case "s":
            return str(value.second).zfill(width)
        case "A" | "a":
            return "AM" if value.hour < 12 else "PM"
    if letters[0] == "m" and minutes:
        return str(value.minute).zfill(width)
    name = _MONTHS[value.month - 1]
    return str(value.month).zfill(width) if len(letters) < 3 else name if len(letters) > 3 else name[:3]
