"""Whether every expression of an app reads well and gives the kind of value its place needs."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions.expressions import Expression, expressions_in, names_in
from joinery.definitions.names import AppNames, ExpressionNames
from joinery.definitions.shape import part_of
from joinery.definitions.suggestions import nearest
from joinery.definitions.wording import type_words
from joinery.formulas import BLANK, BOOLEAN, Checked, Type, check
from joinery.kernel import Issue

Json = Mapping[str, Any]


class ExpressionChecks:
    """Checks all expressions of a document once and keeps what they turned out to be."""

    def __init__(self, document: Json, names: AppNames) -> None:
        self._names = names
        self.issues: list[Issue] = []
        #: Each expression without mistakes by its JSON pointer.
        self.checked: dict[str, Checked] = {}
        for expression in expressions_in(document):
            # An unknown form is reported where it is named.
            if expression.form in names.forms:
                self._check(expression)

    def _check(self, expression: Expression) -> None:
        names = ExpressionNames(self._names, expression.form, expression.record)
        checked, issues = check(expression.text, names)
        found = [*issues, *self._unusable(expression)]
        if not found and checked is not None:
            self.checked[expression.path] = checked
            found = [*self._result_issues(expression, checked), *self._option_issues(expression, checked)]
        self.issues.extend(issue.under(expression.path) for issue in found)

    def _unusable(self, expression: Expression) -> Iterator[Issue]:
        """Fields that exist but have no value an expression could use."""
        for path in sorted(names_in(expression.text)):
            form = expression.record if path[0] == "$form" else expression.form
            if (
                form
                and path[-1] in self._names.fields(form)
                and self._names.types(form).get(path[-1]) is None
            ):
                written = "{" + ".".join(path) + "}"
                position = max(0, expression.text.find(written))
                yield Issue(
                    "",
                    "definition_field_not_usable",
                    {"name": path[-1], "position": position, "length": len(written)},
                )

    def _result_issues(self, expression: Expression, checked: Checked) -> Iterator[Issue]:
        place = {"position": 0, "length": len(expression.text)}
        expected = self._expected(expression)
        if expected is None:
            yield Issue("", "definition_field_not_usable", {"name": expression.fills, **place})
        elif not fits(checked.type, expected):
            code = "definition_wrong_result_type" if expression.fills else "definition_not_a_condition"
            params = {"expected": type_words(expected), "found": type_words(checked.type)}
            yield Issue("", code, {**params, **place})
        elif expression.query and not checked.sql:
            yield Issue("", "definition_not_in_queries", place)

    def _expected(self, expression: Expression) -> Type | None:
        if expression.fills is None:
            return BOOLEAN
        # A field that does not exist is reported where it is named; any value will do for it.
        return self._names.types(expression.owner).get(expression.fills, BLANK)

    def _option_issues(self, expression: Expression, checked: Checked) -> Iterator[Issue]:
        """A default that is one fixed option must be an option there is."""
        text = expression.text.strip()
        if expression.fills is None or not (
            text.startswith('"') and text.endswith('"') and '"' not in text[1:-1]
        ):
            return
        field = part_of(self._names.fields(expression.owner), expression.fills)
        options = part_of(field, "options")
        if (
            self._names.field_type(expression.owner, expression.fills) == "choice"
            and text[1:-1] not in options
        ):
            params = {"name": text[1:-1], "suggestion": nearest(text[1:-1], options)}
            yield Issue(
                "", "definition_unknown_option", {**params, "position": 0, "length": len(expression.text)}
            )


def fits(found: Type, expected: Type) -> bool:
    """Whether a value of one type may be stored in a field of another."""
    if "blank" in (found.kind, expected.kind) or found == expected:
        return True
    if found.is_numeric and expected.is_numeric:
        return True
    if {found.kind, expected.kind} == {"text", "choice"}:
        return True
    if (found.kind, expected.kind) == ("date", "datetime"):
        return True
    if found.kind == expected.kind == "record":
        return found.form is None or expected.form is None
    if found.kind == expected.kind == "list":
        return found.item is None or expected.item is None or fits(found.item, expected.item)
    return False
