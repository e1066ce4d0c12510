"""Death of a process just before its n-th word to the database, as the server sees a kill -9; and others who
are crosswise there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest


class Deaths:
    """Counts what is said to the database, COMMIT included, and ends the connection before some word.

    `said` counts what was said in a block, with what was not heard any more.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said = self.commits = 0
        self.died = False
        self._word: int | None = None
        self._commit: int | None = None
        self._error: type[Exception] | None = None
        for kind, names in (
            (psycopg.Cursor, ("execute", "executemany", "copy")),
            (psycopg.Connection, ("commit",)),
        ):
            for name in names:
                monkeypatch.setattr(kind, name, self._watched(name, getattr(kind, name)))

    @contextmanager
    def before(
        self, word: int | None = None, *, commit: int | None = None, error: type[Exception] | None = None
    ) -> Iterator[None]:
        """Die before the word, or the COMMIT, of this number, counted from here; with neither count only.

        With an `error` that is what the database says instead.
        """
        self.said = self.commits = 0
        self.died, self._word, self._commit, self._error = False, word, commit, error
        try:
            yield
        finally:
            self._word = self._commit = None

    def _watched(self, name: str, method: Any) -> Any:
        def saying(this: Any, *arguments: Any, **options: Any) -> Any:
            if not self.died:
                self.said += 1
                self.commits += name == "commit"
            hit = self._word == self.said or (name == "commit" and self._commit == self.commits)
            if hit and not self.died:
                self.died = True
                if self._error is not None:
                    raise self._error
                # Nothing more comes from here, and nothing was said in farewell.
                (this if isinstance(this, psycopg.Connection) else this.connection).close()
            return method(this, *arguments, **options)

        return saying
