"""JSON and Python values: the one place where decimals, dates and times become JSON and back.

Numbers are `decimal.Decimal` inside the platform. In JSON a number of at most 15 significant
digits (what an IEEE double keeps) is a JSON number, a longer one a string of its exact digits.
Dates and times are ISO 8601; a datetime is always aware and written in UTC with "Z".
"""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from joinery.kernel.errors import InvalidInput
from joinery.kernel.issues import Issue

#: Digits that every IEEE double represents exactly.
EXACT_DIGITS = 15
#: Below this, JSON writers turn to exponents.
_SMALLEST = Decimal("1e-4")


def number_to_json(value: Decimal) -> int | float | str:
    """A JSON number where that is exact, else the exact digits as text."""
    if not value:
        return 0
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    if len(digits) > EXACT_DIGITS or not _SMALLEST <= abs(value) < 10**EXACT_DIGITS:
        return format(value, "f")
    return int(value) if value == int(value) else float(value)


def to_json(value: Any) -> Any:
    """A Python value of the platform as a JSON value (recursively)."""
    match value:
        case bool() | str() | int() | float() | None:
            return value
        case Decimal():
            return number_to_json(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case dict():
            return {key: to_json(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dump_json(value: Any) -> str:
    """Compact JSON text of a platform value; non-ASCII characters stay readable."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def load_json(text: str | bytes) -> Any:
    """JSON text as Python values with exact numbers (Decimal for anything with a point).

    Raises InvalidInput when the text is not JSON (NaN, Infinity and lone surrogates included),
    nests too deeply, or repeats a key in one object.
    """
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_integer,
            parse_constant=_reject_constant,
            object_pairs_hook=_unique_keys,
        )
    except (ValueError, RecursionError) as error:
        position = getattr(error, "pos", 0)
        raise InvalidInput(issues=[Issue("", "not_json", {"position": position})]) from error


def _number(text: str) -> Decimal:
    return Decimal(text)


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= 18 else Decimal(text)


def _reject_constant(name: str) -> Any:
    raise ValueError(name)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return result
