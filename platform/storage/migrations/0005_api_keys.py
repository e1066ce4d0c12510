"""Keys by which programs call the API, and users that are programs."""

from alembic import op

from joinery.storage.scripts import run_script

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_script(op.get_bind(), "0005_api_keys.sql")
