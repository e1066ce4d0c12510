"""Cells whose option, person, department or record is not known, and what was probably meant.

A person answers them in the wizard: each value is replaced by a known one, or left blank.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field, ParseContext, ValueProblem, split_list
from joinery.kernel import closest, label_key
from joinery.runtime.importing.failures import plain
from joinery.runtime.importing.files import open_stored
from joinery.runtime.importing.links import Names
from joinery.runtime.importing.mapping import normalise
from joinery.runtime.importing.order import ImportOrder, naming_field
from joinery.runtime.importing.reader import open_source
from joinery.runtime.importing.targets import field_of
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit
from joinery.storage import records

#: Different values of a column that are looked at, and those that are told.
_MOST_LOOKED_AT = 20_000
_MOST_TOLD = 200
_MOST_CANDIDATES = 1000

_KINDS = frozenset({"choice", "multi_choice", "user", "users", "department", "departments", "organisation"})


def unknown_values(unit: Unit, actor: Actor, orders: Sequence[ImportOrder]) -> list[dict[str, Any]]:
    """For each file, its columns with values nobody knows; empty where all are known.

    Names that another of the files brings along count as known. Raises InvalidInput, NotFound and Forbidden
    as `start_import` does.
    """
    files = [_cells(unit, actor, order) for order in orders]
    return [
        {
            "columns": [
                shown
                for column, counts in file.counts.items()
                if (shown := _column(file, column, counts, files)) is not None
            ]
        }
        for file in files
    ]


class _File:
    """The different cells of the columns of a file that name things."""

    def __init__(self, at: OpenForm, order: ImportOrder) -> None:
        self.at = at
        self.order = order
        self.counts: dict[str, Counter[str]] = {}
        #: What the file calls its own records, for the relations of other files.
        self.names: set[str] = set()


def _cells(unit: Unit, actor: Actor, order: ImportOrder) -> _File:
    at = open_form(unit, actor, order.app, order.form, "import")
    file = _File(at, order)
    name, stream = open_stored(unit, actor, order.file_id)
    naming = naming_field(at, None)
    with stream:
        source = open_source(
            stream, name, encoding=order.encoding, delimiter=order.delimiter, sheet=order.sheet
        )
        looked_at = {}
        named = None
        for position, column in enumerate(source.columns):
            found = field_of(at.form, order.mapping.get(column, ""))
            if found is not None and (found.type.name in _KINDS or found.references):
                looked_at[position] = file.counts.setdefault(column, Counter())
            if naming is not None and order.mapping.get(column) == naming:
                named = position
        for row in source.rows() if looked_at or named is not None else ():
            for position, counts in looked_at.items():
                text = plain(row.cells[position]).strip()
                if text and (text in counts or len(counts) < _MOST_LOOKED_AT):
                    counts[text] += 1
            if named is not None and len(file.names) < _MOST_LOOKED_AT:
                file.names.add(plain(row.cells[named]).strip())
    return file


def _column(file: _File, column: str, counts: Counter[str], files: Sequence[_File]) -> dict[str, Any] | None:
    """The unknown values of a column with suggestions, and the known ones to choose from."""
    at = file.at
    field = field_of(at.form, file.order.mapping[column])
    assert field is not None, "only columns of fields are counted"
    pieces = _pieces(field, counts)
    unknown = _unknown(file, column, field, pieces, files)
    if not unknown:
        return None
    candidates = _candidates(file, field, files)
    told = sorted(unknown, key=lambda value: -pieces[value])[:_MOST_TOLD]
    return {
        "column": column,
        "field": file.order.mapping[column],
        "values": [
            {
                "value": value,
                "count": pieces[value],
                "suggestion": _suggestion(value, unknown[value], candidates),
            }
            for value in told
        ],
        "more": len(unknown) - len(told),
        "candidates": [{"value": value, "label": label} for value, label in candidates.items()],
    }


def _pieces(field: Field, counts: Counter[str]) -> Counter[str]:
    """Cells of several values taken apart."""
    if not field.type.several:
        return counts
    found: Counter[str] = Counter()
    for text, count in counts.items():
        for piece in split_list(text):
            found[piece] += count
    return found


def _unknown(
    file: _File, column: str, field: Field, pieces: Counter[str], files: Sequence[_File]
) -> dict[str, str | None]:
    """Values that are not known, with what their type says was meant."""
    if field.references:
        known = Names(file.at, field, file.order.choice(column)).known(pieces)
        brought = {
            name.casefold() for one in files if one.order.form == field.references for name in one.names
        }
        return {value: None for value in pieces if value not in known and value.casefold() not in brought}
    parsing = ParseContext(directory=file.at.lookup, language=file.at.unit.workspace.language)
    found: dict[str, str | None] = {}
    for value in pieces:
        try:
            field.type.parse_text(field, value, parsing)
        except ValueProblem as problem:
            found[value] = problem.params.get("suggestion")
    return found


def _candidates(file: _File, field: Field, files: Sequence[_File]) -> dict[str, str]:
    """What a value may be replaced by: the cell to write, and how it is called."""
    at = file.at
    key = label_key(at.actor.language)
    if field.references:
        names: Iterable[str] = (
            name for one in files if one.order.form == field.references for name in sorted(one.names)
        )
        found = {name: name for name in names if name}
        for title in _titles(at, field.references):
            found.setdefault(title, title)
        return dict(list(found.items())[:_MOST_CANDIDATES])
    if field.type.name in ("choice", "multi_choice"):
        options = field.settings["options"]
        order = [one for one in field.settings.get("option_order", ()) if one in options] or list(options)
        return {one: options[one]["label"].get(key) or one for one in order}
    known = at.lookup
    if field.type.name in ("user", "users"):
        people = [
            user
            for user in known.users
            if user.active and (user.organisation_id is None or field.settings.get("external"))
        ]
        return {user.email or f"#{user.id}": user.name for user in people[:_MOST_CANDIDATES]}
    if field.type.name == "organisation":
        return {f"#{one.id}": one.name for one in known.organisations[:_MOST_CANDIDATES] if one.active}
    return {f"#{one.id}": one.name for one in known.departments[:_MOST_CANDIDATES]}


def _titles(at: OpenForm, form: str) -> list[str]:
    there = at.beside(form)
    if not there.access.allows("view"):
        return []
    return records.first_titles(
        there.unit, there.table, there.access.rows, there.evaluation, limit=_MOST_CANDIDATES
    )


def _suggestion(value: str, hint: str | None, candidates: Mapping[str, str]) -> str | None:
    """The cell that was probably meant; None when nothing is near."""
    by_name: dict[str, str] = {}
    for cell, label in candidates.items():
        by_name.setdefault(normalise(label), cell)
        by_name.setdefault(normalise(cell), cell)
    if found := by_name.get(normalise(value)):
        return found
    if hint is not None and (found := by_name.get(normalise(hint))):
        return found
    near = closest(value[:100], candidates.values()) if len(candidates) <= _MOST_CANDIDATES else None
    return by_name.get(normalise(near)) if near else None
