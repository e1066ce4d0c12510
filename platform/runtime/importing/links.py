"""Cells that name records: found by key or title, told when there are several, made when allowed.

A name that is found becomes {"id": ...}, which saving reads without looking it up again. One that is not
found stays text, and saving says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from joinery.forms import Field, ParseContext, ValueProblem, read_numbered, split_list
from joinery.kernel import Issue, issue_message, pointer
from joinery.runtime.importing.order import (
    ColumnChoice,
    ImportOrder,
    find_keys,
    naming_field,
    why_not_created,
)
from joinery.runtime.importing.targets import Target, named, target_of
from joinery.runtime.records.batch import prepare_many, write_many
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.storage.record_matching import match_keys
from joinery.storage.record_tables import RecordTable

#: What saving says about a record that is not found.
UNKNOWN_RECORD = "value_unknown_record"
#: What looking up says about a name that several records have.
SEVERAL_RECORDS = "value_several_records"

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A column whose cells name records of `there`; `subform` is "" for a field of the records themselves."""

    field: Field
    subform: str = ""
    choice: ColumnChoice
    there: OpenForm
    keys: tuple[str, ...]


@dataclass(slots=True)
class Created:
    """Records of other forms that an import made, by form: ids in their order, and their names."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)


class Links:
    """The columns of an import that name records."""

    def __init__(self, at: OpenForm, order: ImportOrder) -> None:
        self._at = at
        self._confirm_duplicates = order.confirm_duplicates
        targets = {
            name: (column, target)
            for column, name in order.mapping.items()
            if (target := target_of(at, name)) is not None
        }
        self._links = {
            name: self._link(target, order.choice(column))
            for name, (column, target) in targets.items()
            if target.field.references
        }
        self._parsing = ParseContext(directory=at.lookup, language=at.unit.workspace.language)
        forms = {name: target.field.type.targets(target.field) for name, (_, target) in targets.items()}
        #: Columns whose names may be of several forms, with these: saving looks them up.
        self._of_several = {name: several for name, several in forms.items() if len(several) > 1}
        #: Whether every name in these columns is looked up here.
        self.know_all = not self._of_several
        self.created = Created()
        #: Why a record of this name could not be made, by form and name.
        self._refused: dict[tuple[str, str], Issue] = {}
        self._made: dict[tuple[str, str], int] = {}
        #: Names that one record has, by form and name.
        self._known: set[tuple[str, str]] = set()

    def _link(self, target: Target, choice: ColumnChoice) -> _Link:
        there = self._at.beside(target.field.references or "")
        keys = (choice.find_by,) if choice.find_by else _usual_keys(there)
        return _Link(field=target.field, subform=target.subform, choice=choice, there=there, keys=keys)

    def resolve(self, rows: Sequence[dict[str, Any]], subform: str = "") -> list[dict[str, Issue]]:
        """Put ids in the place of names that one visible record has; what is wrong in each row, by field.

        `rows` are cells of records, or of lines in `subform`. One query per column and key, however many rows
        there are.
        """
        issues: list[dict[str, Issue]] = [{} for _ in rows]
        for link in self._links_in(subform):
            key = link.field.key
            wanted = {name for row in rows for name in self._names(link, row.get(key))}
            if wanted:
                found = _find(link, sorted(wanted), self._parsing)
                for row, told in zip(rows, issues, strict=True):
                    self._put(link, row, found, told)
        return issues

    def missing(
        self, rows: Iterable[Mapping[str, Any]], subform: str = "", *, own: bool
    ) -> dict[str, list[str]]:
        """Names in rows that may be made, by field, each once; those of the imported form only with `own`."""
        found: dict[str, dict[str, str]] = {}
        links = [link for link in self._links_in(subform) if self.may_create(_name_of(link), own=own)]
        for row in rows if links else ():
            for link in links:
                for name in self._names(link, row.get(link.field.key)):
                    if self._refusal(link, name) is None:
                        found.setdefault(_name_of(link), {}).setdefault(name.casefold(), name)
        return {key: list(names.values()) for key, names in found.items()}

    def _links_in(self, subform: str) -> list[_Link]:
        return [link for link in self._links.values() if link.subform == subform]

    def may_create(self, key: str, *, own: bool) -> bool:
        """Whether records that a field names may be made; those of the imported form only with `own`."""
        link = self._links.get(key)
        return link is not None and link.choice.create_missing and (own or not self._is_own(key))

    def is_link(self, key: str) -> bool:
        """Whether the cells of a field name records."""
        return key in self._links

    def _is_own(self, key: str) -> bool:
        return self._links[key].field.references == self._at.form.key

    def points_home(self, key: str) -> bool:
        """Whether a field may name records of the imported form itself."""
        if key in self._links:
            return self._is_own(key)
        return self._at.form.key in self._of_several.get(key, ())

    def unknown(self, key: str, cell: Any) -> list[str]:
        """The names in a cell that no record has."""
        link = self._links[key]
        return [
            name
            for name in self._names(link, cell)
            if (link.there.form.key, name.casefold()) not in self._known
        ]

    def create(self, missing: Mapping[str, Sequence[str]]) -> int:
        """Make records of these names, by field; how many. What cannot be made is told by `resolve`."""
        made = 0
        done: set[tuple[str, str]] = set()
        for key, names in missing.items():
            link = self._links[key]
            form = link.there.form.key
            new = [name for name in names if (form, name.casefold()) not in done]
            done.update((form, name.casefold()) for name in new)
            made += self._create(link, new)
        return made

    def _create(self, link: _Link, names: Sequence[str]) -> int:
        there = link.there
        key = naming_field(there, link.choice.find_by)
        if key is None or why_not_created(there, link.choice.find_by):
            return 0
        operations = [Operation(values={key: name}) for name in names]
        prepared = prepare_many(
            there, operations, cells=True, way="import", confirmed=self._confirm_duplicates
        )
        for name, record in zip(names, prepared, strict=True):
            if not record.is_right:
                reasons = list(record.issues) or [
                    Issue("", record.error.code, record.error.params) if record.error else Issue("", "")
                ]
                self._refused[there.form.key, name.casefold()] = _cannot_create(there, name, reasons)
        saved = write_many(there, prepared, source="import")
        right = [name for name, record in zip(names, prepared, strict=True) if record.is_right]
        form = there.form.key
        self.created.ids.setdefault(form, []).extend(one.id for one in saved)
        self.created.names.setdefault(form, []).extend(right)
        self._made |= {(form, name.casefold()): one.id for name, one in zip(right, saved, strict=True)}
        return len(saved)

    def _names(self, link: _Link, cell: Any) -> list[str]:
        """The names in a cell that was not resolved yet."""
        if not isinstance(cell, str) or not cell.strip():
            return []
        if not link.field.type.several:
            return [cell.strip()[:_LONGEST_NAME]]
        return [piece[:_LONGEST_NAME] for piece in split_list(cell)]

    def _put(
        self, link: _Link, row: dict[str, Any], found: Mapping[str, list[int]], told: dict[str, Issue]
    ) -> None:
        key = link.field.key
        names = self._names(link, row.get(key))
        if not names:
            return
        ids = []
        for name in names:
            made = self._made.get((link.there.form.key, name.casefold()))
            matches = [made] if made is not None else found.get(name, [])
            if len(matches) == 1:
                ids.append(matches[0])
                self._known.add((link.there.form.key, name.casefold()))
            elif len(matches) > 1:
                told[key] = Issue(
                    pointer(_name_of(link)),
                    SEVERAL_RECORDS,
                    {"value": name[:100], "label": link.there.form.label},
                )
            elif refusal := self._refusal(link, name):
                told[key] = Issue(pointer(_name_of(link)), refusal.code, refusal.params)
        if len(ids) == len(names):
            row[key] = [{"id": one} for one in ids] if link.field.type.several else {"id": ids[0]}

    def _refusal(self, link: _Link, name: str) -> Issue | None:
        return self._refused.get((link.there.form.key, name.casefold()))


class Names:
    """The records that the cells of one relation may name."""

    def __init__(self, at: OpenForm, found: Field, choice: ColumnChoice) -> None:
        there = at.beside(found.references or "")
        keys = (choice.find_by,) if choice.find_by else _usual_keys(there)
        self._link = _Link(field=found, choice=choice, there=there, keys=keys)
        self._parsing = ParseContext(directory=at.lookup, language=at.unit.workspace.language)

    def known(self, names: Iterable[str]) -> set[str]:
        """Those of the names that exactly one visible record has."""
        found = _find(self._link, sorted(names), self._parsing)
        return {name for name, ids in found.items() if len(ids) == 1}


def _name_of(link: _Link) -> str:
    return named(link.subform, link.field.key)


def _usual_keys(there: OpenForm) -> tuple[str, ...]:
    """Unique fields, then the title."""
    unique = [
        key
        for key in find_keys(there)
        if (found := there.form.fields.get(key)) and (found.definition.unique or found.type.assigned)
    ]
    return (*unique, "title") if there.access.allows("view") else ()


def _find(link: _Link, names: Sequence[str], parsing: ParseContext) -> dict[str, list[int]]:
    """The visible records that each name may mean: by the first of the keys that knows it."""
    found: dict[str, list[int]] = {}
    by_title = link.choice.find_by is None
    for name in names if by_title else ():
        if (numbered := read_numbered(name)) is not None:
            found[name] = [numbered]
    for key in link.keys:
        if not link.there.access.allows("view"):
            break
        left = {
            name: value
            for name in names
            if name not in found and (value := _value(link, key, name, parsing)) is not None
        }
        matches = match_keys(
            link.there.unit,
            link.there.table,
            [key],
            [(value,) for value in dict.fromkeys(left.values())],
            link.there.access.rows,
            link.there.evaluation,
        )
        found |= {name: matches[(value,)] for name, value in left.items() if (value,) in matches}
    return found


def _value(link: _Link, key: str, name: str, parsing: ParseContext) -> Any:
    """The name as a value of the field by which records are found; None when it cannot be one."""
    field = link.there.form.field(key)
    if field is None or "\0" in name:
        return None
    if _is_text(link.there.table, key):
        return name
    if key == "id":
        digits = name.removeprefix("#")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
    try:
        return field.type.parse_text(field, name, parsing)
    except ValueProblem:
        return None


def _is_text(table: RecordTable, key: str) -> bool:
    return isinstance(table.columns[key][0].type, sa.String)


def _cannot_create(there: OpenForm, name: str, reasons: Iterable[Issue]) -> Issue:
    """A record that the import was allowed to make and that its form does not take."""
    reasons = list(reasons)
    sentences = {
        language: " ".join(issue_message(reason, tag) for reason in reasons)
        for language, tag in (("en", "en"), ("zh", "zh-CN"))
    }
    return Issue(
        "", "import_cannot_create", {"value": name[:100], "label": there.form.label, "reason": sentences}
    )
