"""Records as callers see them: only readable fields, titles only of records they may see."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.definitions import POSITION
from joinery.forms import Field, ShowContext, StoredFile
from joinery.formulas import PARENT_RECORD
from joinery.permissions import IN_GROUPS, FormAccess, masked
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.record_rights import groups_of, limits, on_record
from joinery.storage import files, records

Values = Mapping[str, Any]

#: Where a record says which fields are hidden, masked and read-only on it: no field can have this key. Only
#: where that differs from record to record.
LIMITS = "$limits"


def show_record(at: OpenForm, values: Values) -> dict[str, Any]:
    """One record with all that the actor may read of it."""
    return show_records(at, [values], (*at.form.fields, *at.form.system_fields))[0]


def show_records(
    at: OpenForm, rows: Sequence[Values], fields: Iterable[str] | None = None, untitled: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Records as JSON, flat: id, revision and title, then `fields` (all readable ones when None).

    Relations in `untitled` come without titles, for callers who put whole records there.
    Lines are shown where they are asked for, with their id and the fields that the actor may read.
    """
    wanted = None if fields is None else frozenset(fields)
    shown = sent_fields(at, wanted)
    rows = as_shown(at, rows)
    context = show_context(at, rows, [field for field in shown if field.key not in untitled])
    known: _Known = {}
    records = [_show(values, shown, context, known) for values in rows]
    for field in shown:
        if field.lines:
            _put_lines(at.beside(field.lines), field.key, rows, records)
    if at.access.differs:
        keys = [key for key in (*at.form.fields, "owner") if wanted is None or key in wanted]
        told: dict[frozenset[str], dict[str, list[str]]] = {}
        for values, record in zip(rows, records, strict=True):
            groups = groups_of(at, values)
            if groups not in told:
                told[groups] = limits(at, on_record(at, values), keys)
            record[LIMITS] = told[groups]
    return records


def show_lines(there: OpenForm, lines: Sequence[Values]) -> list[dict[str, Any]]:
    """Lines as JSON: the id and the fields that the actor may read.

    `there` has the rights on the record around them (see `lines_on_record`), else those on all records.
    """
    access = there.access.on(())
    return _show_lines(replace(there, access=access), [_line_as_shown(access, line) for line in lines])


def _show_lines(there: OpenForm, lines: Sequence[Values]) -> list[dict[str, Any]]:
    """The same of lines without what the actor may not read; see `as_shown`."""
    fields = [
        field for field in there.form.fields.values() if there.access.shows(field.key) and not field.system
    ]
    context = show_context(there, lines, fields)
    known: _Known = {}
    return [{"id": line.get("id"), **_show_values(line, fields, context, known)} for line in lines]


def _put_lines(
    there: OpenForm, subform: str, rows: Sequence[Values], records: Sequence[dict[str, Any]]
) -> None:
    """Show the lines of all records together."""
    lines = [line for values in rows for line in values.get(subform) or ()]
    shown = iter(_show_lines(there, lines))
    for values, record in zip(rows, records, strict=True):
        record[subform] = [next(shown) for _ in values.get(subform) or ()]


def as_shown(at: OpenForm, rows: Sequence[Values]) -> Sequence[Values]:
    """Records with the texts masked that the actor may see only in part, in their lines too.

    Where his rights differ from record to record, what he may not see of one is blank there.
    """
    lines = {
        key: access
        for key, form in at.form.line_forms.items()
        if (access := at.beside(form.key).access).masked or access.varying is not None
    }
    if at.access.varying is None and not lines:
        return [_as_shown(at.access, row) for row in rows] if at.access.masked else rows
    return [_whole_as_shown(at, row, lines) for row in rows]


def _whole_as_shown(at: OpenForm, row: Values, lines: Mapping[str, FormAccess]) -> Values:
    groups = groups_of(at, row)
    access = at.access.on(groups)
    # What is blank from here on says nothing of the rows that the record is among.
    shown = {**_as_shown(access, row), IN_GROUPS: groups}
    if access is not at.access:
        hidden = (key for key in (*at.form.fields, *at.form.system_fields) if not access.shows(key))
        shown |= {key: None for key in hidden if key in shown and key not in _ALWAYS}
    for subform, general in lines.items():
        if shown.get(subform):
            there = general.on(groups)
            shown[subform] = tuple(_line_as_shown(there, line) for line in shown[subform])
    return shown


def _line_as_shown(access: FormAccess, line: Values) -> Values:
    shown = _as_shown(access, line)
    return {key: value if key in _KEPT or access.shows(key) else None for key, value in shown.items()}


def _as_shown(access: FormAccess, row: Values) -> Values:
    masks = access.masked
    return {**row, **{key: masked(row[key], mask) for key, mask in masks.items() if row.get(key) is not None}}


def sent_fields(at: OpenForm, keys: Iterable[str] | None = None) -> list[Field]:
    """The fields of `keys` that the actor may see, be it masked; id, revision and title always are there.

    None stands for all but subforms, whose lines come only when they are asked for.
    """
    wanted = None if keys is None else set(keys)
    every = [*at.form.fields.values(), *at.form.system_fields.values()]
    return [
        field
        for field in every
        if field.key not in _ALWAYS
        and at.access.shows(field.key)
        and (not field.lines if wanted is None else field.key in wanted)
    ]


_ALWAYS = ("id", "revision", "title")
#: What lines have of their own.
_KEPT = ("id", "revision", PARENT_RECORD, POSITION)


#: JSON values by field and value: on a page the same people, days and records come again and again.
_Known = dict[tuple[str, Any], Any]


def _show(values: Values, fields: Iterable[Field], context: ShowContext, known: _Known) -> dict[str, Any]:
    shown = {"id": values.get("id"), "revision": values.get("revision"), "title": values.get("title")}
    return shown | _show_values(values, fields, context, known)


def _show_values(
    values: Values, fields: Iterable[Field], context: ShowContext, known: _Known
) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for field in fields:
        key = field.key
        value = values.get(key)
        # Text is the same in JSON, whatever its type; asking the type costs more than all the rest of a list.
        if value is None or (type(value) is str and not field.type.several):
            shown[key] = value
            continue
        try:
            shown[key] = known[key, value]
        except KeyError:
            shown[key] = known[key, value] = field.type.to_json(field, value, context)
        except TypeError:  # an address, rich text: no key of a dictionary
            shown[key] = field.type.to_json(field, value, context)
    return shown


def show_context(at: OpenForm, rows: Sequence[Values], fields: Iterable[Field]) -> ShowContext:
    """What showing these fields of these records needs, read in one query for all forms referred to."""
    fields = tuple(fields)
    return ShowContext(
        directory=at.directory,
        language=at.actor.language,
        time_zone=at.evaluation.time_zone,
        title_of=title_reader(at, references_in(rows, fields)),
        find_file=_file_reader(at, rows, fields),
    )


def title_reader(at: OpenForm, ids: Mapping[str, set[int]]) -> Callable[[str, int], str | None]:
    """Titles of other records by form and id; None for those that the actor may not see."""
    there = [at.beside(form_key) for form_key, wanted in ids.items() if wanted]
    there = [other for other in there if other.access.allows("view")]
    found = records.titles_together(
        at.unit,
        [(other.table, other.access.rows, sorted(ids[other.form.key])) for other in there],
        at.evaluation,
    )
    titles = {
        (other.form.key, record_id): title
        for other, by_id in zip(there, found, strict=True)
        for record_id, title in by_id.items()
    }
    return lambda form_key, record_id: titles.get((form_key, record_id))


def references_in(rows: Sequence[Values], fields: Iterable[Field]) -> dict[str, set[int]]:
    """The records that fields of these records point at, by form."""
    found: dict[str, set[int]] = {}
    for field in fields:
        if not field.type.targets(field):
            continue
        for row in rows:
            for form, record_id in field.type.records_in(field, row.get(field.key)):
                found.setdefault(form, set()).add(record_id)
    return found


def _file_reader(
    at: OpenForm, rows: Sequence[Values], fields: Iterable[Field]
) -> Callable[[int], StoredFile | None]:
    ids = {
        file_id
        for field in fields
        if field.type.group == "files"
        for row in rows
        for file_id in row.get(field.key) or ()
    }
    return (files.infos(at.unit, sorted(ids)) if ids else {}).get
