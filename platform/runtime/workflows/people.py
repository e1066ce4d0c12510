"""People as the API names them."""

from collections.abc import Iterable
from typing import Any

from joinery.directory import Directory


def person(directory: Directory, user_id: int | None) -> dict[str, Any] | None:
    """Somebody by id and name; None for nobody."""
    user = None if user_id is None else directory.user(user_id)
    return None if user is None else {"id": user.id, "name": user.name}


def persons(directory: Directory, user_ids: Iterable[int]) -> list[dict[str, Any]]:
    """Several people, each once, those who are not known left out."""
    found = (person(directory, user_id) for user_id in dict.fromkeys(user_ids))
    return [one for one in found if one is not None]
