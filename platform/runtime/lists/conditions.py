"""Conditions that callers write: they know exactly the fields that the caller may read."""

from joinery.forms import check_filter
from joinery.formulas import Checked
from joinery.kernel import Issues
from joinery.runtime.records.open_form import OpenForm


def caller_condition(at: OpenForm, text: str | None, issues: Issues, path: str = "/filter") -> Checked | None:
    """The compiled condition, None for a blank one; what is wrong with it goes to `issues` under `path`."""
    if text is None or not text.strip():
        return None
    checked, found = check_filter(at.names, text)
    issues.extend(found, under=path)
    return checked
