"""One record at a time: read, create, change, delete, restore."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Forbidden, InvalidInput, StaleRevision, to_json
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.records.actions import show_with_actions
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.both_ends import EndChange, split_ends, write_ends
from joinery.runtime.records.deletion import Deletion, consequences, delete_many, restore
from joinery.runtime.records.expansion import expand_records, expansion_issues, wanted_keys
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation, Saved
from joinery.runtime.records.sent_records import show_record
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.needing_approval import NeedsApproval
from joinery.runtime.workflows.proposing import propose

RESTORE_RECORD = {"en": "restore this record", "zh": "恢复此记录"}


def get_record(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, expand: str | None = None
) -> dict[str, Any]:
    """A record as the actor may read it, with the related records that `expand` names; raises NotFound."""
    at = open_form(unit, actor, app_key, form_key)
    keys = wanted_keys(expand)
    if issues := expansion_issues(at, keys):
        raise InvalidInput(issues=issues)
    shown = show_with_actions(at, require_record(at, record_id))
    expand_records(at, [shown], keys)
    return shown


def create_record(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    values: Mapping[str, Any],
    *,
    source: str | None = None,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Store a new record and answer with it; `confirmed` passes what duplicate rules only warn of.

    Raises InvalidRecord, DuplicateValue, DuplicateRecord, PossibleDuplicates, Forbidden.
    """
    at = open_form(unit, actor, app_key, form_key, "create")
    own, ends = split_ends(at, values)
    return save_new(at, own, ends, source=source, confirmed=confirmed)


def save_new(
    at: OpenForm,
    values: Mapping[str, Any],
    ends: Sequence[EndChange],
    *,
    source: str | None = None,
    copied: Mapping[str, Any] | None = None,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Store a new record with lists that point at it, and answer with it; raises as `create_record`.

    One that has to be approved first waits for that (with lists that point at it: NeedsApproval).

    It may be a copy of a record, `copied` with all that this has, whose files it may hold too.
    """
    operation = Operation(values=values, copied=copied)
    try:
        [saved] = save_many(at, [operation], source=source, confirmed=confirmed)
    except NeedsApproval as needed:
        if ends:
            raise
        return propose(at, operation, needed, confirmed=confirmed)
    return _answer_with_ends(at, saved, ends, confirmed)


def update_record(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    revision: int,
    values: Mapping[str, Any],
    *,
    source: str | None = None,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Change a record that was read at `revision` and answer with it; `confirmed` as in `create_record`.

    `values` may hold related lists too (see `both_ends`); to change these alone takes no right to edit here.
    Values of its own that have to be approved first wait for that beside the record.

    Raises StaleRevision with the stored record and what was sent when somebody was faster; NotFound,
    Forbidden, InvalidRecord, DuplicateValue, DuplicateRecord, PossibleDuplicates.
    """
    at = open_form(unit, actor, app_key, form_key)
    own, ends = split_ends(at, values)
    if ends and not own:
        require_record(at, record_id)
        write_ends(at, record_id, ends, confirmed=confirmed)
        return show_with_actions(at, require_record(at, record_id))
    at.access.require("edit")
    operation = Operation(values=own, record_id=record_id, revision=revision)
    try:
        [saved] = save_many(at, [operation], source=source, confirmed=confirmed)
    except NeedsApproval as needed:
        write_ends(at, record_id, ends, confirmed=confirmed)
        return propose(at, operation, needed, confirmed=confirmed)
    except StaleRevision as error:
        current = show_record(at, require_record(at, record_id))
        raise StaleRevision(details={"current": current, "submitted": to_json(dict(values))}) from error
    return _answer_with_ends(at, saved, ends, confirmed)


def delete_record(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, revision: int | None = None
) -> None:
    """Move a record to the recycle bin; raises NotFound, Forbidden, StaleRevision, RecordInUse."""
    at = open_form(unit, actor, app_key, form_key, "delete")
    delete_many(at, [Deletion(record_id=record_id, revision=revision)])


def foresee_deletion(unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int) -> dict[str, Any]:
    """What deleting a record would do to others; NotFound, Forbidden as deleting it."""
    at = open_form(unit, actor, app_key, form_key, "delete")
    require_record(at, record_id)
    return consequences(at, record_id)


def restore_record(unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int) -> dict[str, Any]:
    """Take a record out of the recycle bin, with those that were deleted along with it.

    Raises NotFound, or DuplicateValue when a value was taken since.
    """
    at = open_form(unit, actor, app_key, form_key, "restore")
    deleted = require_record(at, record_id, deleted=True)
    if not in_scope(at, at.access.rows_for("restore"), deleted):
        raise Forbidden(action=RESTORE_RECORD)
    restore(at, record_id, deleted)
    return show_with_actions(at, require_record(at, record_id))


def _answer_with_ends(
    at: OpenForm, saved: Saved, ends: Sequence[EndChange], confirmed: bool
) -> dict[str, Any]:
    """A record that was just saved, after the lists that were sent with it."""
    if not ends:
        return _answer(at, saved.id, saved.values)
    write_ends(at, saved.id, ends, confirmed=confirmed)
    return show_with_actions(at, require_record(at, saved.id))


def _answer(at: OpenForm, record_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """A record that was just saved, read again when the database computes something in it.

    What was saved may lie outside of what the actor may see; then only its id is told.
    """
    if not in_scope(at, at.access.rows, values):
        return {"id": record_id, "revision": values["revision"], "title": None}
    forms = (at.form, *at.form.line_forms.values())
    if any(field.volatile for form in forms for field in form.fields.values()):
        return show_with_actions(at, require_record(at, record_id))
    return show_with_actions(at, values)
