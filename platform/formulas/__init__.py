"""The expression language: read, check and compute the expressions that people write.

One language for every condition and computation. `parse` gives a tree, `check` a typed expression with
all problems reported, `evaluate` its value for one record, `to_sql` and `to_condition` the same for sets
of records.
"""

from joinery.formulas import functions as _functions
from joinery.formulas.check import Names, Spreading
from joinery.formulas.context import EvaluationContext
from joinery.formulas.core_json import (
    SERVER_ONLY,
    calendar_json,
    constant_json,
    runs_in_browser,
    to_core_json,
)
from joinery.formulas.differences import DIFFERENCES
from joinery.formulas.form_names import (
    JOINT,
    OLD_RECORD,
    PARENT_RECORD,
    THIS_RECORD,
    Branches,
    FormNames,
    Link,
    NamesWithOld,
    RelationNames,
)
from joinery.formulas.function import FUNCTIONS, Function, Parameter
from joinery.formulas.help import category_label, help_of
from joinery.formulas.language import (
    CALENDAR,
    Checked,
    check,
    compile_formula,
    evaluate,
    parts_of,
    remember_together,
    to_condition,
    to_sql,
)
from joinery.formulas.literal import format_literal
from joinery.formulas.options_named import options_named
from joinery.formulas.parse import MAXIMUM_DEPTH, MAXIMUM_LENGTH, Formula, parse
from joinery.formulas.people import NOBODY, People
from joinery.formulas.problem import FormulaProblem
from joinery.formulas.putting import put_values
from joinery.formulas.remembering import Remembered
from joinery.formulas.tree import Node, Path
from joinery.formulas.type_labels import label_of, type_labels
from joinery.formulas.types import (
    BLANK,
    BOOLEAN,
    CHOICE,
    DATE,
    DATETIME,
    DEPARTMENT,
    DURATION,
    MONEY,
    NUMBER,
    ORGANISATION,
    PERCENT,
    TEXT,
    TIME,
    USER,
    Type,
    list_of,
    record_of,
)
from joinery.formulas.unparse import unparse
from joinery.formulas.working_calendar import USUAL_CALENDAR, WorkingCalendar

del _functions

__all__ = [
    "BLANK",
    "BOOLEAN",
    "CALENDAR",
    "CHOICE",
    "DATE",
    "DATETIME",
    "DEPARTMENT",
    "DIFFERENCES",
    "DURATION",
    "FUNCTIONS",
    "JOINT",
    "MAXIMUM_DEPTH",
    "MAXIMUM_LENGTH",
    "MONEY",
    "NOBODY",
    "NUMBER",
    "OLD_RECORD",
    "ORGANISATION",
    "PARENT_RECORD",
    "PERCENT",
    "SERVER_ONLY",
    "TEXT",
    "THIS_RECORD",
    "TIME",
    "USER",
    "USUAL_CALENDAR",
    "Branches",
    "Checked",
    "EvaluationContext",
    "FormNames",
    "Formula",
    "FormulaProblem",
    "Function",
    "Link",
    "Names",
    "NamesWithOld",
    "Node",
    "Parameter",
    "Path",
    "People",
    "RelationNames",
    "Remembered",
    "Spreading",
    "Type",
    "WorkingCalendar",
    "calendar_json",
    "category_label",
    "check",
    "compile_formula",
    "constant_json",
    "evaluate",
    "format_literal",
    "help_of",
    "label_of",
    "list_of",
    "options_named",
    "parse",
    "parts_of",
    "put_values",
    "record_of",
    "remember_together",
    "runs_in_browser",
    "to_condition",
    "to_core_json",
    "to_sql",
    "type_labels",
    "unparse",
]
