"""Indexes of large tables, built while people go on working."""

from joinery.storage.database import Database
from joinery.storage.physical_names import short_hash
from joinery.storage.record_indexes import IndexSpec
from joinery.storage.record_tables import RecordTable

_VALID = """
SELECT indisvalid FROM pg_index
WHERE indexrelid = to_regclass(format('%%I.%%I', %(schema)s::text, %(name)s::text))
"""

_OF_TABLE = """
SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass(format('%%I.%%I', %(schema)s::text, %(table)s::text)) AND NOT i.indisunique
"""


def build_index(database: Database, schema: str, table: RecordTable, name: str) -> None:
    """Build an index of the table's current version; one that was begun and never finished is begun anew.

    Waits for the transactions that are open when it begins. With the last index that was missing
    those go that the version no longer wants: until then they serve in its place. Does nothing for an index
    that is there, and for one that a later version no longer wants.
    """
    spec = next((spec for spec in table.indexes if spec.name == name), None)
    if spec is not None:
        _build(database, schema, table.table.name, spec)
        _drop_superseded(database, schema, table)


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


def _drop_superseded(database: Database, schema: str, table: RecordTable) -> None:
    prefix = f"ix_{short_hash(table.table.name)}_"
    wanted = {spec.name for spec in table.indexes if not spec.unique}
    with database.autocommit() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("SET lock_timeout = 0")
        try:
            names = {"schema": schema, "table": table.table.name}
            there = connection.exec_driver_sql(_OF_TABLE, names).all()
            if wanted <= {name for name, valid in there if valid}:
                for name in sorted({name for name, _ in there} - wanted):
                    if name.startswith(prefix):
                        connection.exec_driver_sql(f'DROP INDEX CONCURRENTLY IF EXISTS "{schema}"."{name}"')
        finally:
            connection.invalidate()
