"""Expressions that somebody types: what they mean, and what they give."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from joinery.directory import Actor
from joinery.forms import ParseContext, ValueProblem
from joinery.formulas import (
    BOOLEAN,
    FUNCTIONS,
    NUMBER,
    TEXT,
    FormulaProblem,
    Names,
    Path,
    Type,
    check,
    compile_formula,
    evaluate,
    list_of,
)
from joinery.kernel import InvalidInput, Issues, message, pointer, to_json
from joinery.runtime.far_values import values_for
from joinery.runtime.open_form import OpenForm, evaluation_context, open_form
from joinery.runtime.stored_record import require_record
from joinery.runtime.unit import Unit


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
    unit: Unit, actor: Actor, formula: str, app: str | None = None, form: str | None = None
) -> tuple[str | None, Issues]:
    """The type of an expression (None when it has problems) and all its problems."""
    names: Names = open_form(unit, actor, app, form).names if app and form else PlainNames({})
    checked, issues = check(formula, names)
    return (str(checked.type) if checked else None), issues


def evaluate_formula(
    unit: Unit,
    actor: Actor,
    formula: str,
    app: str | None = None,
    form: str | None = None,
    record: Mapping[str, Any] | int | None = None,
) -> dict[str, Any]:
    """An expression's value on `record`: values by key, or the id of a stored record of the form.

    An error value is an answer with `error`; raises FormulaError for what does not parse or check.
    """
    if app and form:
        at = open_form(unit, actor, app, form)
        names = at.names
        values = _record_values(at, record)
        checked = compile_formula(formula, names)
        values = dict(values_for(at, checked, values, as_app=False))
    else:
        values = dict(record) if isinstance(record, Mapping) else {}
        values = {key: _plain_value(value) for key, value in values.items()}
        checked = compile_formula(formula, PlainNames(values))
    result = evaluate(checked, values, evaluation_context(unit, actor))
    if isinstance(result, FormulaProblem):
        text = message(result.message_code, actor.language, result.params)
        return {"value": None, "type": str(checked.type), "error": {"code": result.code, "message": text}}
    return {"value": _value_json(result), "type": str(checked.type), "error": None}


def list_functions() -> list[dict[str, Any]]:
    """Every function with what an editor shows of it."""
    return [
        {
            "name": function.name,
            "category": function.category,
            "signature": function.signature,
            "help": function.help,
            "examples": list(function.examples),
        }
        for function in FUNCTIONS
    ]


def _record_values(at: OpenForm, record: Mapping[str, Any] | int | None) -> dict[str, Any]:
    if record is None:
        return {}
    if not isinstance(record, Mapping):
        stored = require_record(at, int(record))
        return {key: value for key, value in stored.items() if key in at.access.readable}
    context = ParseContext(
        directory=at.directory,
        language=at.actor.language,
        time_zone=at.evaluation.time_zone,
        accept_inactive=True,
    )
    issues = Issues()
    values: dict[str, Any] = {}
    for key, raw in record.items():
        field = at.form.field(key) if key in at.access.readable else None
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
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _value_json(value: Any) -> Any:
    """A value as JSON; a duration as its days."""
    if isinstance(value, timedelta):
        return to_json(Decimal(value // timedelta(microseconds=1)) / Decimal(86_400_000_000))
    return to_json(value)
