"""What somebody may do with the fields of one record, and which of its buttons he may use."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from joinery.definitions import MaskDefinition

#: How far a field is open on a record.
Reached = Literal["writable", "readable", "masked", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRights:
    """Keys of fields that may be read and changed, the masks of those shown in part, and keys of buttons."""

    readable: frozenset[str] = frozenset()
    writable: frozenset[str] = frozenset()
    masked: Mapping[str, MaskDefinition] = field(default_factory=dict)
    buttons: frozenset[str] = frozenset()

    def shows(self, key: str) -> bool:
        """Whether a field is shown at all, be it masked."""
        return key in self.readable or key in self.masked

    def reach(self, key: str) -> Reached:
        """How far a field is open."""
        return reach_in(self.readable, self.writable, self.masked, key)


def reach_in(
    readable: Collection[str], writable: Collection[str], masked: Collection[str], key: str
) -> Reached:
    """How far a field is open that is among some of these."""
    if key in readable:
        return "writable" if key in writable else "readable"
    return "masked" if key in masked else "hidden"


def together(rights: Iterable[FieldRights]) -> FieldRights:
    """What several groups give that hold for one record: a right of any, and of two masks the larger part."""
    every = tuple(rights)
    if len(every) == 1:
        return every[0]
    readable = frozenset[str]().union(*(one.readable for one in every))
    return FieldRights(
        readable=readable,
        writable=frozenset[str]().union(*(one.writable for one in every)),
        masked={
            key: max((one.masked[key] for one in every if key in one.masked), key=_shown)
            for key in dict.fromkeys(key for one in every for key in one.masked)
            if key not in readable
        },
        buttons=frozenset[str]().union(*(one.buttons for one in every)),
    )


def in_common(rights: Iterable[FieldRights]) -> FieldRights:
    """What holds for every record, where different records have one or another of these rights."""
    every = tuple(rights)
    if not every:
        return FieldRights()
    readable = every[0].readable.intersection(*(one.readable for one in every))
    return FieldRights(
        readable=readable,
        writable=every[0].writable.intersection(*(one.writable for one in every)),
        masked={
            key: min((one.masked[key] for one in every if key in one.masked), key=_shown)
            for key in dict.fromkeys(key for one in every for key in one.masked)
            if key not in readable and all(one.shows(key) for one in every)
        },
        buttons=every[0].buttons.intersection(*(one.buttons for one in every)),
    )


def _shown(mask: MaskDefinition) -> tuple[int, int]:
    """How much a mask shows; a total order, so that it does not matter which group is asked first."""
    return mask.first + mask.last, mask.first
