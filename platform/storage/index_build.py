"""Indexes of large tables, built while people go on working."""

from joinery.storage.database import Database
from joinery.storage.record_indexes import IndexSpec
from joinery.storage.record_tables import RecordTable

_VALID = """
SELECT indisvalid FROM pg_index
WHERE indexrelid = to_regclass(format('%%I.%%I', %(schema)s::text, %(name)s::text))
"""


def build_index(database: Database, schema: str, table: RecordTable, name: str) -> None:
    """Build an index of the table's current version; one that was begun and never finished is begun anew.

    Waits for the transactions that are open when it begins. Does nothing for an index that is there, and
    for one that a later version no longer wants.
    """
    spec = next((spec for spec in table.indexes if spec.name == name), None)
    if spec is not None:
        _build(database, schema, table.table.name, spec)


def _build(database: Database, schema: str, table: str, spec: IndexSpec) -> None:
    quoted = f'"{schema}"."{spec.name}"'
    with database.autocommit() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("SET lock_timeout = 0")
        try:
            valid = connection.exec_driver_sql(
                _VALID, {"schema": schema, "name": spec.name}
            ).scalar_one_or_none()
            if valid is False:
                connection.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {quoted}")
            if not valid:
                connection.exec_driver_sql(spec.ddl(schema, table, concurrently=True))
        finally:
            # The next user of this connection gets its own limits back.
            connection.invalidate()
