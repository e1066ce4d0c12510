"""The text of an API key: `jk_`, a part that finds it, and 256 random bits of which only a hash is kept."""

import hashlib
import re
import secrets
from dataclasses import dataclass

#: How every key begins, so that people and scanners of secrets know one when they see it.
SIGN = "jk_"

_TOKEN = re.compile(r"jk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key as it is told once; `prefix` may be shown ever after."""

    text: str
    prefix: str


def new_token() -> Token:
    """A key that nobody can guess."""
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return Token(text=f"{SIGN}{prefix}_{secrets.token_urlsafe(32)}", prefix=prefix)


def read_token(text: str) -> Token | None:
    """The key in a header; None for text that cannot be one."""
    found = _TOKEN.fullmatch(text)
    return Token(text=text, prefix=found[1]) if found else None


def hash_of(token: Token) -> str:
    """What is stored of a key: it is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.text.encode()).hexdigest()


def is_right(token: Token, stored: str | None) -> bool:
    """Whether a key has this hash, found in the same time for every hash; None has none."""
    return secrets.compare_digest(hash_of(token), stored or "0" * 64)
