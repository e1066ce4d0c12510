"""Whom somebody may hand a task to, add or ask, as his node says."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.workflows.asking import people_of
from joinery.workflows.model import Instance
from joinery.workflows.world import World

Json = Mapping[str, Any]

#: Everybody, the people of one's own departments and those below, or whom rules name.
Among = str | Sequence[Json]

EVERYBODY, DEPARTMENT = "everybody", "department"


def outside(
    among: Among, holder: int, people: Sequence[int], instance: Instance, world: World
) -> frozenset[int]:
    """Those of `people` whom the holder of a task may not name."""
    if among == EVERYBODY:
        return frozenset()
    if among == DEPARTMENT:
        return frozenset(user for user in people if not world.works_with(holder, user))
    assert not isinstance(among, str), "there are two words"
    return frozenset(people).difference(people_of(among, instance, world))
