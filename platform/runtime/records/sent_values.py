"""Single values as a form on the screen holds them, before anything is saved."""

from typing import Any

from joinery.forms import Field, ParseContext, ValueProblem
from joinery.runtime.records.open_form import OpenForm


def sent_value(at: OpenForm, field: Field, raw: Any) -> Any:
    """The value of a field in its JSON form; None when it is blank, or none that the field could hold.

    A formula's value is what the form has computed.
    """
    if raw is None or raw == "":
        return None
    context = ParseContext(directory=at.directory, time_zone=at.evaluation.time_zone, accept_inactive=True)
    try:
        return field.type.parse(field, raw, context)
    except (ValueProblem, KeyError, TypeError, ValueError):
        return None
