"""Values that repeat in stored records and shall not do so from now on: found before anything is changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import Issue, pointer
from joinery.storage.record_indexes import IndexSpec
from joinery.storage.record_tables import RecordTable, record_tables
from joinery.storage.schema_plan import SchemaPlan
from joinery.storage.unit_of_work import UnitOfWork

#: So many groups are named for each uniqueness, and so many records of each group.
MOST_GROUPS, MOST_RECORDS = 20, 5
#: So many groups, and records of them all, a filter names.
MOST_FILTERED_GROUPS, MOST_FILTERED = 100, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """`count` records of `form` share `values` (as texts), which shall be unique.

    `records` has the oldest of them, ids with titles. `rule` is the key of the uniqueness over several
    fields, None where the one field itself is unique.
    """

    form: str
    fields: tuple[str, ...]
    rule: str | None
    values: tuple[str, ...]
    count: int
    records: tuple[tuple[int, str], ...]

    @property
    def path(self) -> str:
        """Where the definition says that this shall be unique."""
        if self.rule is not None:
            return pointer("forms", self.form, "unique", self.rule)
        return pointer("forms", self.form, "fields", self.fields[0], "unique")

    @property
    def json(self) -> dict[str, Any]:
        """The repetition as a caller sees it."""
        return {
            "path": self.path,
            "form": self.form,
            "fields": list(self.fields),
            "rule": self.rule,
            "values": list(self.values),
            "count": self.count,
            "records": [{"id": record_id, "title": title} for record_id, title in self.records],
        }

    @property
    def issue(self) -> Issue:
        """The repetition as a problem of the definition."""
        params = {"value": ", ".join(self.values), "records": ", ".join(title for _, title in self.records)}
        return Issue(self.path, "values_repeat", params)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenUniqueness:
    """What shall be unique and is not: `groups` of records that share values, `records` in all of them.

    `repetitions` are the first of the groups, `ids` the records of the first groups, group by group.
    """

    groups: int
    records: int
    repetitions: tuple[Repetition, ...]
    ids: tuple[int, ...]

    @property
    def json(self) -> dict[str, Any]:
        """The uniqueness as a caller sees it; `filter` finds `filtered` of its records in a list."""
        first = self.repetitions[0]
        return {
            "path": first.path,
            "form": first.form,
            "fields": list(first.fields),
            "rule": first.rule,
            "groups": self.groups,
            "records": self.records,
            "filter": "IN({id}, " + ", ".join(map(str, self.ids)) + ")",
            "filtered": len(self.ids),
        }


def find_repetitions(unit: UnitOfWork, plan: SchemaPlan) -> list[BrokenUniqueness]:
    """What stands in the way of the unique indexes that a plan builds over columns that are there already."""
    if plan.old is None:
        return []
    old, new = record_tables(plan.old), record_tables(plan.new)
    found: list[BrokenUniqueness] = []
    for step in plan.steps:
        table = old.get(step.form)
        if step.kind != "build_index" or table is None:
            continue
        spec = next(spec for spec in new[step.form].indexes if spec.name == step.index)
        if spec.unique and all(key in table.columns for key in spec.fields):
            found += _broken(unit, table, spec)
    return found


def _broken(unit: UnitOfWork, table: RecordTable, spec: IndexSpec) -> Iterator[BrokenUniqueness]:
    record_id, title = table.table.c.id, table.table.c.title
    parts: list[sa.ColumnElement[Any]] = [sa.literal_column(part) for part in spec.parts]
    statement = (
        sa.select(
            sa.func.count().over(),
            sa.func.sum(sa.func.count()).over(),
            sa.func.count(),
            sa.func.array_agg(pg.aggregate_order_by(record_id, record_id))[1:MOST_FILTERED],
            sa.func.array_agg(pg.aggregate_order_by(title, record_id))[1:MOST_RECORDS],
            *(sa.cast(part, sa.Text) for part in parts),
        )
        .select_from(table.table)
        .where(*(sa.literal_column(clause, sa.Boolean()) for clause in spec.clauses))
        .group_by(*parts)
        .having(sa.func.count() > 1)
        .order_by(sa.func.min(record_id))
        .limit(MOST_FILTERED_GROUPS)
    )
    rows = unit.connection.execute(statement).all()
    if not rows:
        return
    groups, total = rows[0][:2]
    repetitions = tuple(
        Repetition(
            form=table.form.key,
            fields=spec.fields[: len(spec.parts)],
            rule=spec.rule,
            values=tuple(values),
            count=count,
            records=tuple(zip(ids[:MOST_RECORDS], titles, strict=True)),
        )
        for _, _, count, ids, titles, *values in rows[:MOST_GROUPS]
    )
    every = [record_id for _, _, _, ids, *_ in rows for record_id in ids]
    yield BrokenUniqueness(
        groups=groups, records=int(total), repetitions=repetitions, ids=tuple(every[:MOST_FILTERED])
    )
