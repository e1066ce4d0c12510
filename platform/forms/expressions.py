"""Compiling the expressions of a form, and finding the order in which they depend on each other."""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from joinery.definitions import owner_key
from joinery.formulas import BOOLEAN, Checked, Names, Type, compile_formula
from joinery.kernel import FormulaError, Issues

K = TypeVar("K")


class ExpressionCompiler:
    """Compiles texts and collects what is wrong with them instead of stopping at the first mistake."""

    def __init__(self) -> None:
        self.issues = Issues()

    def condition(self, text: str | None, names: Names, place: str) -> Checked | None:
        """A compiled condition; None where there is none, or where it has mistakes."""
        return self.expression(text, names, place, BOOLEAN)

    def expression(self, text: str | None, names: Names, place: str, expects: Type | None) -> Checked | None:
        """A compiled expression of the type `expects` (None: of any)."""
        if text is None:
            return None
        try:
            return compile_formula(text, names, expects=expects)
        except FormulaError as error:
            self.issues.extend(error.issues, under=place)
            return None


def in_dependency_order(expressions: Mapping[str, Checked]) -> tuple[str, ...] | None:
    """The keys, each after those its expression looks at; None when they go round in a circle."""
    return in_order(
        {
            key: sorted({owner_key(path[0]) for path in checked.paths} & expressions.keys())
            for key, checked in expressions.items()
        }
    )


def in_order(reads: Mapping[K, Collection[K]]) -> tuple[K, ...] | None:
    """The keys, each after those it reads; None when they go round in a circle."""
    try:
        return tuple(TopologicalSorter(reads).static_order())
    except CycleError:
        return None
