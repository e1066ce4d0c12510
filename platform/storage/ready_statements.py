"""Selects that run with every request: compiled once, then only given their values.

For a short select, working out what to send and how to read the answer costs several times what the
database needs for it. A ready statement is the finished text; the driver reads and writes all of our types.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg
import sqlalchemy as sa
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from joinery.storage.explain import Explain
from joinery.storage.unit_of_work import UnitOfWork

Rows = Sequence[Mapping[str, Any]]


class Readable(Protocol):
    """A select that can be run with the values of its parameters."""

    def rows(self, unit: UnitOfWork, values: Mapping[str, Any]) -> Rows:
        """The rows by column name."""


@dataclass(frozen=True, slots=True)
class ReadyStatement:
    """A compiled select; `given` are the values that belong to it.

    With `planned_anew` the database plans it for the values of every run, for selects whose best way
    depends on them: a rare word is looked up, a frequent one soon met.
    """

    text: str
    given: Mapping[str, Any]
    planned_anew: bool = False

    def rows(self, unit: UnitOfWork, values: Mapping[str, Any]) -> Rows:
        """The rows by column name."""
        driver: psycopg.Connection[Any] | None = unit.connection.connection.driver_connection
        assert driver is not None, "a transaction has a connection"
        with driver.cursor(row_factory=dict_row) as cursor:
            prepare = False if self.planned_anew else None
            return cursor.execute(self.text, {**self.given, **values}, prepare=prepare).fetchall()


@dataclass(frozen=True, slots=True)
class FreshStatement:
    """A select that will hardly be asked for again, so that compiling it for good is not worth it."""

    statement: sa.Select[Any] | Explain

    def rows(self, unit: UnitOfWork, values: Mapping[str, Any]) -> Rows:
        """The rows by column name."""
        return [dict(row) for row in unit.connection.execute(self.statement, values).mappings()]


def ready(
    unit: UnitOfWork,
    statement: sa.Select[Any] | sa.CompoundSelect[Any] | Explain,
    *,
    planned_anew: bool = False,
) -> ReadyStatement:
    """A statement made ready for the workspace of `unit`; keep it."""
    compiled = statement.compile(
        dialect=unit.connection.dialect,
        schema_translate_map={"ws": unit.schema},
        render_schema_translate=True,
        compile_kwargs={"render_postcompile": True},
    )
    found = compiled.params.items()
    given = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in found}
    return ReadyStatement(str(compiled), given, planned_anew)
