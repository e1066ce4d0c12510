"""How many statements the database gets."""

import psycopg


def note_statements(monkeypatch) -> list:
    """A list that grows by each statement that is sent from now on."""
    sent: list = []
    execute = psycopg.Cursor.execute

    def noting(cursor, query, *arguments, **options):
        sent.append(query)
        return execute(cursor, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noting)
    return sent
