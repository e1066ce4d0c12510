"""Importing the organisation: a dry run counts exactly what the import does."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issues
from joinery.runtime import audit
from joinery.runtime.organisation_import.departments import plan_departments, save_departments
from joinery.runtime.organisation_import.people import plan_people, save_people
from joinery.runtime.organisation_import.rows import Table, read_table
from joinery.runtime.people.organising import directory_to_change
from joinery.runtime.people.password_links import invite_added
from joinery.runtime.unit import Unit

#: Names told of those who come.
MOST_NAMED = 20


def import_organisation(
    unit: Unit, actor: Actor, *, name: str, content: bytes, dry_run: bool, invite: bool, address: str
) -> dict[str, Any]:
    """What a file of departments or of people changes: how many come, change and stay as they are.

    With `invite` new people are mailed a link by which they choose a password; links begin with `address`.
    Raises InvalidInput with every problem, `/rows/7/manager` and the like; then nothing is changed.
    """
    issues = Issues()
    table = read_table(name, content, issues)
    if table.kind == "departments":
        return _import_departments(unit, actor, table, issues, name, dry_run)
    known = directory_to_change(unit)
    plan = plan_people(unit, known, table.rows, issues)
    _refuse(issues)
    invited = len(plan.added) if invite else 0
    if not dry_run and (plan.added or plan.changed or plan.heads):
        added = save_people(unit, actor, plan)
        if invite:
            invite_added(unit, actor, added, address=address)
        unit.forget_workspace()
    names = [values["name"] for values in plan.added.values()]
    counts = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "heads": len(plan.heads),
        "invited": invited,
    }
    return _answer(unit, actor, table, name, dry_run, counts, names)


def _import_departments(
    unit: Unit, actor: Actor, table: Table, issues: Issues, name: str, dry_run: bool
) -> dict[str, Any]:
    plan = plan_departments(directory_to_change(unit), table.rows, issues)
    _refuse(issues)
    if not dry_run and (plan.added or plan.heads):
        save_departments(unit, actor, plan)
        unit.forget_workspace()
    changed = sum(department > 0 for department in plan.heads)
    counts = {
        "added": len(plan.added),
        "changed": changed,
        "unchanged": plan.unchanged,
        "heads": len(plan.heads),
        "invited": 0,
    }
    return _answer(unit, actor, table, name, dry_run, counts, [plan.path(new) for new in plan.added])


def _refuse(issues: Issues) -> None:
    if issues:
        raise InvalidInput(issues=issues)


def _answer(
    unit: Unit,
    actor: Actor,
    table: Table,
    name: str,
    dry_run: bool,
    counts: Mapping[str, int],
    names: list[str],
) -> dict[str, Any]:
    if not dry_run:
        after = {"kind": table.kind, "file": name[:200], **counts}
        audit.record(unit, actor, "organisation_imported", subject=name[:200] or None, after=after)
    return {
        "kind": table.kind,
        "dry_run": dry_run,
        **counts,
        "names": names[:MOST_NAMED],
        "ignored": list(table.ignored),
    }
