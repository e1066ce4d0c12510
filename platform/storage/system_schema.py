"""Bring the schema "joinery" to the newest revision; safe when several processes start at once."""

from importlib.resources import as_file, files
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from joinery.storage.database_errors import translated_errors

#: Of the advisory lock that makes one process migrate while the others wait.
_LOCK = 0x6A6F696E65


def upgrade_database(engine: sa.Engine) -> None:
    """Run the missing migrations in one transaction."""
    with (
        as_file(files("joinery.storage.migrations")) as folder,
        translated_errors(),
        engine.begin() as connection,
    ):
        connection.execute(sa.text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS joinery"))
        scripts = ScriptDirectory(str(folder), version_locations=[str(folder)])

        def missing(revision: Any, _context: MigrationContext) -> Any:
            return scripts._upgrade_revs("head", revision)

        context = MigrationContext.configure(
            connection,
            opts={
                "fn": missing,
                "version_table_schema": "joinery",
                "transactional_ddl": True,
                "script": scripts,
            },
        )
        with Operations.context(context):
            context.run_migrations()
