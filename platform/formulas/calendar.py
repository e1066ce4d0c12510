"""Calendar arithmetic in Python; what leaves the years 1 to 9999 is the error #NUM!."""

from calendar import isleap
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from joinery.formulas.numbers import CONTEXT
from joinery.formulas.problem import WRONG_NUMBER, WRONG_VALUE, Failure

#: Units of time by name: whole months, whole days, seconds.
MONTHS = {"year": 12, "quarter": 3, "month": 1}
DAYS = {"week": 7, "day": 1}
SECONDS = {"hour": 3600, "minute": 60, "second": 1}
#: How far a date can be moved at once: 4,000 years.
FARTHEST_MONTHS, FARTHEST_DAYS = 48_000, 1_460_000
#: What has a first and a last day.
PERIODS = ("day", "week", "month", "quarter", "year")

D = TypeVar("D", bound=date)


def month_of(day: date) -> int:
    """Year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def first_of_month(month: int) -> date:
    """The first day of a month given as year * 12 + month - 1."""
    if not 1 <= month // 12 <= 9999:
        raise Failure(WRONG_NUMBER, "formula_date_out_of_range")
    return date(month // 12, month % 12 + 1, 1)


def end_of_month(day: date) -> date:
    """The last day of the month."""
    if (day.year, day.month) == (9999, 12):
        return date.max
    return first_of_month(month_of(day) + 1) - timedelta(days=1)


def shift(moment: D, *, months: int = 0, days: int = 0, seconds: int = 0) -> D:
    """Some months later (held at the end of a shorter month), then some days and seconds later.

    Nothing moves farther than FARTHEST_MONTHS: the database's calendar ends there on the early side.
    """
    if abs(months) > FARTHEST_MONTHS or abs(days) > FARTHEST_DAYS or abs(seconds) > FARTHEST_DAYS * 86_400:
        raise Failure(WRONG_NUMBER, "formula_date_out_of_range")
    try:
        first = first_of_month(month_of(moment) + months)
        day = min(moment.day, end_of_month(first).day)
        moved = moment.replace(year=first.year, month=first.month, day=day)
        return moved + timedelta(days=days, seconds=seconds)
    except OverflowError:
        raise Failure(WRONG_NUMBER, "formula_date_out_of_range") from None


def week_start(kind: int) -> int:
    """The ISO number of the day weeks begin with, by Excel's number of the kind of week."""
    starts = {1: 7, 2: 1, 3: 1, **{10 + day: day for day in range(1, 8)}}
    if kind not in starts:
        raise Failure(WRONG_NUMBER, "formula_unknown_week", kind=kind)
    return starts[kind]


def difference(start: date, end: date, unit: str) -> int:
    """DATEDIF: whole years, months, days, or what remains of them."""
    lacks_day = end.day < start.day
    months = month_of(end) - month_of(start) - lacks_day
    match unit:
        case "D":
            return (end - start).days
        case "M":
            return months
        case "Y":
            return months // 12
        case "YM":
            return months % 12
        case "MD":
            return _days_since(first_of_month(month_of(end) - lacks_day), start.day, end)
        case "YD":
            return _days_since(first_of_month(month_of(end) - months % 12 - lacks_day), start.day, end)
    raise Failure(WRONG_NUMBER, "formula_unknown_unit", unit=unit[:20])


def _days_since(first: date, day: int, end: date) -> int:
    return (end - first).days - day + 1


def start_of(day: date, period: str) -> date:
    """The first day of the week (Monday), month, quarter or year."""
    match period:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "year":
            return date(day.year, 1, 1)
    raise Failure(WRONG_VALUE, "formula_unknown_unit", unit=period[:20])


def end_of(day: date, period: str) -> date:
    """The last day of the week (Sunday), month, quarter or year."""
    first = start_of(day, period)
    if period in ("day", "week"):
        return shift(first, days=6 if period == "week" else 0)
    return end_of_month(first_of_month(month_of(first) + MONTHS[period] - 1))


def _ends_february(day: date) -> bool:
    return day.month == 2 and end_of_month(day) == day


def days_of_equal_months(start: date, end: date, *, european: bool, both_ends: bool = False) -> int:
    """The days between two dates in months of 30 days; `both_ends`: the end of February is a 30th at both."""
    first, last = start.day, end.day
    if not european and _ends_february(start):
        first = 30
        if both_ends and _ends_february(end):
            last = 30
    first = min(first, 30)
    if last == 31 and (european or first == 30):
        last = 30
    return (month_of(end) - month_of(start)) * 30 + last - first


def length_of_year(start: date, end: date) -> Decimal:
    """The days that a year between two dates has, in the mean when they are more than a year apart."""
    within_one = month_of(end) - month_of(start) < 12 or (
        month_of(end) - month_of(start) == 12 and end.day <= start.day
    )
    if not within_one:
        days = date(end.year, 12, 31).toordinal() - date(start.year, 1, 1).toordinal() + 1
        return CONTEXT.divide(Decimal(days), Decimal(end.year - start.year + 1))
    if start.year == end.year:
        return Decimal(366 if isleap(start.year) else 365)
    leap_day = next((date(year, 2, 29) for year in (start.year, end.year) if isleap(year)), None)
    return Decimal(366 if leap_day is not None and start <= leap_day <= end else 365)
