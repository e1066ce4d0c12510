"""Where somebody is named in the records of a form."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from joinery.forms import Field
from joinery.formulas import PARENT_RECORD
from joinery.storage.conditions import live_clause
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork


def count_naming(unit: UnitOfWork, table: RecordTable, fields: Sequence[Field], user_id: int) -> list[int]:
    """How many records in use (lines, for a subform) name the user in each of the fields, in one look."""
    naming = [_names(table, one, user_id) for one in fields]
    counts = (sa.func.count().filter(one) for one in naming)
    statement = table.select(*counts).where(live_clause(table), sa.or_(*naming))
    return list(unit.connection.execute(statement).one())


def ids_naming(unit: UnitOfWork, table: RecordTable, fields: Sequence[Field], user_id: int) -> set[int]:
    """The records in use that name the user in one of the fields; of lines the records they stand in."""
    column = table.columns[PARENT_RECORD][0] if PARENT_RECORD in table.columns else table.table.c.id
    naming = [_names(table, one, user_id) for one in fields]
    statement = table.select(column).where(live_clause(table), sa.or_(*naming)).distinct()
    return set(unit.connection.execute(statement).scalars())


def _names(table: RecordTable, field: Field, user_id: int) -> sa.ColumnElement[bool]:
    column: Any = table.columns[field.key][0]
    named: sa.ColumnElement[bool] = column.contains([user_id]) if field.type.several else column == user_id
    return named
