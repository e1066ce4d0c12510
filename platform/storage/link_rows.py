"""The rows of link tables: what relations to many point at, each stored once for both of its ends."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.bulk_insert import copy_rows
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork

_COLUMNS = ("from_id", "to_id", "position")


def add_links(
    unit: UnitOfWork, table: RecordTable, record_ids: Sequence[int], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Store what new records point at; `rows` are their values, in the order of their ids."""
    for key, joint in table.links.items():
        found = [
            [record_id, related, place]
            for record_id, values in zip(record_ids, rows, strict=True)
            for place, related in enumerate(values.get(key) or ())
        ]
        if found:
            copy_rows(unit, joint, _COLUMNS, found)


def set_links(unit: UnitOfWork, joint: sa.Table, record_id: int, related: Sequence[int]) -> None:
    """Let a record point at exactly these, in this order."""
    columns = joint.c
    wanted = sa.bindparam("wanted", list(related), type_=pg.ARRAY(sa.BigInteger))
    unit.connection.execute(
        joint.delete().where(columns.from_id == record_id, columns.to_id != sa.all_(wanted))
    )
    if not related:
        return
    listed = (
        sa.func.unnest(wanted)
        .table_valued(sa.column("id", sa.BigInteger), with_ordinality="place", name="listed")
        .render_derived()
    )
    insert = pg.insert(joint).from_select(
        list(_COLUMNS), sa.select(sa.literal(record_id, sa.BigInteger), listed.c.id, listed.c.place - 1)
    )
    statement = insert.on_conflict_do_update(
        index_elements=[columns.from_id, columns.to_id], set_={"position": insert.excluded.position}
    )
    unit.connection.execute(statement)


def related_ids(
    unit: UnitOfWork, table: RecordTable, record_ids: Collection[int], relations: Collection[str]
) -> dict[str, set[int]]:
    """What the relations of some records point at, by relation."""
    found: dict[str, set[int]] = {key: set() for key in relations}
    if not record_ids or not found:
        return found
    ids = {"ids": sorted(record_ids)}
    keys = sorted(found.keys() - table.links.keys())
    if keys:
        statement = sa.select(*(table.columns[key][0] for key in keys)).where(table.has_id())
        for row in unit.connection.execute(statement, ids):
            for key, related in zip(keys, row, strict=True):
                if related is not None:
                    found[key].add(related)
    given = sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger))
    for key in found.keys() & table.links.keys():
        joint = table.links[key]
        linked = sa.select(joint.c.to_id).where(joint.c.from_id == sa.any_(given))
        found[key].update(unit.connection.execute(linked, ids).scalars())
    return found
