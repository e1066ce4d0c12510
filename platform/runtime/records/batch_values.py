"""What a batch edit means for each record: the same values, others computed, some added or taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.forms import Field, ValueProblem
from joinery.formulas import Checked, FormulaProblem, check, evaluate
from joinery.kernel import InvalidInput, Issue, Issues, pointer
from joinery.runtime.formulas.far_values import FarValues, values_for
from joinery.runtime.records.context import record_context
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.record_rights import legible
from joinery.storage import records

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The change of a batch: expressions by field in `compute`; `add` and `remove` for lists."""

    values: Values
    compute: Mapping[str, Checked] = field(default_factory=dict)
    add: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    remove: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def wanted_of(at: OpenForm, batch: Values) -> Wanted:
    """The change that a call describes. Raises InvalidInput with everything that is wrong with it."""
    issues = Issues()
    compute = {
        key: checked
        for key, text in (batch.get("compute") or {}).items()
        if (target := _writable(at, key, "compute", issues))
        and (checked := _checked(at, target, text, issues))
    }
    add, remove = (_items(at, name, batch.get(name) or {}, issues) for name in ("add", "remove"))
    values = batch.get("values") or {}
    twice = {key for key in values if key in compute or key in add or key in remove}
    twice |= {key for key in compute if key in add or key in remove}
    for key in sorted(twice):
        issues.add(pointer("values", key), "batch_field_twice", field=key[:100])
    if not any(batch.get(part) for part in ("values", "compute", "add", "remove")):
        issues.add("/values", "batch_changes_nothing")
    if issues:
        raise InvalidInput(issues=[*issues])
    return Wanted(values=values, compute=compute, add=add, remove=remove)


def operations_for(
    at: OpenForm, ids: Sequence[int], wanted: Wanted
) -> tuple[list[Operation], dict[int, tuple[Issue, ...]]]:
    """One operation for each record, and by their places those for which an expression has no result.

    What depends on a record's values is computed from how it is now.
    """
    if not (wanted.compute or wanted.add or wanted.remove):
        return [_operation(one, wanted.values) for one in ids], {}
    stored = records.get_many(at.unit, at.table, ids, at.access.rows, at.evaluation, lines=True)
    far = FarValues(at)
    if paths := frozenset(path for checked in wanted.compute.values() for path in checked.far):
        far.prefetch(stored.values(), paths)
    found: list[Operation] = []
    failed: dict[int, tuple[Issue, ...]] = {}
    for one in ids:
        before = stored.get(one)
        if before is None:
            found.append(_operation(one, wanted.values))
            continue
        given: dict[str, Any] = {}
        for key, checked in wanted.compute.items():
            known = values_for(at, checked, legible(at, before), far, as_app=False)
            value = evaluate(checked, known, at.reach.context(at.evaluation))
            if isinstance(value, FormulaProblem):
                failed[len(found)] = (
                    *failed.get(len(found), ()),
                    Issue(pointer(key), "batch_cannot_compute"),
                )
            else:
                given[key] = value
        for key in {*wanted.add, *wanted.remove}:
            gone = wanted.remove.get(key, ())
            kept = [item for item in before[key] or () if item not in gone]
            given[key] = [*kept, *(item for item in wanted.add.get(key, ()) if item not in kept)]
        found.append(_operation(one, wanted.values, given, before["revision"]))
    return found, failed


def _operation(
    record_id: int, values: Values, given: Values | None = None, revision: int | None = None
) -> Operation:
    return Operation(
        path=pointer("records", record_id),
        values=values,
        record_id=record_id,
        given=given or {},
        revision=revision,
    )


def _writable(at: OpenForm, key: str, part: str, issues: Issues) -> Field | None:
    """The field, when the actor may write it; a hidden one is answered like one that does not exist."""
    found = at.form.plan.open.get(key)
    if found is not None and key in at.access.writable and found.type.name != "subform":
        return found
    there = at.form.field(key)
    if there is None or key not in at.access.readable_somewhere:
        issues.add(pointer(part, key), "record_unknown_field", key=key[:100])
    else:
        code = "record_computed_field" if there.type.computed else "record_read_only_field"
        issues.add(pointer(part, key), code, label=there.label)
    return None


def _checked(at: OpenForm, target: Field, text: str, issues: Issues) -> Checked | None:
    checked, found = check(text, at.names, expects=at.names.type_of((target.key,)))
    if checked is None:
        issues.extend(found, under=pointer("compute", target.key))
    return checked


def _items(at: OpenForm, part: str, sent: Values, issues: Issues) -> dict[str, Sequence[Any]]:
    found: dict[str, Sequence[Any]] = {}
    parsing = record_context(at, [], {}, FarValues(at)).parsing
    for key, items in sent.items():
        target = _writable(at, key, part, issues)
        if target is None:
            continue
        if not target.type.several:
            issues.add(pointer(part, key), "batch_not_several", label=target.label)
            continue
        try:
            found[key] = target.type.parse(target, items, parsing) or []
        except ValueProblem as problem:
            issues.add(pointer(part, key), problem.code, **problem.params)
    return found
