"""How a new record differs from a blank one."""

from collections.abc import Iterator, Mapping
from typing import Any

Change = tuple[Any, Any]


class FromBlank(Mapping[str, Change]):
    """Of every filled field the pair (None, value), put together when it is asked for.

    An import makes thousands of records of dozens of fields, and hardly anybody asks. `values` are those of
    the record, `keys` the fields whose changes are noted, in their order.
    """

    __slots__ = ("_keys", "_values")

    def __init__(self, values: Mapping[str, Any], keys: Mapping[str, None]) -> None:
        self._values = values
        self._keys = keys

    def __getitem__(self, key: str) -> Change:
        value = self._values[key] if key in self._keys else None
        if value is None:
            raise KeyError(key)
        return None, value

    def __contains__(self, key: object) -> bool:
        return key in self._keys and self._values[str(key)] is not None

    def __iter__(self) -> Iterator[str]:
        values = self._values
        return (key for key in self._keys if values[key] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, key: str, default: Any = None) -> Any:
        """The change of a field; `default` for one that is blank."""
        value = self._values[key] if key in self._keys else None
        return default if value is None else (None, value)
