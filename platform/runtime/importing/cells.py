"""The cells of a row by field, in the writing that fields read: replaced values, decimal signs, dates."""

from collections.abc import Callable, Mapping, Sequence

from joinery.forms import Field, Form, join_list, split_list
from joinery.runtime.importing.failures import plain
from joinery.runtime.importing.formats import plain_number
from joinery.runtime.importing.mapping import iso_date
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.reader import SourceRow
from joinery.runtime.importing.targets import field_of, parts_of

Reader = Callable[[SourceRow], dict[str, str]]
_Change = Callable[[str], str]


def cell_reader(order: ImportOrder, columns: Sequence[str], form: Form, subform: str = "") -> Reader:
    """The cells of rows by field, of the records or of the lines in `subform`.

    Blank cells are left out, or "" where they clear what is stored.
    """
    taken = [
        (position, key, _changes(order, column, field_of(form, order.mapping[column])))
        for position, column in enumerate(columns)
        if column in order.mapping
        for of, key in [parts_of(order.mapping[column])]
        if of == subform
    ]
    clears = order.blank == "clear"

    def read(row: SourceRow) -> dict[str, str]:
        cells: dict[str, str] = {}
        for position, key, changes in taken:
            text = row.cells[position]
            if text:
                text = plain(text)
                for change in changes:
                    text = change(text)
            if text and (not text.isspace()):
                cells[key] = text
            elif clears:
                cells[key] = ""
        return cells

    return read


def _changes(order: ImportOrder, column: str, field: Field | None) -> tuple[_Change, ...]:
    choice = order.choice(column)
    changes: list[_Change] = []
    if choice.values:
        several = field is not None and field.type.several
        changes.append(_replacing(choice.values, several=several))
    if choice.numbers not in (None, "point"):
        style = choice.numbers or ""
        changes.append(lambda text: plain_number(text, style))
    if date_order := order.date_orders.get(column):
        changes.append(lambda text: iso_date(text, date_order))
    return tuple(changes)


def _replacing(values: Mapping[str, str], *, several: bool) -> _Change:
    folded = {_folded(old): new for old, new in values.items()}

    def replace(text: str) -> str:
        return folded.get(_folded(text), text)

    def replace_each(text: str) -> str:
        whole = folded.get(_folded(text))
        if whole is not None:
            return whole
        return join_list(piece for one in split_list(text) if (piece := replace(one)))

    return replace_each if several else replace


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
