"""What must be there only once: asked of the database for all records together, one statement for each key.

The database's indexes are the last guard against somebody who saves at the same moment.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from joinery.definitions import Label
from joinery.forms import UniqueKey
from joinery.formulas import Checked, evaluate
from joinery.kernel import Issue, pointer
from joinery.runtime.formulas.far_values import values_for
from joinery.runtime.records.open_form import OpenForm
from joinery.storage.match_keys import Found, find_by_key
from joinery.storage.records import titles

if TYPE_CHECKING:
    from joinery.runtime.records.operations import Prepared

Values = Mapping[str, Any]

#: The codes of what is said about values that are taken.
TAKEN = frozenset(
    {"value_taken", "values_taken", "values_taken_because", "pair_taken", "pair_taken_elsewhere"}
)

_BETWEEN = {"en": ", ", "zh": "、"}


def unique_issues(at: OpenForm, prepared: "Sequence[Prepared]") -> Iterator[tuple[int, Issue]]:
    """Places of records with values that must be unique and are not: stored ones, and those sent twice."""
    for key, taken in taken_keys(at, prepared):
        yield from taken_issues(at, key, taken)


def taken_keys(
    at: OpenForm, prepared: "Sequence[Prepared]"
) -> Iterator[tuple[UniqueKey, list[tuple[int, list[int]]]]]:
    """Each uniqueness with the places of records that hurt it, and the ids of the stored ones in the way."""
    for key in at.form.unique:
        looked_at = looked_at_by(key.fields, key.when)
        asked = [
            (place, record.operation.record_id, record.draft.values)
            for place, record in enumerate(prepared)
            if record.draft is not None
            and record.error is None
            and any(map(record.draft.changed.__contains__, looked_at))
            and applies(at, key.fields, key.when, record.draft.values)
        ]
        yield key, _taken(at, key, asked)


def restored_issues(at: OpenForm, record_id: int, values: Values) -> list[Issue]:
    """What a record that comes back finds taken."""
    return [
        issue
        for key in at.form.unique
        if applies(at, key.fields, key.when, values)
        for _, issue in taken_issues(at, key, _taken(at, key, [(0, record_id, values)]))
    ]


def looked_at_by(fields: Sequence[str], when: Checked | None) -> frozenset[str]:
    """The fields that say what is compared, and whether it is compared at all."""
    return frozenset((*fields, *(path[0] for path in (when.paths if when is not None else ()))))


def applies(at: OpenForm, fields: Sequence[str], when: Checked | None, values: Values) -> bool:
    """Whether a record is compared: all fields have values, and the condition holds."""
    if None in map(values.get, fields):
        return False
    return when is None or evaluate(when, values_for(at, when, values), at.evaluation) is True


def issue_of(at: OpenForm, key: UniqueKey) -> Issue:
    """What is wrong, at the first of the fields that the actor may read."""
    path = next((pointer(name) for name in key.fields if name in at.access.readable), pointer(key.fields[0]))
    if key.message is not None:
        return Issue(path, "values_taken_because", {"text": key.message, "rule": key.rule})
    if len(key.fields) == 1:
        return Issue(path, "value_taken", {"label": at.form.fields[key.fields[0]].label})
    return Issue(path, "values_taken", {"fields": names_of(at, key)})


def names_of(at: OpenForm, key: UniqueKey) -> Label:
    """The fields of a uniqueness that the actor may read, in words."""
    told = [at.form.fields[name].label for name in key.fields if name in at.access.readable]
    return {language: _BETWEEN[language].join(one[language] for one in told) for language in _BETWEEN}


def taken_issues(
    at: OpenForm, key: UniqueKey, taken: Sequence[tuple[int, list[int]]]
) -> Iterator[tuple[int, Issue]]:
    """What is wrong at each place; of a record that only one may point at it names the one that does.

    That is told to those who may see it; others learn only that there is one.
    """
    name = key.fields[0]
    field = at.form.fields[name]
    if key.message is not None or len(key.fields) > 1 or not field.type.targets(field) or not taken:
        yield from ((place, issue_of(at, key)) for place, _ in taken)
        return
    holders = {record_id for _, others in taken for record_id in others}
    seen: dict[int, str] = {}
    if at.access.allows("view") and name in at.access.readable:
        seen = titles(at.unit, at.table, holders, at.access.rows, at.evaluation)
    for place, others in taken:
        holder = next((record_id for record_id in others if record_id in seen), None)
        if holder is not None:
            told = {"label": field.label, "title": seen[holder] or f"#{holder}"}
            yield place, Issue(pointer(name), "pair_taken", told)
        elif others:
            yield place, Issue(pointer(name), "pair_taken_elsewhere", {"label": field.label})
        else:
            yield place, issue_of(at, key)


def identity(values: Sequence[Any], found: Found) -> Hashable:
    """What two records share that count as the same: texts as they are compared, all else as it is."""
    return tuple(
        [
            compared if isinstance(value, str) else value
            for value, compared in zip(values, found.compared, strict=True)
        ]
    )


def _taken(
    at: OpenForm, key: UniqueKey, asked: Sequence[tuple[int, int | None, Values]]
) -> list[tuple[int, list[int]]]:
    """The places of those that are in the way of another record, each with the stored ones concerned."""
    wanted = [tuple(values[name] for name in key.fields) for _, _, values in asked]
    found = find_by_key(at.unit, at.table, key.parts, key.parts, wanted, at.evaluation, when=key.when)
    first: dict[Hashable, int] = {}
    taken: list[tuple[int, list[int]]] = []
    for (place, own_id, _), values, one in zip(asked, wanted, found, strict=True):
        if not one.is_complete:
            continue
        repeats = first.setdefault(identity(values, one), place) != place
        others = [record_id for record_id in one.ids if record_id != own_id]
        if repeats or others:
            taken.append((place, others))
    return taken
