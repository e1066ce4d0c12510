"""What an expression may know besides the record: the time, the place, the viewer."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from joinery.formulas.people import NOBODY, People
from joinery.formulas.working_calendar import USUAL_CALENDAR, WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class EvaluationContext:
    """Brought by the caller, so that the same expression on the same record always gives the same value.

    `now` is aware; `time_zone` is an IANA name such as "Asia/Shanghai" and decides what "today" is;
    `department_ids` starts with the viewer's main department, `organisation_id` is the external organisation
    he is of; `calendar` are the working days, `people` those of the workspace.
    """

    now: datetime
    time_zone: str = "UTC"
    user_id: int | None = None
    department_ids: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    manager_id: int | None = None
    organisation_id: int | None = None
    calendar: WorkingCalendar = USUAL_CALENDAR
    people: People = NOBODY

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def today(self) -> date:
        """The date in the time zone."""
        return self.now.astimezone(self.zone).date()
