"""Keys made of several values: their part of an index, and finding records by many of them at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Key, KeyPart, UniqueKey
from joinery.formulas import Checked, EvaluationContext, to_condition
from joinery.storage.array_text import array_text, as_array
from joinery.storage.conditions import condition_clauses, condition_key, live_clause
from joinery.storage.ready_statements import ReadyStatement, Rows, ready
from joinery.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from joinery.storage.record_tables import RecordTable
    from joinery.storage.scope_indexes import Columns

#: Conditions in indexes depend on nothing of this; it only has to be there.
_ANY_TIME = EvaluationContext(now=datetime(2000, 1, 1, tzinfo=UTC), time_zone="UTC")


class Found(NamedTuple):
    """What was found for one of several wanted keys: `compared` is what its values were compared as (None
    where nothing is left to compare), `ids` are records in use, whoever may see them.
    """

    compared: tuple[str | None, ...]
    ids: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every part of the key says something."""
        return all(self.compared)


def expressions_of(key: Key, columns: "Columns") -> tuple[str, ...]:
    """The SQL of what is compared, over the quoted columns of a table."""
    return tuple(part.sql(_quoted(part, columns)) for part in key)


def filled_clauses(key: Key, columns: "Columns") -> tuple[str, ...]:
    """Which records have something to compare, in SQL."""
    clauses = [f"{_quoted(part, columns)} IS NOT NULL" for part in key]
    return (*clauses, *(f"{part.sql(_quoted(part, columns))} <> ''" for part in key if part.narrows))


def condition_text(condition: Checked | None, columns: "Columns") -> tuple[str, ...]:
    """A condition over own columns as SQL that can stand in an index; () when there is none."""
    if condition is None:
        return ()
    lowered = to_condition(condition, lambda path: sa.column(path[0], columns[path[0]][0].type), _ANY_TIME)
    return (str(lowered.compile(dialect=_plain_dialect(), compile_kwargs={"literal_binds": True})),)


def index_clauses(key: UniqueKey, columns: "Columns") -> tuple[str, ...]:
    """Which records in use a uniqueness is about, in SQL."""
    return (*filled_clauses(key.parts, columns), *condition_text(key.when, columns))


def find_by_key(
    unit: UnitOfWork,
    table: "RecordTable",
    key: Key,
    asked: Key,
    wanted: Sequence[tuple[Any, ...]],
    context: EvaluationContext,
    *,
    when: Checked | None = None,
    limit: int = 2,
) -> list[Found]:
    """For each wanted tuple of values the records (at most `limit`, oldest first) that have the same.

    `asked` says how the wanted values are compared, `key` by which fields of the table; one statement,
    whatever the number of values.
    """
    if not wanted:
        return []

    def make() -> ReadyStatement:
        return ready(unit, _statement(table, key, asked, context, when, limit))

    depends = condition_key(table, [when], context)
    remembered_as = ("match", unit.schema, table, key, asked, depends, limit)
    statement = make() if depends is None else unit.memory.get(remembered_as, make)
    given = {name: array_text([values[place] for values in wanted]) for place, name in enumerate(_names(key))}
    return _collected(statement.rows(unit, given), len(wanted), _names(key))


def _names(key: Key) -> list[str]:
    """What the parts of a key are called in the statement."""
    return [f"v{place}" for place in range(len(key))]


def _statement(
    table: "RecordTable", key: Key, asked: Key, context: EvaluationContext, when: Checked | None, limit: int
) -> sa.Select[Any]:
    columns = table.columns
    types = [columns[part.field][0].type for part in key]
    names = _names(key)
    given = (
        sa.func.unnest(
            *(
                as_array(sa.bindparam(name, type_=sa.Text), type_)
                for name, type_ in zip(names, types, strict=True)
            )
        )
        .table_valued(
            *(sa.column(name, type_) for name, type_ in zip(names, types, strict=True)),
            with_ordinality="position",
        )
        .render_derived(name="given")
    )
    compared = (
        sa.select(
            given.c.position,
            *(
                _literal(part.sql(f'given."{name}"'), type_).label(name)
                for part, name, type_ in zip(asked, names, types, strict=True)
            ),
        )
        .select_from(given)
        .subquery("compared")
    )
    same = [
        _literal(text, type_) == compared.c[name]
        for text, type_, name in zip(expressions_of(key, columns), types, names, strict=True)
    ]
    clauses = [_literal(text, sa.Boolean()) for text in filled_clauses(key, columns)]
    found = (
        sa.select(table.table.c.id)
        .where(*same, *clauses, live_clause(table), *condition_clauses(table, when, context, None))
        .order_by(table.table.c.id)
        .limit(limit)
        .lateral("found")
    )
    return sa.select(
        compared.c.position, *(sa.cast(compared.c[name], sa.Text).label(name) for name in names), found.c.id
    ).select_from(compared.join(found, sa.true(), isouter=True))


def _collected(rows: Rows, count: int, names: Sequence[str]) -> list[Found]:
    found = [Found((), ())] * count
    for row in rows:
        place, record_id = row["position"] - 1, row["id"]
        if record_id is None:
            found[place] = Found(tuple([row[name] for name in names]), ())
        elif ids := found[place].ids:
            found[place] = found[place]._replace(ids=tuple(sorted((*ids, record_id))))
        else:
            found[place] = Found(tuple([row[name] for name in names]), (record_id,))
    return found


def _quoted(part: KeyPart, columns: "Columns") -> str:
    return f'"{columns[part.field][0].name}"'


def _literal(text: str, type_: Any) -> sa.ColumnElement[Any]:
    return sa.literal_column(text, type_)


@cache
def _plain_dialect() -> sa.Dialect:
    """Writes SQL as it is meant, without doubling what a driver would take for its placeholders."""
    return pg.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
