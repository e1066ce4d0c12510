"""Hints of the kind "did you mean", kept cheap however large and odd the input is."""

from collections.abc import Collection

from joinery.kernel import closest

#: Beyond these a comparison of all known names would take longer than a person wants to wait.
MAX_LENGTH = 60
MAX_KNOWN = 1_000


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant; None when nothing is near."""
    if len(name) > MAX_LENGTH or len(known) > MAX_KNOWN:
        return None
    return closest(name, known)


def shortened(value: object) -> str:
    """A value as it may stand in a sentence."""
    text = str(value)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
