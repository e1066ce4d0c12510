"""The rows of an export: one for each record, or as many as it has lines where lines are exported too."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.forms import Field, ShowContext
from joinery.runtime.records.lines import line_forms
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.sent_records import as_shown, sent_fields, show_context

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportColumn:
    """A field of the records, or of the lines of a `subform`."""

    field: Field
    subform: Field | None = None

    def label(self, language: str) -> str:
        """What stands in the head of the column; of a line the subform as well."""
        own = self.field.label[language]
        return own if self.subform is None else f"{self.subform.label[language]} / {own}"

    @property
    def key(self) -> str:
        """The key, which tells columns of the same label apart."""
        return self.field.key if self.subform is None else f"{self.subform.key}.{self.field.key}"


#: Gives what showing these fields of these records of a form needs.
ContextOf = Callable[[OpenForm, Sequence[Values], Iterable[Field]], ShowContext]

#: A field, its value in a row, and what is needed to show it.
Cell = tuple[Field, Any, ShowContext]


def export_columns(at: OpenForm, fields: Sequence[Field]) -> tuple[ExportColumn, ...]:
    """The columns of these fields: for a subform those of its lines that the actor may read."""
    found: list[ExportColumn] = []
    lines = line_forms(at)
    for field in fields:
        if field.key not in lines:
            found.append(ExportColumn(field=field))
            continue
        there = lines[field.key]
        shown = {one.key: one for one in sent_fields(there) if one.key in there.form.fields}
        found += [
            ExportColumn(field=shown[key], subform=field)
            for key in there.form.order
            if key in shown and not shown[key].system
        ]
    return tuple(found)


def export_rows(
    at: OpenForm,
    columns: Sequence[ExportColumn],
    records: Sequence[Values],
    context: ContextOf = show_context,
) -> Iterator[list[Cell]]:
    """The cells of each row. A record's own stand in its first row only, those of its lines in one each.

    `context` says how values are shown: see `export_names`.
    """
    records = as_shown(at, records)
    own = context(at, records, [column.field for column in columns if column.subform is None])
    contexts = _contexts(at, columns, records, context)
    for values in records:
        lines = {key: values.get(key) or () for key in contexts}
        for place in range(max([1, *map(len, lines.values())])):
            yield [
                _own(column, values if place == 0 else None, own)
                if column.subform is None
                else _of_line(column, lines[column.subform.key], place, contexts[column.subform.key])
                for column in columns
            ]


def _contexts(
    at: OpenForm, columns: Sequence[ExportColumn], records: Sequence[Values], context: ContextOf
) -> dict[str, ShowContext]:
    """By subform what showing the lines of all these records needs."""
    fields: dict[str, list[Field]] = {}
    for column in columns:
        if column.subform is not None:
            fields.setdefault(column.subform.key, []).append(column.field)
    there = line_forms(at)
    return {
        key: context(there[key], [line for values in records for line in values.get(key) or ()], found)
        for key, found in fields.items()
    }


def _own(column: ExportColumn, values: Values | None, context: ShowContext) -> Cell:
    return column.field, None if values is None else values[column.field.key], context


def _of_line(column: ExportColumn, lines: Sequence[Values], place: int, context: ShowContext) -> Cell:
    return column.field, lines[place][column.field.key] if place < len(lines) else None, context
