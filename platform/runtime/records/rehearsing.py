"""What saving a record would say, without locks and numbers; nothing is stored."""

from joinery.forms import prepare_record
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.batch import issues_by_place, with_issues, with_matches
from joinery.runtime.records.checks import as_told, relation_issues
from joinery.runtime.records.context import record_context
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation, Prepared
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.records.uniqueness import unique_issues
from joinery.runtime.records.write_rights import outside_after, to_write, with_line_rights


def rehearse(
    at: OpenForm, operation: Operation, *, way: str | None = None, confirmed: bool = False
) -> Prepared:
    """Check one record as `prepare_many` does, without locks and numbers; for showing what would happen."""
    stored = None if operation.record_id is None else require_record(at, operation.record_id)
    before = {} if stored is None else {stored["id"]: stored}
    far = FarValues(at)
    here = to_write(at, stored, far)
    draft = prepare_record(
        at.form,
        stored,
        operation.values,
        with_line_rights(record_context(at, [operation], before, far), at, stored, far),
        writable=here.access.writable | operation.granted,
        readable=here.access.readable,
        given=operation.given,
    )
    found = [*draft.issues, *(() if draft.issues else outside_after(at, operation, stored, draft))]
    issues = tuple(as_told(here, issue).under(operation.path) for issue in found)
    prepared = [Prepared(operation=operation, before=stored, draft=draft, issues=issues)]
    for issues in issues_by_place(relation_issues(at, prepared), unique_issues(at, prepared)).values():
        prepared[0] = with_issues(at, prepared[0], issues)
    return with_matches(at, prepared, way, confirmed)[0]
