"""Dates and times as people write them: 2026-01-31, 2026年1月31日, 31-Jan-2026, 1/31/2026, 8:30 PM."""

import re
from datetime import date, datetime, time

from joinery.formulas.problem import WRONG_VALUE, Failure

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.年](?P<month>[0-9]{{1,2}})[-/.月]{_DAY}日?",
        rf"(?P<month>[0-9]{{1,2}})/{_DAY}/{_YEAR}",
        rf"{_DAY}[- ]{_MONTH}[- ]{_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
    )
)
_TIME = re.compile(
    r"(?P<early>上午|下午)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2}(?:\.[0-9]{1,6})?))?"
    r"(?: ?(?P<late>[AaPp][Mm]))?"
)
#: ISO 8601 as far as it has one meaning only; versions of Python differ in what else they take for it.
_ISO = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}|[0-9]{4}-W[0-9]{2}(?:-[1-7])?|[0-9]{4}W[0-9]{2}[1-7]?)"
    r"(?:[T ](?:[01][0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
    r"|[0-5][0-9](?:[0-5][0-9](?:[.,][0-9]{1,9})?)?)?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?"
)
#: What parts a date from the time after it.
_GAP = re.compile(r"[ T]+(?=(?:上午|下午)?[0-9]{1,2}:)|(?<=日)(?=(?:上午|下午)?[0-9]{1,2}:)")


def date_from_text(text: str) -> date:
    """The date written in a text, also when a time follows; anything else is #VALUE!."""
    return naive_datetime(text, "formula_not_a_date").date()


def time_from_text(text: str) -> time:
    """The time of day written in a text, also when a date stands before it; anything else is #VALUE!."""
    stripped = text.strip()
    return _time(stripped) or naive_datetime(text, "formula_not_a_time").time()


def naive_datetime(text: str, problem: str) -> datetime:
    """The date and time written in a text, as the clock on the wall shows it unless an offset is written."""
    stripped = text.strip()
    if len(stripped) <= 60:
        day_text, *rest = _GAP.split(stripped, maxsplit=1)
        day = _date(day_text)
        clock = time() if not rest else _time(rest[0])
        if day is not None and clock is not None:
            return datetime.combine(day, clock)
        if _ISO.fullmatch(stripped):
            try:
                return datetime.fromisoformat(stripped)
            except ValueError:
                pass
    raise Failure(WRONG_VALUE, problem, value=text[:40])


def _date(text: str) -> date | None:
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = _month_named(parts["name"]) if "name" in parts else int(parts["month"])
            try:
                return date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                return None
    return None


def _month_named(name: str) -> int:
    """1 to 12 for a name or its first three letters, 0 for anything else."""
    wanted = name.capitalize()
    return next((place for place, one in enumerate(MONTHS, 1) if wanted in (one, one[:3])), 0)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    early, hour, minute, second, late = found.groups()
    half = {"上午": "AM", "下午": "PM"}.get(early or "", (late or "").upper())
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12 or (early and late):
            return None
        hours = hours % 12 + (12 if half == "PM" else 0)
    whole, _, fraction = (second or "0").partition(".")
    try:
        return time(hours, int(minute), int(whole), int(fraction.ljust(6, "0")))
    except ValueError:
        return None
