"""What of an entry form the browser works out by itself while somebody types, and when it has to ask."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from joinery.definitions import owner_key
from joinery.forms.form import Form
from joinery.formulas import PARENT_RECORD, THIS_RECORD, Checked, Path, runs_in_browser, to_core_json


def live_program(
    form: Form, known: frozenset[str], beside: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> dict[str, Any]:
    """The expressions of a form that a reader who is shown these fields may know and the browser can compute.

    `beside` are by subform the fields of its lines that he is shown (for the form of lines by "$parent" those
    of the record around it).

    As JSON: `formulas` are in the order of their dependencies; `visible` has for each field the conditions
    that must all hold. Of every other expression the server tells the result: `asks` are the fields whose
    change may alter one (`asks_new`: of a new record, which also gets defaults), and `complete` says that
    there is none.
    """
    split = _Split(form, known, beside)
    program = _program(form, split, known)
    asks = split.looked_at(split.far) | _of_relations(form)
    for key, lines in form.line_forms.items():
        if key in beside:
            asks |= _asked_by_lines(lines, split, known, beside[key])
    defaults = [field.default for field in form.plan.defaults if field.default is not None]
    return {
        **program,
        "asks": sorted(asks & known),
        "asks_new": sorted((asks | split.looked_at(defaults)) & known),
        "complete": not split.far,
        "follows": sorted(split.follows),
    }


def _program(form: Form, split: "_Split", known: frozenset[str]) -> dict[str, Any]:
    """What the browser computes; `split` collects the rest."""
    plan = form.plan
    formulas = [
        {"field": field.key, "value": to_core_json(field.formula)}
        for field in form.formula_order
        if field.formula is not None and field.key in known and split.is_local(field.formula)
    ]
    visible = {
        key: [to_core_json(one) for one in conditions]
        for key, conditions in plan.visible.items()
        if key in known and split.are_local(conditions)
    }
    validations = [
        {"field": key, "holds": to_core_json(condition), "message": message}
        for key, condition, message in plan.validations
        if split.is_local(condition, about=key)
    ]
    rules = [
        {
            "when": True if rule.when is None else to_core_json(rule.when),
            "holds": to_core_json(rule.validate),
            "message": rule.message,
            "field": rule.fields[0] if rule.fields and rule.fields[0] in known else None,
        }
        for rule in form.rules
        if split.are_local([rule.validate] if rule.when is None else [rule.validate, rule.when])
    ]
    return {
        "formulas": formulas,
        "visible": visible,
        "required": _by_key(split, plan.required, plan.visible),
        "read_only": _by_key(split, plan.read_only),
        "sections": _by_key(split, form.sections.items()),
        "validations": validations,
        "rules": rules,
    }


def _asked_by_lines(
    lines: Form, around: "_Split", known: frozenset[str], known_of_lines: frozenset[str]
) -> frozenset[str]:
    """The fields of a record whose change may alter what the server tells of its lines."""
    split = _Split(lines, known_of_lines, {PARENT_RECORD: known})
    _program(lines, split, known_of_lines)
    told = [*split.far, *(field.default for field in lines.plan.defaults if field.default is not None)]
    for field in lines.plan.relations:
        told += [*field.fill.values(), *([field.filter] if field.filter is not None else [])]
    paths = [path[1:] if path[0] == THIS_RECORD else path for one in told for path in one.paths]
    return around.filled_in(path[1] for path in paths if path[0] == PARENT_RECORD and len(path) > 1)


class _Split:
    """Tells what the browser computes from what is left to the server, which `far` collects."""

    def __init__(self, form: Form, known: frozenset[str], beside: Mapping[str, frozenset[str]]) -> None:
        self._formulas = {
            field.key: field.formula for field in form.formula_order if field.formula is not None
        }
        self._known = known
        self._beside = beside
        self.far: list[Checked] = []
        #: What the expressions of the browser depend on besides the record.
        self.follows: set[str] = set()

    def is_local(self, checked: Checked, about: str | None = None) -> bool:
        """Whether the browser may know and can compute an expression, and the field it is `about`."""
        if about is None or about in self._known:
            return self.are_local([checked])
        self.far.append(checked)
        return False

    def are_local(self, conditions: Iterable[Checked]) -> bool:
        """The same for expressions that are of use only together."""
        found = list(conditions)
        if all(runs_in_browser(one, self._beside) and self._may_know(one.paths) for one in found):
            self.follows.update(*(one.follows for one in found))
            return True
        self.far += found
        return False

    def _may_know(self, paths: Iterable[Path]) -> bool:
        # What is behind a branch of a relation is the server's to tell.
        return all(self._is_known(path) for path in paths)

    def _is_known(self, path: Path) -> bool:
        if path[0] in self._beside:
            return len(path) == 1 or path[1] == "id" or path[1] in self._beside[path[0]]
        return path[0] in self._known

    def looked_at(self, expressions: Iterable[Checked]) -> frozenset[str]:
        """The fields somebody fills in at which expressions look, also through formulas."""
        return self.filled_in(owner_key(path[0]) for checked in expressions for path in checked.paths)

    def filled_in(self, keys: Iterable[str]) -> frozenset[str]:
        """The fields somebody fills in among these and those that formulas among them look at."""
        found: set[str] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                formula = self._formulas.get(key)
                waiting += [owner_key(path[0]) for path in formula.paths] if formula is not None else []
        return frozenset(found - self._formulas.keys())


def _by_key(
    split: _Split,
    conditions: Iterable[tuple[str, Checked | None]],
    visible: Mapping[str, tuple[Checked, ...]] = MappingProxyType({}),
) -> dict[str, Any]:
    """Conditions by field, TRUE where there is none.

    What the server tells of a field depends on whether it is `visible`, too.
    """
    found: dict[str, Any] = {}
    for key, condition in conditions:
        if condition is None:
            found[key] = True
        elif split.is_local(condition):
            found[key] = to_core_json(condition)
        else:
            split.far += visible.get(key, ())
    return found


def _of_relations(form: Form) -> frozenset[str]:
    """Relations that fill something in or choose among records, and what of this record they look at."""
    found = set()
    for field in form.plan.relations:
        expressions = [*field.fill.values(), *([field.filter] if field.filter is not None else [])]
        found.add(field.owner)
        found.update(
            owner_key(path[1]) for one in expressions for path in one.paths if path[0] == THIS_RECORD
        )
    return frozenset(found)
