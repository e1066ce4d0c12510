"""Holidays and make-up days from a file with a column of dates, one of kinds and one of names."""

from datetime import date
from io import BytesIO
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issues
from joinery.runtime.importing.mapping import default_date_order, iso_date, normalise
from joinery.runtime.importing.reader import Source, open_source
from joinery.runtime.people.working_calendar import read_calendar, save_days
from joinery.runtime.unit import Unit
from joinery.storage import calendar, touch_directory
from joinery.storage.calendar import CalendarDay

MOST_ROWS = 5000

#: What columns may be called, normalised.
_COLUMNS = {
    "day": ("date", "day", "日期"),
    "kind": ("kind", "type", "类型", "性质"),
    "name": ("name", "holiday", "名称", "节日", "说明"),
}
_FREE = frozenset({"holiday", "free", "off", "休", "休息", "节假日", "放假", "假日", "0", "no", "false"})
_WORKING = frozenset(
    {"workday", "working", "work", "makeup", "班", "上班", "调休", "补班", "工作日", "1", "yes"}
)


def import_calendar(unit: Unit, actor: Actor, *, name: str, content: bytes, dry_run: bool) -> dict[str, Any]:
    """What a file changes in the calendar: counts, and the calendar as it is or, in a dry run, stays.

    Raises InvalidInput with every row that is wrong; then nothing is changed.
    """
    touch_directory(unit)
    source = open_source(BytesIO(content), name)
    issues = Issues()
    days = _read(source, issues, actor.language)
    if issues:
        raise InvalidInput(issues=issues)
    before = {one.day: one for one in calendar.read_days(unit)}
    changed = [one for one in days if before.get(one.day) != one]
    counts = {
        "added": sum(one.day not in before for one in changed),
        "changed": sum(one.day in before for one in changed),
        "unchanged": len(days) - len(changed),
    }
    if dry_run or not changed:
        return {**counts, "dry_run": dry_run, "calendar": read_calendar(unit)}
    return {**counts, "dry_run": False, "calendar": save_days(unit, actor, days=changed)}


def _read(source: Source, issues: Issues, language: str) -> list[CalendarDay]:
    found = {normalise(column): place for place, column in enumerate(source.columns)}
    places = {
        part: next((found[name] for name in map(normalise, names) if name in found), None)
        for part, names in _COLUMNS.items()
    }
    if places["day"] is None:
        issues.add("/file", "calendar_no_date_column")
        return []
    days: dict[date, CalendarDay] = {}
    for count, row in enumerate(source.rows(), start=1):
        path = f"/rows/{row.number}"
        if count > MOST_ROWS:
            issues.add("/file", "calendar_too_many_days", maximum=MOST_ROWS)
            break
        if row.issue is not None:
            issues.extend([row.issue], under=path)
            continue
        cells = {part: "" if at is None else row.cells[at].strip() for part, at in places.items()}
        if not any(cells.values()):
            continue
        day, working = _day(cells["day"], language), _is_working(cells["kind"])
        if day is None:
            issues.add(f"{path}/date", "calendar_not_a_day")
        if working is None:
            issues.add(f"{path}/kind", "calendar_unknown_kind", kind=cells["kind"][:40])
        if len(cells["name"]) > 100 or not cells["name"].isprintable():
            issues.add(f"{path}/name", "not_a_name", maximum=100)
        if day in days:
            issues.add(f"{path}/date", "given_twice")
        if day is not None and working is not None:
            days[day] = CalendarDay(day=day, working=working, name=cells["name"])
    return list(days.values())


def _day(text: str, language: str) -> date | None:
    for order in ("ymd", default_date_order(language)):
        try:
            return date.fromisoformat(iso_date(text, order)[:10])
        except ValueError:
            continue
    return None


def _is_working(kind: str) -> bool | None:
    """A row without a kind is a holiday."""
    word = kind.casefold()
    if not word or word in _FREE:
        return False
    return True if word in _WORKING else None
