"""An expression with values in place of some of its fields, as text: for asking about one record's case."""

from collections.abc import Mapping
from typing import Any

from joinery.formulas.language import Checked
from joinery.formulas.literal import format_literal
from joinery.formulas.parse import parse
from joinery.formulas.tree import Field, Path, Tree, with_fields
from joinery.formulas.unparse import unparse


def put_values(checked: Checked, values: Mapping[Path, Any]) -> str:
    """The expression's text with these values for the fields of these paths; other fields stay.

    Raises TypeError for a value that no expression stands for.
    """

    def literal(field: Field) -> Tree:
        if field.path not in values:
            return field
        return parse(format_literal(values[field.path])).tree

    return unparse(with_fields(checked.formula.tree, literal))
