"""From tree back to text, in one canonical spelling: capitals, single spaces, only the brackets needed."""

from joinery.formulas import tree
from joinery.formulas.literal import quote
from joinery.formulas.numbers import plain

_BINDING = {"||": 1, "&&": 2, "&": 4, "+": 5, "-": 5, "*": 6, "/": 6, "^": 7}
_COMPARISON, _SIGN, _PERCENT, _ATOM = 3, 8, 9, 10


def unparse(node: tree.Tree) -> str:
    """The text of a tree; parsing it gives the same tree but for positions."""
    match node:
        case tree.Number():
            return plain(node.value)
        case tree.Text():
            return quote(node.value)
        case tree.Truth():
            return "TRUE" if node.value else "FALSE"
        case tree.Name():
            return node.name
        case tree.Field():
            return "{" + ".".join(node.path) + "}"
        case tree.Call():
            return f"{node.name}({', '.join(map(unparse, node.arguments))})"
        case tree.Unary(operator="%"):
            return _inside(node.operand, _PERCENT) + "%"
        case tree.Unary():
            return node.operator + _inside(node.operand, _SIGN)
        case tree.Chain():
            binding = _BINDING[node.operator]
            return f" {node.operator} ".join(_inside(operand, binding + 1) for operand in node.operands)
        case tree.Binary():
            binding = _binding(node)
            return f"{_inside(node.left, binding)} {node.operator} {_inside(node.right, binding + 1)}"


def _binding(node: tree.Tree) -> int:
    match node:
        case tree.Unary():
            return _PERCENT if node.operator == "%" else _SIGN
        case tree.Chain() | tree.Binary():
            return _BINDING.get(node.operator, _COMPARISON)
    return _ATOM


def _inside(node: tree.Tree, least: int) -> str:
    text = unparse(node)
    return text if _binding(node) >= least else f"({text})"
