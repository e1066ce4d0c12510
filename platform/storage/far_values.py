"""The values that paths from stored records lead to, for computing expressions on them in Python."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from joinery.formulas import EvaluationContext, Path
from joinery.permissions import Reach
from joinery.storage.affected import lock_records
from joinery.storage.far_columns import PathColumns, path_columns
from joinery.storage.link_rows import related_ids
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork

Found = dict[int, dict[Path, Any]]


def read_paths(
    unit: UnitOfWork,
    table: RecordTable,
    ids: Collection[int],
    paths: Sequence[Path],
    context: EvaluationContext,
    reach: Reach | None,
    *,
    live: bool = True,
) -> Found:
    """The value of each path for each of the records that may be met within `reach`; others are missing.

    A path to many gives a tuple with one item per record, in the order of their ids. Without `live` the
    records themselves may be in the recycle bin.
    """
    columns = path_columns(table, paths, context, reach)
    visible = PathColumns(table=table, context=context, reach=reach).visible() if live else ()
    statement = sa.select(
        table.table.c.id, *(column.label(f"p_{place}") for place, column in enumerate(columns))
    ).where(table.has_id(), *visible)
    rows = unit.connection.execute(statement, {"ids": sorted(ids)})
    return {row[0]: {path: _value(row[place + 1]) for place, path in enumerate(paths)} for row in rows}


def lock_along(
    unit: UnitOfWork,
    table: RecordTable,
    ids: Iterable[int],
    paths: Collection[Path],
    exclusive: Collection[str],
) -> None:
    """Keep the records on the way along `paths` as they are until this transaction ends.

    Whoever reads along a path holds every record it passes, whoever changes one brings those up to date that
    look at it, and whoever changes which records are among the many of a record holds that record: so of two
    that meet, the later one sees what the earlier one did. Forms in `exclusive` are held against readers as
    well, because this transaction will write to them.
    """
    for there, found in along(unit, table, ids, paths).items():
        lock_records(unit, table.beside(there), found, shared=there not in exclusive)


def along(
    unit: UnitOfWork, table: RecordTable, ids: Iterable[int], paths: Collection[Path]
) -> dict[str, set[int]]:
    """The records on the way along `paths` up to the other end of a relation, the first ones included."""
    wanted = set(ids)
    found = {table.form.key: wanted}
    steps: dict[str, list[Path]] = {}
    for path in paths:
        link = table.form.names.link(path[0]) if len(path) > 1 else None
        if link is not None and not link.inverse:
            steps.setdefault(path[0], []).append(path[1:])
    if not wanted or not steps:
        return found
    related = related_ids(unit, table, wanted, steps)
    for key, rest in steps.items():
        link = table.form.names.link(key)
        assert link is not None, "a step was taken along it"
        for form, more in along(unit, table.beside(link.form), related[key], rest).items():
            found[form] = found.get(form, set()) | more
    return found


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    return value.astimezone(UTC) if isinstance(value, datetime) else value
