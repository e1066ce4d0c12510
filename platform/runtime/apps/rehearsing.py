"""The scenarios of an app's workflows are played before it is published."""

from joinery.forms import CompiledApp
from joinery.formulas import EvaluationContext
from joinery.kernel import InvalidDefinition
from joinery.runtime.unit import Unit
from joinery.storage import calendar
from joinery.workflows import rehearsal_issues


def rehearse(unit: Unit, app: CompiledApp) -> None:
    """Raise InvalidDefinition naming all that goes otherwise than the scenarios expect."""
    if issues := tuple(rehearsal_issues(app, rehearsal_context(unit))):
        raise InvalidDefinition(issues=issues)


def rehearsal_context(unit: Unit) -> EvaluationContext:
    """The moment and the calendar of the workspace, and nobody in it."""
    zone = unit.workspace.time_zone
    return EvaluationContext(now=unit.now, time_zone=zone, calendar=calendar.load(unit))
