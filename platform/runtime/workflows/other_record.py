"""What the expressions of a node look at that changes other records than its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from joinery.forms import Form
from joinery.formulas import (
    BOOLEAN,
    THIS_RECORD,
    Checked,
    EvaluationContext,
    FormulaProblem,
    RelationNames,
    compile_formula,
    evaluate,
)
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.open_form import OpenForm

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRecord:
    """A record `there` with its values, and behind `$form` the one `here` that the workflow is about."""

    there: OpenForm
    values: Values
    here: OpenForm
    own: Values
    evaluation: EvaluationContext

    def condition(self, text: str) -> bool:
        """Whether a condition holds for the record; one that cannot be computed does not."""
        return self._evaluate(_compiled(self.there.form, self.here.form, text, True)) is True

    def evaluate(self, text: str) -> Any:
        """The value of an expression over the record; None where it cannot be computed."""
        return self._evaluate(_compiled(self.there.form, self.here.form, text, False))

    def _evaluate(self, checked: Checked) -> Any:
        value = evaluate(checked, self._names(checked), self.evaluation)
        return None if isinstance(value, FormulaProblem) else value

    def _names(self, checked: Checked) -> Mapping[Any, Any]:
        names: dict[Any, Any] = {**self.values, THIS_RECORD: self.own}
        own = frozenset(path[1:] for path in checked.far if path[0] == THIS_RECORD and len(path) > 2)
        others = frozenset(path for path in checked.far if path[0] != THIS_RECORD)
        if own:
            found = FarValues(self.here).get(self.here.form.key, self.own, own, True)
            names |= {(THIS_RECORD, *path): value for path, value in found.items()}
        if others:
            names |= FarValues(self.there).get(self.there.form.key, self.values, others, True)
        return names


@lru_cache(maxsize=1024)
def _compiled(there: Form, here: Form, text: str, condition: bool) -> Checked:
    names = RelationNames(there.names, here.names)
    return compile_formula(text, names, expects=BOOLEAN if condition else None)
