"""Texts with places that are filled in: paths over the record, and the names of secrets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

#: What secrets are called; fields begin with small letters, so none is taken for the other.
SECRET_NAME = r"[A-Z][A-Z0-9_]{0,59}"

_PLACE = re.compile(rf"\{{(?:secret\.({SECRET_NAME})|([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*))\}}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a template: text that stands for itself, a path over the record, or the name of a secret."""

    kind: Literal["text", "path", "secret"]
    text: str


@lru_cache(maxsize=1024)
def template_pieces(template: str) -> tuple[Piece, ...]:
    """The parts of a template in order; braces that hold neither a path nor a secret are text."""
    return tuple(_pieces(template))


def _pieces(template: str) -> Iterator[Piece]:
    done = 0
    for found in _PLACE.finditer(template):
        if found.start() > done:
            yield Piece("text", template[done : found.start()])
        secret, path = found.groups()
        yield Piece("secret", secret) if secret else Piece("path", path)
        done = found.end()
    if done < len(template):
        yield Piece("text", template[done:])
