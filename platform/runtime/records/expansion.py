"""Related records in place of their titles: `expand=account,campaign`.

Only to-one relations are expanded, one level deep: relations of a related record stay ids with titles.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from joinery.forms import Field
from joinery.kernel import Issue, pointer
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.sent_records import show_records
from joinery.storage import records

#: The member of a query that names the relations, and its place in issues.
EXPAND = "expand"


def wanted_keys(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """The keys in a list, or in text with commas."""
    parts = value.split(",") if isinstance(value, str) else value or ()
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def expansion_issues(at: OpenForm, keys: Iterable[str]) -> list[Issue]:
    """An issue for each key that is no relation to records which the actor may view.

    A relation he may not read and a form he may not view are told like what is not there at all.
    """
    return [
        Issue(pointer(EXPAND), "cannot_expand", {"field": key[:60]})
        for key in keys
        if not _may_expand(at, at.form.field(key))
    ]


def expand_records(at: OpenForm, shown: Sequence[dict[str, Any]], keys: Iterable[str]) -> None:
    """Put the related records into `shown`, in one query per form they are of.

    A record outside of the actor's row scope stays an id without a title, as if it were not expanded.
    """
    wanted: dict[str, set[int]] = {}
    keys = list(keys)
    for key in keys:
        for record in shown:
            for form, record_id in _related(at, key, record.get(key)):
                wanted.setdefault(form, set()).add(record_id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for form, ids in wanted.items():
        there = at.beside(form)
        if there.access.allows("view"):
            rows = records.get_many(there.unit, there.table, sorted(ids), there.access.rows, there.evaluation)
            whole = show_records(there, list(rows.values()))
            found |= {(form, record_id): one for record_id, one in zip(rows, whole, strict=True)}
    for key in keys:
        for record in shown:
            if record.get(key):
                record[key] = _expanded(at, key, record[key], found)


def _related(at: OpenForm, key: str, value: Any) -> Iterator[tuple[str, int]]:
    """The records that a shown relation names."""
    for one in value if isinstance(value, list) else [value]:
        if one:
            yield one.get("form") or at.form.fields[key].references or "", one["id"]


def _expanded(at: OpenForm, key: str, value: Any, found: Mapping[tuple[str, int], dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_expanded(at, key, one, found) for one in value]
    form = value.get("form") or at.form.fields[key].references or ""
    whole = found.get((form, value["id"]))
    if whole is None:
        return value
    return {**whole, "form": form} if "form" in value else whole


def _may_expand(at: OpenForm, field: Field | None) -> bool:
    if field is None or field.key not in at.access.readable_somewhere:
        return False
    return any(at.beside(form).access.allows("view") for form in field.type.targets(field))
