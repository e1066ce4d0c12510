"""All that can be wrong with an app definition, found at once."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.conversion_checks import conversion_issues
from joinery.definitions.expression_checks import ExpressionChecks
from joinery.definitions.field_checks import (
    inverse_issues,
    inverse_use_issues,
    key_issues,
    line_issues,
    property_issues,
    rename_issues,
    takeover_issues,
)
from joinery.definitions.formula_graph import cycle_issues, random_issues, volatile_issues
from joinery.definitions.layout_checks import repetition_issues
from joinery.definitions.match_checks import duplicate_rule_issues, uniqueness_issues
from joinery.definitions.mending import mended
from joinery.definitions.names import AppNames
from joinery.definitions.reference_checks import (
    action_issues,
    hidden_title_issues,
    reference_issues,
    title_issues,
    view_issues,
)
from joinery.definitions.shape import part_of, shape_issues, size_issues
from joinery.definitions.subforms import as_written, field_path, is_line_form, with_line_forms
from joinery.definitions.workflow_checks import workflow_issues
from joinery.kernel import Issue, Issues

#: After so many, a list of problems helps nobody.
MAX_ISSUES = 500


def check_app(document: Any, catalogue: Catalogue) -> Issues:
    """Every problem of an app definition with its JSON pointer; never raises, whatever `document` is.

    `document` is any JSON value; `catalogue` knows the field types. Beyond MAX_ISSUES the rest is
    only announced.
    """
    if too_large := size_issues(document):
        return Issues(too_large)
    shape = shape_issues(document, catalogue)
    if any(issue.code == "definition_too_many_entries" for issue in shape):
        return Issues(shape)
    found = list(islice(chain(shape, _meaning_issues(document, shape, catalogue)), MAX_ISSUES + 1))
    issues = Issues(found[:MAX_ISSUES])
    if len(found) > MAX_ISSUES:
        issues.add("", "definition_more_issues", maximum=MAX_ISSUES)
    return issues


def names_in_app(document: Any, catalogue: Catalogue) -> AppNames:
    """What expressions of a document may refer to, whatever else is wrong with it."""
    if size_issues(document):
        return AppNames({}, catalogue)
    return AppNames(with_line_forms(mended(document, shape_issues(document, catalogue))), catalogue)


def _meaning_issues(whole: Any, shape: Collection[Issue], catalogue: Catalogue) -> Iterator[Issue]:
    """What is wrong with what the document says, at the places where it says so."""
    document = with_line_forms(mended(whole, shape))
    line_forms = {form for form in part_of(document, "forms") if is_line_form(form)}
    malformed = {field_path(issue.path) for issue in shape}
    malformed |= {"/".join(issue.path.split("/")[:5]) for issue in shape}
    for issue in _issues_with_lines(document, malformed, catalogue):
        yield replace(issue, path=as_written(issue.path, line_forms)) if line_forms else issue


def _issues_with_lines(document: Any, malformed: Collection[str], catalogue: Catalogue) -> Iterator[Issue]:
    names = AppNames(document, catalogue)
    yield from key_issues(document, names)
    yield from property_issues(names, catalogue, malformed)
    yield from rename_issues(names)
    yield from takeover_issues(names, catalogue)
    yield from inverse_issues(names)
    yield from line_issues(names, catalogue)
    yield from inverse_use_issues(names)
    yield from reference_issues(document, names, catalogue)
    yield from title_issues(names)
    yield from hidden_title_issues(names)
    yield from view_issues(names)
    yield from action_issues(names)
    yield from workflow_issues(names)
    yield from repetition_issues(document)
    expressions = ExpressionChecks(document, names)
    yield from expressions.issues
    yield from uniqueness_issues(names, expressions.checked)
    yield from duplicate_rule_issues(names, catalogue)
    yield from conversion_issues(names)
    yield from cycle_issues(document, names)
    yield from volatile_issues(document, names, expressions.checked)
    yield from random_issues(expressions.checked)
