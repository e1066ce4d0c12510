"""The fields by whose values the same thing is found again: uniqueness, duplicate rules, conversions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchField:
    """A field by whose values the same thing is found again.

    `how` says how texts are compared ("any_case", "company", ...); None leaves it to the place.
    """

    field: str
    how: str | None = None


def load_match(items: Sequence[Any]) -> tuple[MatchField, ...]:
    """Compared fields from their JSON: keys, or objects with `field` and `as`."""
    return tuple(
        MatchField(field=item)
        if isinstance(item, str)
        else MatchField(field=item["field"], how=item.get("as"))
        for item in items
    )


def dump_match(fields: Sequence[MatchField]) -> list[Any]:
    """The JSON of compared fields."""
    return [one.field if one.how is None else {"field": one.field, "as": one.how} for one in fields]
