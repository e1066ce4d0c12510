"""Everything that knows SQL is executed somewhere: connections, tables, schema changes, repositories."""

from joinery.storage import embedded, system_tables, workflow_tables, workspace_tables
from joinery.storage.database import Database, queue_connection
from joinery.storage.system_schema import upgrade_database
from joinery.storage.unit_of_work import UnitOfWork, Workspace
from joinery.storage.workspace_schema import create_workspace_schema, schema_name, upgrade_workspace_schema
from joinery.storage.workspaces import (
    create_workspace,
    get_workspace,
    list_workspaces,
    touch_apps,
    touch_directories_of,
    touch_directory,
    upgrade_workspaces,
)

__all__ = [
    "Database",
    "UnitOfWork",
    "Workspace",
    "create_workspace",
    "create_workspace_schema",
    "embedded",
    "get_workspace",
    "list_workspaces",
    "queue_connection",
    "schema_name",
    "system_tables",
    "touch_apps",
    "touch_directories_of",
    "touch_directory",
    "upgrade_database",
    "upgrade_workspace_schema",
    "upgrade_workspaces",
    "workflow_tables",
    "workspace_tables",
]
