"""Values that wait for approval: the record as it would be with them, and what they would change."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from joinery.forms import Field, prepare_record
from joinery.kernel import Conflict, Forbidden, to_json
from joinery.permissions import IN_GROUPS
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.context import record_context
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.record_rights import groups_of, without_groups
from joinery.runtime.records.sent_records import show_record
from joinery.storage.workflow_proposals import Proposal

Json = dict[str, Any]
Values = Mapping[str, Any]

PROPOSE = {"en": "have changes saved of somebody who has left", "zh": "保存已离职成员提交的变更"}


class ChangedMeanwhile(Conflict):
    """The record has got other values in fields for which new ones waited."""

    code = "proposal_changed_meanwhile"


def proposer_at(at: OpenForm, proposal: Proposal) -> OpenForm:
    """The form with the rights of who proposed; raises Forbidden when he has left."""
    if proposal.proposed_by is None:
        return at.as_anybody()
    language = at.unit.workspace.language
    workspace = at.unit.workspace.key
    person = at.directory.actor(proposal.proposed_by, language=language, workspace=workspace)
    if person is None:
        raise Forbidden(action=PROPOSE)
    return at.seen_by(person)


def proposed_record(at: OpenForm, stored: Values | None, proposal: Proposal) -> Values:
    """All values of the record as it would be; `stored` is None where it is a new one."""
    try:
        whole = proposer_at(at, proposal).as_anybody()
    except Forbidden:
        whole = at.as_anybody()
    number = None if stored is None else stored["id"]
    operation = Operation(values=proposal.values, record_id=number)
    known = {} if stored is None else {stored["id"]: stored}
    context = record_context(whole, [operation], known, FarValues(whole))
    return prepare_record(at.form, stored, proposal.values, context).values


def base_of(at: OpenForm, stored: Values, keys: Iterable[str]) -> Json:
    """What a record has in these fields, to be compared with later."""
    return {key: _plain(at, key, stored.get(key)) for key in keys}


def conflicts(at: OpenForm, stored: Values | None, proposal: Proposal) -> Iterator[Field]:
    """The fields that got another value since the new one was proposed."""
    for key, then in proposal.base.items():
        field = at.form.field(key)
        if stored is not None and field is not None and _plain(at, key, stored.get(key)) != then:
            yield field


def show_proposal(at: OpenForm, stored: Values | None, proposal: Proposal, *, waits: bool) -> Json:
    """What would change, as far as the actor may read it.

    As long as a change `waits` formulas that follow are told too; of a new record, and of what is over, only
    the values that were proposed.
    """
    would_be = proposed_record(at, stored, proposal)
    if stored is not None:
        would_be = _among_the_rows_of_both(at, stored, would_be)
    after = show_record(at, would_be)
    before = show_record(at, stored) if stored is not None and waits else None
    changed = {field.key for field in conflicts(at, stored, proposal)} if waits else set()
    shown = [
        key
        for key in (*at.form.fields, "owner")
        if key in after
        and (key in proposal.values if before is None else key in changed or before[key] != after[key])
    ]
    return {
        "new": not proposal.base,
        "fields": [
            {"field": key, "before": (before or {}).get(key), "after": after[key], "conflict": key in changed}
            for key in shown
        ],
    }


def _among_the_rows_of_both(at: OpenForm, stored: Values, would_be: Values) -> Values:
    """The record as it would be, with what the actor may see of it now and could see of it then.

    Else whoever proposes to take a record over would read it before anybody has agreed.
    """
    if at.access.varying is None:
        return would_be
    groups = groups_of(at, stored) & groups_of(at, without_groups(would_be))
    return {**would_be, IN_GROUPS: groups}


def _plain(at: OpenForm, key: str, value: Any) -> Any:
    """A stored value as JSON that stays the same as long as nobody changes it."""
    field = at.form.fields.get(key)
    if field is not None and field.lines:
        own = at.app.compiled.forms[field.lines].plan.open
        return [{name: to_json(line.get(name)) for name in ("id", *own)} for line in value or ()]
    return to_json(value)
