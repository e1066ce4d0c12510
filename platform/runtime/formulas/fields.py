"""The computed fields of an app for its administrator: how each is kept, and whether a job still fills it."""

from typing import Any

from joinery.directory import Actor
from joinery.forms import Field
from joinery.runtime.apps.updating import unfinished_values
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.storage import records
from joinery.storage.apps import LoadedApp
from joinery.storage.job_states import JobState

#: A form, and one of its fields or None for all of them.
_Target = tuple[str, str | None]


def list_formula_fields(unit: Unit, actor: Actor, app_key: str) -> list[dict[str, Any]]:
    """Every formula field of the published version, form by form; raises NotFound."""
    app = open_app(unit, app_key)
    jobs = _running(unit, app)
    return [
        {
            "form": form.key,
            "field": field.key,
            "stored": field.stored,
            **_nature(field),
            "job": jobs.get((form.key, field.key)) or jobs.get((form.key, None)),
        }
        for form in app.compiled.forms.values()
        for field in form.fields.values()
        if field.formula is not None
    ]


def _nature(field: Field) -> dict[str, Any]:
    """Whether the database can compute it, and what it follows besides records: today, now, the viewer."""
    assert field.formula is not None
    return {"database": field.formula.sql, "follows": sorted(field.formula.volatile)}


def _running(unit: Unit, app: LoadedApp) -> dict[_Target, dict[str, Any]]:
    """The jobs that still compute formulas, by what they fill."""
    return {
        (work.form, work.field): _job(work.job, _share(unit, app, work.form, work.job) if work.begun else 0)
        for work in unfinished_values(unit, app.compiled.key)
    }


def _job(state: JobState, share: float) -> dict[str, Any]:
    return {"id": state.id, "state": state.state, "share": share}


def _share(unit: Unit, app: LoadedApp, form: str, state: JobState) -> float:
    """How much of a table a job has gone through: it takes the records in the order of their ids."""
    table = app.tables.get(form)
    last = records.greatest_id(unit, table) if table else 0
    return round(min(1.0, int(state.summary.get("after", 0)) / last), 3) if last else 0
