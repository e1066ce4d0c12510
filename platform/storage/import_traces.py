"""What imports did to records, kept so that they can be undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import to_json
from joinery.storage.array_text import as_array, ids_text
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import import_trace

#: Records that the import made, changed, and made in other forms because a cell named them.
KINDS = ("created", "updated", "related")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Records of one form to which a portion did the same.

    `revisions` are those that the records had afterwards, in the order of `record_ids` (0: nothing is known
    any more, the record is left alone); `before` has what an update replaced, as JSON by field.
    """

    form: str
    kind: str
    record_ids: Sequence[int]
    revisions: Sequence[int]
    before: Sequence[Mapping[str, Any]] | None = None
    id: int = 0


def add_many(unit: UnitOfWork, job_id: int, traces: Iterable[Trace]) -> None:
    """Keep what a portion of an import did."""
    rows = [
        {
            "job_id": job_id,
            "form": trace.form,
            "kind": trace.kind,
            "record_ids_text": ids_text(trace.record_ids),
            "revisions_text": ids_text(trace.revisions),
            "before": None if trace.before is None else to_json(list(trace.before)),
        }
        for trace in traces
        if trace.record_ids
    ]
    if rows:
        unit.connection.execute(_ADD, rows)


def latest(unit: UnitOfWork, job_id: int, below: int | None) -> Trace | None:
    """The newest trace of an import with an id below `below` (None: of all)."""
    statement = sa.select(*_COLUMNS).where(import_trace.c.job_id == job_id)
    if below is not None:
        statement = statement.where(import_trace.c.id < below)
    row = (
        unit.connection.execute(statement.order_by(import_trace.c.id.desc()).limit(1))
        .mappings()
        .one_or_none()
    )
    return Trace(**row) if row is not None else None


def later(unit: UnitOfWork, job_id: int, trace: Trace, record_ids: Sequence[int]) -> dict[int, int]:
    """The revision of each of the records in the next trace about it after `trace`, of the same import."""
    found: dict[int, int] = {}
    statement = (
        sa.select(import_trace.c.record_ids, import_trace.c.revisions)
        .where(
            import_trace.c.job_id == job_id,
            import_trace.c.id > trace.id,
            import_trace.c.form == trace.form,
            import_trace.c.record_ids.op("&&")(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger))),
        )
        .order_by(import_trace.c.id)
    )
    wanted = set(record_ids)
    for row in unit.connection.execute(statement, {"ids": list(record_ids)}):
        for record_id, revision in zip(row.record_ids, row.revisions, strict=True):
            if record_id in wanted:
                found.setdefault(record_id, revision)
    return found


def save_revisions(unit: UnitOfWork, trace: Trace, revisions: Sequence[int]) -> None:
    """Note the revisions that the records of a trace have after it was undone (0: they were left)."""
    statement = import_trace.update().where(import_trace.c.id == trace.id).values(revisions=list(revisions))
    unit.connection.execute(statement)


def count(unit: UnitOfWork, job_id: int) -> int:
    """How many records an import made or changed, one that it changed twice counted twice."""
    statement = sa.select(
        sa.func.coalesce(sa.func.sum(sa.func.cardinality(import_trace.c.record_ids)), 0)
    ).where(import_trace.c.job_id == job_id)
    return int(unit.connection.execute(statement).scalar_one())


_ADD = import_trace.insert().values(
    record_ids=as_array(sa.bindparam("record_ids_text", type_=sa.Text), sa.BigInteger),
    revisions=as_array(sa.bindparam("revisions_text", type_=sa.Text), sa.BigInteger),
)
_COLUMNS = [import_trace.c[name] for name in Trace.__dataclass_fields__]
