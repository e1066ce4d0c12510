"""What workflows mention, and what they compute."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from joinery.definitions.expressions import Expression
from joinery.definitions.names import forms_behind
from joinery.definitions.node_shapes import NodeShapes, Place, places_in_workflow
from joinery.definitions.references import Reference, title_fields, with_line_field
from joinery.definitions.shape import entries, part_of
from joinery.definitions.templates import template_pieces
from joinery.kernel import pointer

Json = Mapping[str, Any]

#: The one word that stands where a path to somebody may stand.
INITIATOR = "initiator"


def workflow_references(document: Json, shapes: NodeShapes) -> Iterator[Reference]:
    """Every mention by name in the workflows of an app; of a path its beginning."""
    for place, inside in _places(document, shapes):
        if place.names:
            yield from _mentions(place, inside)


def workflow_expressions(document: Json, shapes: NodeShapes) -> Iterator[Expression]:
    """Every expression in the workflows of an app."""
    for place, inside in _places(document, shapes):
        if place.expression and (found := _expression(place, inside)):
            yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inside:
    """What a place stands in: its workflow, the form of that, and what its node makes or looks at."""

    workflow: str
    form: str
    state: str
    #: The form behind the node's related list or relation; "" when there is none.
    listed: str
    #: The form of the record that the node makes.
    target: str
    #: The lists of records that point at those of the form.
    lists: frozenset[str]


def _places(document: Json, shapes: NodeShapes) -> Iterator[tuple[Place, _Inside]]:
    behind = forms_behind(part_of(document, "forms"))
    for key, body in entries(part_of(document, "workflows")):
        form = str(body.get("form", ""))
        state = part_of(body, "state").get("field")
        lists = frozenset(name for owner, name in behind if owner == form)
        nodes = part_of(body, "nodes")
        for place in places_in_workflow(body, pointer("workflows", key), shapes):
            node = part_of(nodes, place.node)
            listed = behind.get((form, str(node.get("list"))), "") or _linked(document, form, node)
            made = node.get("form")
            yield (
                place,
                _Inside(
                    workflow=key,
                    form=form,
                    state=state if isinstance(state, str) else "",
                    listed=listed,
                    target=listed or (made if isinstance(made, str) else ""),
                    lists=lists,
                ),
            )


def _linked(document: Json, form: str, node: Json) -> str:
    """The form of the record that the node's relation names."""
    fields = part_of(part_of(part_of(document, "forms"), form), "fields")
    target = part_of(fields, str(node.get("relation"))).get("form")
    return target if isinstance(target, str) else ""


def _mentions(place: Place, inside: _Inside) -> Iterator[Reference]:
    at, name = place.path, place.text
    match place.names:
        case "form" | "role" | "workflow":
            yield Reference(path=at, name=name, kind=place.names)
        case "node" | "next":
            yield Reference(path=at, name=name, form=inside.form, kind="node", within=inside.workflow)
        case "option":
            yield Reference(path=at, name=name, form=inside.form, kind="option", within=inside.state)
        case "list":
            yield Reference(path=at, name=name, form=inside.form, kind="inverse")
        case "record member" if name in inside.lists:
            yield Reference(path=at, name=name, form=inside.form, kind="inverse")
        case "field or column":
            yield from with_line_field(Reference(path=at, name=name, form=inside.form))
        case "relation":
            yield Reference(path=at, name=name, form=inside.form, use="link")
        case "choice":
            yield Reference(path=at, name=name, form=inside.form, use="state")
        case "own field":
            yield Reference(path=at, name=name, form=inside.form, use="fill")
        case "listed field" | "target field":
            if owner := inside.listed if place.names == "listed field" else inside.target:
                yield Reference(path=at, name=name, form=owner, use="fill")
        case "secret":
            return
        case "field" | "record member":
            yield Reference(path=at, name=name, form=inside.form)
        case _:
            for path in paths_of(place):
                if len(path) == 1:
                    yield Reference(path=at, name=path[0], form=inside.form)


def secrets_in(document: Json, shapes: NodeShapes) -> Iterator[tuple[str, str, str]]:
    """The secrets that the workflows of an app name, each as (JSON pointer, name, address of the call)."""
    for place, inside in _places(document, shapes):
        nodes = part_of(part_of(part_of(document, "workflows"), inside.workflow), "nodes")
        url = str(part_of(nodes, place.node).get("url", ""))
        if place.names == "secret":
            yield place.path, place.text, url
        elif place.names == "template":
            for piece in template_pieces(place.text):
                if piece.kind == "secret":
                    yield place.path, piece.text, url


def paths_of(place: Place) -> Iterator[tuple[str, ...]]:
    """The paths along relations that a text is, or that a template has."""
    match place.names:
        case "person field":
            yield tuple(place.text.split("."))
        case "person source" if place.text != INITIATOR:
            yield tuple(place.text.split("."))
        case "template":
            pieces = template_pieces(place.text)
            yield from (tuple(piece.text.split(".")) for piece in pieces if piece.kind == "path")
        case "caption":
            yield from (tuple(name.split(".")) for name in title_fields(place.text))


def _expression(place: Place, inside: _Inside) -> Expression | None:
    at, text, form = place.path, place.text, inside.form
    match place.expression:
        case "condition":
            return Expression(path=at, text=text, form=form)
        case "people" | "moment" | "value":
            return Expression(path=at, text=text, form=form, wants=place.expression)
        case "listed condition" if inside.listed:
            return Expression(path=at, text=text, form=inside.listed, record=form, query=True)
        case "values":
            return Expression(path=at, text=text, form=form, owner=form, fills=place.key)
        case "target values" if inside.target:
            return Expression(path=at, text=text, form=form, owner=inside.target, fills=place.key)
        case "listed values" if inside.listed:
            listed = inside.listed
            return Expression(path=at, text=text, form=listed, record=form, owner=listed, fills=place.key)
        case _:
            return None
