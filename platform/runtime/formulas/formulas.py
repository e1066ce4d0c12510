"""Expressions that somebody types: what they mean, and what they give."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from joinery.definitions import ExpressionNames, option_issues
from joinery.directory import Actor
from joinery.forms import ParseContext, ValueProblem
from joinery.formulas import (
    BLANK,
    BOOLEAN,
    FUNCTIONS,
    NUMBER,
    TEXT,
    Names,
    Path,
    Type,
    category_label,
    check,
    compile_formula,
    evaluate,
    help_of,
    label_of,
    list_of,
)
from joinery.kernel import InvalidInput, Issues, label_key, pointer
from joinery.runtime.apps.app_expressions import expected_of, expression_at
from joinery.runtime.formulas.far_values import values_for
from joinery.runtime.formulas.names import draft_names, expression_names, names_with_options
from joinery.runtime.formulas.steps import error_json, explain, value_json
from joinery.runtime.records.open_form import OpenForm, evaluation_context, open_form
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import directory


class PlainNames:
    """The members of a JSON object as names, for expressions that are not about a form."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._types = {key: found for key, value in values.items() if (found := _type_of(value))}

    def type_of(self, path: Path) -> Type | None:
        """The type of a member."""
        return self._types.get(path[0]) if len(path) == 1 else None

    def source_of(self, path: Path) -> Path:
        """No member leads to other records."""
        return ()

    def known(self, path: Path) -> Iterable[str]:
        """All members."""
        return tuple(self._types) if len(path) <= 1 else ()


def check_formula(
    unit: Unit,
    actor: Actor,
    formula: str,
    app: str | None = None,
    form: str | None = None,
    *,
    expects: str | None = None,
    draft: bool = False,
    place: str | None = None,
) -> tuple[Type | None, Issues]:
    """The type of an expression (None when it has none) and all its problems.

    `expects` is the kind of value that must come out: when another does, that is a problem, but the type is
    told. With `draft` (for administrators) the expression is about the draft of the app, and with `place` (a
    JSON pointer) it is to stand where another stands there, with the names and for the purpose of that one.
    """
    wanted = Type(expects) if expects is not None else None
    if not app or not form:
        return _checked(formula, PlainNames({}), wanted)
    if place is not None:
        return _check_at(unit, actor, formula, app, place)
    names = expression_names(unit, actor, app, form, in_draft=draft)
    options = names_with_options(unit, actor, app, form, in_draft=draft)
    return _checked(formula, names, wanted, options)


def _check_at(unit: Unit, actor: Actor, formula: str, app: str, place: str) -> tuple[Type | None, Issues]:
    document, names = draft_names(unit, actor, app)
    there = expression_at(document, place)
    own = ExpressionNames(names, there.form, there.record, change=there.change)
    wanted = expected_of(there, names.types(there.owner))
    found, issues = _checked(formula, own, wanted if wanted != BLANK else None, own)
    if there.query and not issues and not compile_formula(formula, own).sql:
        whole = {"position": 0, "length": len(formula)}
        issues.add("", "definition_not_in_queries", **whole)
    return found, issues


def _checked(
    formula: str, names: Names, wanted: Type | None, options: ExpressionNames | None = None
) -> tuple[Type | None, Issues]:
    checked, issues = check(formula, names)
    if checked is None:
        return None, issues
    if options is not None:
        issues.extend(option_issues(checked, options))
    if wanted is not None and not issues:
        issues = check(formula, names, expects=wanted)[1]
    return checked.type, issues


def evaluate_formula(
    unit: Unit,
    actor: Actor,
    formula: str,
    app: str | None = None,
    form: str | None = None,
    record: Mapping[str, Any] | int | None = None,
    *,
    steps: bool = False,
) -> dict[str, Any]:
    """An expression's value on `record`: values by key, or the id of a stored record of the form.

    An error value is an answer with `error`; raises FormulaError for what does not parse or check. With
    `steps` the values of its parts are told as well.
    """
    at = open_form(unit, actor, app, form) if app and form else None
    if at is not None:
        values = _record_values(at, record)
        names: Names = at.names
    else:
        given = record if isinstance(record, Mapping) else {}
        values = {key: _plain_value(value) for key, value in given.items()}
        names = PlainNames(values)
    checked = compile_formula(formula, names)
    known: Mapping[Any, Any] = values if at is None else values_for(at, checked, values, as_app=False)
    context = evaluation_context(unit, actor)
    context = replace(context, people=directory.load(unit).known_to(actor))
    result = evaluate(checked, known, context)
    error = error_json(result, actor.language)
    value = value_json(result) if error is None else None
    answer: dict[str, Any] = {"value": value, "type": str(checked.type), "error": error}
    if steps:
        answer["steps"] = explain(checked, names, values, context, at, actor.language)
    return answer


def list_functions(language: str) -> list[dict[str, Any]]:
    """Every function with what an editor shows of it, in the reader's language."""
    return [
        {
            "name": function.name,
            "category": function.category,
            "category_label": category_label(function.category, language),
            "signature": function.signature,
            "parameters": [
                {
                    "name": one.name,
                    "type": label_of(one.accepts)[label_key(language)],
                    "optional": one.optional,
                    "repeated": one.repeated,
                }
                for one in function.parameters
            ],
            "help": help_of(function, language),
            "examples": [{"formula": formula, "value": value} for formula, value in function.examples],
        }
        for function in FUNCTIONS
    ]


def _record_values(at: OpenForm, record: Mapping[str, Any] | int | None) -> dict[str, Any]:
    if record is None:
        return {}
    if not isinstance(record, Mapping):
        stored = require_record(at, int(record))
        readable = on_record(at, stored).access.readable
        return {key: value for key, value in stored.items() if key in readable}
    context = ParseContext(
        directory=at.directory,
        language=at.actor.language,
        time_zone=at.evaluation.time_zone,
        accept_inactive=True,
    )
    issues = Issues()
    values: dict[str, Any] = {}
    for key, raw in record.items():
        field = at.form.field(key) if key in at.access.queried else None
        if field is None:
            issues.add(pointer("record", key), "unknown_field", field=key[:60])
        elif raw not in (None, "", [], {}):
            try:
                values[key] = field.type.parse(field, raw, context)
            except ValueProblem as problem:
                issues.add(pointer("record", key), problem.code, **problem.params)
    if issues:
        raise InvalidInput(issues=issues)
    return values


def _type_of(value: Any) -> Type | None:
    match value:
        case bool():
            return BOOLEAN
        case int() | float() | Decimal():
            return NUMBER
        case str():
            return TEXT
        case list() | tuple():
            kinds = [_type_of(item) for item in value if item is not None]
            item = kinds[0] if kinds and all(kind == kinds[0] for kind in kinds) else None
            return list_of(item) if item else None
    return None


def _plain_value(value: Any) -> Any:
    """A JSON value as expressions have it; numbers come as int or Decimal."""
    if isinstance(value, list):
        return tuple(_plain_value(item) for item in value)
    if isinstance(value, str):
        # Half of a character is something that JSON can say but no text can hold.
        return value.encode("utf-8", "replace").decode()
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
