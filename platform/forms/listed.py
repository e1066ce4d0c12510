"""Several values in one spreadsheet cell, and back."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

_SEPARATORS = ",;、，；\n"
_PIECE = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;、，；\n]*))\s*(?:[,;、，；\n]|$)')


def split_list(text: str) -> list[str]:
    """The values in a cell, separated by , ; 、 or line breaks; "quoted" where one contains such a sign."""
    pieces, position = [], 0
    while position < len(text):
        match = _PIECE.match(text, position)
        if match is None:
            # A quotation mark in the middle of a word: the rest is taken as it stands.
            pieces.append(text[position:].strip())
            break
        quoted, plain = match.groups()
        pieces.append(plain.strip() if quoted is None else quoted.replace('""', '"'))
        position = match.end()
    return [piece for piece in pieces if piece]


def join_list(values: Iterable[str]) -> str:
    """The cell that `split_list` splits into `values` again."""
    return ", ".join(_quoted(value) for value in values)


def _quoted(value: str) -> str:
    if value.strip() == value and '"' not in value and not any(sign in value for sign in _SEPARATORS):
        return value
    return '"' + value.replace('"', '""') + '"'


def list_from_row(stored: Sequence[Any] | None) -> tuple[Any, ...] | None:
    """An array of the database as a value: an empty one is blank."""
    return tuple(stored) if stored else None
