"""The relations of an app as its expressions follow them, read from the JSON of its fields.

A relation to one of several forms is stored as one relation for each of them: a branch, whose key joins those
of the field and of the form by two underscores, which no key of an app contains.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from joinery.definitions.shape import entries, part_of
from joinery.formulas import JOINT, Branches, Link

Json = Mapping[str, Any]

TO_ONE, TO_MANY, TO_ANY = "relation", "relations", "relation_any"
#: The field types that point at records of the app's forms.
RELATION_TYPES = frozenset({TO_ONE, TO_MANY, TO_ANY})
#: What a relation to one of several forms sets for each of them by its key.
BY_FORM = ("filter", "columns", "sort", "fill")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationEnd:
    """A relation to one form: `key` is the field's, or that of the branch of `field` which leads to `form`.

    `inverse` is the name of its other end there, "" when it has none; `unique` ones have one record there
    instead of a list. `linked` ones are to many.
    """

    key: str
    field: str
    form: str
    inverse: str = ""
    unique: bool = False
    linked: bool = False
    #: Its settings, as those of a relation to one form.
    settings: Json = dataclasses.field(default_factory=dict, compare=False)

    @property
    def forward(self) -> Link:
        """The step from the record with the relation."""
        return Link(form=self.form, field=self.key, many=self.linked, linked=self.linked)

    def backward(self, form: str) -> Link:
        """The step from the records pointed at to those of `form`, which has the relation."""
        return Link(form=form, field=self.key, many=not self.unique, inverse=True, linked=self.linked)


def ends_of(fields: Json) -> Iterator[RelationEnd]:
    """Every relation among the fields of a form, each branch by itself."""
    for key, body in entries(fields):
        if body.get("type") == TO_ANY:
            yield from _branches(key, body)
        elif body.get("type") in RELATION_TYPES and isinstance(target := body.get("form"), str):
            inverse = part_of(body, "inverse").get("key")
            yield RelationEnd(
                key=key,
                field=key,
                form=target,
                inverse=inverse if isinstance(inverse, str) else "",
                unique=body.get("unique") is True and body["type"] == TO_ONE,
                linked=body["type"] == TO_MANY,
                settings=body,
            )


def links_of(form: str, forms: Mapping[str, Json]) -> dict[str, Link]:
    """The relations of a form and the other ends of those that point at it; `forms` has the fields of all."""
    links: dict[str, Link] = {}
    for other, fields in forms.items():
        for end in ends_of(fields):
            if end.inverse and end.form == form:
                links[end.inverse] = end.backward(other)
    return links | {end.key: end.forward for end in ends_of(forms[form]) if end.form in forms}


def branches_of(fields: Json, forms: Mapping[str, Any]) -> Branches:
    """The relations to one of several forms, each with the key of its branch to each form there is."""
    return {
        key: {form: branch_key(key, form) for form in targets_of(body) if form in forms}
        for key, body in entries(fields)
        if body.get("type") == TO_ANY
    }


def targets_of(body: Json) -> tuple[str, ...]:
    """The forms that a relation points at."""
    if body.get("type") == TO_ANY:
        listed = body.get("forms")
        return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
    target = body.get("form")
    return (target,) if body.get("type") in RELATION_TYPES and isinstance(target, str) else ()


def branch_key(key: str, form: str) -> str:
    """What the branch of a relation to one of several forms is called."""
    return f"{key}{JOINT}{form}"


def owner_key(key: str) -> str:
    """The field that a relation or a branch belongs to."""
    return key.partition(JOINT)[0]


def _branches(key: str, body: Json) -> Iterator[RelationEnd]:
    inverse = part_of(body, "inverse")
    own_names = part_of(inverse, "keys")
    for form in targets_of(body):
        name = own_names.get(form, inverse.get("key"))
        settings = {"on_delete": body["on_delete"]} if "on_delete" in body else {}
        settings |= {name: part_of(body, name)[form] for name in BY_FORM if form in part_of(body, name)}
        if isinstance(name, str):
            told = {part: inverse[part] for part in ("label", "columns") if part in inverse}
            settings["inverse"] = {"key": name, **told}
        yield RelationEnd(
            key=branch_key(key, form),
            field=key,
            form=form,
            inverse=name if isinstance(name, str) else "",
            settings={"form": form, **settings},
        )
