"""Run the SQL scripts that lie beside the migrations."""

from importlib.resources import files

import sqlalchemy as sa


def run_script(connection: sa.Connection, name: str, schema: str | None = None) -> None:
    """Run all statements of a script in the connection's transaction.

    `schema` is where names without a schema are made; it holds until the end of the script.
    """
    text = files("joinery.storage.migrations").joinpath(name).read_text(encoding="utf-8")
    before = connection.execute(sa.text("SELECT current_setting('search_path')")).scalar_one()
    if schema is not None:
        set_search_path(connection, f'"{schema}"')
    # The driver's own call: SQLAlchemy would read the percent signs of the script as parameters.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(text)
    set_search_path(connection, before)


def set_search_path(connection: sa.Connection, path: str) -> None:
    """Set the schemas that names are looked up in, until the end of the transaction."""
    connection.execute(sa.text("SELECT set_config('search_path', :path, true)"), {"path": path})
