"""How long a text may become."""

from joinery.formulas.problem import WRONG_VALUE, Failure

#: Characters of the longest text an expression may make.
MAXIMUM_TEXT = 100_000


def within_length(text: str) -> str:
    """The text itself; a Failure when it is too long."""
    check_length(len(text))
    return text


def check_length(length: int) -> None:
    """Raises a Failure when a text of that length would be too long."""
    if length > MAXIMUM_TEXT:
        raise Failure(WRONG_VALUE, "formula_text_too_long", maximum=MAXIMUM_TEXT)
