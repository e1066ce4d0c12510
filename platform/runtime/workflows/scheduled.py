"""Starts by schedule: looked for again and again, claimed by one worker, done record by record.

A moment is claimed and its job queued in one transaction; the job goes through the records portion by portion
and queues its next one along with what it started. So each moment is gone through once, whatever dies when.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from joinery.definitions import StartDefinition, WorkflowDefinition, dump_start
from joinery.directory import Actor
from joinery.kernel import dump_json
from joinery.permissions import EVERYTHING
from joinery.runtime.again import again
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import OpenForm, open_unchecked
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.runner import begin
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import apps, list_workspaces, records, workflow_instances, workflow_schedules
from joinery.workflows import days_looked_at, last_due

#: The job that starts workflows on a portion of records.
SCHEDULED = "workflow_scheduled"
#: Records looked at in one transaction.
PORTION = 200


def look_for_due(services: Services) -> int:
    """Queue what has come round in all workspaces; how many starts that were. Others may do so at once."""
    with services.unit(None) as unit:
        keys = [found.key for found in list_workspaces(unit)]
    return sum(look_in(services, key) for key in keys)


def run_scheduled(
    services: Services,
    workspace: str,
    app: str,
    workflow: str,
    number: int,
    since: str,
    moment: str,
    after: int = 0,
) -> None:
    """Start a workflow on the next portion of the records that its start is about."""

    def go_through() -> None:
        with services.unit(workspace) as unit:
            nobody = Actor(user_id=None, name="joinery", is_admin=True, workspace=workspace)
            found = next(
                (one for one in _starts(unit) if (one[0].app, one[0].key, one[1]) == (app, workflow, number)),
                None,
            )
            # A job that is done twice, after a crash, goes through its portion once.
            portion = f"schedule:{app}:{workflow}:{number}:{moment}:{after}"
            if found is None or not workflow_instances.claim_effect(unit, portion, unit.now):
                return
            definition, _, start = found
            at = open_unchecked(unit, nobody, app, definition.form)
            window = datetime.fromisoformat(since), datetime.fromisoformat(moment)
            ids = _portion(at, start, window, after)
            stored = records.get_many(
                unit, at.table, ids, EVERYTHING, at.evaluation, for_update=True, lines=True
            )
            for values in stored.values():
                if start.when is None or RecordWorld(at, values, None).condition(start.when):
                    begin(at, workflow, values, None, save_many)
            if len(ids) == PORTION:
                arguments = _arguments(definition, number, *window)
                unit.defer(SCHEDULED, {**arguments, "after": ids[-1]})

    again(go_through)


def look_in(services: Services, workspace: str) -> int:
    """Queue what has come round in one workspace; how many starts that were."""
    return again(lambda: _look(services, workspace))


def _look(services: Services, workspace: str) -> int:
    with services.unit(workspace) as unit:
        starts = list(_starts(unit))
        known = workflow_schedules.all_of(unit)
        there = {(one.app, one.key, number) for one, number, _ in starts}
        for app, workflow, number, _ in known:
            if (app, workflow, number) not in there:
                workflow_schedules.forget(unit, app, workflow, number)
        zone = ZoneInfo(unit.workspace.time_zone)
        due = 0
        for definition, number, start in starts:
            told = dump_json(dump_start(start))
            since = known.get((definition.app, definition.key, number, told))
            if since is None:
                # It is new, or says something else now: it comes round from here on.
                workflow_schedules.begin(unit, definition.app, definition.key, number, told, unit.now)
            elif (moment := last_due(start, zone, since, unit.now)) is not None:
                due += _claim(unit, definition, number, since, moment)
        return due


def _claim(
    unit: Unit, definition: WorkflowDefinition, number: int, since: datetime, moment: datetime
) -> bool:
    """Queue a moment unless somebody else was faster."""
    claimed = workflow_schedules.claim(unit, definition.app, definition.key, number, since, moment)
    if claimed:
        unit.defer(SCHEDULED, _arguments(definition, number, since, moment))
    return claimed


def _arguments(
    definition: WorkflowDefinition, number: int, since: datetime, moment: datetime
) -> Mapping[str, Any]:
    return {
        "app": definition.app,
        "workflow": definition.key,
        "number": number,
        "since": since.astimezone(UTC).isoformat(),
        "moment": moment.astimezone(UTC).isoformat(),
    }


def _starts(unit: Unit) -> Iterator[tuple[WorkflowDefinition, int, StartDefinition]]:
    """The starts by schedule of the published apps, each with its place among those of its workflow."""
    for installed in apps.list_apps(unit):
        for workflow in apps.load(unit, installed.key).compiled.definition.workflows.values():
            for number, start in enumerate(workflow.starts if workflow.enabled else ()):
                if start.on == "schedule":
                    yield workflow, number, start


def _portion(
    at: OpenForm, start: StartDefinition, window: tuple[datetime, datetime], after: int
) -> Sequence[int]:
    """The records that come next: all of them, or those whose date has come round."""
    days = None
    if start.date is not None:
        zone = ZoneInfo(at.unit.workspace.time_zone)
        days = start.date["field"], list(days_looked_at(start, zone, *window))
    return workflow_schedules.records_of(
        at.unit, at.table, days, zone=at.unit.workspace.time_zone, after=after, limit=PORTION
    )
