"""Hours that are worked: from nine to six on working days."""

from datetime import datetime, time, timedelta

from joinery.formulas import WorkingCalendar

#: Where a working day begins and ends, by the clock of the workspace.
BEGINS, ENDS = time(9), time(18)

_DAY = timedelta(days=1)


def add_working_hours(calendar: WorkingCalendar, start: datetime, hours: int) -> datetime:
    """The moment at which so many hours were worked after `start` (before it when there are less than none).

    `start` is a moment of the workspace's clock. In a week without working days hours are just hours.
    """
    if len(calendar.weekend) == 7:
        return start + timedelta(hours=hours)
    left, forward = timedelta(hours=abs(hours)), hours >= 0
    moment = start
    while True:
        begins = datetime.combine(moment.date(), BEGINS, moment.tzinfo)
        ends = datetime.combine(moment.date(), ENDS, moment.tzinfo)
        if calendar.works(moment.date()):
            moment = min(max(moment, begins), ends)
            worked = ends - moment if forward else moment - begins
            if left <= worked:
                return moment + left if forward else moment - left
            left -= worked
        moment = begins + _DAY if forward else ends - _DAY
