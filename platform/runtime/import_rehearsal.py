"""What the earlier portions of a dry run would have stored.

Each portion of a dry run is rolled back, so that nobody waits for it. Later portions must nevertheless know
the values that would be taken by then, and the records that would be there.
"""

from collections.abc import Mapping
from typing import Any

from joinery.forms import UniqueKey
from joinery.kernel import Issue
from joinery.runtime.open_form import OpenForm
from joinery.runtime.uniqueness import applies, issue_of


class Rehearsal:
    """Remembers titles and unique values of records that were created and rolled back.

    Only hashes are kept: a million of them are some tens of megabytes.
    """

    def __init__(self) -> None:
        self._taken: dict[str, set[int]] = {}
        self._new: list[tuple[str, int]] = []

    def has(self, field: str, value: Any) -> bool:
        """Whether an earlier portion would have created a record with this value."""
        return _hashed(value) in self._taken.get(field, ())

    def knows(self, text: str) -> bool:
        """Whether an earlier portion would have created a record that can be found by this text."""
        return any(_hashed(text) in values for values in self._taken.values())

    def taken(self, at: OpenForm, values: Mapping[str, Any]) -> tuple[Issue, ...]:
        """The unique values of a new record that an earlier one would have taken."""
        return tuple(
            issue_of(at, key)
            for key in at.form.unique
            if applies(at, key.fields, key.when, values) and self.has(_name(key), _together(key, values))
        )

    def note(self, at: OpenForm, match: str | None, values: Mapping[str, Any]) -> None:
        """A record that would be created."""
        keys = {"title", *([match] if match else ())}
        self._new += [(key, _hashed(values[key])) for key in keys if values.get(key) is not None]
        self._new += [
            (_name(key), _hashed(_together(key, values)))
            for key in at.form.unique
            if applies(at, key.fields, key.when, values)
        ]

    def keep(self) -> None:
        """The portion is through: from now on its records count as stored."""
        for key, value in self._new:
            self._taken.setdefault(key, set()).add(value)
        self._new.clear()

    def forget(self) -> None:
        """The portion is tried again: its records do not count."""
        self._new.clear()


def _name(key: UniqueKey) -> str:
    """Where its values are kept: a single field's with those it can be found by."""
    return f"unique {key.rule}" if key.rule is not None else key.fields[0]


def _together(key: UniqueKey, values: Mapping[str, Any]) -> Any:
    found = tuple(_plain(values[name]) for name in key.fields)
    return found[0] if key.rule is None else found


def _plain(value: Any) -> Any:
    return value.strip().casefold() if isinstance(value, str) else value


def _hashed(value: Any) -> int:
    return hash(_plain(value))
