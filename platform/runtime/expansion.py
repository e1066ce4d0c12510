"""Related records in place of their titles: `expand=account,campaign`.

Only to-one relations are expanded, one level deep: relations of a related record stay ids with titles.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from joinery.forms import Field
from joinery.kernel import Issue, pointer
from joinery.runtime.open_form import OpenForm
from joinery.runtime.record_json import show_records
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
    """Put the related records into `shown`, in one query per relation.

    A record outside of the actor's row scope stays an id without a title, as if it were not expanded.
    """
    for key in keys:
        there = at.beside(at.form.fields[key].references or "")
        ids = sorted({record[key]["id"] for record in shown if record.get(key)})
        if not ids:
            continue
        rows = records.get_many(there.unit, there.table, ids, there.access.rows, there.evaluation)
        found = dict(zip(rows, show_records(there, list(rows.values())), strict=True))
        for record in shown:
            if record.get(key):
                record[key] = found.get(record[key]["id"], record[key])


def _may_expand(at: OpenForm, field: Field | None) -> bool:
    if field is None or field.key not in at.access.readable or field.references is None:
        return False
    return at.beside(field.references).access.allows("view")
