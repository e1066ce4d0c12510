"""Which records of a form somebody may reach: a condition that becomes part of every query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from joinery.formulas import Checked, EvaluationContext, evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class RowScope:
    """All records, none, or those for which `condition` is TRUE; `reason` says who granted it.

    `groups` are the keys of permission groups that differ in what they say about fields, each with the
    condition of its rows: whoever reads records under this scope notes at each which of them hold.
    """

    kind: Literal["everything", "nothing", "condition"]
    reason: str
    condition: Checked | None = None
    groups: tuple[tuple[str, Checked], ...] = ()

    @property
    def conditions(self) -> tuple[Checked | None, ...]:
        """All that a query under this scope looks at."""
        return (self.condition, *(condition for _, condition in self.groups))


EVERYTHING = RowScope(kind="everything", reason="no restriction")
NOTHING = RowScope(kind="nothing", reason="no permission group grants it")


def matches(scope: RowScope, record: Mapping[str, Any], context: EvaluationContext) -> bool:
    """Whether a record is in the scope: the twin of the condition in SQL; blank and error values are not."""
    if scope.condition is None:
        return scope.kind == "everything"
    return evaluate(scope.condition, record, context) is True
