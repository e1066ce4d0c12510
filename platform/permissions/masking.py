"""What is shown of a masked text: its beginning and its end, never how long it is."""

from joinery.definitions import MaskDefinition

#: What stands for the characters that are not shown, however many there are.
HIDDEN = "****"


def masked(text: str, mask: MaskDefinition) -> str:
    """A text with its middle hidden; one too short to hide anything of is hidden whole.

    >>> masked("13800000001", MaskDefinition(first=3, last=4))
    '138****0001'
    >>> masked("1380001", MaskDefinition(first=3, last=4))
    '****'
    """
    shown = mask.first + mask.last
    # At least as much is hidden as is shown, else a mask made for long numbers gives short ones away.
    if shown == 0 or len(text) < shown + min(shown, len(HIDDEN)):
        return HIDDEN
    return text[: mask.first] + HIDDEN + (text[-mask.last :] if mask.last else "")
