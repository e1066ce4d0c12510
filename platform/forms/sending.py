"""The values that somebody sent: read, and refused where they may not be sent."""

from collections.abc import Mapping
from typing import Any

from joinery.forms.field_type import ValueProblem
from joinery.forms.form import Field
from joinery.forms.identities import as_items, read_id
from joinery.forms.work import Work
from joinery.kernel import closest, pointer

_BLANK_KINDS = frozenset({str, list, dict, tuple})
#: In a row of cells: what a cell named and somebody has found already, as JSON.
_FOUND_KINDS = frozenset({dict, list})


def read_values(
    work: Work,
    sent: Mapping[str, Any],
    *,
    writable: frozenset[str] | None,
    readable: frozenset[str] | None,
    cells: bool,
) -> None:
    """Take over what was sent, noting an issue for every value that cannot be accepted."""
    plan, parsing = work.form.plan, work.context.parsing
    for key, raw in sent.items():
        field = plan.open.get(key)
        if field is not None and field.lines and (readable is None or key in readable):
            continue  # read with their own rules
        if field is None or (writable is not None and key not in writable):
            _read_closed(work, key, raw, readable, cells)
            continue
        if raw is None or (not raw and raw.__class__ in _BLANK_KINDS):
            value = None
        else:
            try:
                value = (
                    field.type.parse_text(field, raw, parsing)
                    if cells and raw.__class__ not in _FOUND_KINDS
                    else field.type.parse(field, raw, parsing)
                )
            except ValueProblem as problem:
                kept = with_those_there(work, field, raw)
                if kept is None:
                    if not _is_unchanged(work, field, raw, cells):
                        work.refuse(key, problem.code, **problem.params)
                    continue
                value = kept
        if value is None and cells and work.before is None:
            continue
        work.put(field, value)
        work.sent.add(key)


def with_those_there(work: Work, field: Field, raw: Any) -> tuple[int, ...] | None:
    """People and departments of a list that cannot be chosen any more, but are in it already, may stay.

    None when something else is wrong with the list.
    """
    old = None if work.before is None else work.before.get(field.key)
    of_people = field.type.several and field.type.stores in ("user", "department")
    if not of_people or not old or not isinstance(raw, list | tuple):
        return None
    found: list[int] = []
    try:
        for item in as_items(raw):
            known = read_id(item)
            if known is not None and known in old:
                found.append(known)
            else:
                found.extend(field.type.parse(field, [item], work.context.parsing))
    except ValueProblem:
        return None
    return tuple(dict.fromkeys(found))


def _read_closed(work: Work, key: str, raw: Any, readable: frozenset[str] | None, cells: bool) -> None:
    """A key that is unknown or may not be written: fine only when it says what the record already says."""
    known = {**work.form.plan.closed, **work.form.plan.open}
    field = known.get(key)
    if field is None or (readable is not None and key not in readable):
        seen = [name for name in known if readable is None or name in readable]
        work.issues.add(
            pointer(key), "record_unknown_field", key=key[:100], suggestion=closest(key[:100], seen)
        )
    elif not _is_unchanged(work, field, raw, cells):
        code = "record_computed_field" if field.type.computed else "record_read_only_field"
        work.refuse(key, code, label=field.label)


def _is_unchanged(work: Work, field: Field, raw: Any, cells: bool) -> bool:
    """Whether what was sent is what the record already holds; that is never a problem."""
    old = work.before.get(field.key) if work.before is not None else None
    if raw is None or (not raw and raw.__class__ in _BLANK_KINDS):
        return old is None
    if old is None:
        return False
    showing = work.context.showing
    if cells and raw.__class__ not in _FOUND_KINDS:
        return bool(str(raw).strip() == field.type.to_text(field, old, showing))
    if raw == old or (isinstance(raw, list) and isinstance(old, tuple) and tuple(raw) == old):
        return True
    shown = field.type.to_json(field, old, showing)
    return bool(raw == shown) or _same_identities(raw, old)


def _same_identities(raw: Any, old: Any) -> bool:
    """Whether objects with ids ({"id": 5, "name": ...}) name what is there already, whatever else."""
    if isinstance(raw, dict):
        return bool(raw.get("id", raw) == old)
    if isinstance(raw, list) and isinstance(old, tuple):
        return tuple(item.get("id") if isinstance(item, dict) else item for item in raw) == old
    return False
