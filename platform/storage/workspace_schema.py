"""Make the schema of a workspace and bring it to the newest version of its fixed tables."""

import re

import sqlalchemy as sa

from joinery.kernel import Misconfigured
from joinery.storage.record_indexes import INDEX_RULES
from joinery.storage.scripts import run_script

#: Scripts in the order of their versions, from 1.
SCRIPTS = (
    "workspace_0001.sql",
    "workspace_0002.sql",
    "workspace_0003.sql",
    "workspace_0004.sql",
    "workspace_0005.sql",
    "workspace_0006.sql",
    "workspace_0007.sql",
    "workspace_0008.sql",
    "workspace_0009.sql",
    "workspace_0010.sql",
    "workspace_0011.sql",
    "workspace_0012.sql",
    "workspace_0013.sql",
    "workspace_0014.sql",
    "workspace_0015.sql",
    "workspace_0016.sql",
    "workspace_0017.sql",
    "workspace_0018.sql",
    "workspace_0019.sql",
    "workspace_0020.sql",
    "workspace_0021.sql",
    "workspace_0022.sql",
    "workspace_0023.sql",
    "workspace_0024.sql",
    "workspace_0025.sql",
)

_SCHEMA_NAME = re.compile(r"ws_[a-z][a-z0-9_]{0,49}")


def schema_name(key: str) -> str:
    """The schema of the workspace with this key."""
    name = f"ws_{key}"
    if not _SCHEMA_NAME.fullmatch(name):
        raise Misconfigured(reason=f"{key!r} cannot be the key of a workspace")
    return name


def create_workspace_schema(connection: sa.Connection, schema: str) -> None:
    """Make the schema with all fixed tables, in the connection's transaction."""
    if not _SCHEMA_NAME.fullmatch(schema):
        raise Misconfigured(reason=f"{schema!r} cannot be the schema of a workspace")
    connection.execute(sa.text(f'CREATE SCHEMA "{schema}"'))
    _run_from(connection, schema, 0)


def upgrade_workspace_schema(connection: sa.Connection, schema: str) -> None:
    """Run the scripts that the schema has not seen; a second process waits for the first."""
    version = connection.execute(
        sa.text(f'SELECT version FROM "{schema}".schema_version FOR UPDATE')
    ).scalar_one()
    if version > len(SCRIPTS):
        raise Misconfigured(reason=f"the workspace {schema} was made by a newer version of the product")
    _run_from(connection, schema, version)


def _run_from(connection: sa.Connection, schema: str, version: int) -> None:
    for script in SCRIPTS[version:]:
        run_script(connection, script, schema=schema)
    values = {"version": len(SCRIPTS)}
    if version == 0:
        statement = f'INSERT INTO "{schema}".schema_version (version, index_rules) VALUES (:version, :rules)'
        values["rules"] = INDEX_RULES
    else:
        statement = f'UPDATE "{schema}".schema_version SET version = :version WHERE version < :version'
    connection.execute(sa.text(statement), values)
