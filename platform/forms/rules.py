"""Whether the finished values may stand: required, read-only, validations and the form's rules."""

from joinery.forms.form import Rule
from joinery.forms.work import Work
from joinery.formulas import Checked


def check_rules(work: Work, writable: frozenset[str] | None) -> None:
    """Note everything that is wrong with the values as a whole."""
    _check_read_only(work)
    _check_required(work, writable)
    check_validity(work)


def check_validity(work: Work) -> None:
    """Note the validations and rules that do not hold; blank and hidden fields are not validated."""
    _check_validations(work)
    for rule in work.form.rules:
        _check_rule(work, rule)


def _check_read_only(work: Work) -> None:
    for key, condition in work.form.plan.read_only:
        if key not in work.sent or key in work.given:
            continue
        old = None if work.before is None else work.before.get(key)
        if work.values[key] != old and (condition is None or work.holds(condition)):
            work.refuse(key, "record_read_only_field", label=work.form.fields[key].label)


def _check_required(work: Work, writable: frozenset[str] | None) -> None:
    for key, condition in work.form.plan.required:
        if work.values[key] is not None or key in work.failed or not (writable is None or key in writable):
            continue
        if (condition is None or work.holds(condition)) and not work.is_hidden(key):
            work.refuse(key, "record_required", label=work.form.fields[key].label)


def _check_validations(work: Work) -> None:
    for key, condition, message in work.form.plan.validations:
        if work.values[key] is None or _looks_at_failed(work, condition):
            continue
        if not work.holds(condition) and not work.is_hidden(key):
            work.issues.add("/" + key, "rule", text=message)


def _check_rule(work: Work, rule: Rule) -> None:
    if _looks_at_failed(work, rule.validate) or (rule.when is not None and not work.holds(rule.when)):
        return
    if not work.holds(rule.validate):
        path = "/" + rule.fields[0] if rule.fields else ""
        work.issues.add(path, "rule", text=rule.message, rule=rule.key, fields=list(rule.fields))


def _looks_at_failed(work: Work, condition: Checked) -> bool:
    return bool(work.failed) and any(path[0] in work.failed for path in condition.paths)
