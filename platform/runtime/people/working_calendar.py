"""The working calendar of a workspace, as administrators keep it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from joinery.directory import Actor
from joinery.forms import Form
from joinery.formulas import CALENDAR
from joinery.kernel import InvalidInput, Issues
from joinery.runtime.formulas.propagation import recompute_everything
from joinery.runtime.people.organising import note
from joinery.runtime.unit import Unit
from joinery.storage import apps, calendar, touch_directory
from joinery.storage.calendar import CalendarDay

#: Days that differ from the week, in all years together.
MOST_DAYS = 5000
_LONGEST_NAME = 100


def read_calendar(unit: Unit) -> dict[str, Any]:
    """The week and every day that differs from it."""
    return {
        "weekdays": list(calendar.read_week(unit)),
        "days": [_day_json(one) for one in calendar.read_days(unit)],
        "jobs": [],
    }


def change_calendar(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Other weekdays, days to be worked or free, days that shall be as the week says.

    Formulas that follow the calendar are computed anew by `jobs`. Raises InvalidInput with every problem.
    """
    touch_directory(unit)
    issues = Issues()
    weekdays = sent.get("weekdays")
    if weekdays is not None and (not weekdays or len(set(weekdays)) != len(weekdays)):
        issues.add("/weekdays", "calendar_weekdays")
    days = _days(issues, sent.get("days", ()))
    removed = [
        day
        for place, text in enumerate(sent.get("remove", ()))
        if (day := _date(issues, f"/remove/{place}", text)) is not None
    ]
    if issues:
        raise InvalidInput(issues=issues)
    return save_days(unit, actor, days=days, removed=removed, weekdays=weekdays)


def save_days(
    unit: Unit,
    actor: Actor,
    *,
    days: Sequence[CalendarDay] = (),
    removed: Iterable[date] = (),
    weekdays: Sequence[int] | None = None,
) -> dict[str, Any]:
    """Keep what was checked, and let formulas follow where working days are others than before.

    The caller has noted that the directory changes. Raises InvalidInput for too many days.
    """
    before, working = read_calendar(unit), calendar.load(unit)
    if weekdays is not None:
        calendar.save_week(unit, weekdays)
    calendar.remove_days(unit, removed)
    calendar.save_days(unit, days)
    unit.forget_workspace()
    after = read_calendar(unit)
    if len(after["days"]) > MOST_DAYS:
        issues = Issues()
        issues.add("/days", "calendar_too_many_days", maximum=MOST_DAYS)
        raise InvalidInput(issues=issues)
    note(unit, actor, "calendar_changed", _of_note(before, after), _of_note(after, before))
    jobs = [] if calendar.load(unit) == working else follow(unit, actor)
    return {**after, "jobs": jobs}


def follow(unit: Unit, actor: Actor) -> list[int]:
    """Let jobs compute all records with formulas that follow the calendar; gives the ids of the jobs."""
    return [
        recompute_everything(unit, actor, installed.key, key).id
        for installed in apps.list_apps(unit)
        for key, form in apps.load(unit, installed.key).compiled.forms.items()
        if _follows_calendar(form)
    ]


def _follows_calendar(form: Form) -> bool:
    return any(
        field.stored and field.formula is not None and CALENDAR in field.formula.follows
        for field in form.fields.values()
    )


def _days(issues: Issues, sent: Iterable[Mapping[str, Any]]) -> list[CalendarDay]:
    """The days that were sent, with every problem by its place."""
    found: dict[date, CalendarDay] = {}
    for place, one in enumerate(sent):
        name = _name(issues, f"/days/{place}/name", one)
        day = _date(issues, f"/days/{place}/day", one["day"])
        if day is not None and day in found:
            issues.add(f"/days/{place}/day", "given_twice")
        elif day is not None:
            found[day] = CalendarDay(day=day, working=one["working"], name=name)
    return list(found.values())


def _day_json(one: CalendarDay) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "working": one.working, "name": one.name}


def _of_note(this: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What one state of the calendar has that the other has not."""
    return {
        "id": "calendar",
        "weekdays": this["weekdays"],
        "days": [day for day in this["days"] if day not in other["days"]],
    }


def _date(issues: Issues, path: str, text: str) -> date | None:
    try:
        if len(text) == len("2026-01-31"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    issues.add(path, "calendar_not_a_day")
    return None


def _name(issues: Issues, path: str, one: Mapping[str, Any]) -> str:
    name: str = one.get("name", "").strip()
    if len(name) > _LONGEST_NAME or not name.isprintable():
        issues.add(path, "not_a_name", maximum=_LONGEST_NAME)
    return name
