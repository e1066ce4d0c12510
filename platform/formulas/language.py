"""What the rest of the platform does with expressions: check, compute, lower."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import program, sql
from joinery.formulas.check import Checker, Names, Spreading
from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import BLANK_IF_EMPTY, apply, coerce, filled, settled
from joinery.formulas.core import Apply, Constant, Core, Read, all_nodes
from joinery.formulas.form_names import OLD_RECORD
from joinery.formulas.in_indexes import IN_INDEXES
from joinery.formulas.parse import Formula, parse
from joinery.formulas.remembering import Remembered, remembered, together
from joinery.formulas.sql_values import unless
from joinery.formulas.tree import Node, Number, Path, Text, Truth, with_paths
from joinery.formulas.type_labels import label_of
from joinery.formulas.types import BOOLEAN, Type
from joinery.kernel import FormulaError, Issue, Issues

#: In `Checked.follows`: the working days of the workspace.
CALENDAR = "calendar"


@dataclass(frozen=True, eq=False)
class Checked:
    """An expression that parsed and checked; made once per definition and then used many times.

    `paths` are the fields it reads, `follows` says what else its value depends on
    ("today", "now", "viewer", "random", "people", "calendar"), `sql` whether the database can compute it.
    """

    formula: Formula
    type: Type
    core: Core

    @property
    def text(self) -> str:
        """The expression as typed."""
        return self.formula.text

    @property
    def paths(self) -> frozenset[Path]:
        """The fields it reads."""
        return self.formula.paths

    @cached_property
    def far(self) -> frozenset[Path]:
        """The fields it reads of other records: one value each, or a list behind a relation to many."""
        return frozenset(
            node.path
            for node in all_nodes(self.core)
            if isinstance(node, Read) and len(node.path) > 1 and node.path[0] != OLD_RECORD
        )

    @cached_property
    def is_about_change(self) -> bool:
        """Whether it looks at what fields were before (OLD)."""
        return any(isinstance(node, Read) and node.path[0] == OLD_RECORD for node in all_nodes(self.core))

    @cached_property
    def follows(self) -> frozenset[str]:
        """What its value depends on besides the record."""
        applied = (node for node in all_nodes(self.core) if isinstance(node, Apply))
        return frozenset(one for node in applied for one in node.follows)

    @cached_property
    def volatile(self) -> frozenset[str]:
        """The same without the calendar: what changes so often that a stored value could not follow."""
        return self.follows - {CALENDAR}

    @cached_property
    def sql(self) -> bool:
        """Whether it can be lowered to SQL."""
        return sql.can_lower(self.core)

    @cached_property
    def not_in_index(self) -> str | None:
        """An operation in it whose result may differ for the same values, so that no index can hold it."""
        applied = (node.operation for node in all_nodes(self.core) if isinstance(node, Apply))
        return next((one.name for one in applied if one.volatile or one.name not in IN_INDEXES), None)

    @cached_property
    def program(self) -> Any:
        """The nodes that are walked to compute it."""
        return program.translate(self.core)

    @cached_property
    def remembered(self) -> Remembered | None:
        """Results it gave before."""
        return remembered(self.core, partial(program.run, self.program))


def check(text: str, names: Names, *, expects: Type | None = None) -> tuple[Checked | None, Issues]:
    """Parse and check; never raises on a bad expression, and reports all of its problems."""
    try:
        formula = parse(text)
    except FormulaError as error:
        return None, Issues(error.issues)
    formula = _spread(formula, names)
    checker = Checker(names)
    core = checker.check(formula.tree)
    if core is None or checker.issues:
        return None, checker.issues
    result = coerce(core, expects) if expects is not None else settled(core)
    if result is None:
        params = {"position": 0, "length": len(text), "found": label_of(core.type)}
        issue = Issue("", "formula_wrong_result", {**params, "expected": label_of(expects or core.type)})
        return None, Issues([issue])
    return Checked(formula, expects or result.type, _finish(result)), checker.issues


def compile_formula(text: str, names: Names, *, expects: Type | None = None) -> Checked:
    """As `check`, but raises FormulaError with all problems; the result has the type `expects`."""
    checked, issues = check(text, names, expects=expects)
    if checked is None:
        raise FormulaError(issues=issues)
    return checked


def parts_of(checked: Checked, names: Names, maximum: int) -> list[tuple[Node, Checked]]:
    """The parts an expression is computed from, inner ones first and itself last, each as an expression.

    Plain values (`12`, `"abc"`) are left out; of more than `maximum` parts the outer ones stay.
    """
    checker = Checker(names)
    checker.check(checked.formula.tree)
    found = [(node, core) for node, core in checker.parts if not isinstance(node, Number | Text | Truth)]
    longest = sorted(range(len(found)), key=lambda place: -found[place][0].length)[:maximum]
    kept = [(node, settled(core)) for node, core in (found[place] for place in sorted(longest))]
    return [(node, Checked(checked.formula, core.type, _finish(core))) for node, core in kept]


def evaluate(checked: Checked, record: Mapping[str, Any], context: EvaluationContext) -> Any:
    """The value for a record (field key to value), or a FormulaProblem; blank is None."""
    memory = checked.remembered
    if memory is None:
        return program.run(checked.program, record, context)
    return memory.get(record, context)


def remember_together(
    expressions: Mapping[str, Checked], compute: Callable[[Mapping[str, Any], EvaluationContext], Any]
) -> Remembered | None:
    """A memory of what `compute` makes of these expressions by field, each after those it looks at.

    None when the result of some expression depends on more than the record itself.
    """
    memories = {key: checked.remembered for key, checked in expressions.items()}
    known = {key: memory for key, memory in memories.items() if memory is not None}
    return together(known, compute) if len(known) == len(memories) else None


def to_sql(checked: Checked, column: sql.ColumnOf, context: EvaluationContext) -> ColumnElement[Any]:
    """The value as a SQL expression; blanks and error values are NULL.

    `column` gives the column (or a bound value) for a path, and with its method `rows` the records that a
    path to many leads to (see `sql.Rows`). Raises LimitExceeded when the statement
    would be huge, FormulaError when the expression has no SQL form (`checked.sql` is False).
    """
    lowered = sql.lower(checked.core, column, context)
    return unless(lowered.error, lowered.value)


def to_condition(checked: Checked, column: sql.ColumnOf, context: EvaluationContext) -> ColumnElement[bool]:
    """The expression as a condition that is TRUE or FALSE, never NULL: blank and error are FALSE."""
    truth = coerce(checked.core, BOOLEAN)
    if truth is None:
        place = {"position": 0, "length": len(checked.text)}
        raise FormulaError(issues=[Issue("", "formula_not_a_condition", place)])
    if isinstance(truth, Read):
        return column(truth.path).is_(sa.true())
    lowered = sql.lower(filled(truth), column, context)
    if lowered.error is None:
        return lowered.value
    return sa.and_(lowered.value, sa.not_(lowered.error))


def _spread(formula: Formula, names: Names) -> Formula:
    """The expression with each path through a relation to one of several forms as what it stands for."""
    spread = names.spread if isinstance(names, Spreading) else None
    if spread is None or all(spread(path) == (path,) for path in formula.paths):
        return formula
    return Formula(formula.text, with_paths(formula.tree, spread))


def _finish(core: Core) -> Core:
    """An empty text is a blank, also as a result."""
    if core.type.kind in ("text", "choice") and not isinstance(core, (Read, Constant)):
        return apply(BLANK_IF_EMPTY, core.type, core)
    return core
