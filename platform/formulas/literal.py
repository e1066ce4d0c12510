"""Values as expression text, for building filters."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from joinery.formulas.numbers import plain


def format_literal(value: Any) -> str:
    """A value of the platform as an expression that gives it: 5 -> "5", "a" -> "\\"a\\"", None -> "\\"\\"".

    Raises TypeError for a value that no expression stands for.
    """
    match value:
        case None:
            return '""'
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return quote(value)
        case int():
            return str(value)
        case Decimal():
            return plain(value)
        case datetime():
            return f'DATETIME("{value.astimezone(UTC).isoformat().replace("+00:00", "Z")}")'
        case date():
            return f"DATE({value.year}, {value.month}, {value.day})"
        case time():
            return f"TIME({value.hour}, {value.minute}, {value.second})"
        case tuple() | list():
            return f"LIST({', '.join(map(format_literal, value))})"
    raise TypeError(f"{type(value).__name__} has no expression")


def quote(text: str) -> str:
    """A text in quotation marks, as it stands in an expression."""
    return '"' + text.replace("\\", "\\\\").replace('"', '""') + '"'
