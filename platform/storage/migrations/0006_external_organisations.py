"""Partner companies whose people sign in too."""

from alembic import op

from joinery.storage.scripts import run_script

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_script(op.get_bind(), "0006_external_organisations.sql")
