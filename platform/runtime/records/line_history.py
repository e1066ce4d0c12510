"""What a save did to the lines of a record, as its history keeps and tells it.

Of every line that was added, changed, moved or removed there is an entry with its id; together they lead from
the lines before to those after, and back.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from joinery.definitions import POSITION
from joinery.forms import ShowContext
from joinery.runtime.records.open_form import OpenForm

Values = Mapping[str, Any]
Json = dict[str, Any]


def lines_json(
    there: OpenForm, old: Sequence[Values] | None, new: Sequence[Values] | None, show: ShowContext
) -> Json:
    """The change of a subform: how many lines there were and are, and what happened to each.

    `position` is where a line stands now (a removed one, where it stood), `was` where one stood that moved.
    """
    before = {line["id"]: line for line in old or ()}
    after = {line["id"]: line for line in new or ()}
    stayed = _in_order([key for key in before if key in after], [key for key in after if key in before])
    return {
        "old": len(before),
        "new": len(after),
        "lines": [
            *(_entry(there, "removed", before[key], {}, show) for key in before if key not in after),
            *(
                entry
                for key, line in after.items()
                if (entry := _of_line(there, before.get(key), line, moved=key not in stayed, show=show))
            ),
        ],
    }


def line_change_json(there: OpenForm, line_id: int, old: Values, new: Values, show: ShowContext) -> Json:
    """A change of one line that came about by itself."""
    return _entry(there, "changed", old, new, show) | {"id": line_id}


def show_lines(there: OpenForm, change: Mapping[str, Any], shown: Any) -> Json:
    """The change as the actor may read it; `shown(field, value)` gives a value as he sees it."""
    found = []
    for line in change["lines"]:
        changes = [
            {"field": key, "label": field.label, "old": shown(field, old), "new": shown(field, new)}
            for key, (old, new) in line["changes"].items()
            if (field := there.form.field(key)) and key in there.access.readable
        ]
        if changes or line["kind"] != "changed" or "was" in line:
            found.append({**line, "changes": changes})
    return {"old": change["old"], "new": change["new"], "lines": found}


def values_in(change: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every old and new value of a change of lines, with its field."""
    for line in change["lines"]:
        for key, pair in line["changes"].items():
            yield from ((key, value) for value in pair)


def _of_line(
    there: OpenForm, old: Values | None, new: Values, *, moved: bool, show: ShowContext
) -> Json | None:
    if old is None:
        return _entry(there, "added", {}, new, show)
    entry = _entry(there, "changed", old, new, show)
    if moved:
        entry["was"] = old[POSITION]
        entry["kind"] = "changed" if entry["changes"] else "moved"
    return entry if moved or entry["changes"] else None


def _entry(there: OpenForm, kind: str, old: Values, new: Values, show: ShowContext) -> Json:
    line = new or old
    changes = {}
    for key, field in there.form.fields.items():
        pair = (old.get(key), new.get(key))
        if field.stored and not field.system and pair[0] != pair[1]:
            changes[key] = [None if one is None else field.type.to_json(field, one, show) for one in pair]
    return {"id": line["id"], "kind": kind, "position": line[POSITION], "changes": changes}


def _in_order(before: Sequence[int], after: Sequence[int]) -> Collection[int]:
    """As many as possible of the same lines that stand in the same order before and after."""
    places = {key: place for place, key in enumerate(before)}
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for key in after:
        at = bisect_left(tails, places[key])
        previous[key] = ends[at - 1] if at else None
        tails[at:], ends[at:] = [places[key], *tails[at + 1 :]], [key, *ends[at + 1 :]]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found
