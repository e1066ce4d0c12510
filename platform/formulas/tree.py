"""The closed set of nodes that a parsed expression consists of.

    Number     12.5                  Text        "abc"
    Truth      TRUE                  Field       {account.level}
    Name       a name given by LET
    Unary      -x  +x  x%            Binary      x + y   (all operators but the chains below)
    Chain      x & y & z  x && y  x || y         Call        ROUND(x, 2)

Every node knows its place in the text: `position` (characters from the start) and `length`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes share; `depth` is the height of the tree below and including the node."""

    position: int
    length: int
    depth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Node):
    """A number as written."""

    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """A text; the empty one is the blank value."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(Node):
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Node):
    """A field of the record, or one found by walking relations."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    """A word: a name that LET gives to a value."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unary(Node):
    """`operator` is "+", "-" or "%"."""

    operator: str
    operand: "Tree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary(Node):
    """`operator` is one of + - * / ^ = <> < <= > >=."""

    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Node):
    """`operator` is one of & && ||, which are associative and so may join any number of operands."""

    operator: str
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """A function; `name` is in capitals."""

    name: str
    arguments: tuple["Tree", ...]


Tree = Number | Text | Truth | Field | Name | Unary | Binary | Chain | Call


def children(node: Tree) -> tuple[Tree, ...]:
    """The nodes directly below, from left to right."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Chain():
            return node.operands
        case Call():
            return node.arguments
    return ()


def with_paths(node: Tree, change: Callable[[Path], tuple[Path, ...]]) -> Tree:
    """The tree with other paths: a field whose path becomes several stands for the one that is not blank."""

    def spread(field: Field) -> Tree:
        found = [replace(field, path=path) for path in change(field.path)]
        if len(found) == 1:
            return field if found[0].path == field.path else found[0]
        return Call(
            position=field.position,
            length=field.length,
            depth=field.depth + 1,
            name="COALESCE",
            arguments=tuple(found),
        )

    return with_fields(node, spread)


def with_fields(node: Tree, change: Callable[[Field], Tree]) -> Tree:
    """The tree with something else in place of its fields."""
    match node:
        case Field():
            return change(node)
        case Unary():
            return replace(node, operand=with_fields(node.operand, change))
        case Binary():
            return replace(node, left=with_fields(node.left, change), right=with_fields(node.right, change))
        case Chain():
            return replace(node, operands=tuple(with_fields(child, change) for child in node.operands))
        case Call():
            return replace(node, arguments=tuple(with_fields(child, change) for child in node.arguments))
    return node


def walk(node: Tree) -> Iterator[Tree]:
    """The node and everything below it, from left to right."""
    waiting: list[Tree] = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))
