"""The lines that an import brings: put together with the stored ones, counted, kept for undoing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.forms import Draft, ShowContext
from joinery.kernel import Issue
from joinery.runtime.importing.group_cells import GroupCells
from joinery.runtime.importing.line_merge import LineMerge
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.targets import parts_of, subforms_in
from joinery.runtime.records.open_form import OpenForm
from joinery.storage import records

Values = Mapping[str, Any]


@dataclass(slots=True)
class SentLines:
    """The complete lines of a record to be saved, by subform; what is wrong, by the place of the row."""

    values: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    issues: dict[int, list[Issue]] = field(default_factory=dict)
    #: The revision of the record they are put together with.
    revision: int | None = None


class Lines:
    """The subforms whose lines an import brings."""

    def __init__(self, at: OpenForm, order: ImportOrder) -> None:
        self._at = at
        self._clears = order.blank == "clear"
        names = list(order.mapping.values())
        self.subforms = subforms_in(names)
        self._there = {key: at.beside(at.form.line_forms[key].key) for key in self.subforms}
        self._merges = {
            key: LineMerge(
                self._there[key],
                order.lines_of(key),
                [own for of, own in map(parts_of, names) if of == key],
            )
            for key in self.subforms
        }
        self._stored: Mapping[int, Values] = {}

    def read(self, record_ids: Iterable[int]) -> None:
        """Read the lines of these records as they are now."""
        at, ids = self._at, sorted(set(record_ids)) if self.subforms else []
        if ids:
            self._stored = records.get_many(at.unit, at.table, ids, at.access.rows, at.evaluation, lines=True)

    def send(self, record: GroupCells, record_id: int | None) -> SentLines:
        """What is to be saved as the lines of a record; where the file has none, those it has stay.

        Blank cells that clear what is stored clear the lines too.
        """
        stored = self._stored.get(record_id or 0) if record_id is not None else None
        sent = SentLines(revision=stored["revision"] if stored else None)
        record.sent.clear()
        for subform, merge in self._merges.items():
            cells = record.lines[subform]
            if not cells and not (self._clears and merge.replaces):
                continue
            if stored is None:
                sent.values[subform] = [dict(one.values) for one in cells]
                record.sent[subform] = range(len(cells))
                continue
            merged = merge.merge(stored.get(subform) or (), [one.values for one in cells])
            sent.values[subform] = merged.lines
            record.sent[subform] = merged.origins
            for place, issue in merged.issues.items():
                sent.issues.setdefault(cells[place].row, []).append(issue)
        return sent

    def counts(self, draft: Draft) -> dict[str, int]:
        """How many lines saving a record adds, updates and removes; {} when the file has no lines."""
        found: dict[str, int] = dict.fromkeys(("added", "updated", "removed"), 0) if self.subforms else {}
        for subform in self.subforms:
            old, new = (lines or () for lines in draft.changed.get(subform, ((), ())))
            before = {line["id"]: line for line in old}
            kept = [line for line in new if line.get("id") in before]
            found["added"] += len(new) - len(kept)
            found["updated"] += sum(line is not before[line["id"]] for line in kept)
            found["removed"] += len(before) - len(kept)
        return found

    def earlier(self, draft: Draft, show: ShowContext) -> dict[str, Any]:
        """The lines that an update replaces, by subform, as JSON that can be sent again."""
        return {
            subform: [self._json(subform, line, show) for line in draft.changed[subform][0] or ()]
            for subform in self._at.form.line_forms
            if subform in draft.changed
        }

    def _json(self, subform: str, line: Values, show: ShowContext) -> dict[str, Any]:
        there = self._at.beside(self._at.form.line_forms[subform].key)
        return {
            "id": line["id"],
            **{
                key: None if line.get(key) is None else one.type.to_json(one, line[key], show)
                for key, one in there.form.plan.open.items()
            },
        }


def with_known_lines(
    at: OpenForm, before: Mapping[int, Mapping[str, Any]], record_ids: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Earlier values as `Lines.earlier` keeps them, to be sent again: lines that are gone come as new."""
    values = {one: dict(before[one]) for one in record_ids if one in before}
    subforms = [key for key in at.form.line_forms if any(key in found for found in values.values())]
    if not subforms:
        return values
    stored = records.get_many(at.unit, at.table, record_ids, at.access.rows, at.evaluation, lines=True)
    for one, found in values.items():
        for subform in subforms:
            if subform in found:
                known = {line["id"] for line in stored.get(one, {}).get(subform) or ()}
                found[subform] = [
                    line if line["id"] in known else {**line, "id": None} for line in found[subform]
                ]
    return values
