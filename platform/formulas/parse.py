"""From text to tree: limits first, then the grammar, then one sentence about what is wrong and where."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, NoReturn

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken, VisitError

from joinery.formulas.build_tree import TreeBuilder
from joinery.formulas.tree import Field, Path, Tree, walk
from joinery.kernel import FormulaError, Issue

#: Characters an expression may have.
MAXIMUM_LENGTH = 10_000
#: Longer ones are not remembered.
_ORDINARY_LENGTH = 500
#: What JSON can say but no text can hold.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
#: Brackets inside brackets, and operators inside operators.
MAXIMUM_DEPTH = 100


@dataclass(frozen=True)
class Formula:
    """A parsed expression: the text as typed and its tree."""

    text: str
    tree: Tree

    @cached_property
    def paths(self) -> frozenset[Path]:
        """Every field the text refers to."""
        return frozenset(node.path for node in walk(self.tree) if isinstance(node, Field))


def parse(text: str) -> Formula:
    """Read an expression; raises FormulaError with one issue that carries position and length."""
    return _parse_again(text) if len(text) <= _ORDINARY_LENGTH else _parse(text)


def _parse(text: str) -> Formula:
    _check_limits(text)
    try:
        root = _parser().parse(text)
    except UnexpectedCharacters as error:
        _refuse_characters(text, error.pos_in_stream or 0)
    except (UnexpectedEOF, UnexpectedToken) as error:
        _refuse_token(text, getattr(error, "token", None), getattr(error, "accepts", None) or set())
    except VisitError as error:
        raise error.orig_exc from error
    if root.depth > MAXIMUM_DEPTH:
        _refuse("formula_too_deep", root.position, root.length, maximum=MAXIMUM_DEPTH)
    return Formula(text, root)


#: The same texts come again with every check, every publish and every page of a list.
_parse_again = lru_cache(maxsize=4096)(_parse)


@cache
def _parser() -> Any:
    grammar = files("joinery.formulas").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=TreeBuilder())


def _check_limits(text: str) -> None:
    if len(text) > MAXIMUM_LENGTH:
        _refuse("formula_too_long", MAXIMUM_LENGTH, len(text) - MAXIMUM_LENGTH, maximum=MAXIMUM_LENGTH)
    if not text.strip():
        _refuse("formula_empty", 0, len(text))
    if half := _HALF_CHARACTER.search(text):
        _refuse("formula_no_character", half.start(), 1)
    depth, quoted, escaped = 0, False, False
    for position, character in enumerate(text):
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character == "(":
            depth += 1
            if depth > MAXIMUM_DEPTH:
                _refuse("formula_too_deep", position, 1, maximum=MAXIMUM_DEPTH)
        elif character == ")":
            depth -= 1


def _refuse_characters(text: str, position: int) -> NoReturn:
    character = text[position]
    if character == '"':
        _refuse("formula_open_text", position, len(text) - position)
    if character == "{":
        _refuse("formula_open_field", position, len(text) - position)
    _refuse("formula_unexpected", position, 1, found=character)


def _refuse_token(text: str, token: Token | None, expected: set[str]) -> NoReturn:
    if token is None or token.type == "$END":
        end = len(text.rstrip())
        code = "formula_open_bracket" if "CLOSE" in expected else "formula_unfinished"
        _refuse(code, end, 0)
    length = max(1, len(token))
    if token.type == "CLOSE" and "CLOSE" not in expected and text[: token.start_pos].count("(") == 0:
        _refuse("formula_extra_bracket", token.start_pos or 0, length)
    _refuse("formula_unexpected", token.start_pos or 0, length, found=str(token))


def _refuse(code: str, position: int, length: int, **params: Any) -> NoReturn:
    raise FormulaError(issues=[Issue("", code, {"position": position, "length": length, **params})])
