"""Records of other forms that saving needs: for filling in, for relation filters, for finding by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Form, split_list
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.record_rights import lines_on_record, on_record
from joinery.storage import records
from joinery.storage.conditions import live_clause, scope_clauses

Values = Mapping[str, Any]


class RelatedRecords:
    """Values of related records as far as the actor may read them; each is read once."""

    def __init__(self, at: OpenForm) -> None:
        self._at = at
        self._known: dict[tuple[str, int], Values | None] = {}
        #: Forms from whose lines those of a record here may be filled in.
        self._with_lines = {field.references for field in at.form.plan.relations if field.fill_lines}

    def prefetch(self, sent: Iterable[Values]) -> None:
        """Read what these values, as they were sent, refer to, in their lines too: one query per form."""
        wanted: dict[str, set[int]] = {}
        for form, values in _with_lines(self._at.form, sent):
            for relation in form.plan.relations:
                if raw := values.get(relation.owner):
                    field = form.fields[relation.owner]
                    for target, record_id in field.type.records_sent(field, raw):
                        wanted.setdefault(target, set()).add(record_id)
        for form_key, ids in wanted.items():
            self._read(form_key, sorted(ids))

    def get(self, form_key: str, record_id: int) -> Values | None:
        """A record's readable values, without the others; None when the actor may not see it."""
        if (form_key, record_id) not in self._known:
            self._read(form_key, [record_id])
        return self._known[form_key, record_id]

    def _read(self, form_key: str, ids: Sequence[int]) -> None:
        there = self._at.beside(form_key)
        found: Mapping[int, Values] = {}
        if there.access.allows("view"):
            lines = form_key in self._with_lines
            found = records.get_many(
                there.unit, there.table, ids, there.access.rows, there.evaluation, lines=lines
            )
        for record_id in ids:
            values = found.get(record_id)
            self._known[form_key, record_id] = values and _readable(there, values)


def _readable(there: OpenForm, values: Values) -> Values:
    """What the actor may read of a record, and of its lines where these were read."""
    readable_here = on_record(there, values).access.readable
    found = {key: value for key, value in values.items() if key in readable_here}
    for subform, lines in lines_on_record(there, values).items():
        if found.get(subform):
            readable = lines.access.readable
            found[subform] = [
                {key: value for key, value in line.items() if key in readable} for line in found[subform]
            ]
    return found


class RecordFinder:
    """Finds records of other forms by what a spreadsheet calls them: a unique value, else the title."""

    def __init__(self, at: OpenForm) -> None:
        self._at = at
        self._found: dict[tuple[str, str], int | None] = {}

    def prefetch(self, sent: Iterable[Values]) -> None:
        """Look up all names in these rows: a few queries per form, however many rows there are."""
        wanted: dict[str, set[str]] = {}
        for form, values in _with_lines(self._at.form, sent):
            for field in form.fields.values():
                name = values.get(field.key) if field.type.targets(field) else None
                if not isinstance(name, str) or not name.strip():
                    continue
                names = split_list(name) if field.type.several else [name.strip()]
                for target in field.type.targets(field):
                    wanted.setdefault(target, set()).update(names)
        for form_key, found in wanted.items():
            self._look_up(form_key, sorted(found))

    def find(self, form_key: str, name: str) -> int | None:
        """The one record of this name; None when there is none, or several."""
        if (form_key, name) not in self._found:
            self._look_up(form_key, [name])
        return self._found[form_key, name]

    def _look_up(self, form_key: str, names: Sequence[str]) -> None:
        there = self._at.beside(form_key)
        names = [name for name in names if "\x00" not in name]
        found: dict[str, int] = {}
        if there.access.allows("view"):
            for key in (*_unique_texts(there), "title"):
                missing = [name for name in names if name not in found]
                found |= _ids_by_text(there, key, missing) if missing else {}
        for name in names:
            self._found[form_key, name] = found.get(name)


def sent_relations(form: Form, sent: Values) -> dict[str, Any]:
    """The values of all relations of a form, by key, in what was sent and nobody has checked yet."""
    found: dict[str, Any] = {}
    for key, relation in form.relations.items():
        owner = form.fields[relation.owner]
        records = owner.type.records_sent(owner, sent.get(relation.owner))
        ids = tuple(record_id for target, record_id in records if target == relation.references)
        found[key] = ids if relation.type.several else next(iter(ids), None)
    return found


def sent_lines(sent: Values, subform: str) -> Iterator[Values]:
    """The lines in values that nobody has checked yet."""
    lines = sent.get(subform)
    return (line for line in (lines if isinstance(lines, list | tuple) else ()) if isinstance(line, Mapping))


def _with_lines(form: Form, sent: Iterable[Values]) -> Iterator[tuple[Form, Values]]:
    """The values and those of their lines, each with its form."""
    forms = (form, *form.line_forms.values())
    if not any(one.relations for one in forms):
        return
    for values in sent:
        yield form, values
        for subform, lines in form.line_forms.items():
            yield from ((lines, line) for line in sent_lines(values, subform))


def _unique_texts(there: OpenForm) -> list[str]:
    return [
        key
        for key, field in there.form.fields.items()
        if key in there.access.readable
        and (field.definition.unique or field.type.assigned)
        and field.stored
        and isinstance(there.table.columns[key][0].type, sa.String)
    ]


def _ids_by_text(there: OpenForm, key: str, names: Sequence[str]) -> dict[str, int]:
    """Which of `names` exactly one visible record has in `key`, in any case."""
    column = there.table.columns[key][0]
    folded = sa.func.lower(column)
    statement = (
        sa.select(folded.label("name"), sa.func.min(there.table.table.c.id).label("id"))
        .where(
            folded == sa.any_(sa.bindparam("names", type_=pg.ARRAY(sa.Text))),
            live_clause(there.table),
            *scope_clauses(there.table, there.access.rows, there.evaluation),
        )
        .group_by(folded)
        .having(sa.func.count() == 1)
    )
    rows = there.unit.connection.execute(statement, {"names": [name.lower() for name in names]})
    ids = {row.name: row.id for row in rows}
    return {name: ids[name.lower()] for name in names if name.lower() in ids}
