"""The options of choice fields that an expression writes out, such as "won" in `{stage} = "won"`."""

from collections.abc import Iterator, Sequence

from joinery.formulas.parse import Formula
from joinery.formulas.tree import Binary, Call, Field, Text, Tree, walk

_SAME = frozenset({"=", "<>"})
#: Functions that look for the texts behind their first argument in it.
_LOOKING = frozenset({"IN", "HAS", "HASANY", "HASALL"})
#: Functions with pairs of values and criteria: where the pairs begin, and how many there are at most.
_CRITERIA = {
    **dict.fromkeys(("COUNTIF", "SUMIF", "AVERAGEIF"), (0, 1)),
    "COUNTIFS": (0, None),
    **dict.fromkeys(("SUMIFS", "AVERAGEIFS", "MINIFS", "MAXIFS"), (1, None)),
}
#: What makes a criterion more than a value: ">10", "<>lost", "a*".
_SIGNS = ("<", ">", "=")
_WILDCARDS = ("*", "?")


def options_named(formula: Formula) -> Iterator[tuple[Field, Text]]:
    """Each field with a text that one of its values is compared with; it need not be a choice."""
    for node in walk(formula.tree):
        match node:
            case Binary(operator=operator, left=Field() as field, right=Text() as text) if operator in _SAME:
                yield field, text
            case Binary(operator=operator, left=Text() as text, right=Field() as field) if operator in _SAME:
                yield field, text
            case Call(name=name, arguments=(Field() as field, *texts)) if name in _LOOKING:
                yield from _texts(field, texts)
            case Call(name="SWITCH", arguments=(Field() as field, *rest)):
                yield from _texts(field, rest[: len(rest) // 2 * 2 : 2])
            case Call(name=name) if name in _CRITERIA:
                yield from _criteria(node.arguments, *_CRITERIA[name])


def _texts(field: Field, nodes: Sequence[Tree]) -> Iterator[tuple[Field, Text]]:
    yield from ((field, node) for node in nodes if isinstance(node, Text) and node.value)


def _criteria(arguments: Sequence[Tree], first: int, most: int | None) -> Iterator[tuple[Field, Text]]:
    pairs = list(zip(arguments[first::2], arguments[first + 1 :: 2], strict=False))
    for values, criterion in pairs[:most]:
        if isinstance(values, Field) and isinstance(criterion, Text) and _is_value(criterion.value):
            yield values, criterion


def _is_value(text: str) -> bool:
    return bool(text) and not text.startswith(_SIGNS) and not any(sign in text for sign in _WILDCARDS)
