"""How an expression comes to its value: the value of every part, for somebody who tries it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from joinery.formulas import Checked, EvaluationContext, FormulaProblem, Names, Type, evaluate, parts_of
from joinery.kernel import message, to_json
from joinery.runtime.formulas.far_values import FarValues, values_for
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.sent_records import title_reader

#: Parts of an expression that are told, and items of a list among them.
MAXIMUM_PARTS, MAXIMUM_ITEMS = 60, 50


def explain(
    checked: Checked,
    names: Names,
    values: Mapping[str, Any],
    context: EvaluationContext,
    at: OpenForm | None,
    language: str,
) -> list[dict[str, Any]]:
    """The parts of an expression, inner ones first: place in the text, type, and value or error.

    `at` is the form it is about (None: no form); what lies behind relations is read with the rights of the
    actor. Records and people come with the names that he may know; of long lists the first items.
    """
    parts = parts_of(checked, names, MAXIMUM_PARTS)
    results = []
    far = None
    if at is not None:
        far = FarValues(at)
        far.prefetch([values], {path for _, part in parts for path in part.far}, as_app=False)
    for _, part in parts:
        known = values if at is None else values_for(at, part, values, far, as_app=False)
        results.append(evaluate(part, known, context))
    shown = _Shown(at, [(part.type, result) for (_, part), result in zip(parts, results, strict=True)])
    return [
        {
            "position": node.position,
            "length": node.length,
            "type": str(part.type),
            "error": error_json(result, language),
            **shown.value(part.type, result),
        }
        for (node, part), result in zip(parts, results, strict=True)
    ]


def error_json(result: Any, language: str) -> dict[str, str] | None:
    """An error value as the API tells it; None for any other value."""
    if not isinstance(result, FormulaProblem):
        return None
    return {"code": result.code, "message": message(result.message_code, language, result.params)}


def value_json(value: Any) -> Any:
    """A value as JSON; a duration as its days."""
    if isinstance(value, timedelta):
        return to_json(Decimal(value // timedelta(microseconds=1)) / Decimal(86_400_000_000))
    return to_json(value)


class _Shown:
    """Values as people read them: records by their titles, people and departments by their names."""

    def __init__(self, at: OpenForm | None, results: list[tuple[Type, Any]]) -> None:
        self._at = at
        ids: dict[str, set[int]] = {}
        for of, result in results:
            for item_type, item in _items(of, result):
                if item_type.kind == "record" and item_type.form and isinstance(item, int):
                    ids.setdefault(item_type.form, set()).add(item)
        self._title = title_reader(at, ids) if at is not None else lambda form, record_id: None

    def value(self, of: Type, result: Any) -> dict[str, Any]:
        """The members `value` and, for a list, `count`: how many items there are in all."""
        if isinstance(result, FormulaProblem):
            return {"value": None, "count": None}
        if of.kind != "list":
            return {"value": self._one(of, result), "count": None}
        items = [self._one(item_type, item) for item_type, item in _items(of, result)]
        return {"value": items, "count": len(result or ())}

    def _one(self, of: Type, value: Any) -> Any:
        if value is None or self._at is None:
            return value_json(value)
        people = self._at.lookup
        match of.kind:
            case "record" if of.form:
                return {"id": value, "title": self._title(of.form, value)}
            case "user":
                found = people.user(value)
                return {"id": value, "name": found.name if found else None}
            case "department":
                department = people.department(value)
                return {"id": value, "name": department.name if department else None}
            case "organisation":
                organisation = people.organisation(value)
                return {"id": value, "name": organisation.name if organisation else None}
        return value_json(value)


def _items(of: Type, result: Any) -> Iterator[tuple[Type, Any]]:
    """The single values of a result, of a long list the first."""
    if isinstance(result, FormulaProblem):
        return
    if of.kind != "list" or of.item is None:
        yield of, result
        return
    for item in (result or ())[:MAXIMUM_ITEMS]:
        yield of.item, item
