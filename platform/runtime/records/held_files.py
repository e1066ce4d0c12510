"""The files that a record holds where its reader may look: in its fields, and in those of its lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from joinery.forms import Form
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.record_rights import lines_on_record, on_record

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """A file and its place: `field` is "papers", or of a line "lines.photo" with its number, from 1."""

    id: int
    field: str
    line: int | None = None


def held_files(at: OpenForm, values: Values) -> Iterator[HeldFile]:
    """Every file of a record in fields that the actor may read; `values` come with their lines."""
    readable = on_record(at, values).access.readable
    for key in _file_fields(at.form, readable):
        for file_id in values.get(key) or ():
            yield HeldFile(id=file_id, field=key)
    for subform, there in lines_on_record(at, values).items():
        keys = _file_fields(there.form, there.access.readable) if subform in readable else []
        if not keys:
            continue
        for number, line in enumerate(values.get(subform) or (), 1):
            for key in keys:
                for file_id in line.get(key) or ():
                    yield HeldFile(id=file_id, field=f"{subform}.{key}", line=number)


def _file_fields(form: Form, readable: frozenset[str]) -> list[str]:
    return [
        field.key for field in form.fields.values() if field.type.group == "files" and field.key in readable
    ]
