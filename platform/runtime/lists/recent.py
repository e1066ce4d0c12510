"""The records of a form that somebody has worked with lately: chosen in others, or changed themselves.

Nothing is kept for it: it is read from what the person has changed, in the newest part of the history.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from joinery.formulas import Checked
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.records.sent_records import show_records
from joinery.storage import history, records
from joinery.storage.condition_marks import run_marks

#: So many of the workspace's newest changes are looked at, and so many records among them.
WITHIN = 5000
LATEST = 40
#: So many records are told.
MOST = 5


def recently_used(there: OpenForm, condition: Checked | None, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Records of the form that the actor has used, the latest first, if they meet the condition; as JSON."""
    if there.actor.user_id is None:
        return []
    latest = list(dict.fromkeys(_latest(there, there.actor.user_id)))
    if condition is not None:
        holding = run_marks(
            there.unit, there.table, latest, [condition], there.access.rows, there.evaluation, there.reach
        )
        latest = [record_id for record_id in latest if record_id in holding]
    found = records.get_many(there.unit, there.table, latest, there.access.rows, there.evaluation)
    rows = [found[record_id] for record_id in latest if record_id in found]
    return show_records(there, rows[:MOST], tuple(keys))


def _latest(there: OpenForm, person: int) -> Iterator[int]:
    """The ids of records of the form in what a person has changed last."""
    target = there.form.key
    forms = {
        form.key: [field for field in form.fields.values() if target in field.type.targets(field)]
        for form in there.app.compiled.forms.values()
        if form.parent is None
    }
    pointing = {key: fields for key, fields in forms.items() if fields or key == target}
    entries = history.latest_of(
        there.unit, there.app.compiled.key, pointing, person, within=WITHIN, limit=LATEST
    )
    values: dict[str, dict[int, dict[str, Any]]] = {}
    for form in {form for form, _ in entries}:
        at = there.beside(form)
        ids = [record_id for key, record_id in entries if key == form]
        if at.access.allows("view"):
            values[form] = records.get_many(at.unit, at.table, ids, at.access.rows, at.evaluation)
    for form, record_id in entries:
        row = values.get(form, {}).get(record_id)
        if row is None:
            continue
        readable = on_record(there.beside(form), row).access.readable
        for field in pointing[form]:
            if field.key in readable:
                named = field.type.records_in(field, row.get(field.key))
                yield from (one for key, one in named if key == target)
        if form == target:
            yield record_id
