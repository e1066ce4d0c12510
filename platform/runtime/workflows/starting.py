"""What the actor may start: the workflows of all apps, and the records on which one of them may begin."""

from collections.abc import Iterator
from typing import Any

from joinery.definitions import WorkflowDefinition
from joinery.directory import Actor
from joinery.forms import check_filter
from joinery.kernel import NotFound
from joinery.runtime.kinds import WORKFLOW
from joinery.runtime.lists.listing import list_page
from joinery.runtime.records.open_form import OpenForm, open_app, viewable_everywhere, viewable_forms
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import is_allowed, shown_of_form
from joinery.runtime.workflows.record_page import may_press, startable
from joinery.runtime.workflows.tasks import user_of
from joinery.storage import records, workflow_instances

Json = dict[str, Any]

#: So many records are looked at for those on which a workflow may begin, and so many of these are told.
WITHIN = 100
MOST = 20


def list_startable(unit: Unit, actor: Actor, app: str | None) -> Json:
    """The workflows that the actor may start with a new record, or on one that is there, in all apps or one.

    Each says when he started one of it last.
    """
    lately = workflow_instances.last_started(unit, user_of(actor))
    found = [
        _shown(at, workflow, ways, lately.get((at.form.app, workflow.key)))
        for at in viewable_everywhere(unit, actor)
        if app in (None, at.form.app)
        for workflow in shown_of_form(at)
        if workflow.enabled and (ways := list(_ways(at, workflow)))
    ]
    return {"workflows": found}


def startable_records(unit: Unit, actor: Actor, app: str, key: str, search: str | None) -> Json:
    """Records of the workflow's form on which the actor may start it now, the newest first; or what is found.

    Raises NotFound for a workflow that he may not start by a button.
    """
    found = (
        (at, workflow)
        for at in viewable_forms(unit, actor, open_app(unit, app))
        for workflow in shown_of_form(at)
        if workflow.key == key and workflow.enabled
    )
    at, workflow = next(found, (None, None))
    if at is None or workflow is None or not any(way["on"] == "button" for way in _ways(at, workflow)):
        raise NotFound(kind=WORKFLOW)
    query = {
        "search": (search or "").strip() or None,
        "filter": _narrowing(at, workflow),
        "fields": ["title"],
        "limit": WITHIN,
        "count": "none",
    }
    page = list_page(at, query)["records"]
    ids = [row["id"] for row in page]
    stored = records.get_many(unit, at.table, ids, at.access.rows, at.evaluation, lines=True)
    running = {
        one.record_id
        for one in workflow_instances.of_records(unit, app, at.form.key, ids)
        if one.workflow == key
    }
    fitting = [
        {"id": row["id"], "title": row["title"]}
        for row in page
        if row["id"] in stored
        and row["id"] not in running
        and any(one.key == key for one, _ in startable(at, stored[row["id"]]))
    ]
    return {"records": fitting[:MOST], "more": len(fitting) > MOST or len(page) == WITHIN}


def _ways(at: OpenForm, workflow: WorkflowDefinition) -> Iterator[Json]:
    """How the actor may start a workflow: by saving a new record, by its button; each once."""
    told: set[str] = set()
    for start in workflow.starts:
        if start.on in told:
            continue
        creates = start.on == "create" and at.access.allows("create") and is_allowed(at, start)
        if creates or (start.on == "button" and may_press(at, start)):
            told.add(start.on)
            yield {"on": start.on, "label": start.label, "confirm": start.confirm}


def _shown(at: OpenForm, workflow: WorkflowDefinition, ways: list[Json], last: Any) -> Json:
    return {
        "app": at.form.app,
        "app_label": at.app.compiled.definition.label,
        "form": at.form.key,
        "form_label": at.form.label,
        "key": workflow.key,
        "label": workflow.label,
        "description": workflow.description,
        "icon": workflow.icon or at.form.definition.icon,
        "ways": ways,
        "last_started_at": last,
    }


def _narrowing(at: OpenForm, workflow: WorkflowDefinition) -> str | None:
    """The condition of the only button as a filter, where all that it looks at may be asked for in SQL."""
    buttons = [start for start in workflow.starts if start.on == "button"]
    if len(buttons) != 1 or buttons[0].when is None:
        return None
    checked, issues = check_filter(at.names, buttons[0].when)
    return buttons[0].when if checked is not None and checked.sql and not issues else None
