"""What the checks need to know of the types of nodes, which live in a higher layer.

The JSON Schemas of the workflow language say with two keywords of our own what a text in them is:
`names` ("field", "node", "role", ...) what it mentions, `expression` ("condition", "values", ...) that it is
computed. The checks, "where used", the reference and the designer's panels all read them from there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from joinery.definitions.json_schemas import PREFIX, schemas
from joinery.definitions.shape import entries, part_of
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]

#: How one leaves a node: by `next`, by what its settings name, or not at all.
Leads = Literal["next", "settings", "nowhere"]


class NodeShape(Protocol):
    """One type of node as definitions see it."""

    @property
    def name(self) -> str:
        """The name in documents."""

    @property
    def label(self) -> Mapping[str, str]:
        """What people call it."""

    @property
    def help(self) -> Mapping[str, str]:
        """What it does, in a sentence."""

    @property
    def leads(self) -> Leads:
        """How one leaves it."""

    @property
    def asks(self) -> bool:
        """Whether people decide there."""

    @property
    def joins(self) -> bool:
        """Whether it waits for the tokens of a split."""

    def splits(self, settings: Json) -> bool:
        """Whether several of its ways may be gone at once; asked about any settings."""

    @property
    def settings_schema(self) -> Json:
        """JSON Schema of its settings: `{"properties": {...}, "required": [...]}`."""

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        """What a schema cannot say; asked about any settings, paths start at the node."""


NodeShapes = Mapping[str, NodeShape]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A text of a workflow that mentions something (`names`) or is computed (`expression`).

    `key` is the property it is the value of, where the property stands for something itself; `node` the key
    of the node it stands in, "" outside of them.
    """

    path: str
    text: str
    names: str = ""
    expression: str = ""
    key: str = ""
    node: str = ""


def places_in_workflow(body: Json, at: str, shapes: NodeShapes) -> Iterator[Place]:
    """Every mention and every expression of a workflow, in the order of the document."""
    schema = schemas()["workflow"]
    for name, value in body.items():
        if name != "nodes" and (part := schema["properties"].get(name)):
            yield from _places(part, value, at + pointer(name), schema)
    for key, node in entries(part_of(body, "nodes")):
        yield from _in_node(key, node, at + pointer("nodes", key), shapes)


def node_properties(shape: NodeShape | None) -> Json:
    """The schemas of all properties that a node of the type has."""
    own = shape.settings_schema.get("properties", {}) if shape else {}
    return {**schemas()["node"]["properties"], **own}


def _in_node(key: str, node: Json, at: str, shapes: NodeShapes) -> Iterator[Place]:
    properties = node_properties(shapes.get(str(node.get("type"))))
    for name, value in node.items():
        if part := properties.get(name):
            for place in _places(part, value, at + pointer(name), {}):
                yield Place(
                    path=place.path,
                    text=place.text,
                    names=place.names,
                    expression=place.expression,
                    key=place.key,
                    node=key,
                )


def _places(schema: Json, value: Any, at: str, root: Json) -> Iterator[Place]:
    """The places in a value; `root` is the schema that "#/$defs/..." starts from."""
    said = {name: schema[name] for name in ("names", "expression") if name in schema}
    schema, root = _resolved(schema, root)
    said = {**{name: schema[name] for name in ("names", "expression") if name in schema}, **said}
    for one in schema.get("anyOf", ()):
        if isinstance(value, _KINDS.get(one.get("type", "object"), dict)):
            yield from _places(one, value, at, root)
    if isinstance(value, str) and said:
        yield Place(path=at, text=value, **said)
    elif isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from _places(schema["items"], item, f"{at}/{index}", root)
    elif isinstance(value, dict):
        yield from _in_object(schema, value, at, root, said)


def _in_object(schema: Json, value: Json, at: str, root: Json, said: Json) -> Iterator[Place]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties")
    keys = schema.get("propertyNames", {})
    for name, part in value.items():
        path = at + pointer(name)
        if "names" in keys:
            yield Place(path=path, text=name, names=keys["names"])
        if "expression" in keys:
            yield Place(path=path, text=name, expression=keys["expression"])
        if isinstance(part, str) and "expression" in said:
            yield Place(path=path, text=part, expression=said["expression"], key=name)
        elif name in properties:
            yield from _places(properties[name], part, path, root)
        elif isinstance(others, dict):
            yield from _places(others, part, path, root)


def _resolved(schema: Json, root: Json) -> tuple[Json, Json]:
    reference = schema.get("$ref", "")
    if reference.startswith("#/$defs/"):
        return root["$defs"][reference.removeprefix("#/$defs/")], root
    if reference.startswith(PREFIX):
        found = schemas()[reference.removeprefix(PREFIX)]
        return found, found
    return schema, root


_KINDS: Mapping[str, type] = {"array": list, "object": dict, "string": str}
