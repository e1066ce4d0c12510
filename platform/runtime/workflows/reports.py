"""What administrators of an app learn about its workflows: what runs, since when, how long it takes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from joinery.definitions import WorkflowDefinition
from joinery.directory import Directory
from joinery.kernel import InvalidInput, Issue
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.people import person
from joinery.runtime.workflows.words import node_label
from joinery.storage import directory, workflow_durations, workflow_versions
from joinery.storage.apps import LoadedApp
from joinery.storage.workflow_durations import Wanted
from joinery.workflows import NODE_TYPES

Json = dict[str, Any]


def workflow_facts(unit: Unit, app_key: str) -> Json:
    """By workflow that was ever published: its newest version, when and by whom, and how many runs there are.

    Raises NotFound.
    """
    open_app(unit, app_key)
    running = workflow_durations.running(unit, app_key)
    people = directory.load(unit)
    return {
        "workflows": {
            key: {
                "number": one.number,
                "published_at": one.published_at,
                "published_by": person(people, one.published_by),
                "running": running.get(key, 0),
            }
            for key, one in workflow_versions.newest(unit, app_key).items()
        }
    }


def durations(unit: Unit, app_key: str, query: Mapping[str, Any]) -> Json:
    """How long nodes and people take, the slowest first; raises NotFound, InvalidInput."""
    app = open_app(unit, app_key)
    wanted = _wanted(unit, app_key, query)
    people = directory.load(unit)
    return {
        "nodes": [
            _row(app, people, row)
            for row in workflow_durations.of_nodes(unit, wanted)
            if _takes_time(app, row)
        ],
        "people": [_row(app, people, row) for row in workflow_durations.of_people(unit, wanted)],
    }


def _takes_time(app: LoadedApp, row: Mapping[str, Any]) -> bool:
    """Whether there is anything to tell of a node: most but those with people are gone through at once."""
    workflow = app.compiled.definition.workflows.get(row["workflow"])
    node = None if workflow is None else workflow.nodes.get(row["node"])
    return row["most"] >= 1 or (node is not None and NODE_TYPES[node.type].asks)


def _row(app: LoadedApp, people: Directory, row: Mapping[str, Any]) -> Json:
    workflow = app.compiled.definition.workflows.get(row["workflow"])
    told = {
        "workflow": row["workflow"],
        "workflow_label": _named(workflow, row["workflow"]),
        "node": row["node"],
        "label": {"en": row["node"], "zh": row["node"]}
        if workflow is None
        else node_label(workflow, row["node"]),
        "count": row["count"],
        "median_s": round(row["median"]),
        "most_s": round(row["most"]),
    }
    return told | ({"user": person(people, row["user_id"])} if "user_id" in row else {})


def _named(workflow: WorkflowDefinition | None, key: str) -> Mapping[str, str]:
    """What a workflow is called; one that is no longer there goes by its key."""
    return {"en": key, "zh": key} if workflow is None else workflow.label


def _wanted(unit: Unit, app: str, query: Mapping[str, Any]) -> Wanted:
    issues: list[Issue] = []
    zone = ZoneInfo(unit.workspace.time_zone)

    def day(name: str, after: int) -> datetime | None:
        """The moment at which a day begins, or ends where `after` is 1."""
        text = query.get(name)
        if text is None:
            return None
        try:
            found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=zone)
            return found + timedelta(days=after)
        except (ValueError, OverflowError):
            issues.append(Issue(f"/{name}", "not_a_day"))
            return None

    wanted = Wanted(app=app, workflow=query.get("workflow"), since=day("from", 0), until=day("until", 1))
    if issues:
        raise InvalidInput(issues=issues)
    return wanted
