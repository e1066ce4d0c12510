"""Record tables of workspaces that were made by an earlier release get the indexes that this one chooses.

Publishing compares two versions of an app by the rules of the same release; what changed between releases it
cannot see. So a workspace notes by which rules its indexes were chosen, and is looked through when those
are not the rules of now.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from joinery.storage.apps import LoadedApp
from joinery.storage.record_indexes import INDEX_RULES
from joinery.storage.table_work import TableWork
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import schema_version

_THERE = sa.text(
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    " WHERE i.indisvalid AND c.relnamespace = to_regnamespace(:schema)"
)


def are_indexes_outdated(unit: UnitOfWork) -> bool:
    """Whether the workspace's indexes were chosen by earlier rules; others wait until this unit ends."""
    rules = sa.select(schema_version.c.index_rules).with_for_update()
    found: int = unit.connection.execute(rules).scalar_one()
    return found < INDEX_RULES


def note_index_rules(unit: UnitOfWork) -> None:
    """Note that whatever the rules of now ask for is there or on its way."""
    unit.connection.execute(schema_version.update().values(index_rules=INDEX_RULES))


def missing_indexes(unit: UnitOfWork, app: LoadedApp) -> Iterator[TableWork]:
    """What there is to build in the tables of an app.

    Uniqueness is not among it: values that repeat would have to be found first, as publishing does.
    """
    there = set(unit.connection.execute(_THERE, {"schema": f'"{unit.schema}"'}).scalars())
    for form, table in app.tables.items():
        for spec in table.indexes:
            if not spec.unique and spec.name not in there:
                yield TableWork(
                    kind="build_index",
                    app=app.compiled.key,
                    form=form,
                    field=spec.fields[0],
                    version=app.version,
                    index=spec.name,
                )
