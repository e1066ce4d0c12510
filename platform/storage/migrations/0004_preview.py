"""Sessions of administrators who look at the workspace as somebody else."""

from alembic import op

from joinery.storage.scripts import run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_script(op.get_bind(), "0004_preview.sql")
