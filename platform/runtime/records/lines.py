"""The lines of records that are saved: checked, stored and noted with them, all records together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from joinery.forms import Draft, ShowContext
from joinery.formulas import PARENT_RECORD, Path
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.formulas.propagation import Change
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.related_records import sent_lines, sent_relations
from joinery.storage.lines import store_lines

Values = Mapping[str, Any]


def line_forms(at: OpenForm) -> dict[str, OpenForm]:
    """The forms of the lines of each subform, by its field."""
    return {key: at.beside(form.key) for key, form in at.form.line_forms.items()}


def prefetch_lines(
    at: OpenForm,
    there: OpenForm,
    subform: str,
    sent: Iterable[Values],
    stored: Iterable[Values],
    far: FarValues,
) -> None:
    """Read what expressions of lines, and of records behind their lines, look at: for all lines together."""
    starts = [sent_relations(there.form, line) for values in sent for line in sent_lines(values, subform)]
    starts += [line for values in stored for line in values.get(subform) or ()]
    plan = there.form.plan
    beyond = {path[1:] for path in at.form.plan.far if path[0] == subform and len(path) > 2}
    far.prefetch(starts, {*_leading_out(plan.far), *_leading_out(beyond)}, form=there.form.key)
    given = {path for field in plan.defaults if field.default for path in field.default.far}
    far.prefetch(starts, _leading_out(given), as_app=False, form=there.form.key)


def _leading_out(paths: Iterable[Path]) -> set[Path]:
    """Paths to other records than the one around the line, which is at hand."""
    return {path for path in paths if path[0] != PARENT_RECORD and len(path) > 1}


def store_all_lines(at: OpenForm, drafts: Sequence[tuple[int, Draft]], show: ShowContext) -> Sequence[Values]:
    """Store the lines of records by their ids; the values of each, the ids of its new lines among them."""
    values: list[dict[str, Any]] = [dict(draft.values) for _, draft in drafts]
    for subform, there in line_forms(at).items():
        changed = [place for place, (_, draft) in enumerate(drafts) if subform in draft.changed]
        rows: list[Values] = []
        gone: list[int] = []
        for place in changed:
            record_id, draft = drafts[place]
            old, new = (found or () for found in draft.changed[subform])
            rows += [{**line, PARENT_RECORD: record_id} for line in _to_write(old, new)]
            gone += sorted({line["id"] for line in old} - {line["id"] for line in new})
        ids = iter(
            store_lines(at.unit, there.table, rows, gone, actor=at.actor.user_id, at=at.unit.now, show=show)
        )
        for place in changed:
            record_id, draft = drafts[place]
            old, new = (found or () for found in draft.changed[subform])
            written = {id(line) for line in _to_write(old, new)}
            values[place][subform] = (
                tuple(
                    {**line, PARENT_RECORD: record_id, "id": next(ids)} if id(line) in written else line
                    for line in new
                )
                or None
            )
    return values


def line_changes(before: Values | None, after: Values | None, subform: str) -> Iterator[Change]:
    """What happened to the lines of a record: those that came, went or became others."""
    old, new = ({line["id"]: line for line in (of or {}).get(subform) or ()} for of in (before, after))
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) is not new.get(key):
            yield Change(id=key, before=old.get(key), after=new.get(key))


def _to_write(old: Iterable[Values], new: Iterable[Values]) -> list[Values]:
    """The lines that are new or not as they are stored."""
    known = {id(line) for line in old}
    return [line for line in new if id(line) not in known]
