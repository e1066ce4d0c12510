"""Every condition and computation of an app's draft but its formula fields, to be changed on the screen."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import Expression, expressions_in
from joinery.directory import Actor
from joinery.formulas import BOOLEAN, Type
from joinery.kernel import NotFound
from joinery.runtime.apps.drafts import get_draft
from joinery.runtime.formulas.names import draft_names
from joinery.runtime.unit import Unit

Json = Mapping[str, Any]

EXPRESSION = {"en": "expression", "zh": "表达式"}


def list_expressions(unit: Unit, actor: Actor, app: str) -> list[dict[str, Any]]:
    """The expressions of the draft in its order, each with its place in words; raises NotFound.

    Formula fields are left out: `formula_fields` tells more about them.
    """
    document = get_draft(unit, actor, app)["document"]
    names = draft_names(unit, actor, app)[1]
    return [
        {
            "path": one.path,
            "text": one.text,
            "kind": kind_of(one.path),
            "owner": _parts(one.path)[1],
            "form": one.form,
            "record": one.record,
            "place": [*_labels(document, one.path), *_filled(document, one)],
            "expects": _kind(expected_of(one, names.types(one.owner))),
        }
        for one in expressions_in(document)
        if one.form in names.forms and kind_of(one.path) != "formula"
    ]


def expression_at(document: Json, path: str) -> Expression:
    """The expression at a place (a JSON pointer) of a document; raises NotFound."""
    found = next((one for one in expressions_in(document) if one.path == path), None)
    if found is None:
        raise NotFound(kind=EXPRESSION)
    return found


def expected_of(expression: Expression, types: Mapping[str, Type | None]) -> Type | None:
    """What must come out of an expression: a condition, or a value for the field it fills."""
    return BOOLEAN if expression.fills is None else types.get(expression.fills)


def kind_of(path: str) -> str:
    """What an expression is there for: "visible", "validate", "rows", "fill" and the like."""
    parts = _parts(path)
    return next((part for part in ("validate", "fill", "values") if part in parts[3:-1]), parts[-1])


def _kind(expected: Type | None) -> str | None:
    return expected.kind if expected is not None else None


def _labels(document: Json, path: str) -> Iterator[Json]:
    """The labels of the parts around a place, from the form inwards."""
    part: Any = document
    for key in _parts(path)[:-1]:
        part = part[int(key)] if isinstance(part, list) else part.get(key, {})
        label = (part.get("label") or part.get("message")) if isinstance(part, dict) else None
        if isinstance(label, dict):
            yield label
    if isinstance(part, dict) and isinstance(text := part.get(_parts(path)[-1]), dict):
        yield text


def _filled(document: Json, expression: Expression) -> Iterator[Json]:
    """The label of the field that gets the value of an expression, where that is another one."""
    if kind_of(expression.path) in ("fill", "values"):
        part: Any = document
        for key in ("forms", expression.owner, "fields", expression.fills, "label"):
            part = part.get(key) if isinstance(part, dict) else None
        if isinstance(part, dict):
            yield part


def _parts(path: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
