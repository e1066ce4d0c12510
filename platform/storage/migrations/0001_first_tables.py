"""Workspaces, people, sessions, and the tables of the job queue."""

from alembic import op

from joinery.storage.scripts import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    run_script(connection, "0001_system.sql")
    run_script(connection, "0001_jobs.sql", schema="joinery")
