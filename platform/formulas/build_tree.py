"""Makes our own nodes while the grammar is being read."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from lark import Token, Transformer, v_args

from joinery.formulas import tree
from joinery.kernel import FormulaError, Issue

#: Other spellings of the comparison operators.
SPELLINGS = {"==": "=", "!=": "<>"}
_ESCAPE = re.compile(r'\\(.)|""', re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
#: A number as written may have this many digits and this exponent.
_DIGITS, _EXPONENT = 60, 60


@v_args(inline=True)
class TreeBuilder(Transformer[Token, tree.Tree]):
    """One method for each rule of grammar.lark."""

    def start(self, *parts: Any) -> Any:
        return parts[-1]

    def number(self, token: Token) -> tree.Number:
        try:
            value = Decimal(str(token))
        except InvalidOperation:
            value = Decimal("Infinity")
        place = _of_token(token)
        too_long = not value.is_finite() or len(value.as_tuple().digits) > _DIGITS
        if too_long or abs(value.adjusted()) > _EXPONENT:
            raise FormulaError(issues=[Issue("", "formula_number_too_long", place)])
        return tree.Number(value=value, **place)

    def text(self, token: Token) -> tree.Text:
        return tree.Text(value=_ESCAPE.sub(_unescape, token[1:-1]), **_of_token(token))

    def field(self, token: Token) -> tree.Field:
        path = tuple(part.strip() for part in token[1:-1].split("."))
        return tree.Field(path=path, **_of_token(token))

    def word(self, token: Token) -> tree.Truth | tree.Name:
        upper = token.upper()
        if upper not in ("TRUE", "FALSE"):
            return tree.Name(name=str(token), **_of_token(token))
        return tree.Truth(value=upper == "TRUE", **_of_token(token))

    def sign(self, operator: Token, operand: tree.Tree) -> tree.Unary:
        start = operator.start_pos or 0
        return _unary(str(operator), operand, start, operand.position + operand.length)

    def percentage(self, operand: tree.Tree, operator: Token) -> tree.Unary:
        return _unary("%", operand, operand.position, operator.end_pos or 0)

    def binary(self, left: tree.Tree, operator: Token, right: tree.Tree) -> tree.Binary:
        return tree.Binary(
            operator=SPELLINGS.get(operator, str(operator)),
            left=left,
            right=right,
            position=left.position,
            length=right.position + right.length - left.position,
            depth=1 + max(left.depth, right.depth),
        )

    def joined(self, *operands: tree.Tree) -> tree.Chain:
        return _chain("&", operands)

    def all_of(self, *operands: tree.Tree) -> tree.Chain:
        return _chain("&&", operands)

    def any_of(self, *operands: tree.Tree) -> tree.Chain:
        return _chain("||", operands)

    def arguments(self, *arguments: tree.Tree) -> tuple[tree.Tree, ...]:
        return arguments

    def call(self, name: Token, arguments: tuple[tree.Tree, ...] | None, close: Token) -> tree.Call:
        start = name.start_pos or 0
        return tree.Call(
            name=name.upper(),
            arguments=arguments or (),
            position=start,
            length=(close.end_pos or 0) - start,
            depth=1 + max((argument.depth for argument in arguments or ()), default=0),
        )


def _of_token(token: Token) -> dict[str, int]:
    return {"position": token.start_pos or 0, "length": len(token)}


def _unescape(match: re.Match[str]) -> str:
    character = match[1]
    return '"' if character is None else _ESCAPED.get(character, character)


def _unary(operator: str, operand: tree.Tree, start: int, end: int) -> tree.Unary:
    return tree.Unary(
        operator=operator, operand=operand, position=start, length=end - start, depth=1 + operand.depth
    )


def _chain(operator: str, operands: tuple[tree.Tree, ...]) -> tree.Chain:
    first, last = operands[0], operands[-1]
    return tree.Chain(
        operator=operator,
        operands=operands,
        position=first.position,
        length=last.position + last.length - first.position,
        depth=1 + max(operand.depth for operand in operands),
    )
