"""What the entry form shows while somebody types: computed values, and which fields are open to him."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinery.forms.computing import compute_formulas, fill_from_relations, give_defaults
from joinery.forms.form import Form
from joinery.forms.lines import check_lines, complete_lines, compute, read_lines
from joinery.forms.record import RecordContext
from joinery.forms.rules import check_validity
from joinery.forms.sending import read_values
from joinery.forms.work import Work
from joinery.formulas import Checked
from joinery.kernel import Issues


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveState:
    """The state of an entry form.

    `values` are those the form has to take over (defaults, filled in, computed), as Python values by key;
    `fields` says for each field {visible, required, read_only}, `lines` the same for each line of a subform,
    `sections` whether each conditional
    section is visible. That a required field is still blank is no issue yet.
    """

    values: Mapping[str, Any]
    fields: Mapping[str, Mapping[str, bool]]
    lines: Mapping[str, tuple[Mapping[str, Mapping[str, bool]], ...]]
    sections: Mapping[str, bool]
    issues: Issues


def live_rules(
    form: Form,
    before: Mapping[str, Any] | None,
    values: Mapping[str, Any],
    context: RecordContext,
    *,
    writable: frozenset[str] | None = None,
    readable: frozenset[str] | None = None,
) -> LiveState:
    """The state for the values typed so far; the form sends only those that a person touched."""
    work = Work(form, before, context)
    read_values(work, values, writable=writable, readable=readable, cells=False)
    if form.line_forms:
        read_lines(work, values, writable=writable, readable=readable, cells=False)
    fill_from_relations(work)
    given = set(work.filled)
    if before is None:
        give_defaults(work)
        given.update(field.key for field in form.plan.defaults if field.key not in work.sent)
    formulas = [
        (field.key, field.formula, field) for field in form.formula_order if field.formula is not None
    ]
    if form.line_forms:
        complete_lines(work)
    if work.lines:
        compute(work, form.shown_steps)
        check_lines(work, writable, complete=False)
        given.update(work.lines)
    else:
        compute_formulas(work, formulas)
    given.update(key for key, _, _ in formulas)
    check_validity(work)
    return LiveState(
        values={key: work.values[key] for key in work.values if key in given},
        fields=_states(work, writable),
        lines={
            key: tuple(_states(line, work.context.line_access(key)[0]) for line in lines)
            for key, lines in work.lines.items()
        },
        sections={key: work.holds(condition) for key, condition in form.sections.items()},
        issues=work.issues,
    )


def _states(work: Work, writable: frozenset[str] | None) -> dict[str, dict[str, bool]]:
    hidden = {key for key in work.form.plan.visible if work.is_hidden(key)}
    required = _those_that_hold(work, work.form.plan.required)
    read_only = _those_that_hold(work, work.form.plan.read_only)
    return {
        key: {
            "visible": key not in hidden,
            "required": key in required and key not in hidden,
            "read_only": field.type.computed
            or key in read_only
            or (writable is not None and key not in writable),
        }
        for key, field in work.form.fields.items()
        if not field.system
    }


def _those_that_hold(work: Work, conditions: tuple[tuple[str, Checked | None], ...]) -> set[str]:
    return {key for key, condition in conditions if condition is None or work.holds(condition)}
