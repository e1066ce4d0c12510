"""The names that expressions over the records of a form may use, along its relations too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from joinery.formulas.tree import Path
from joinery.formulas.types import Type, record_of

#: Begins the paths that mean the record with the relation, in an expression over the related one.
THIS_RECORD = "$form"
#: Begins the paths from a line of a subform to the record it stands in.
PARENT_RECORD = "$parent"
#: Begins the paths that mean the record before the change that is checked.
OLD_RECORD = "$old"
#: Joins the keys of a relation to one of several forms and of a form in the key of a branch.
JOINT = "__"
#: Relations in one path.
MAXIMUM_RELATIONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step along a relation, to records of `form`.

    By the own field `field`, or (`inverse`) to those whose relation `field` points here. `many` leads to a
    list of them, else to one at most. A `linked` relation is stored in a link table instead of a column.
    """

    form: str
    field: str
    many: bool = False
    inverse: bool = False
    linked: bool = False


#: By relation to one of several forms: the relation to each, by what it is called in paths (the form's key).
Branches = Mapping[str, Mapping[str, str]]


class FormNames:
    """The names an expression over one record may use: its fields, the system fields, and what is behind
    its relations, in either direction.

    `types` are those of the form's own fields; `links` its relations and the other ends of others' relations;
    `forms` the names of all forms, which may be filled in later. `branches` are the relations to one of
    several forms: by their key the relation to each of the forms, which is among `links`, by the form's.
    """

    def __init__(
        self,
        types: Mapping[str, Type | None],
        links: Mapping[str, Link] | None = None,
        forms: "Mapping[str, FormNames] | None" = None,
        branches: Branches | None = None,
    ) -> None:
        self._types = {key: found for key, found in types.items() if found is not None}
        self._branches = branches or {}
        self._links = {} if links is None else links
        # Kept as it is: the names of all forms are made together.
        self._forms = {} if forms is None else forms

    @property
    def keys(self) -> Collection[str]:
        """The form's own fields."""
        hidden = self._hidden
        return [key for key in self._types if key not in hidden]

    @property
    def branches(self) -> Branches:
        """The relations to one of several forms, each with what its branches are called."""
        return self._branches

    @property
    def _hidden(self) -> frozenset[str]:
        """Names that only stand for others: the branches of relations to one of several forms."""
        return frozenset(chain.from_iterable(one.values() for one in self._branches.values()))

    def spread(self, path: Path) -> tuple[Path, ...]:
        """The paths that one through relations to one of several forms stands for; itself when there is none.

        `{about.lead.name}` follows one branch, `{about.name}` each that leads somewhere: of a record at most
        one of them does.
        """
        return self._spread(path, 0)

    def _spread(self, path: Path, depth: int) -> tuple[Path, ...]:
        if not path or depth > MAXIMUM_RELATIONS:
            return (path,)
        branches = self._branches.get(path[0])
        if branches is None:
            link = self._links.get(path[0])
            there = self._forms.get(link.form) if link else None
            if there is None or len(path) == 1:
                return (path,)
            return tuple((path[0], *rest) for rest in there._spread(path[1:], depth + 1))
        if len(path) > 1 and path[1] in branches:
            return self._spread((branches[path[1]], *path[2:]), depth + 1)
        each = [self._spread((key, *path[1:]), depth + 1) for key in branches.values()]
        found = tuple(one for some in each for one in some if self.type_of(one) is not None)
        # Where some of the forms know no such field, it is told as unknown by the first of them.
        return found if len(path) == 1 or len(found) >= len(each) else each[0]

    @property
    def links(self) -> Mapping[str, Link]:
        """The form's own relations, and the other ends of others'."""
        return self._links

    def link(self, key: str) -> Link | None:
        """The relation behind a name."""
        return self._links.get(key)

    def type_of(self, path: Path) -> Type | None:
        """The type of a path in one record, None when there is nothing of that name."""
        there = self._there(path[:-1])
        if there is None:
            return None
        if (link := there.link(path[-1])) is not None and link.many:
            return record_of(link.form) if link.form in self._forms else None
        return there._types.get(path[-1])

    def source_of(self, path: Path) -> Path:
        """The beginning of the path up to its last relation to many; () when it leads to one record."""
        links = self.links_along(path)
        return next((path[: place + 1] for place in reversed(range(len(links))) if links[place].many), ())

    def links_along(self, path: Path) -> tuple[Link, ...]:
        """The relations along a path; the last part is one of them only when it leads to many."""
        found: list[Link] = []
        names: FormNames | None = self
        for place, part in enumerate(path):
            link = names.link(part) if names else None
            if link is None or (place == len(path) - 1 and not link.many):
                break
            found.append(link)
            names = self._forms.get(link.form)
        return tuple(found)

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        there = self._there(path[:-1])
        if there is None:
            return ()
        keys = dict.fromkeys((*there._types, *there._links, *there._branches))
        return tuple(key for key in keys if key not in there._hidden)

    def only(
        self,
        keys: Collection[str] | None,
        forms: "Mapping[str, FormNames] | None" = None,
        readable: Mapping[str, Collection[str]] | None = None,
    ) -> "FormNames":
        """The same names without those outside `keys` (None: all stay), before the names of other `forms`.

        `readable` are the fields that may be read of each form: the other end of a relation is as
        hidden as the relation itself.
        """
        if keys is None:
            return self
        far = readable or {}
        links = {
            key: link
            for key, link in self._links.items()
            if (_owner(link.field) in far.get(link.form, ()) if link.inverse else _owner(key) in keys)
        }
        types = {key: found for key, found in self._types.items() if _owner(key) in keys or key in links}
        branches = {key: found for key, found in self._branches.items() if key in keys}
        return FormNames(types, links, forms, branches)

    def _there(self, path: Path) -> "FormNames | None":
        """The names of the form that a path of relations leads to."""
        if len(path) > MAXIMUM_RELATIONS:
            return None
        names: FormNames | None = self
        for part in path:
            link = names.link(part) if names else None
            names = self._forms.get(link.form) if link else None
        return names


def _owner(key: str) -> str:
    """The field that a branch belongs to."""
    return key.partition(JOINT)[0]


def written(path: Path) -> str:
    """A path as people write it: the branch of a relation to one of several forms is a step of its own."""
    return "{" + ".".join(path).replace(JOINT, ".") + "}"


class NamesWithOld:
    """The names of expressions that are about a change: `OLD({x})` is what `{x}` was before."""

    def __init__(self, names: FormNames) -> None:
        self._names = names

    def spread(self, path: Path) -> tuple[Path, ...]:
        """The paths that one through relations to one of several forms stands for."""
        return self._names.spread(path)

    def type_of(self, path: Path) -> Type | None:
        """The type of a path in one record, None when there is nothing of that name."""
        return self._names.type_of(path[1:] if path[0] == OLD_RECORD else path)

    def source_of(self, path: Path) -> Path:
        """The beginning of the path up to its last relation to many."""
        return self._names.source_of(path)

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        return self._names.known(path)


class RelationNames:
    """The names over a related record; `{$form.x}` is the record that has the relation.

    Where that is a line of a subform, `{$parent.x}` is the record around it.
    """

    def __init__(self, related: FormNames, own: FormNames) -> None:
        self._related = related
        self._own = own

    def spread(self, path: Path) -> tuple[Path, ...]:
        """The paths that one through relations to one of several forms stands for."""
        if path[0] != THIS_RECORD:
            return self._related.spread(path)
        return tuple((THIS_RECORD, *rest) for rest in self._own.spread(path[1:]))

    def type_of(self, path: Path) -> Type | None:
        """The type of a path, None when there is nothing of that name."""
        if path[0] == THIS_RECORD:
            return self._own.type_of(path[1:]) if len(path) > 1 else None
        if path[0] == PARENT_RECORD:
            return self._own.type_of(path)
        return self._related.type_of(path)

    def source_of(self, path: Path) -> Path:
        """The beginning of the path up to its last relation to many."""
        if path[0] == PARENT_RECORD:
            return self._own.source_of(path)
        if path[0] != THIS_RECORD:
            return self._related.source_of(path)
        source = self._own.source_of(path[1:])
        return (THIS_RECORD, *source) if source else ()

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        if path and path[0] == THIS_RECORD:
            return self._own.known(path[1:])
        if path and path[0] == PARENT_RECORD:
            return self._own.known(path)
        return self._related.known(path)
