"""The values that nobody types: filled in, default, numbered and computed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from joinery.forms.field_type import ValueProblem
from joinery.forms.form import Field
from joinery.forms.formula_runs import FormulaRun, Step, stored_value
from joinery.forms.sending import with_those_there
from joinery.forms.work import Work
from joinery.formulas import PARENT_RECORD, THIS_RECORD, Checked, FormulaProblem, evaluate

if TYPE_CHECKING:
    from joinery.forms.record import RecordContext


def fill_from_relations(work: Work) -> None:
    """Where a relation changed, check its filter and take over what it fills in.

    Filling overwrites what was there, because it described the record that was chosen before; only values
    sent together with the relation win over it.
    """
    related = work.context.related
    if related is None:
        return
    for field in work.form.plan.relations:
        chosen = newly_chosen(work, field)
        if not chosen:
            continue
        records = [found for one in chosen if (found := related(field.settings["form"], one)) is not None]
        if not all(_may_be_chosen(work, field, record) for record in records):
            work.refuse(field.owner, "record_relation_filter")
            continue
        # What is filled in describes one record; a list of several describes none.
        record = records[0] if records and not field.type.several else {}
        for target, checked in field.fill.items():
            names = _names_of(work, field, record, checked)
            if target not in work.sent and target not in work.failed and _is_known(checked, names):
                _take_over(work, target, checked, names)


def newly_chosen(work: Work, field: Field) -> list[int]:
    """The records that somebody has just chosen in a relation."""
    known = () if work.before is None else field.ids_in(work.before)
    return [one for one in field.ids_in(work.values) if one not in known] if field.owner in work.sent else []


def _may_be_chosen(work: Work, field: Field, record: Mapping[str, Any]) -> bool:
    """Whether a related record meets the condition of the relation."""
    if field.filter is None:
        return True
    names = _names_of(work, field, record, field.filter)
    return evaluate(field.filter, names, work.context.evaluation) is True


def _names_of(work: Work, field: Field, record: Mapping[str, Any], checked: Checked) -> Mapping[Any, Any]:
    """The values that an expression over a chosen record looks at, as far as the actor may read them."""
    names: dict[Any, Any] = {**record, THIS_RECORD: work.values}
    own = frozenset(path[1:] for path in checked.far if path[0] == THIS_RECORD and len(path) > 2)
    around = frozenset(path for path in checked.far if path[0] == PARENT_RECORD)
    others = frozenset(path for path in checked.far if path[0] not in (THIS_RECORD, PARENT_RECORD))
    if own:
        names |= {(THIS_RECORD, *path): value for path, value in work.far_values(own, as_app=False).items()}
    if around:
        names |= work.far_values(around, as_app=False)
    if others:
        names |= work.context.values_of(field.settings["form"], record, others, False)
    return names


def _is_known(checked: Checked, names: Mapping[Any, Any]) -> bool:
    """Whether the actor may read all that an expression looks at; else a value would be lost to a blank."""
    return all(path[0] in names or path in names for path in checked.paths)


def _take_over(work: Work, key: str, checked: Checked, names: Mapping[Any, Any]) -> None:
    field = work.form.plan.open.get(key)
    if field is not None and give(work, field, checked, names):
        work.filled.add(key)


def give(work: Work, field: Field, checked: Checked, names: Mapping[Any, Any]) -> bool:
    """Set a field to the value of an expression and tell whether it fits; else the field stays blank."""
    found = _given(field, checked, names, work.context)
    if found is None:
        return False
    value, problem = found
    if problem is not None:
        work.problems[field.key] = problem
    work.put(field, value)
    return True


def _given(
    field: Field, checked: Checked, names: Mapping[Any, Any], context: "RecordContext"
) -> tuple[Any, FormulaProblem | None] | None:
    """The value of an expression as the field stores it, and what was wrong; None when it does not fit."""
    value = evaluate(checked, names, context.evaluation)
    if isinstance(value, FormulaProblem):
        return None, value
    if value is None or value == "":
        return None, None
    try:
        return field.type.parse(field, value, context.parsing), None
    except ValueProblem:
        return None


def take_given(work: Work, given: Mapping[str, Any]) -> None:
    """Take over results of the app's own expressions, as if they had been sent."""
    for key, value in given.items():
        field = work.form.plan.open.get(key)
        if field is None:
            continue
        if value is not None and value != "":
            try:
                value = field.type.parse(field, value, work.context.parsing)
            except ValueProblem as problem:
                kept = with_those_there(work, field, value)
                if kept is None:
                    work.refuse(key, problem.code, **problem.params)
                    continue
                value = kept
        work.put(field, None if value == "" else value)
        work.sent.add(key)
        work.given.add(key)


def give_defaults(work: Work) -> None:
    """The defaults of a new record, for what was neither sent nor filled in."""
    taken = work.sent | work.filled | work.failed
    for field in work.form.plan.defaults:
        if field.default is None or field.key in taken:
            continue
        if field.default.paths or "random" in field.default.follows:
            give(work, field, field.default, work.names_for(field.default, as_app=False))
            continue
        value, problem = _same_for_all(field, field.default, work.context)
        if problem is not None:
            work.problems[field.key] = problem
        elif value is not None:
            work.put(field, value)


def _same_for_all(
    field: Field, default: Checked, context: "RecordContext"
) -> tuple[Any, FormulaProblem | None]:
    """The default that is the same for every record of a request; a blank where it does not fit."""
    found = context.defaults.get(field)
    if found is None:
        found = context.defaults[field] = _given(field, default, {}, context) or (None, None)
    return found


def assign_numbers(work: Work) -> None:
    """Count the autonumbers on."""
    next_number = work.context.next_number
    if next_number is not None:
        for field in work.form.plan.assigned:
            work.values[field.key] = field.type.assign(field, work.context.evaluation.today, next_number)


def compute_runs(work: Work, runs: Iterable[FormulaRun]) -> None:
    """Formulas in the order of their dependencies; an error value stores as blank with its reason."""
    for run in runs:
        if run.memory is None:
            compute_formulas(work, run.steps)
            continue
        found, problems = run.memory.get(work.values, work.context.evaluation)
        work.values.update(found)
        if problems:
            work.problems.update(problems)


def compute_formulas(work: Work, formulas: Iterable[Step]) -> None:
    """The same, one by one."""
    values, evaluation = work.values, work.context.evaluation
    for key, checked, field in formulas:
        if checked.far and work.is_up_to_date(checked):
            continue
        value = evaluate(checked, work.names_for(checked) if checked.far else values, evaluation)
        values[key], problem = stored_value(field, value)
        if problem is not None:
            work.problems[key] = problem
