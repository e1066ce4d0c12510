"""What is different every time."""

from uuid import uuid4

from joinery.formulas.function import Text, function


@function("text", volatile=frozenset({"random"}))
def UUID() -> Text:
    """A text that exists nowhere else, for the default of a field; not for formulas, filters and conditions.

    >>> LEN(UUID())
    36
    """
    return str(uuid4())
