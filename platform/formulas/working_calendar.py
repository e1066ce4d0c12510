"""Which days people work: the days of the week, without holidays, with days that make up for one."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from joinery.formulas.calendar import FARTHEST_DAYS
from joinery.formulas.problem import WRONG_NUMBER, WRONG_VALUE, Failure

#: Saturday and Sunday, Monday being 0.
SATURDAY_AND_SUNDAY = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off are those of the `weekend` (0 is Monday) and the `holidays`, but never the `working` days.

    `free` are the holidays that would be working days, `extra` the working days on a weekend, each once and
    in their order.
    """

    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    free: tuple[date, ...] = field(init=False, compare=False)
    extra: tuple[date, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        off = self.holidays - self.working
        free = tuple(sorted(day for day in off if day.weekday() not in self.weekend))
        extra = tuple(sorted(day for day in self.working if day.weekday() in self.weekend))
        object.__setattr__(self, "free", free)
        object.__setattr__(self, "extra", extra)

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        if day.weekday() in self.weekend:
            return day in self.working
        return day not in self.holidays or day in self.working

    def before(self, day: date) -> int:
        """How many working days lie before a day, counted from the first Monday there is."""
        weeks, rest = divmod(day.toordinal() - 1, 7)
        days = weeks * (7 - len(self.weekend)) + sum(place not in self.weekend for place in range(rest))
        return days - bisect_left(self.free, day) + bisect_left(self.extra, day)

    def between(self, start: date, end: date) -> int:
        """The working days from one day to another, both counted; negative when the end comes first."""
        first, last = min(start, end), max(start, end)
        days = self.before(last) - self.before(first) + self.works(last)
        return days if end >= start else -days

    def moved(self, start: date, days: int) -> date:
        """The day so many working days after (or before) a day; 0 is the day itself.

        A Failure when it leaves the calendar, or when the week has no working days.
        """
        if len(self.weekend) == 7:
            raise Failure(WRONG_VALUE, "formula_unknown_weekend")
        if days == 0:
            return start
        if abs(days) > FARTHEST_DAYS:
            raise Failure(WRONG_NUMBER, "formula_date_out_of_range")
        found = self._after(start, days) if days > 0 else self._earlier(start, -days)
        if found is None or abs(found - start.toordinal()) > FARTHEST_DAYS:
            raise Failure(WRONG_NUMBER, "formula_date_out_of_range")
        return date.fromordinal(found)

    def _after(self, start: date, days: int) -> int | None:
        """The first day until which, itself counted, there are enough working days."""
        wanted = self.before(start) + self.works(start) + days
        low, high = start.toordinal() + 1, date.max.toordinal()
        if start == date.max or self._until(high) < wanted:
            return None
        while low < high:
            middle = (low + high) // 2
            if self._until(middle) >= wanted:
                high = middle
            else:
                low = middle + 1
        return low

    def _earlier(self, start: date, days: int) -> int | None:
        """The last day before which few enough working days are left."""
        wanted = self.before(start) - days
        if wanted < 0:
            return None
        low, high = date.min.toordinal(), start.toordinal() - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.before(date.fromordinal(middle)) <= wanted:
                low = middle
            else:
                high = middle - 1
        return low

    def _until(self, ordinal: int) -> int:
        day = date.fromordinal(ordinal)
        return self.before(day) + self.works(day)


#: Monday to Friday, no holidays.
USUAL_CALENDAR = WorkingCalendar()


@lru_cache(maxsize=64)
def with_weekend(calendar: WorkingCalendar, weekend: frozenset[int]) -> WorkingCalendar:
    """The same holidays and working days in weeks with another weekend."""
    return WorkingCalendar(weekend, calendar.holidays, calendar.working)


def with_holidays(weekend: frozenset[int], holidays: Iterable[date]) -> WorkingCalendar:
    """Weeks with a weekend, and nothing off but these holidays."""
    return WorkingCalendar(weekend, frozenset(holidays))
