"""Names that PostgreSQL keeps whole."""

import hashlib

#: PostgreSQL cuts longer names off.
LONGEST_NAME = 63


def physical_name(name: str) -> str:
    """The name itself, or when it is too long its beginning with a hash of the whole."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9]}_{short_hash(name)}"


def short_hash(text: str) -> str:
    """Eight characters that stand for `text` in names of indexes and constraints."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
