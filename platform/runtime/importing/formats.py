"""How the numbers of a column are written, found out from all of them together."""

import re
from dataclasses import dataclass

#: Which sign stands before the decimals.
NUMBER_STYLES = ("point", "comma")

_POINT_SURE = re.compile(
    r"\d,\d{3}(?:,\d{3})*\.\d|^\D*\d*\.\d{1,2}\D*$|^\D*\d*\.\d{4,}\D*$|^\D*\d+(?:,\d{3}){2,}\D*$"
)
_COMMA_SURE = re.compile(
    r"\d\.\d{3}(?:\.\d{3})*,\d|^\D*\d*,\d{1,2}\D*$|^\D*\d*,\d{4,}\D*$|^\D*\d+(?:\.\d{3}){2,}\D*$"
)
_EITHER = re.compile(r"\d[.,]\d{3}(?!\d)")
_COMMA_NUMBER = re.compile(r"(\D*)(\d{1,3}(?:[.\s'’]\d{3})+|\d+)(?:,(\d+))?(\D*)")
_GROUPS = re.compile(r"[.\s'’]")


@dataclass(slots=True)
class NumberEvidence:
    """What the values of one column say about the sign before the decimals."""

    point: int = 0
    comma: int = 0
    either: int = 0

    def look_at(self, text: str) -> None:
        """Take one cell into account; text that is no number says nothing."""
        if len(text) > 60 or ("," not in text and "." not in text):
            return
        if _POINT_SURE.search(text):
            self.point += 1
        elif _COMMA_SURE.search(text):
            self.comma += 1
        elif _EITHER.search(text):
            self.either += 1

    @property
    def seen(self) -> bool:
        """Whether any number has such a sign."""
        return bool(self.point or self.comma or self.either)

    @property
    def style(self) -> str:
        """The likelier style; "point" where nothing tells."""
        return "comma" if self.comma > self.point else "point"

    @property
    def doubtful(self) -> bool:
        """Whether the numbers can be read in more than one way, or contradict each other."""
        return self.point > 0 < self.comma or (not self.point and not self.comma and self.either > 0)


def plain_number(text: str, style: str) -> str:
    """A number written with a decimal comma as one with a decimal point; anything else unchanged."""
    if style != "comma":
        return text
    match = _COMMA_NUMBER.fullmatch(text)
    if match is None:
        return text
    before, digits, decimals, after = match.groups()
    return f"{before}{_GROUPS.sub('', digits)}{'.' + decimals if decimals else ''}{after}"
