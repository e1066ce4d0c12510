"""Signatures: a few strokes in a box, or a name that was typed."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from joinery.kernel import InvalidInput, Issue

#: The box in which it is drawn, in units of its own: it is shown in every size.
WIDTH, HEIGHT = 600, 200
#: Most characters of all strokes: two thousand points or so.
MOST_DRAWN = 16_000
MOST_TYPED = 60
#: Shorter in both directions, it is a slip of the pen.
_LEAST_EXTENT = 12

#: Strokes as path data: "M10 20L30 40 50 45M60 60L61 70". Nothing else of a path is let in.
_STROKES = re.compile(r"(?:M\d{1,3} \d{1,3}L\d{1,3} \d{1,3}(?: \d{1,3} \d{1,3})*)+", re.ASCII)
_NUMBERS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What somebody signed with: strokes as path data in the box, or his name."""

    kind: Literal["drawn", "typed"]
    content: str


def read_signature(sent: Mapping[str, Any]) -> Signature:
    """A signature as it is sent, `{"drawn": strokes}` or `{"typed": name}`.

    Raises InvalidInput, paths start at the signature.
    """
    if "drawn" in sent:
        issues, found = list(_wrong_strokes(sent["drawn"])), Signature(kind="drawn", content=sent["drawn"])
    else:
        name = " ".join(unicodedata.normalize("NFC", sent["typed"]).split())
        issues, found = list(_wrong_name(name)), Signature(kind="typed", content=name)
    if issues:
        raise InvalidInput(issues=issues)
    return found


def show_signature(signature: Signature) -> dict[str, str]:
    """A signature as it is told: as it was sent."""
    return {signature.kind: signature.content}


def _wrong_strokes(strokes: str) -> Iterator[Issue]:
    if len(strokes) > MOST_DRAWN or not _STROKES.fullmatch(strokes):
        yield Issue("/drawn", "workflow_signature_strokes", {"width": WIDTH, "height": HEIGHT})
        return
    numbers = [int(one) for one in _NUMBERS.findall(strokes)]
    across, down = numbers[::2], numbers[1::2]
    if max(across) > WIDTH or max(down) > HEIGHT:
        yield Issue("/drawn", "workflow_signature_strokes", {"width": WIDTH, "height": HEIGHT})
    elif max(max(across) - min(across), max(down) - min(down)) < _LEAST_EXTENT:
        yield Issue("/drawn", "workflow_signature_faint")


def _wrong_name(name: str) -> Iterator[Issue]:
    letters = any(unicodedata.category(one)[0] == "L" for one in name)
    # Marks that turn the direction of what follows, and what cannot be seen, are no part of a name.
    unseen = any(unicodedata.category(one)[0] == "C" for one in name)
    if not letters or unseen or len(name) > MOST_TYPED:
        yield Issue("/typed", "workflow_signature_name")
