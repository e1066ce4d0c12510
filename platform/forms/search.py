"""Text search without extensions: a record is found by the two-character pieces of its words.

Two-letter pieces find 华为 in 华为技术 as well as "mit" in "Smith", which word search does not.
"""

import unicodedata
from itertools import pairwise
from operator import add

#: In a longer word, pieces that overlap say little more than every second one, and cost as much.
SHORT_WORD = 6
#: Characters of what somebody typed into the search box that count.
MAXIMUM_QUERY = 200


def grams(text: str) -> set[str]:
    """The two-character pieces of each word of a `folded` text, and each word's last character by itself.

    With the last characters every single character begins some piece, so that it is found as a prefix.
    """
    words = text.split()
    found = {word[-1] for word in words}
    found.update(*[map(add, word, word[1:]) for word in words])
    return found


def search_tokens(query: str) -> list[str]:
    """The pieces that a record must have to match `query`, all of them.

    A token of one character stands for every piece that begins with it. Matches must be checked again on
    the text itself: the pieces may stand in it apart from each other.
    """
    found: dict[str, None] = {}
    for word in folded(query[:MAXIMUM_QUERY]).split():
        found.update(dict.fromkeys(_asked_pieces(word)))
    return list(found)


def _asked_pieces(word: str) -> list[str]:
    """Pieces that cover a word."""
    if len(word) == 1:
        return [word]
    pieces = list(map("".join, pairwise(word)))
    return pieces if len(word) <= SHORT_WORD else [*pieces[:-1:2], pieces[-1]]


def folded(text: str) -> str:
    """How text is compared in search: full-width like half-width, capitals like small letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.lower().replace("\0", " ")
