"""Whether every expression of an app reads well and gives the kind of value its place needs."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from joinery.definitions.expressions import Expression, expressions_in, names_in
from joinery.definitions.names import AppNames, ExpressionNames
from joinery.definitions.shape import part_of
from joinery.definitions.subforms import SUBFORM, is_line_form
from joinery.definitions.suggestions import nearest
from joinery.definitions.workflow_references import workflow_expressions
from joinery.formulas import BLANK, BOOLEAN, Checked, Type, compile_formula, options_named
from joinery.kernel import FormulaError, Issue

Json = Mapping[str, Any]

#: What an expression may give that names people or a moment, and what to say when it gives something else.
_KINDS = {
    "people": ({"user", "blank"}, "definition_not_people"),
    "moment": ({"date", "datetime", "blank"}, "definition_not_moment"),
}

#: An expression that is nothing but a field.
_ONE_FIELD = re.compile(r"\{\s*(\w+)\s*\}")


class ExpressionChecks:
    """Checks all expressions of a document once and keeps what they turned out to be."""

    def __init__(self, document: Json, names: AppNames) -> None:
        self._names = names
        self.issues: list[Issue] = []
        #: Each expression without mistakes by its JSON pointer.
        self.checked: dict[str, Checked] = {}
        for expression in chain(expressions_in(document), workflow_expressions(document, names.node_shapes)):
            # An unknown form is reported where it is named.
            if expression.form in names.forms:
                self.issues.extend(issue.under(expression.path) for issue in self._issues_of(expression))

    def _issues_of(self, expression: Expression) -> Iterator[Issue]:
        """What is wrong with one expression."""
        if self._names.field_type(expression.owner, expression.fills or "") == SUBFORM:
            yield from self._line_issues(expression)
            return
        yield from self._unusable_fields(expression)
        expected = self._expected(expression)
        if expected is None:
            yield _issue(expression, "definition_field_not_usable", name=expression.fills)
        names = ExpressionNames(self._names, expression.form, expression.record, change=expression.change)
        wanted = None if expected == BLANK else expected
        try:
            checked = compile_formula(expression.text, names, expects=wanted)
        except FormulaError as error:
            yield from error.issues
            return
        kinds, code = _KINDS.get(expression.wants, (None, ""))
        if kinds is not None and _kind(checked.type) not in kinds:
            yield _issue(expression, code)
            return
        self.checked[expression.path] = checked
        yield from self._option_issues(expression)
        yield from option_issues(checked, names)
        if expression.query and not checked.sql:
            yield _issue(expression, "definition_not_in_queries")

    def _line_issues(self, expression: Expression) -> Iterator[Issue]:
        """Lines are filled in from lines alone: with those of the record that a relation points at."""
        names = ExpressionNames(self._names, expression.form, expression.record)
        found = _ONE_FIELD.fullmatch(expression.text.strip())
        lines = names.type_of((found[1],)) if found and expression.record else None
        if lines is None or not is_line_form(lines.form or ""):
            yield _issue(expression, "definition_fill_lines", name=expression.fills)

    def _expected(self, expression: Expression) -> Type | None:
        """What must come out; None for a field that expressions cannot give a value to."""
        if expression.fills is None:
            return BOOLEAN if expression.wants == "condition" else BLANK
        # A field that does not exist is reported where it is named; any value will do for it.
        return self._names.types(expression.owner).get(expression.fills, BLANK)

    def _unusable_fields(self, expression: Expression) -> Iterator[Issue]:
        """Fields that exist but have no value an expression could read."""
        for path in sorted(names_in(expression.text)):
            form = expression.record if path[0] == "$form" else expression.form
            if form and self._names.types(form).get(path[-1], BLANK) is None:
                yield _issue(
                    expression, "definition_field_not_usable", "{" + ".".join(path) + "}", name=path[-1]
                )

    def _option_issues(self, expression: Expression) -> Iterator[Issue]:
        """A default that is one fixed option must be an option there is."""
        text, key = expression.text.strip(), expression.fills
        if key is None or not (text[:1] == text[-1:] == '"' and '"' not in text[1:-1]):
            return
        options = part_of(self._names.fields(expression.owner).get(key), "options")
        if self._names.field_type(expression.owner, key) == "choice" and text[1:-1] not in options:
            suggestion = nearest(text[1:-1], options)
            yield _issue(expression, "definition_unknown_option", name=text[1:-1], suggestion=suggestion)


def option_issues(checked: Checked, names: ExpressionNames) -> Iterator[Issue]:
    """Options that an expression compares a choice with and that the choice does not have.

    Such a comparison is never TRUE. A label in place of the key gets the key as its suggestion.
    """
    for field, text in options_named(checked.formula):
        options = names.options_of(field.path)
        if options is None or not text.value or text.value.lower() in map(str.lower, options):
            continue
        labelled = (key for key in options if text.value in part_of(part_of(options, key), "label").values())
        suggestion = next(labelled, None) or nearest(text.value, options)
        place = {"position": text.position, "length": text.length}
        params = {"name": text.value[:60], "suggestion": suggestion}
        yield Issue("", "definition_unknown_option", {**params, **place})


def _kind(found: Type) -> str:
    """The kind of a value, or of the items of a list."""
    return found.item.kind if found.item else found.kind


def _issue(expression: Expression, code: str, part: str | None = None, **params: Any) -> Issue:
    """A problem with `part` of an expression's text, or with all of it."""
    position = expression.text.find(part) if part else 0
    place = {"position": max(0, position), "length": len(part or expression.text)}
    return Issue("", code, {**params, **place})
