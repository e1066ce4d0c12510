"""Whom a view, an entry of the menu or a whole app is shown to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Those who are named by any of the lists; nobody but administrators when all are empty.

    `roles` and `external` (kinds of external organisations) are keys. Departments are given by path ("Head
    office / Sales") and mean those below too, users by e-mail address, organisations by name: a definition
    knows no ids of a workspace.
    """

    roles: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    external: tuple[str, ...] = ()


def load_audience(body: Mapping[str, Any]) -> Audience | None:
    """The audience of something from its JSON; None when it is for everybody."""
    written = body.get("visible_to")
    if written is None:
        return None
    return Audience(**{name: tuple(names) for name, names in written.items()})


def dump_audience(audience: Audience | None) -> dict[str, Any]:
    """The properties that say for whom something is; none when it is for everybody."""
    if audience is None:
        return {}
    return {"visible_to": {name: list(names) for name, names in asdict(audience).items() if names}}
