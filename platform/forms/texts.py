"""Text as it is stored: composed (NFC), trimmed, and free of characters that no screen can show."""

import re
import unicodedata
from typing import Any

from joinery.forms.field_type import ValueProblem

# C0 and C1 controls, and lone surrogates, which UTF-8 cannot carry.
_NOT_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?")


def clean_line(raw: Any, maximum: int) -> str:
    """One line of text of at most `maximum` characters; "" when only white space was sent.

    Line breaks and tabs inside become blanks, as they do when one pastes into a one-line input.
    """
    if not isinstance(raw, str):
        raise ValueProblem("value_not_text")
    text = raw.strip()
    if not text.isprintable():
        text = re.sub("[\t\r\n]+", " ", text)
        _refuse(_NOT_IN_LINE, text)
    return _composed(text, maximum)


def clean_text(raw: Any, maximum: int) -> str:
    """Text of several lines; tabs and line breaks (as "\\n") stay."""
    if not isinstance(raw, str):
        raise ValueProblem("value_not_text")
    text = raw.strip()
    if not text.isprintable():
        text = _LINE_ENDS.sub("\n", text)
        _refuse(_NOT_IN_TEXT, text)
    return _composed(text, maximum)


def _refuse(pattern: re.Pattern[str], text: str) -> None:
    if found := pattern.search(text):
        raise ValueProblem("value_control_character", character=f"U+{ord(found[0]):04X}")


def _composed(text: str, maximum: int) -> str:
    # Length first: composing a megabyte of combining marks would be work for nothing.
    if len(text) > 4 * maximum + 100:
        raise ValueProblem("value_too_long", length=len(text), maximum=maximum)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).strip()
    if len(text) > maximum:
        raise ValueProblem("value_too_long", length=len(text), maximum=maximum)
    return text
