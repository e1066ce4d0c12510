"""What the earlier portions of a dry run would have stored.

Each portion of a dry run is rolled back, so that nobody waits for it. Later portions must nevertheless know
the values that would be taken by then, and the records that would be there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from joinery.forms import Form
from joinery.kernel import Issue, pointer


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

    def taken(self, form: Form, values: Mapping[str, Any]) -> tuple[Issue, ...]:
        """The unique values of a new record that an earlier one would have taken."""
        return tuple(
            Issue(pointer(key), "value_taken", {"label": form.fields[key].label})
            for key in _unique(form)
            if values.get(key) is not None and self.has(key, values[key])
        )

    def note(self, form: Form, match: str | None, values: Mapping[str, Any]) -> None:
        """A record that would be created."""
        keys = {"title", *_unique(form), *([match] if match else ())}
        self._new += [(key, _hashed(values[key])) for key in keys if values.get(key) is not None]

    def keep(self) -> None:
        """The portion is through: from now on its records count as stored."""
        for key, value in self._new:
            self._taken.setdefault(key, set()).add(value)
        self._new.clear()

    def forget(self) -> None:
        """The portion is tried again: its records do not count."""
        self._new.clear()


def _unique(form: Form) -> Iterable[str]:
    return (key for key, field in form.fields.items() if field.definition.unique)


def _hashed(value: Any) -> int:
    return hash(value.strip().casefold() if isinstance(value, str) else value)
