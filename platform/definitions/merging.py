"""Bring a new version of a suite into an app that somebody changed: a merge of three documents, per property.

What only one side changed is taken over. Where both changed the same, one of them goes on and the place is
told as a conflict. Objects are merged by their keys, lists of names and of blocks by what they name; all else
(a text, a number, an expression) is one value.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from joinery.kernel import pointer

#: Whose value goes on where both changed it: the customer's own, or the suite's.
Side = Literal["own", "suite"]

#: What a block of a layout or an entry of a menu goes by.
_NAMES = ("section", "tab", "list", "group", "form", "field")


class _Missing:
    """Stands for what is not there."""


_MISSING = _Missing()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeConflict:
    """A place that both sides changed; None stands for what is not there on a side. `side` goes on."""

    path: str
    base: Any
    own: Any
    suite: Any
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What came out of it."""

    document: Mapping[str, Any]
    conflicts: tuple[MergeConflict, ...]


def merge_documents(
    base: Mapping[str, Any],
    own: Mapping[str, Any],
    suite: Mapping[str, Any],
    *,
    prefer: Side = "own",
    choices: Mapping[str, Side] | None = None,
) -> Merge:
    """The app definition `own`, which was made from `base`, with all that is new in `suite`.

    The version is always the suite's. `prefer` says which side goes on in a conflict, `choices` the same for
    single places by their paths.
    """
    merging = _Merging(prefer=prefer, choices=choices or {})
    document = merging.objects(base, {**own, "version": suite.get("version")}, suite, "")
    return Merge(document=document, conflicts=tuple(merging.conflicts))


@dataclass(slots=True, kw_only=True)
class _Merging:
    prefer: Side
    choices: Mapping[str, Side]
    conflicts: list[MergeConflict] = field(default_factory=list)

    def values(self, base: Any, own: Any, suite: Any, path: str) -> Any:
        """One value, or `_MISSING`."""
        if _same(own, suite) or _same(base, suite):
            return own
        if _same(base, own):
            return suite
        if isinstance(own, Mapping) and isinstance(suite, Mapping):
            return self.objects(base if isinstance(base, Mapping) else {}, own, suite, path)
        if isinstance(own, list) and isinstance(suite, list):
            named = [_by_name(one) for one in (base if isinstance(base, list) else [], own, suite)]
            if all(one is not None for one in named):
                before, mine, theirs = (one or {} for one in named)
                return list(self.parts(before, mine, theirs, _item_path(path)).values())
        side = self.choices.get(path, self.prefer)
        told = {"base": _shown(base), "own": _shown(own), "suite": _shown(suite)}
        self.conflicts.append(MergeConflict(path=path, side=side, **told))
        return own if side == "own" else suite

    def objects(
        self, base: Mapping[str, Any], own: Mapping[str, Any], suite: Mapping[str, Any], path: str
    ) -> dict[str, Any]:
        """Objects by their keys."""
        return self.parts(base, own, suite, lambda key: path + pointer(key))

    def parts(
        self,
        base: Mapping[Any, Any],
        own: Mapping[Any, Any],
        suite: Mapping[Any, Any],
        path: Callable[[Any], str],
    ) -> dict[Any, Any]:
        """The parts that are there in the end, in the order of whoever changed the order."""
        merged = {}
        for key in _order(tuple(base), tuple(own), tuple(suite)):
            before, mine, theirs = (part.get(key, _MISSING) for part in (base, own, suite))
            if (value := self.values(before, mine, theirs, path(key))) is not _MISSING:
                merged[key] = value
        return merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place at which a document became another; None stands for what is not there.

    With `order` the same parts stand in another order, and nothing else.
    """

    path: str
    before: Any
    after: Any
    order: bool = False


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """The innermost places at which two documents differ, as a merge tells places apart."""
    if _same(before, after):
        return
    old, new = _parts_of(before), _parts_of(after)
    if type(before) is not type(after) or old is None or new is None:
        yield Difference(path=path, before=_shown(before), after=_shown(after))
        return
    place = _item_path(path) if isinstance(after, list) else lambda key: path + pointer(key)
    for key in _order((), tuple(old), tuple(new)):
        yield from differences(old.get(key, _MISSING), new.get(key, _MISSING), place(key))
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Difference(path=path, before=None, after=None, order=True)


def _parts_of(value: Any) -> Mapping[Any, Any] | None:
    """The parts of an object or of a list of named items; None for one value."""
    if isinstance(value, Mapping):
        return value
    return _by_name(value) if isinstance(value, list) else None


def _order(base: Sequence[Any], own: Sequence[Any], suite: Sequence[Any]) -> list[Any]:
    """The suite's order, unless the customer has another one; what one side alone has keeps its place."""
    known = set(base) & set(own)
    untouched = [key for key in base if key in known] == [key for key in own if key in known]
    leading, other = (suite, own) if untouched else (own, suite)
    order = list(leading)
    before = -1
    for key in other:
        if key in order:
            before = order.index(key)
        else:
            before += 1
            order.insert(before, key)
    return order


def _by_name(items: Iterable[Any]) -> dict[Any, Any] | None:
    """The items of a list by what they name; None when they are not told apart by it."""
    found: dict[Any, Any] = {}
    for item in items:
        name = _name_of(item)
        if name is None or name in found:
            return None
        found[name] = item
    return found


def _name_of(item: Any) -> Any:
    if isinstance(item, Mapping):
        return next(((name, str(item[name]), str(item.get("view"))) for name in _NAMES if name in item), None)
    return item if isinstance(item, str) else None


def _item_path(path: str) -> Callable[[Any], str]:
    """Items of a list are told by their names: their places are others on each side."""
    return lambda name: path + pointer(name if isinstance(name, str) else name[1])


def _same(one: Any, other: Any) -> bool:
    """Equal, also in the order of keys."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _shown(value: Any) -> Any:
    return None if value is _MISSING else value
