"""The names that expressions over the records of a form may use, along its relations too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from joinery.formulas.tree import Path
from joinery.formulas.types import Type, record_of

#: Begins the paths that mean the record with the relation, in an expression over the related one.
THIS_RECORD = "$form"
#: Begins the paths that mean the record before the change that is checked.
OLD_RECORD = "$old"
#: Relations in one path.
MAXIMUM_RELATIONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step along a relation, to records of `form`: to one by the own field `field`, or (`many`) to all
    those whose relation `field` points here.
    """

    form: str
    field: str
    many: bool = False


class FormNames:
    """The names an expression over one record may use: its fields, the system fields, and what is behind
    its relations, in either direction.

    `types` are those of the form's own fields; `links` its relations and the other ends of others' relations;
    `forms` the names of all forms, which may be filled in later.
    """

    def __init__(
        self,
        types: Mapping[str, Type | None],
        links: Mapping[str, Link] | None = None,
        forms: "Mapping[str, FormNames] | None" = None,
    ) -> None:
        self._types = {key: found for key, found in types.items() if found is not None}
        self._links = {} if links is None else links
        # Kept as it is: the names of all forms are made together.
        self._forms = {} if forms is None else forms

    @property
    def keys(self) -> Collection[str]:
        """The form's own fields."""
        return self._types.keys()

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
        return (
            ()
            if there is None
            else (*there._types, *(key for key in there._links if key not in there._types))
        )

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
            if (link.field in far.get(link.form, ()) if link.many else key in keys)
        }
        types = {key: found for key, found in self._types.items() if key in keys}
        return FormNames(types, links, forms)

    def _there(self, path: Path) -> "FormNames | None":
        """The names of the form that a path of relations leads to."""
        if len(path) > MAXIMUM_RELATIONS:
            return None
        names: FormNames | None = self
        for part in path:
            link = names.link(part) if names else None
            names = self._forms.get(link.form) if link else None
        return names


class NamesWithOld:
    """The names of expressions that are about a change: `OLD({x})` is what `{x}` was before."""

    def __init__(self, names: FormNames) -> None:
        self._names = names

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
    """The names over a related record; `{$form.x}` is the record that has the relation."""

    def __init__(self, related: FormNames, own: FormNames) -> None:
        self._related = related
        self._own = own

    def type_of(self, path: Path) -> Type | None:
        """The type of a path, None when there is nothing of that name."""
        if path[0] == THIS_RECORD:
            return self._own.type_of(path[1:]) if len(path) > 1 else None
        return self._related.type_of(path)

    def source_of(self, path: Path) -> Path:
        """The beginning of the path up to its last relation to many."""
        if path[0] != THIS_RECORD:
            return self._related.source_of(path)
        source = self._own.source_of(path[1:])
        return (THIS_RECORD, *source) if source else ()

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        if path and path[0] == THIS_RECORD:
            return self._own.known(path[1:])
        return self._related.known(path)
