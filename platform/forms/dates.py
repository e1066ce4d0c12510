"""Dates, times and moments as people, spreadsheets and machines write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from joinery.forms.field_type import DateOrder, ValueProblem

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(
    r"(上午|下午)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?(?:\s*[:]?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?\s*([AaPp]\.?[Mm]\.?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$", re.ASCII)
_POSITIONS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone called `name`."""
    return ZoneInfo(name)


def read_date(text: str, order: DateOrder) -> date:
    """A date such as 2026-01-31, 2026/1/31, 2026年1月31日, 20260131, 31.01.2026 or, by `order`, 01/31/26.

    Raises ValueProblem, also where the order would have to be guessed.
    """
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    text = _plain(text, "value_not_date")
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _YEAR_LAST.fullmatch(text):
        year, month, day = _ordered(match, order)
    else:
        raise ValueProblem("value_not_date")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueProblem("value_no_such_date", text=text) from None


def _ordered(match: re.Match[str], order: DateOrder) -> tuple[int, int, int]:
    first, sign, second, third = match.groups()
    numbers = (int(first), int(second), int(third))
    if len(third) == 2 and order == "ymd":
        return _full_year(numbers[0]), numbers[1], numbers[2]
    if order == "ymd":
        if sign == "." or numbers[0] > 12 or numbers[0] == numbers[1]:
            order = "dmy"
        elif numbers[1] > 12:
            order = "mdy"
        else:
            raise ValueProblem("value_date_ambiguous", text=match[0])
    year, month, day = (numbers[position] for position in _POSITIONS[order])
    return _full_year(year) if len(third) == 2 else year, month, day


def _full_year(year: int) -> int:
    """Two-digit years as POSIX reads them: 69 to 99 are of the last century."""
    return year + (1900 if year >= 69 else 2000)


def read_time(text: str) -> time:
    """A time of day such as 8:30, 08:30:15, 下午2:05 or 2:05 pm; fractions of seconds are dropped."""
    match = _TIME.fullmatch(_plain(text, "value_not_time"))
    if match is None:
        raise ValueProblem("value_not_time")
    half = match[1] or (match[5] or "").replace(".", "").lower()
    hour, minute, second = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "am") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        raise ValueProblem("value_not_time") from None


def read_datetime(text: str, order: DateOrder, time_zone: str) -> datetime:
    """A moment in UTC: a date, perhaps a time, perhaps an offset; without one `time_zone` is meant."""
    try:
        return _in_utc(datetime.fromisoformat(text), time_zone)
    except (ValueError, OverflowError):
        # Not ISO 8601, or out of range: read it the tolerant way, which says what is wrong.
        text = _plain(text, "value_not_datetime")
    offset = None
    if ":" in text and (match := _OFFSET.search(text)):
        offset, text = match[1].replace("Z", "+0000").replace(":", ""), text[: match.start()].strip()
    day_text, _, time_text = text.replace("T", " ", 1).partition(" ") if "日" not in text else _at_day(text)
    day = read_date(day_text, order)
    clock = read_time(time_text) if time_text.strip() else time()
    try:
        moment = datetime.combine(day, clock)
        return _in_utc(moment if offset is None else _at_offset(moment, offset), time_zone)
    except (OverflowError, ValueError):
        raise ValueProblem("value_no_such_date", text=text) from None


def _in_utc(moment: datetime, time_zone: str) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone(time_zone))
    return aware.astimezone(UTC).replace(microsecond=0)


def _at_day(text: str) -> tuple[str, str, str]:
    day, sign, rest = text.partition("日")
    return day + sign, "", rest.strip()


def _at_offset(moment: datetime, offset: str) -> datetime:
    return datetime.strptime(f"{moment.isoformat()}{offset}", "%Y-%m-%dT%H:%M:%S%z")


def _plain(text: str, problem: str) -> str:
    if len(text) > 100:
        raise ValueProblem(problem)
    return unicodedata.normalize("NFKC", text).strip()


def show_datetime(moment: datetime, time_zone: str) -> str:
    """The moment on the clocks of `time_zone`, with its offset only where the clock shows that time twice."""
    local = moment.astimezone(zone(time_zone))
    text = local.strftime("%H:%M:%S") if local.second else local.strftime("%H:%M")
    offset = local.strftime("%z") if local.fold else ""
    return f"{local.date().isoformat()} {text}{offset}"


def show_time(value: time) -> str:
    """The time with its seconds only where it has some."""
    return value.isoformat("seconds" if value.second else "minutes")
