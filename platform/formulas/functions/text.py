"""Texts: parts, search, change."""

import sqlalchemy as sa

from joinery.formulas.function import Text, function
from joinery.formulas.text_limits import within_length


@function("text", sql=lambda call: sa.func.concat(*call.values))
def CONCAT(*texts: Text) -> Text:
    """All texts one after the other, the same as text & text.

    >>> CONCAT("a", 1, "b")
    'a1b'
    """
    return within_length("".join(texts))
