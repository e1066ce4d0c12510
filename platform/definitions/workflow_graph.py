"""How the nodes of a workflow follow on each other, as far as the document says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from joinery.definitions.node_shapes import NodeShape, NodeShapes, places_in_workflow
from joinery.definitions.shape import entries, part_of

Json = Mapping[str, Any]

#: More ways of being inside of splits than these at one node are not told apart.
MOST_STACKS = 200

#: The splits a token is inside of, outermost first, each with the branch it took.
Stack = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """From one node to the next; `path` is where that is said, `to` a node there is."""

    path: str
    source: str
    to: str


class WorkflowGraph:
    """The nodes and edges of one workflow, whatever else is wrong with it."""

    def __init__(self, body: Json, at: str, shapes: NodeShapes) -> None:
        self.nodes: Mapping[str, Json] = dict(entries(part_of(body, "nodes")))
        self.first = str(body.get("first"))
        self._shapes = shapes
        self.edges = [
            Edge(path=place.path, source=place.node, to=place.text)
            for place in places_in_workflow(body, at, shapes)
            if place.names == "next" and place.node and place.text in self.nodes
        ]

        self._after: dict[str, list[Edge]] = {key: [] for key in self.nodes}
        self._before: dict[str, list[str]] = {key: [] for key in self.nodes}
        for edge in self.edges:
            self._after[edge.source].append(edge)
            self._before[edge.to].append(edge.source)

    def shape(self, key: str) -> NodeShape | None:
        """The type of a node; None when there is none of that name."""
        return self._shapes.get(str(self.nodes[key].get("type")))

    def reached_from(self, key: str) -> frozenset[str]:
        """A node and all that come after it."""
        return _reached(key, {one: [edge.to for edge in edges] for one, edges in self._after.items()})

    def before(self, key: str) -> frozenset[str]:
        """The nodes from which one can come to a node, without itself."""
        return _reached(key, self._before) - {key}

    def circle(self) -> list[str] | None:
        """Nodes each of which leads to the next, the first of them at the end again; None when none do."""
        try:
            TopologicalSorter(self._before).prepare()
        except CycleError as error:
            found: list[str] = error.args[1]
            return found
        return None

    def stacks(self) -> Mapping[str, frozenset[Stack]]:
        """Inside of which splits a token can be at each node. The graph must have no circle."""
        found: dict[str, set[Stack]] = {key: set() for key in self.nodes}
        if self.first in found:
            found[self.first].add(())
        for key in TopologicalSorter(self._before).static_order():
            for stack in list(found[key])[:MOST_STACKS]:
                for edge, after in self._onward(key, stack):
                    found[edge.to].add(after)
        return {key: frozenset(stacks) for key, stacks in found.items()}

    def _onward(self, key: str, stack: Stack) -> Iterator[tuple[Edge, Stack]]:
        shape = self.shape(key)
        if shape and shape.joins:
            stack = stack[:-1]
        splits = shape is not None and shape.splits(self.nodes[key])
        for edge in self._after[key]:
            yield edge, (*stack, (key, edge.path)) if splits else stack


def _reached(key: str, ways: Mapping[str, list[str]]) -> frozenset[str]:
    found, waiting = {key} & ways.keys(), [key]
    while waiting:
        for other in ways.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def are_gone_together(one: Stack, other: Stack) -> bool:
    """Whether two tokens can be at their places at once: they took different branches of the same split."""
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return mine[0] == theirs[0]
    return False


def goes_on_inside(one: Stack, other: Stack) -> bool:
    """Whether the other token is in the splits that the first is in, and inside of a further one."""
    mine, theirs = ([split for split, _ in stack] for stack in (one, other))
    return len(theirs) > len(mine) and theirs[: len(mine)] == mine
