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


def load_audience(body: Mapping[str, Any], name: str = "visible_to") -> Audience | None:
    """The audience of something from the property `name` of its JSON; None when it is for everybody."""
    written = body.get(name)
    if written is None:
        return None
    return Audience(**{one: tuple(names) for one, names in written.items()})


def dump_audience(audience: Audience | None, name: str = "visible_to") -> dict[str, Any]:
    """The property `name` that says for whom something is; none when it is for everybody."""
    if audience is None:
        return {}
    return {name: {one: list(names) for one, names in asdict(audience).items() if names}}
