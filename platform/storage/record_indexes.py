"""Which indexes a form's table has: chosen by the platform from what its fields and views really use.

Deleted records are left out, but where a relation finds its records: before a record is deleted for good,
the database asks whether any other, in the recycle bin or not, still points at it.
Every index of one sort ends in the id, as the sort does.
An index that only finds values leaves out records without one: most fields of most records are blank,
and every index a record is not in makes saving it faster.
What an index carries beside its own column is chosen in `scope_indexes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.definitions import POSITION, ViewDefinition
from joinery.forms import Field, Form, Key, UniqueKey
from joinery.formulas import PARENT_RECORD, parse
from joinery.storage.id_blocks import BLOCKS
from joinery.storage.match_keys import expressions_of, filled_clauses, index_clauses
from joinery.storage.physical_names import physical_name, short_hash
from joinery.storage.scope_indexes import Columns, carried, looked_at_by_scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSpec:
    """An index: `parts` are SQL expressions over quoted columns, `fields` what it serves.

    `filled` leaves out the records in which its first field is blank, `live` those in the recycle bin,
    `only` those for which not all of these conditions (in SQL) hold. `rule` is the uniqueness it guards.
    `carried` are fields whose values it holds too, so that it answers questions about them by itself.
    """

    name: str
    fields: tuple[str, ...]
    parts: tuple[str, ...]
    method: str = "btree"
    unique: bool = False
    filled: bool = False
    live: bool = True
    only: tuple[str, ...] = ()
    rule: str | None = None
    carried: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """Which records are in it, in SQL."""
        live = ("deleted_at IS NULL",) if self.live else ()
        filled = (f'"{self.fields[0]}" IS NOT NULL',) if self.filled else ()
        return (*live, *filled, *self.only)

    def ddl(self, schema: str, table: str, *, concurrently: bool = False) -> str:
        """The statement that builds it."""
        unique = "UNIQUE " if self.unique else ""
        how = "CONCURRENTLY " if concurrently else ""
        where = f" WHERE {' AND '.join(self.clauses)}" if self.clauses else ""
        columns = ", ".join(f'"{key}"' for key in self.carried)
        include = f" INCLUDE ({columns})" if columns else ""
        # The driver takes a single percent sign for a placeholder.
        return (
            f'CREATE {unique}INDEX {how}"{self.name}" ON "{schema}"."{table}" USING {self.method}'
            f" ({', '.join(self.parts)}){include}{where}"
        ).replace("%", "%%")


#: To be raised whenever the same definition gets other indexes than before: see `index_upkeep`.
INDEX_RULES = 1

#: Columns that are never blank need no word on where blanks go: one index serves both directions.
NEVER_BLANK = frozenset({"id", "revision", "title", "created_at", "updated_at"})

_ALWAYS = ("owner", "created_at")

#: Fields of these groups are what lists are narrowed down by most...
_NARROWING = frozenset({"choice", "people", "relation"})
#: ...but half of all records are no narrower than all of them.
_NEVER_NARROW = frozenset({"boolean"})


def indexes_of(form: Form, columns: Columns, prefix: str) -> tuple[IndexSpec, ...]:
    """All indexes of the form's table; `prefix` makes their names unique in the schema."""
    found: dict[str, IndexSpec] = {}
    for spec in _specs(form, columns, prefix):
        # One that a view sorts by finds values too, so it takes the place of one that only finds.
        if spec.name not in found or not spec.filled:
            found[spec.name] = spec
    beside = carried(form, columns)
    return tuple(_carrying(spec, beside.get(spec.fields[0], ())) for spec in found.values())


def _carrying(spec: IndexSpec, keys: tuple[str, ...]) -> IndexSpec:
    """The index, if it finds the values of one field, with those of others in it; its name says so."""
    key = spec.fields[0]
    if not keys or not spec.live or spec.parts != (f'"{key}"', '"id"'):
        return spec
    return replace(spec, carried=keys, name=physical_name(f"{spec.name}_with_{'_'.join(keys)}"))


def unique_part(column: sa.Column[object]) -> str:
    """How values are compared for uniqueness: text in any case."""
    return f'lower("{column.name}")' if is_text(column) else f'"{column.name}"'


def is_text(column: sa.Column[object]) -> bool:
    """Whether a column holds text (and not a list of it)."""
    return isinstance(column.type, sa.String)


def _specs(form: Form, columns: Columns, prefix: str) -> Iterator[IndexSpec]:
    yield from _of_lines(columns, prefix) if form.parent else _of_records(prefix)
    for key, field in form.fields.items():
        if key not in columns or field.system:
            continue
        column = columns[key][0]
        if field.definition.unique:
            yield IndexSpec(
                name=f"uq_{prefix}_{key}",
                fields=(key,),
                parts=(unique_part(column),),
                unique=True,
                filled=True,
            )
        if isinstance(column.type, pg.ARRAY):
            yield IndexSpec(
                name=f"ix_{prefix}_{key}", fields=(key,), parts=(f'"{key}"',), method="gin", filled=True
            )
        elif field.type.group in _NARROWING and _can_narrow(field):
            yield _finding(field, prefix)
        for branch in field.branches:
            yield _finding(branch, prefix)
    for unique in form.unique:
        if unique.rule is not None:
            yield _guarding(unique, columns, prefix)
    for found_by in form.found_by:
        yield _matching(found_by, columns, prefix)
    for view in form.definition.views.values():
        yield from _view_specs(form, view, columns, prefix)
    yield from _scope_specs(form, columns, prefix)


def _of_records(prefix: str) -> Iterator[IndexSpec]:
    """What the records of every form are searched and listed by."""
    yield IndexSpec(
        name=f"ix_{prefix}_search_blocks", fields=("search",), parts=('"search"', BLOCKS), method="gin"
    )
    for key in _ALWAYS:
        yield _sorted_by(((key, False),), prefix)


def _of_lines(columns: Columns, prefix: str) -> Iterator[IndexSpec]:
    """Lines are only ever met through their record, whether it is in the recycle bin or not."""
    parts = [f'"{columns[key][0].name}"' for key in (PARENT_RECORD, POSITION)]
    yield IndexSpec(name=f"ix_{prefix}_lines", fields=(PARENT_RECORD,), parts=tuple(parts), live=False)


def _scope_specs(form: Form, columns: Columns, prefix: str) -> Iterator[IndexSpec]:
    """What the row scopes of permission groups look at; lists of values have their index anyway."""
    for key in sorted(looked_at_by_scopes(form) - NEVER_BLANK - {*_ALWAYS}):
        field = form.field(key)
        if field is not None and key in columns and _can_narrow(field):
            yield _finding(field, prefix)


def _view_specs(form: Form, view: ViewDefinition, columns: Columns, prefix: str) -> Iterator[IndexSpec]:
    """What a view filters and sorts by; the sort once more per owner where people see only their own.

    A view of the viewer's own records begins with the owner and is narrow by that alone.
    """
    looked_at = {path[0] for path in parse(view.filter).paths} if view.filter else set()
    sort = _stored_sort(view.sort, columns) if view.sort else ()
    if "owner" not in looked_at:
        for key in sorted(looked_at):
            field = form.fields.get(key)
            if field is not None and field.stored and _can_narrow(field):
                yield _finding(field, prefix)
        if sort:
            yield _sorted_by(sort, prefix)
    if view.calendar is not None and (by_start := _stored_sort(view.calendar.start, columns)):
        yield _sorted_by(by_start, prefix)
    if sort and sort[0][0] != "owner" and ("owner" in looked_at or _has_own_rows(form)):
        yield _sorted_by(sort, prefix, owned=True)


def _can_narrow(field: Field) -> bool:
    return field.type.index == "btree" and field.type.stores not in _NEVER_NARROW


def _has_own_rows(form: Form) -> bool:
    """Whether some people see only records of their own."""
    return any(group.rows not in ("all", "none") for group in form.groups or ())


def _stored_sort(sort: str, columns: Columns) -> tuple[tuple[str, bool], ...]:
    """The sort as (field, descending), or () when some field of it has no column that can be sorted by."""
    keys = [part.strip() for part in sort.split(",") if part.strip()]
    parsed = tuple((key.lstrip("-"), key.startswith("-")) for key in keys)
    usable = all(
        key in columns and not isinstance(columns[key][0].type, pg.ARRAY | pg.TSVECTOR | pg.JSONB)
        for key, _ in parsed
    )
    return parsed if usable else ()


def _finding(field: Field, prefix: str) -> IndexSpec:
    """An index to find the records with a value, in the order of their ids."""
    key, related = field.key, field.references is not None
    name = f"ix_{prefix}_{key}_related" if related else f"ix_{prefix}_{key}"
    return IndexSpec(
        name=physical_name(name), fields=(key,), parts=(f'"{key}"', '"id"'), filled=True, live=not related
    )


def _guarding(key: UniqueKey, columns: Columns, prefix: str) -> IndexSpec:
    """The last guard of a uniqueness over several fields."""
    looked_at = {path[0] for path in key.when.paths} if key.when is not None else set()
    return IndexSpec(
        name=physical_name(f"uk_{prefix}_{key.rule}"),
        fields=(*key.fields, *sorted(looked_at - {*key.fields})),
        parts=_enclosed(expressions_of(key.parts, columns)),
        unique=True,
        only=_enclosed(index_clauses(key, columns)),
        rule=key.rule,
    )


def _matching(key: Key, columns: Columns, prefix: str) -> IndexSpec:
    """An index to find records by what duplicate rules compare."""
    parts = _enclosed(expressions_of(key, columns))
    return IndexSpec(
        name=physical_name(f"ix_{prefix}_match_{short_hash(repr(parts))}"),
        fields=tuple(part.field for part in key),
        parts=(*parts, '"id"'),
        only=_enclosed(filled_clauses(key, columns)),
    )


def _enclosed(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"({text})" for text in texts)


def _sorted_by(sort: tuple[tuple[str, bool], ...], prefix: str, *, owned: bool = False) -> IndexSpec:
    """An index in the order of `sort`; what is never blank can be read in both directions."""
    if len(sort) == 1 and sort[0][0] in NEVER_BLANK:
        sort = ((sort[0][0], False),)
    descending = sort[0][1]
    parts = [_part(key, down) for key, down in sort]
    name = "_".join(key + ("_desc" if down else "") for key, down in sort)
    fields = tuple(key for key, _ in sort)
    if owned:
        name, fields, parts = f"owner_{name}", ("owner", *fields), ['"owner"', *parts]
    return IndexSpec(
        name=physical_name(f"ix_{prefix}_{name}"),
        fields=fields,
        parts=(*parts, '"id" DESC' if descending else '"id"'),
    )


def _part(key: str, descending: bool) -> str:
    if not descending:
        return f'"{key}"'
    return f'"{key}" DESC' if key in NEVER_BLANK else f'"{key}" DESC NULLS LAST'
