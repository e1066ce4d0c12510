"""Formulas that follow each other and look at nothing but the record: computed, and remembered, together.

What six formulas over the same handful of fields gave is looked up once instead of six times.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from joinery.forms.field_type import ValueProblem
from joinery.formulas import (
    Checked,
    EvaluationContext,
    FormulaProblem,
    Remembered,
    evaluate,
    remember_together,
)

if TYPE_CHECKING:
    from joinery.forms.form import Field

#: A formula to evaluate: its key, the expression, the field.
Step = tuple[str, Checked, "Field"]

#: Values to store by field, and the error values among them with their reasons.
Results = tuple[Mapping[str, Any], Mapping[str, FormulaProblem]]


class FormulaRun:
    """Formulas in the order of their dependencies.

    `memory` gives the results of all of them; None where some looks at more than the record itself.
    """

    __slots__ = ("memory", "steps")

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = tuple(steps)
        self.memory: Remembered | None = remember_together(
            {key: checked for key, checked, _ in self.steps}, self._compute
        )

    def _compute(self, record: Mapping[str, Any], context: EvaluationContext) -> Results:
        values, problems = dict(record), {}
        for key, checked, field in self.steps:
            values[key], problem = stored_value(field, evaluate(checked, values, context))
            if problem is not None:
                problems[key] = problem
        return {key: values[key] for key, _, _ in self.steps}, problems


def formula_runs(steps: Iterable[Step]) -> tuple[FormulaRun, ...]:
    """All steps, those that can be remembered together in one run."""
    return tuple(FormulaRun(run) for _, run in groupby(steps, lambda step: step[1].remembered is not None))


def stored_value(field: "Field", value: Any) -> tuple[Any, FormulaProblem | None]:
    """What a formula's field stores of a result; an error value stores as blank with its reason."""
    if value is None:
        return None, None
    if isinstance(value, FormulaProblem):
        return None, value
    try:
        return field.type.from_formula(field, value), None
    except ValueProblem as problem:
        return None, FormulaProblem("#VALUE!", problem.code, problem.params)
