"""Which indexes a form's table has: chosen by the platform from what its fields and views really use.

All of them leave deleted records out. Every index of one sort ends in the id, as the sort does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Form
from joinery.storage.physical_names import physical_name


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSpec:
    """An index: `parts` are SQL expressions over quoted columns, `fields` what it serves."""

    name: str
    fields: tuple[str, ...]
    parts: tuple[str, ...]
    method: str = "btree"
    unique: bool = False

    def ddl(self, schema: str, table: str, *, concurrently: bool = False) -> str:
        """The statement that builds it."""
        unique = "UNIQUE " if self.unique else ""
        how = "CONCURRENTLY " if concurrently else ""
        return (
            f'CREATE {unique}INDEX {how}"{self.name}" ON "{schema}"."{table}" USING {self.method}'
            f" ({', '.join(self.parts)}) WHERE deleted_at IS NULL"
        )


#: Columns that are never blank need no word on where blanks go: one index serves both directions.
NEVER_BLANK = frozenset({"id", "revision", "title", "created_at", "updated_at"})

_ALWAYS = ("owner", "created_at", "updated_at")

Columns = Mapping[str, tuple[sa.Column[object], ...]]


def indexes_of(form: Form, columns: Columns, prefix: str) -> tuple[IndexSpec, ...]:
    """All indexes of the form's table; `prefix` makes their names unique in the schema."""
    found = {spec.name: spec for spec in _specs(form, columns, prefix)}
    return tuple(found.values())


def unique_part(column: sa.Column[object]) -> str:
    """How values are compared for uniqueness: text in any case."""
    return f'lower("{column.name}")' if is_text(column) else f'"{column.name}"'


def is_text(column: sa.Column[object]) -> bool:
    """Whether a column holds text (and not a list of it)."""
    return isinstance(column.type, sa.String)


def _specs(form: Form, columns: Columns, prefix: str) -> Iterator[IndexSpec]:
    yield IndexSpec(name=f"ix_{prefix}_search", fields=("search",), parts=('"search"',), method="gin")
    for key in _ALWAYS:
        yield _sorted_by(((key, False),), prefix)
    for key, field in form.fields.items():
        if key not in columns:
            continue
        column = columns[key][0]
        if field.definition.unique:
            yield IndexSpec(
                name=f"uq_{prefix}_{key}", fields=(key,), parts=(unique_part(column),), unique=True
            )
        if isinstance(column.type, pg.ARRAY):
            yield IndexSpec(name=f"ix_{prefix}_{key}", fields=(key,), parts=(f'"{key}"',), method="gin")
        elif field.type.index == "btree":
            yield _sorted_by(((key, False),), prefix)
    for view in form.definition.views.values():
        if view.sort and (sort := _stored_sort(view.sort, columns)):
            yield _sorted_by(sort, prefix)


def _stored_sort(sort: str, columns: Columns) -> tuple[tuple[str, bool], ...]:
    """The sort as (field, descending), or () when some field of it has no column that can be sorted by."""
    keys = [part.strip() for part in sort.split(",") if part.strip()]
    parsed = tuple((key.lstrip("-"), key.startswith("-")) for key in keys)
    usable = all(
        key in columns and not isinstance(columns[key][0].type, pg.ARRAY | pg.TSVECTOR | pg.JSONB)
        for key, _ in parsed
    )
    return parsed if usable else ()


def _sorted_by(sort: tuple[tuple[str, bool], ...], prefix: str) -> IndexSpec:
    """An index in the order of `sort`; what is never blank can be read in both directions."""
    if len(sort) == 1 and sort[0][0] in NEVER_BLANK:
        sort = ((sort[0][0], False),)
    descending = sort[0][1]
    parts = [_part(key, down) for key, down in sort]
    name = "_".join(key + ("_desc" if down else "") for key, down in sort)
    return IndexSpec(
        name=physical_name(f"ix_{prefix}_{name}"),
        fields=tuple(key for key, _ in sort),
        parts=(*parts, '"id" DESC' if descending else '"id"'),
    )


def _part(key: str, descending: bool) -> str:
    if not descending:
        return f'"{key}"'
    return f'"{key}" DESC' if key in NEVER_BLANK else f'"{key}" DESC NULLS LAST'
