"""What a key may look like, and which known name somebody probably meant."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,39}")

#: Columns every record has besides its fields; a field may not take one of these keys.
SYSTEM_FIELDS = (
    "id",
    "revision",
    "title",
    "owner",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
)


def is_key(text: str) -> bool:
    """Whether `text` may name an app, form, field, view, role, ... (1 to 40 characters)."""
    return KEY_PATTERN.fullmatch(text) is not None


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to `name`, for a "did you mean" hint; None when nothing is near."""
    matches = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
