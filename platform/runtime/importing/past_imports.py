"""The imports of an app: who, when, what came of them, and whether they were undone."""

from typing import Any

from joinery.directory import Actor
from joinery.runtime import jobs
from joinery.runtime.importing.imports import IMPORT
from joinery.runtime.importing.undo import UNDO_IMPORT
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.storage import directory, job_states

PAGE = 50


def list_imports(
    unit: Unit, actor: Actor, app: str, *, form: str | None = None, cursor: int | None = None
) -> dict[str, Any]:
    """One page of the imports of an app, the newest first: one's own, to administrators all.

    Dry runs are left out. Raises NotFound when there is no such app.
    """
    open_app(unit, app)
    wanted: dict[str, Any] = {"app": app, "dry_run": False}
    if form is not None:
        wanted["parts"] = [{"form": form}]
    found = job_states.page(
        unit,
        IMPORT,
        wanted,
        created_by=None if actor.administers(app) else actor.user_id,
        below=cursor,
        limit=PAGE + 1,
    )
    people = directory.load(unit)
    undone = {
        state.params["import"]: jobs.job_json(unit, state)
        for state in job_states.page(unit, UNDO_IMPORT, {"app": app}, created_by=None, limit=1000)
        if any(one.id == state.params["import"] for one in found)
    }
    shown = [
        {
            **jobs.job_json(unit, state),
            "by": user.name if state.created_by and (user := people.user(state.created_by)) else None,
            "files": [part.get("file_name") for part in state.params.get("parts", ())],
            "undo": undone.get(state.id),
        }
        for state in found[:PAGE]
    ]
    return {"imports": shown, "next_cursor": found[PAGE - 1].id if len(found) > PAGE else None}
