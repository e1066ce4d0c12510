"""Every expression of an app: where it stands, whose names it may use, and what must come out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from joinery.definitions.names import forms_behind
from joinery.definitions.references import target_of_action
from joinery.definitions.relations import RELATION_TYPES, RelationEnd, ends_of
from joinery.definitions.shape import entries, part_of
from joinery.definitions.subforms import SUBFORM, line_form_key
from joinery.formulas import parse
from joinery.kernel import FormulaError, pointer

Json = Mapping[str, Any]

#: Row scopes that are words, not conditions.
ROW_WORDS = ("all", "own", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One expression of an app.

    It may use the names of `form`, and behind `$form` those of `record` where that is given.
    Its result is a value for the field `fills` of the form `owner`, or else what `wants` says: a condition,
    people (a user or several), a moment (a date or a time of a day), or any value.
    `query` ones run in the database, `change` ones may ask what a field was before.
    """

    path: str
    text: str
    form: str
    record: str | None = None
    owner: str = ""
    fills: str | None = None
    query: bool = False
    change: bool = False
    wants: Literal["condition", "people", "moment", "value"] = "condition"


def expressions_in(document: Json) -> Iterator[Expression]:
    """All expressions but those of workflows, in the order of the document."""
    forms = part_of(document, "forms")
    behind = forms_behind(forms)
    for form, body in entries(forms):
        at = pointer("forms", form)
        for key, field in entries(part_of(body, "fields")):
            yield from _of_field(at + pointer("fields", key), form, key, field)
        yield from _of_layout(f"{at}/layout", form, body.get("layout", ()), behind)
        for key, action in entries(part_of(body, "actions")):
            yield from _of_action(at + pointer("actions", key), form, action, behind)
        for key, view in entries(part_of(body, "views")):
            place = at + pointer("views", key)
            yield from _conditions(place, form, view, "filter", query=True)
            for index, rule in enumerate(view.get("colors") or ()):
                yield from _conditions(f"{place}/colors/{index}", form, rule, "when", query=True)
        for key, rule in entries(part_of(body, "rules")):
            yield from _conditions(at + pointer("rules", key), form, rule, "validate", "when", change=True)
        for key, rule in entries(part_of(body, "unique")):
            yield from _conditions(at + pointer("unique", key), form, rule, "when", query=True)
        for key, rule in entries(part_of(body, "duplicates")):
            yield from _of_duplicate_rule(at + pointer("duplicates", key), form, rule)
        for key, conversion in entries(part_of(body, "conversions")):
            yield from _of_conversion(at + pointer("conversions", key), form, conversion)
        for key, group in entries(part_of(body, "permissions")):
            if group.get("rows") not in ROW_WORDS:
                yield from _conditions(at + pointer("permissions", key), form, group, "rows", query=True)


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[tuple[str, ...]]:
    """The paths an expression reads; none when it does not parse."""
    try:
        return parse(text).paths
    except FormulaError:
        return frozenset()


def _of_field(at: str, form: str, key: str, field: Json) -> Iterator[Expression]:
    yield from _conditions(at, form, field, "required", "visible", "read_only", change=True)
    for text in part_of(field, "validate"):
        yield Expression(path=at + pointer("validate", text), text=text, form=form, change=True)
    for name in ("default", "formula"):
        if isinstance(value := field.get(name), str):
            yield Expression(path=f"{at}/{name}", text=value, form=form, owner=form, fills=key)
    if field.get("type") in RELATION_TYPES:
        for end in ends_of({key: field}):
            yield from _of_relation(at, form, end)
    if field.get("type") == SUBFORM:
        yield from _of_default_lines(f"{at}/default_lines", line_form_key(form, key), field)


def _of_relation(at: str, form: str, end: RelationEnd) -> Iterator[Expression]:
    """Which records may be chosen, and what choosing one fills in."""
    # Of several forms each has its own.
    target, branch = end.form, (end.form,) if end.key != end.field else ()
    if isinstance(text := end.settings.get("filter"), str):
        yield Expression(
            path=at + pointer("filter", *branch), text=text, form=target, record=form, query=True
        )
    for filled, text in part_of(end.settings, "fill").items():
        if isinstance(text, str):
            yield Expression(
                path=at + pointer("fill", *branch, filled),
                text=text,
                form=target,
                record=form,
                owner=form,
                fills=filled,
            )


def _of_duplicate_rule(at: str, form: str, rule: Json) -> Iterator[Expression]:
    yield from _conditions(at, form, rule, "when")
    targets = rule.get("with")
    for index, target in enumerate(targets if isinstance(targets, list) else ()):
        if isinstance(target, dict) and isinstance(there := target.get("form"), str):
            yield from _conditions(f"{at}/with/{index}", there, target, "when", query=True)


def _of_default_lines(at: str, lines: str, field: Json) -> Iterator[Expression]:
    """What the lines of a new record begin with; values that are no text stand for themselves."""
    found = field.get("default_lines")
    for index, line in enumerate(found if isinstance(found, list) else ()):
        for key, text in line.items() if isinstance(line, dict) else ():
            if isinstance(text, str):
                yield Expression(
                    path=f"{at}/{index}{pointer(key)}", text=text, form=lines, owner=lines, fills=key
                )


def _of_layout(at: str, form: str, items: Any, behind: Mapping[tuple[str, str], str]) -> Iterator[Expression]:
    for index, item in enumerate(items):
        if isinstance(item, dict) and "list" in item:
            if there := behind.get((form, str(item["list"]))):
                yield from _conditions(f"{at}/{index}", there, item, "filter", query=True)
        elif isinstance(item, dict):
            yield from _conditions(f"{at}/{index}", form, item, "visible")
            yield from _of_layout(f"{at}/{index}/content", form, item.get("content", ()), behind)


def _of_action(
    at: str, form: str, action: Json, behind: Mapping[tuple[str, str], str]
) -> Iterator[Expression]:
    """On which records a button stands, and the values it gives."""
    yield from _conditions(at, form, action, "condition")
    owner = target_of_action(form, action, behind)
    for key, text in part_of(action, "values").items():
        if owner and isinstance(text, str):
            path = at + pointer("values", key)
            yield Expression(path=path, text=text, form=form, owner=owner, fills=key)


def _of_conversion(at: str, form: str, conversion: Json) -> Iterator[Expression]:
    """On which records it can be done, and the values of what it makes and of the record itself."""
    yield from _conditions(at, form, conversion, "when")
    for key, target in entries(part_of(conversion, "targets")):
        if isinstance(there := target.get("form"), str):
            yield from _values(at + pointer("targets", key, "values"), form, there, part_of(target, "values"))
    yield from _values(f"{at}/set", form, form, part_of(conversion, "set"))


def _values(at: str, form: str, owner: str, values: Json) -> Iterator[Expression]:
    for key, text in values.items():
        if isinstance(text, str):
            yield Expression(path=at + pointer(key), text=text, form=form, owner=owner, fills=key)


def _conditions(
    at: str, form: str, part: Json, *names: str, query: bool = False, change: bool = False
) -> Iterator[Expression]:
    for name in names:
        if isinstance(text := part.get(name), str):
            yield Expression(path=f"{at}/{name}", text=text, form=form, query=query, change=change)
