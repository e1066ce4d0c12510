"""Holding what a save will touch, always in the same order, so that nobody waits in a circle.

A save locks its own records, those they look at, the parents whose lists it changes, and the records whose
formulas it brings up to date. They are found without locks first and then held form by form, each after those
its relations point at, in the order of ids. What moved in between is held later; should two then meet
crosswise, the database ends one of them and it is tried again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from joinery.definitions import owner_key
from joinery.forms import Form
from joinery.runtime.formulas.propagation import AT_ONCE
from joinery.runtime.records.open_form import OpenForm
from joinery.storage.affected import affected_ids, lock_records
from joinery.storage.far_values import along
from joinery.storage.lines import line_ids
from joinery.storage.link_rows import related_ids

Values = Mapping[str, Any]
_Held = dict[str, set[int]]


def hold(
    at: OpenForm,
    record_ids: Collection[int],
    touched: Collection[str] | None,
    new: Iterable[Values] = (),
    new_lines: Mapping[str, Iterable[Values]] = MappingProxyType({}),
) -> None:
    """Hold what changes of the records, and new records, will touch besides.

    `touched` are the fields that are written (None: all, the records come or go); `new` are the relations, by
    key, that records will have, `new_lines` those of lines, by subform.
    """
    written, read = _touching(at, record_ids, touched, new)
    for subform, of_lines in at.form.line_forms.items():
        if touched is None or subform in touched or of_lines.plan.looks_at_parent:
            there = at.beside(of_lines.key)
            lines = line_ids(at.unit, there.table, record_ids) if record_ids else {}
            more = _touching(there, lines.keys(), None, new_lines.get(subform, ()))
            for all_held, found in zip((written, read), more, strict=True):
                for key, ids in found.items():
                    all_held[key] |= ids
    if not written and not read:
        return
    if written:
        written[at.form.key] |= set(record_ids)
    for form in at.app.compiled.holding_order:
        table = at.app.tables[form]
        lock_records(at.unit, table, written[form])
        lock_records(at.unit, table, read[form] - written[form], shared=True)


def _touching(
    at: OpenForm, record_ids: Collection[int], touched: Collection[str] | None, new: Iterable[Values]
) -> tuple[_Held, _Held]:
    """What records will write to and what they will read besides themselves."""
    changing = None if touched is None else _with_formulas(at.form, touched)
    parents = _parents(at, record_ids, new)
    return _written(at, record_ids, parents, changing), _read(at, parents)


def followed_relations(at: OpenForm) -> set[str]:
    """The relations that formulas follow: what they point at is held while a record is saved."""
    dependences = at.app.compiled.dependences.get(at.form.key, ())
    relations = {one.watched for one in dependences if one.member}
    return relations | {path[0] for path in at.form.plan.far if path[0] in at.form.relations}


def _parents(at: OpenForm, record_ids: Collection[int], new: Iterable[Values]) -> _Held:
    """What the relations point at that formulas follow, before and after, by field."""
    relations = followed_relations(at)
    parents = related_ids(at.unit, at.table, record_ids, relations)
    for values in new if relations else ():
        for key in relations:
            parents[key].update(at.form.relations[key].ids_in(values))
    return parents


def _written(
    at: OpenForm, record_ids: Collection[int], parents: _Held, changing: Collection[str] | None
) -> _Held:
    """Records whose lists or formulas change."""
    held: _Held = defaultdict(set)
    for one in at.app.compiled.dependences.get(at.form.key, ()):
        if one.within or (changing is not None and owner_key(one.watched) not in changing):
            continue
        starts = parents[one.watched] if one.member else set(record_ids)
        if one.member:
            held[at.form.relations[one.watched].references or ""] |= starts
        if starts:
            _reach(at, one.form, one.field, _affected(at, one.form, [(one.back, sorted(starts))]), held)
    return held


def _read(at: OpenForm, parents: _Held) -> _Held:
    """Records that formulas and rules of the saved records look at."""
    held: _Held = defaultdict(set)
    for path in at.form.plan.far:
        field = at.form.relations.get(path[0])
        if field is not None and field.references and parents.get(path[0]):
            table = at.app.tables[field.references]
            for form, ids in along(at.unit, table, parents[path[0]], [path[1:]]).items():
                held[form] |= ids
    return held


def _reach(at: OpenForm, form: str, field: str, ids: set[int], held: _Held) -> None:
    """What follows from a formula of some records, in turn; many are left to a job that holds them."""
    if len(ids) > AT_ONCE or ids <= held[form]:
        return
    held[form] |= ids
    changing = _with_formulas(at.app.compiled.forms[form], (field,))
    for one in at.app.compiled.dependences.get(form, ()):
        if owner_key(one.watched) in changing and not one.member:
            _reach(at, one.form, one.field, _affected(at, one.form, [(one.back, sorted(ids))]), held)


def _affected(at: OpenForm, form: str, ways: list[Any]) -> set[int]:
    return set(affected_ids(at.unit, at.app.tables, form, ways, limit=AT_ONCE + 1))


def _with_formulas(form: Form, keys: Collection[str]) -> set[str]:
    """Fields with the formulas of the same record that follow from them; the title may follow from any."""
    found = {*keys, "title"}
    for field in form.formula_order:
        if field.formula is not None and any(owner_key(path[0]) in found for path in field.formula.paths):
            found.add(field.key)
    return found
