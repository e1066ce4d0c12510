"""Which stored values are being brought up to date by jobs, so that readers can be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from joinery.runtime.formulas.propagation import RECOMPUTE
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.unit import Unit
from joinery.storage import job_states
from joinery.storage.filling import TABLE_WORK
from joinery.storage.job_states import JobState

#: Work on a table that changes values.
_ON_VALUES = frozenset({"recompute", "convert_column"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueWork:
    """A job that brings a field of a form up to date; `field` None: any formula of the form.

    `begun` is False while the job is at something else first.
    """

    form: str
    field: str | None
    job: JobState
    begun: bool = True


def updating_fields(at: OpenForm) -> frozenset[str]:
    """Fields in which some records still show what was true before a change."""
    form, found = at.form, set[str]()
    subforms = {lines.key: key for key, lines in form.line_forms.items()}
    for work in unfinished_values(at.unit, form.app):
        if work.form == form.key and work.field is not None:
            found.add(work.field)
        elif work.form == form.key:
            found.update(field.key for field in form.formula_order if field.stored)
        elif work.form in subforms:
            found.add(subforms[work.form])
    return frozenset(found) - at.table.filling


def unfinished_values(unit: Unit, app: str) -> Iterator[ValueWork]:
    """What jobs still have to do on values of an app: after a publish, and after changes of records."""
    of_app: Mapping[str, str] = {"app": app}
    for state in job_states.unfinished(unit, TABLE_WORK, of_app):
        for place, work in enumerate(state.params["works"][state.done :]):
            if work["kind"] in _ON_VALUES:
                yield ValueWork(form=work["form"], field=work["field"], job=state, begun=not place)
    for state in job_states.unfinished(unit, RECOMPUTE, of_app):
        yield ValueWork(form=state.params["form"], field=None, job=state)
