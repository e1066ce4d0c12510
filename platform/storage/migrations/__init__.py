"""Numbered steps of the tables: alembic revisions of the schema "joinery", SQL scripts of workspaces."""
