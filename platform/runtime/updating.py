"""Which stored values of a form are being brought up to date by a job, so that readers can be told."""

from collections.abc import Iterator

from joinery.forms import Form
from joinery.runtime.propagation import RECOMPUTE
from joinery.runtime.table_jobs import TABLE_WORK
from joinery.runtime.unit import Unit
from joinery.storage import job_states

#: Work on a table that changes values.
VALUE_WORK = frozenset({"recompute", "convert_column"})


def updating_fields(unit: Unit, form: Form) -> frozenset[str]:
    """Fields in which some records still show what was true before a change."""
    return frozenset(_after_publishing(unit, form)) | frozenset(_after_changes(unit, form))


def _after_publishing(unit: Unit, form: Form) -> Iterator[str]:
    for state in job_states.unfinished(unit, TABLE_WORK):
        if state.params["app"] != form.app:
            continue
        for work in state.params["works"][state.done :]:
            if work["form"] == form.key and work["kind"] in VALUE_WORK:
                yield work["field"]


def _after_changes(unit: Unit, form: Form) -> Iterator[str]:
    """Any formula of the form may follow from one over other records."""
    waiting = job_states.unfinished(unit, RECOMPUTE)
    if any((state.params["app"], state.params["form"]) == (form.app, form.key) for state in waiting):
        yield from (field.key for field in form.formula_order if field.stored)
