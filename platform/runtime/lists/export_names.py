"""How an export names related records: by title, or so that an import finds the same ones again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.forms import Field, ShowContext
from joinery.runtime.lists.export_rows import ContextOf
from joinery.runtime.lists.listing import Query
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.sent_records import references_in, show_context
from joinery.storage import records

#: By title; by a unique field (the number where there is none); by number.
RELATIONS = ("title", "key", "id")

Values = Mapping[str, Any]


def context_of(query: Query) -> ContextOf:
    """How the values of an export are shown that asks for `relations` in this way."""
    match query.get("relations"):
        case "key":
            return _with_keys
        case "id":
            return _with_numbers
    return show_context


def _with_numbers(at: OpenForm, rows: Sequence[Values], fields: Iterable[Field]) -> ShowContext:
    return replace(show_context(at, rows, fields), title_of=lambda form, record_id: None)


def _with_keys(at: OpenForm, rows: Sequence[Values], fields: Iterable[Field]) -> ShowContext:
    fields = tuple(fields)
    shown = show_context(at, rows, fields)
    return replace(shown, title_of=_key_reader(at, references_in(rows, fields), shown))


def _key_reader(
    at: OpenForm, ids: Mapping[str, set[int]], context: ShowContext
) -> Callable[[str, int], str | None]:
    """The unique value of other records by form and id; None for those without, or that may not be seen."""
    found: dict[tuple[str, int], str] = {}
    for form, wanted in ids.items():
        there = at.beside(form)
        key = _key_of(there)
        if key is None or not wanted:
            continue
        stored = records.get_many(
            there.unit, there.table, sorted(wanted), there.access.rows, there.evaluation
        )
        for record_id, values in stored.items():
            if (value := values.get(key.key)) is not None:
                found[form, record_id] = key.type.to_text(key, value, context)
    return lambda form, record_id: found.get((form, record_id))


def _key_of(there: OpenForm) -> Field | None:
    """The first text or number of a form that is unique, if the actor may read it as it is."""
    if not there.access.allows("view"):
        return None
    return next(
        (
            field
            for field in there.form.fields.values()
            if field.key in there.access.readable
            and field.stored
            and not field.type.several
            and (field.definition.unique or field.type.assigned)
            and (
                field.type.is_own_text or field.type.name in ("autonumber", "number", "email", "phone", "url")
            )
        ),
        None,
    )
