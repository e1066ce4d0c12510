"""Dates, times and durations as text by a section of a format such as "yyyy-mm-dd hh:mm"."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from joinery.formulas.dates_in_text import MONTHS
from joinery.formulas.format_sections import Section, Token
from joinery.formulas.numbers import CONTEXT, round_to
from joinery.formulas.problem import WRONG_VALUE, Failure

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS = "一二三四五六日"
_MICROSECONDS = 86_400_000_000
#: Excel counts days from here; before March 1900 it counts a day that never was.
_DAY_ZERO, _FEBRUARY_1900 = datetime(1899, 12, 30), 61  # noqa: DTZ001
_LAST_SERIAL = 2_958_466


def moment_of_serial(serial: Decimal, *, elapsed: bool) -> datetime | timedelta:
    """The moment that Excel means by a number of days, or (`elapsed`) just as long a time.

    #VALUE! before 1900 and after 9999.
    """
    if not 0 <= serial < _LAST_SERIAL:
        raise Failure(WRONG_VALUE, "formula_date_out_of_range")
    length = timedelta(microseconds=int(round_to(CONTEXT.multiply(serial, Decimal(_MICROSECONDS)), 0)))
    if elapsed:
        return length
    return _DAY_ZERO + length + timedelta(days=serial < _FEBRUARY_1900)


def format_moment(value: date | time | timedelta, section: Section) -> str:
    """What the clock on the wall shows; "mm" after hours or before seconds is minutes, else the month."""
    moment, elapsed = _moment(value)
    tokens = section.tokens
    timed = [one for one in tokens if one.kind in ("date", "elapsed")]
    twelve = section.has("half")
    shown: list[str] = []
    place = -1
    for one in tokens:
        if one.kind not in ("date", "elapsed"):
            shown.append(_half(moment, one.text) if one.kind == "half" else one.text)
            continue
        place += 1
        if one.kind == "elapsed":
            shown.append(_elapsed(elapsed, one.text))
        else:
            before = timed[place - 1].text[0].lower() if place else ""
            after = timed[place + 1].text[0].lower() if place + 1 < len(timed) else ""
            minutes = before == "h" or after == "s"
            shown.append(_part(moment, one, minutes=minutes, twelve=twelve))
    return "".join(shown)


def _moment(value: date | time | timedelta) -> tuple[datetime, timedelta]:
    """As a moment, and as the time since Excel's day zero."""
    if isinstance(value, timedelta):
        if value < timedelta():
            raise Failure(WRONG_VALUE, "formula_date_out_of_range")
        return _DAY_ZERO + value, value
    if isinstance(value, time):
        value = datetime.combine(_DAY_ZERO, value)
    elif not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value, value - _DAY_ZERO


def _elapsed(elapsed: timedelta, letters: str) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[letters[0]]
    return str(elapsed // timedelta(seconds=unit)).zfill(len(letters))


def _half(moment: datetime, written: str) -> str:
    early, late = written.upper().split("/")
    return early if moment.hour < 12 else late


def _part(moment: datetime, token: Token, *, minutes: bool, twelve: bool) -> str:
    letters, _, fraction = token.text.lower().partition(".")
    width = min(len(letters), 2)
    match letters[0]:
        case "y":
            return f"{moment.year:04d}" if len(letters) > 2 else f"{moment.year % 100:02d}"
        case "e":
            return f"{moment.year:04d}"
        case "d":
            return _named(_DAYS[moment.weekday()], letters) or str(moment.day).zfill(width)
        case "a":
            day = _CHINESE_DAYS[moment.weekday()]
            return day if len(letters) == 3 else f"星期{day}"
        case "h":
            return str((moment.hour % 12 or 12) if twelve else moment.hour).zfill(width)
        case "s":
            digits = f"{moment.microsecond:06d}".ljust(len(fraction), "0")[: len(fraction)]
            return str(moment.second).zfill(width) + (f".{digits}" if fraction else "")
    if minutes and len(letters) <= 2:
        return str(moment.minute).zfill(width)
    return _named(MONTHS[moment.month - 1], letters) or str(moment.month).zfill(width)


def _named(name: str, letters: str) -> str | None:
    """The name for three letters (short), four (whole) and five (its first letter)."""
    if len(letters) < 3:
        return None
    return {3: name[:3], 5: name[0]}.get(len(letters), name)
