"""Changing a relation from its other end: the records of a list point here, or no longer do.

What is written is the relation in those records, through the one write path and with the actor's rights
there; the list itself has nothing to store.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.definitions import owner_key
from joinery.forms import MAXIMUM_VALUES, Inverse, sent_id
from joinery.kernel import Forbidden, InvalidRecord, Issue, Issues, pointer
from joinery.permissions import EVERYTHING
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.page import may_list
from joinery.storage import records

Values = Mapping[str, Any]

CHANGE_LIST = {"en": "change this list", "zh": "修改此列表"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndChange:
    """What somebody wants of the list `inverse`: records to add and to remove, or (`whole`) exactly those."""

    inverse: Inverse
    add: tuple[int, ...] = ()
    remove: tuple[int, ...] = ()
    whole: bool = False


def split_ends(at: OpenForm, values: Values) -> tuple[dict[str, Any], list[EndChange]]:
    """The record's own values, and what is sent for lists that the actor may see.

    A list is sent as {"add": [ids], "remove": [ids]} or as all of its records; else raises InvalidRecord.
    """
    lists = {
        inverse.key: inverse
        for inverse in at.form.inverses
        if may_list(at, inverse) and _is_whole(at, inverse)
    }
    issues = Issues()
    ends = [_read(lists[key], raw, issues) for key, raw in values.items() if key in lists]
    if issues:
        raise InvalidRecord(issues=issues)
    return {key: value for key, value in values.items() if key not in lists}, ends


def _is_whole(at: OpenForm, inverse: Inverse) -> bool:
    """Whether the list shows all records that point here: else what is not sent would go unseen."""
    return owner_key(inverse.field) in at.beside(inverse.form).access.readable


def write_ends(at: OpenForm, record_id: int, ends: Sequence[EndChange], *, confirmed: bool = False) -> None:
    """Let the records of lists point at this record as wanted; `confirmed` as in `save_many`.

    Raises Forbidden, and InvalidRecord for records that are not there or whose relation cannot be so.
    """
    for end in ends:
        there = at.beside(end.inverse.form)
        there.access.require("edit")
        if owner_key(end.inverse.field) not in there.access.writable:
            raise Forbidden(action=CHANGE_LIST)
        _write(at, there, record_id, end, confirmed)


def _read(inverse: Inverse, raw: Any, issues: Issues) -> EndChange:
    if isinstance(raw, Mapping) and raw and raw.keys() <= {"add", "remove"}:
        add, remove = (
            _ids(raw.get(name) or [], pointer(inverse.key, name), issues) for name in ("add", "remove")
        )
        return EndChange(inverse=inverse, add=add, remove=remove)
    if inverse.single and not isinstance(raw, list):
        raw = [] if raw is None else [raw]
    return EndChange(inverse=inverse, add=_ids(raw, pointer(inverse.key), issues), whole=True)


def _ids(raw: Any, path: str, issues: Issues) -> tuple[int, ...]:
    if not isinstance(raw, list) or len(raw) > MAXIMUM_VALUES:
        issues.add(path, "list_not_records", maximum=MAXIMUM_VALUES)
        return ()
    found = []
    for place, item in enumerate(raw):
        if (record_id := sent_id(item)) is None:
            issues.add(f"{path}/{place}", "value_not_record")
        else:
            found.append(record_id)
    return tuple(dict.fromkeys(found))


def _write(at: OpenForm, there: OpenForm, record_id: int, end: EndChange, confirmed: bool) -> None:
    key = end.inverse.field
    pointing = set(records.referring_ids(at.unit, there.table, key, [record_id]))
    seen = records.titles(
        at.unit, there.table, pointing | set(end.add), there.access.rows, at.evaluation, lock=True
    )
    where = pointer(end.inverse.key) if end.whole else pointer(end.inverse.key, "add")
    missing = [place for place, one in enumerate(end.add) if one not in seen]
    if missing:
        raise InvalidRecord(
            issues=[
                Issue(f"{where}/{place}", "related_record_missing", {"label": end.inverse.label})
                for place in missing
            ]
        )
    left = (pointing & seen.keys()) - set(end.add) if end.whole else pointing & set(end.remove)
    if end.inverse.single and end.add:
        left = pointing - set(end.add)
    save_many(
        there,
        _operations(there, key, record_id, sorted(left), pointer(end.inverse.key), points=False),
        confirmed=confirmed,
    )
    new = [one for one in end.add if one not in pointing]
    save_many(
        there,
        _operations(there, key, record_id, new, pointer(end.inverse.key), points=True),
        confirmed=confirmed,
    )


def _operations(
    there: OpenForm, key: str, record_id: int, ids: Collection[int], path: str, *, points: bool
) -> list[Operation]:
    """What makes records point at one, or no longer do."""
    owner, value = there.form.pointing(key, record_id)
    lists: Mapping[int, tuple[int, ...]] = {}
    if there.form.relations[key].type.several:
        # Held before they are read: somebody else may be adding to the same list.
        stored = records.get_many(
            there.unit, there.table, sorted(ids), EVERYTHING, there.evaluation, for_update=True
        )
        lists = {one: values[key] or () for one, values in stored.items()}
    return [
        Operation(
            path=path, record_id=one, values={owner: _pointing(lists.get(one), record_id, value, points)}
        )
        for one in ids
    ]


def _pointing(listed: tuple[int, ...] | None, record_id: int, value: Any, points: bool) -> Any:
    if listed is None:
        return value if points else None
    others = [one for one in listed if one != record_id]
    return [*others, record_id] if points else others
