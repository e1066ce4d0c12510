"""What functions of many values share: single values and lists taken one after the other."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any


def each(values: tuple[Any, ...]) -> Iterator[Any]:
    """All values that are not blank, those of lists in their turn."""
    for value in values:
        if isinstance(value, tuple):
            yield from (item for item in value if item is not None)
        elif value is not None:
            yield value


def decimals(values: tuple[Any, ...]) -> list[Decimal]:
    """All numbers that are not blank."""
    return [Decimal(value) if type(value) is int else value for value in each(values)]
