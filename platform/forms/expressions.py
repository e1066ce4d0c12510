"""Compiling the expressions of a form, and finding the order in which they depend on each other."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from joinery.formulas import BOOLEAN, Checked, Names, Path, Type, compile_formula
from joinery.kernel import FormulaError, Issues

#: Begins the paths that mean the record with the relation, in an expression over the related one.
THIS_RECORD = "$form"


class FormNames:
    """The names an expression over one record may use: its fields and the system fields."""

    def __init__(self, types: Mapping[str, Type | None]) -> None:
        self._types = {key: found for key, found in types.items() if found is not None}

    def type_of(self, path: Path) -> Type | None:
        """The type of a path, None when there is nothing of that name."""
        return self._types.get(path[0]) if len(path) == 1 else None

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        return tuple(self._types) if len(path) <= 1 else ()

    def only(self, keys: Collection[str] | None) -> "FormNames":
        """The same names without those outside `keys` (None: all stay)."""
        if keys is None:
            return self
        return FormNames({key: found for key, found in self._types.items() if key in keys})


class RelationNames:
    """The names over a related record; `{$form.x}` is the record that has the relation."""

    def __init__(self, related: FormNames, own: FormNames) -> None:
        self._related = related
        self._own = own

    def type_of(self, path: Path) -> Type | None:
        """The type of a path, None when there is nothing of that name."""
        if path[0] == THIS_RECORD:
            return self._own.type_of(path[1:]) if len(path) > 1 else None
        return self._related.type_of(path)

    def known(self, path: Path) -> Iterable[str]:
        """What could have stood in place of the last part of `path`."""
        if path and path[0] == THIS_RECORD:
            return self._own.known(path[1:])
        return self._related.known(path)


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
    sorter = TopologicalSorter(
        {
            key: sorted({path[0] for path in checked.paths} & expressions.keys())
            for key, checked in expressions.items()
        }
    )
    try:
        return tuple(sorter.static_order())
    except CycleError:
        return None
