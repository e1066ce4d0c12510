"""Links by which somebody chooses a password."""

from alembic import op

from joinery.storage.scripts import run_script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_script(op.get_bind(), "0003_password_links.sql")
