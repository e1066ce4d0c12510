"""Carry out a schema plan: one transaction, and what takes long as work for a job.

The tables are locked together at the start and only briefly waited for; everything after that is
quick, because large tables are indexed, converted and recomputed later, portion by portion.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from joinery.definitions import owner_key
from joinery.forms import Field
from joinery.kernel import InvalidDefinition
from joinery.storage import table_ddl
from joinery.storage.physical_names import physical_name, short_hash
from joinery.storage.record_indexes import indexes_of
from joinery.storage.record_tables import RecordTable, field_columns, record_tables
from joinery.storage.repetitions import find_repetitions
from joinery.storage.schema_plan import SMALL_TABLE, SchemaPlan, Step, takeover_sources
from joinery.storage.table_work import LINKS, TableWork, run_to_the_end
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import kept_column


def row_counts(unit: UnitOfWork, tables: Mapping[str, RecordTable]) -> dict[str, int]:
    """The records of each form; counting stops just above a small table's size."""
    counts = {}
    for key, table in tables.items():
        some: sa.Select[Any] = (
            sa.select(sa.literal_column("1")).select_from(table.table).limit(SMALL_TABLE + 1)
        )
        counts[key] = unit.connection.execute(
            sa.select(sa.func.count()).select_from(some.subquery())
        ).scalar_one()
    return counts


def apply_plan(unit: UnitOfWork, plan: SchemaPlan, *, version: int, at: datetime) -> tuple[TableWork, ...]:
    """Take the steps of a plan for the app's new `version`; returns what is left for after the commit.

    Raises InvalidDefinition when values shall be unique and are not, Conflict when the tables are busy.
    Call it late in the transaction: from here on the tables are locked.
    """
    applying = _Applying(
        unit=unit,
        plan=plan,
        version=version,
        at=at,
        old={} if plan.old is None else record_tables(plan.old),
        new=record_tables(plan.new),
    )
    unit.connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    if broken := find_repetitions(unit, plan):
        repeated = [one for uniqueness in broken for one in uniqueness.repetitions]
        raise InvalidDefinition(
            issues=[one.issue for one in repeated],
            details={
                "repetitions": [one.json for one in repeated],
                "broken": [one.json for one in broken],
            },
        )
    table_ddl.lock_tables(unit, applying.locked())
    return applying.run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Applying:
    unit: UnitOfWork
    plan: SchemaPlan
    version: int
    at: datetime
    old: Mapping[str, RecordTable]
    new: Mapping[str, RecordTable]
    #: The columns of fields that were set aside in this run: new names by the old ones.
    aside: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def locked(self) -> set[str]:
        """The tables that exist already and are touched, those that new relations point at included."""
        touched = {step.form for step in self.plan.steps if not step.later and step.form in self.old}
        pointed = {
            self.new[step.form].foreign_keys[key]
            for step in self.plan.steps
            for key in self._new_foreign_keys(step)
        }
        pointed |= {
            self.new[step.form].form.relations[key].references or ""
            for step in self.plan.steps
            for key in self._new_links(step)
        }
        former = {
            step.form: self._former_name(step) for step in self.plan.steps if step.kind == "rename_table"
        }
        return {former.get(form, self.old[form].table.name) for form in touched | (pointed & self.old.keys())}

    def run(self) -> tuple[TableWork, ...]:
        """Take all steps; foreign keys wait until every table and column is there."""
        later: list[TableWork] = []
        for step in self.plan.steps:
            take = _TAKEN_BY[step.kind]
            work = take(self, step)
            if work is not None and step.later:
                later.append(work)
            elif work is not None:
                run_to_the_end(self.unit, self.new[step.form], work, self.at)
        for step in self.plan.steps:
            self._add_foreign_keys(step)
        return tuple(later)

    def _create_links(self, step: Step) -> None:
        for key in self._new_links(step):
            table_ddl.create_links(self.unit, self.new[step.form].links[key])

    def _set_links_aside(self, form: str, key: str) -> str:
        """Rename a link table out of the way; its new name."""
        joint = self.old[form].links[key]
        name = physical_name(f"zz_removed_{self.version}_{joint.name}")
        table_ddl.rename_table(self.unit, joint.name, name)
        for index in joint.indexes:
            table_ddl.rename_index(self.unit, str(index.name), f"zz_removed_{self.version}_{index.name}")
        self._note_kept(form, key, self.old[form].form.fields[key].type.name, name)
        return name

    def create_table(self, step: Step) -> None:
        table_ddl.create_table(self.unit, self.new[step.form])
        self._create_links(step)

    def rename_table(self, step: Step) -> None:
        table, former = self.old[step.form], self._former_name(step)
        table_ddl.rename_table(self.unit, former, table.table.name)
        before = indexes_of(table.form, table.columns, short_hash(former))
        for old, new in zip(before, table.indexes, strict=True):
            table_ddl.rename_index(self.unit, old.name, new.name)
        for key in table.foreign_keys:
            table_ddl.rename_foreign_key(self.unit, former, table.table.name, key)

    def _former_name(self, step: Step) -> str:
        """What the table that is renamed was called."""
        return physical_name(f"{self.plan.new.key}__{step.was.replace('.', '__')}")

    def set_table_aside(self, step: Step) -> None:
        table = self.old[step.form]
        for spec in table.indexes:
            table_ddl.drop_index(self.unit, spec.name)
        for key in table.foreign_keys:
            table_ddl.drop_foreign_key(self.unit, table.table.name, key)
        for key in table.links:
            self._set_links_aside(step.form, key)
        name = physical_name(f"zz_removed_{self.version}_{table.table.name}")
        table_ddl.rename_table(self.unit, table.table.name, name)
        self._note_kept(step.form, "", "", name)

    def add_column(self, step: Step) -> None:
        columns = field_columns(self._new_field(step))
        table_ddl.add_columns(self.unit, self.new[step.form], columns)
        self._create_links(step)

    def set_column_aside(self, step: Step) -> None:
        self._set_aside(step.form, self._old_field(step.form, step.field))

    def rename_column(self, step: Step) -> None:
        table = self.old[step.form]
        for key in _of_field(table.foreign_keys, step.was):
            table_ddl.drop_foreign_key(self.unit, table.table.name, key)
        if step.was in table.links:
            was, now = table.links[step.was], self.new[step.form].links[step.field]
            table_ddl.rename_table(self.unit, was.name, now.name)
            for old_index, new_index in zip(was.indexes, now.indexes, strict=True):
                table_ddl.rename_index(self.unit, str(old_index.name), str(new_index.name))
        names = zip(
            field_columns(self._old_field(step.form, step.was)),
            field_columns(self._new_field(step)),
            strict=True,
        )
        for old, new in names:
            table_ddl.rename_column(self.unit, table.table.name, old.name, new.name)

    def convert_column(self, step: Step) -> TableWork:
        kept = self._set_aside(step.form, self._old_field(step.form, step.was))
        self._create_links(step)
        table_ddl.add_columns(self.unit, self.new[step.form], field_columns(self._new_field(step)))
        return replace(self._work(step), kept=kept, old_field=step.was)

    def take_over(self, step: Step) -> TableWork:
        sources = takeover_sources(self.old[step.form].form, self._new_field(step))
        first, *rest = [(key, self._where_now(step.form, key)) for key in sources]
        work = replace(self._work(step), kind="convert_column")
        return replace(work, old_field=first[0], kept=first[1], further=dict(rest))

    def _where_now(self, form: str, key: str) -> dict[str, str]:
        """The columns of a field of the old version, under the names they have by now."""
        if found := self.aside.get((form, key)):
            return found
        if key in self.old[form].links:
            return {LINKS: self.old[form].links[key].name}
        return {column.name: column.name for column in field_columns(self._old_field(form, key))}

    def recompute(self, step: Step) -> TableWork:
        return self._work(step)

    def refresh(self, step: Step) -> TableWork:
        return self._work(step)

    def drop_index(self, step: Step) -> None:
        table_ddl.drop_index(self.unit, step.index)

    def build_index(self, step: Step) -> TableWork | None:
        if step.later:
            return replace(self._work(step), index=step.index)
        table_ddl.build_index(self.unit, self.new[step.form], step.index)
        return None

    def _work(self, step: Step) -> TableWork:
        return TableWork(
            kind=step.kind,
            app=self.plan.new.key,
            form=step.form,
            field=step.field,
            version=self.version,
            was=next(
                (one.was for one in self.plan.steps if one.kind == "rename_table" and one.form == step.form),
                "",
            ),
        )

    def _set_aside(self, form: str, field: Field) -> dict[str, str]:
        """Rename a field's columns out of the way; their new names by the old ones."""
        kept = self._rename_aside(form, field)
        self.aside[form, field.key] = kept
        return kept

    def _rename_aside(self, form: str, field: Field) -> dict[str, str]:
        table = self.old[form]
        for key in _of_field(table.foreign_keys, field.key):
            table_ddl.drop_foreign_key(self.unit, table.table.name, key)
        if field.key in table.links:
            return {LINKS: self._set_links_aside(form, field.key)}
        kept = {}
        for column in field_columns(field):
            kept[column.name] = physical_name(f"zz_removed_{self.version}_{column.name}")
            table_ddl.rename_column(self.unit, table.table.name, column.name, kept[column.name])
            self._note_kept(form, field.key, field.type.name, kept[column.name])
        return kept

    def _note_kept(self, form: str, field: str, field_type: str, name: str) -> None:
        self.unit.connection.execute(
            kept_column.insert().values(
                app=self.plan.new.key,
                form=form,
                field=field,
                field_type=field_type,
                column_name=name,
                removed_at=self.at,
                version=self.version,
            )
        )

    def _add_foreign_keys(self, step: Step) -> None:
        for key in self._new_foreign_keys(step):
            table = self.new[step.form]
            table_ddl.add_foreign_key(self.unit, table, key, self.new[table.foreign_keys[key]])
        for key in self._new_links(step):
            table = self.new[step.form]
            target = self.new[table.form.relations[key].references or ""]
            table_ddl.add_link_foreign_keys(self.unit, table.links[key], table, target)

    def _new_foreign_keys(self, step: Step) -> set[str]:
        """The relation fields that get a foreign key in this step."""
        if step.kind not in ("create_table", "add_column", "convert_column", "rename_column"):
            return set()
        keys = set(self.new[step.form].foreign_keys)
        return keys if step.kind == "create_table" else _of_field(keys, step.field)

    def _new_links(self, step: Step) -> set[str]:
        """The relations to many whose link table is made in this step."""
        if step.kind not in ("create_table", "add_column", "convert_column"):
            return set()
        keys = set(self.new[step.form].links)
        return keys if step.kind == "create_table" else keys & {step.field}

    def _old_field(self, form: str, key: str) -> Field:
        return self.old[form].form.fields[key]

    def _new_field(self, step: Step) -> Field:
        return self.new[step.form].form.fields[step.field]


_TAKEN_BY: Mapping[str, Callable[[_Applying, Step], TableWork | None]] = {
    "create_table": _Applying.create_table,
    "rename_table": _Applying.rename_table,
    "set_table_aside": _Applying.set_table_aside,
    "add_column": _Applying.add_column,
    "set_column_aside": _Applying.set_column_aside,
    "rename_column": _Applying.rename_column,
    "convert_column": _Applying.convert_column,
    "take_over": _Applying.take_over,
    "recompute": _Applying.recompute,
    "refresh": _Applying.refresh,
    "drop_index": _Applying.drop_index,
    "build_index": _Applying.build_index,
}


def _of_field(keys: Iterable[str], field: str) -> set[str]:
    """Those of some relations that are the field itself or a branch of it."""
    return {key for key in keys if owner_key(key) == field}
