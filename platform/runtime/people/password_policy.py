"""What a workspace asks of new passwords."""

import re
from collections.abc import Iterable
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Issue
from joinery.runtime.people.common_passwords import COMMON
from joinery.runtime.people.organising import note
from joinery.runtime.people.passwords import LONGEST, SHORTEST, password_issues
from joinery.runtime.unit import Unit
from joinery.storage import workspace_settings

KEY = "password_policy"

#: What a workspace may ask for as the shortest password.
LEAST_SHORTEST = SHORTEST
MOST_SHORTEST = 64

#: Characters beside a name or an address that do not make a password of it.
_FEW = 4
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)


def read_policy(unit: Unit) -> dict[str, Any]:
    """The `shortest` password in characters."""
    return {"shortest": SHORTEST, **workspace_settings.read(unit, KEY)}


def change_policy(unit: Unit, actor: Actor, shortest: int) -> None:
    """Ask for other passwords from now on; those that are in use stay."""
    before = read_policy(unit)
    after = {"shortest": shortest}
    workspace_settings.write(unit, KEY, after)
    note(unit, actor, "password_policy_changed", {"id": KEY, **before}, {"id": KEY, **after})


def new_password_issues(unit: Unit, password: str, path: str, *, own: Iterable[str]) -> list[Issue]:
    """What is wrong with a new password of somebody whose name and address are `own`."""
    shortest = read_policy(unit)["shortest"]
    if len(password) < shortest:
        return [Issue(path, "password_too_short", {"minimum": shortest})]
    if len(password) > LONGEST:
        return password_issues(password, path)
    if is_common(password):
        return [Issue(path, "password_common")]
    if _is_made_of(password, own):
        return [Issue(path, "password_of_name")]
    return []


def is_common(password: str) -> bool:
    """Whether it is among the first that anybody tries: a known one, few characters, or a row of keys."""
    text = password.casefold()
    letters = re.sub(r"[^a-z]+", "", text)
    if text in COMMON or letters in COMMON or len(set(text)) <= 3:
        return True
    return any(text in row * 4 or text in row[::-1] * 4 for row in _ROWS)


def _is_made_of(password: str, own: Iterable[str]) -> bool:
    text = _plain(password)
    parts = {part for one in own for part in (_plain(one), _plain(one.partition("@")[0])) if len(part) >= 3}
    return any(part in text and len(text) - len(part) <= _FEW for part in parts)


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
