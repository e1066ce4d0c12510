"""What a saved test has to know of a record so that a workflow goes the same way there."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import workflow_expressions
from joinery.forms import Field, Form
from joinery.formulas import PARENT_RECORD, FormulaProblem, Path, compile_formula
from joinery.kernel import FormulaError, pointer
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.sent_records import show_context
from joinery.workflows import catalogue

Json = dict[str, Any]
Values = Mapping[str, Any]

#: Formulas that look at formulas are followed so far, and lists are taken so long.
DEEPEST = 8
LONGEST = 20

#: People and departments of the workspace are nobody in the company that tests imagine.
_PERSONAL = frozenset({"user", "department", "organisation"})
_FILES = frozenset({"file", "image"})


def scenario_record(at: OpenForm, key: str, body: Mapping[str, Any], values: Values) -> Json:
    """The values of a record that the expressions of a workflow look at, as a scenario describes them.

    What is computed is described by what it is computed from. Of each value only what the actor may read.
    """
    found: Json = {}
    far = FarValues(at)
    for path in sorted(set(_looked_at(at, key, body))):
        if _is_shown(at, path):
            _describe(at, found, at.form, values, path, far)
    return found


def _looked_at(at: OpenForm, key: str, body: Mapping[str, Any]) -> Iterator[Path]:
    """The paths to values that somebody types which decide what a workflow does."""
    document: Json = {"forms": {}, "workflows": {key: body}}
    starts = pointer("workflows", key, "starts")
    for one in workflow_expressions(document, catalogue().node_shapes()):
        if one.form == at.form.key and one.record is None and not one.path.startswith(starts):
            try:
                checked = compile_formula(one.text, at.form.names)
            except FormulaError:
                continue  # it looks at what is in the draft alone
            for path in checked.paths:
                yield from _typed(at, at.form, path)


def _typed(at: OpenForm, form: Form, path: Path, before: Path = (), depth: int = 0) -> Iterator[Path]:
    """The path, or where it leads to a formula, those that the formula looks at."""
    if path[0] == PARENT_RECORD and before and path[1:]:
        yield from _typed(at, _form_at(at, before[:-1]), path[1:], before[:-1], depth)
        return
    if path[0].startswith("$") or depth > DEEPEST:
        return
    link = form.names.link(path[0])
    if len(path) > 1:
        if link is not None:
            yield from _typed(at, at.app.compiled.forms[link.form], path[1:], (*before, path[0]), depth)
        return
    field = form.fields.get(path[0])
    if field is not None and field.formula is not None:
        for inner in field.formula.paths:
            yield from _typed(at, form, inner, before, depth + 1)
    else:
        yield (*before, path[0])


def _form_at(at: OpenForm, path: Path) -> Form:
    form = at.form
    for part in path:
        link = form.names.link(part)
        assert link is not None, "every part but the last is a relation"
        form = at.app.compiled.forms[link.form]
    return form


def _is_shown(at: OpenForm, path: Path) -> bool:
    """Whether the actor may read the values at the end of a path at all."""
    there = at
    for part in path[:-1]:
        if part in there.form.fields and part not in there.access.readable:
            return False
        there = at.beside(_form_at(there, (part,)).key)
    return path[-1] not in there.form.fields or path[-1] in there.access.readable


def _describe(at: OpenForm, into: Json, form: Form, values: Values, path: Path, far: FarValues) -> None:
    """Put what a path of a record leads to where a scenario has it."""
    key, rest = path[0], path[1:]
    lines = values.get(key)
    if form.line_forms.get(key) is not None:
        listed = _listed(into, key, len(lines or ()))
        for line, described in zip(lines or (), listed, strict=False):
            _describe_end(at, described, form.line_forms[key], line, rest, far)
        return
    _describe_end(at, into, form, values, path, far)


def _describe_end(at: OpenForm, into: Json, form: Form, values: Values, path: Path, far: FarValues) -> None:
    if not path:
        return
    if len(path) == 1:
        field = form.field(path[0])
        if field is not None:
            _put(at, into, field, values.get(path[0]))
        return
    several = form.names.source_of(path)
    end = _end_of(at, form, path)
    # Of lists in lists nothing would tell what belongs together.
    if end is None or len([one for one in form.names.links_along(path) if one.many]) > 1:
        return
    value = far.get(form.key, values, (path,), False).get(path)
    if not several:
        if values.get(path[0]) is not None:
            _put(at, _inside(into, path[:-1]), end, value)
        return
    ends = tuple(value or ())
    outer = _inside(into, several[:-1])
    for described, one in zip(_listed(outer, several[-1], len(ends)), ends, strict=False):
        _put(at, _inside(described, path[len(several) : -1]), end, one)


def _end_of(at: OpenForm, form: Form, path: Path) -> Field | None:
    for part in path[:-1]:
        link = form.names.link(part)
        if link is None:
            return None
        form = at.app.compiled.forms[link.form]
    return form.field(path[-1])


def _inside(into: Json, path: Path) -> Json:
    for part in path:
        into = into.setdefault(part, {})
    return into


def _listed(into: Json, key: str, count: int) -> list[Json]:
    """The descriptions of a list of records, made where there are none yet."""
    # An empty list need not be told.
    found: list[Json] = into.setdefault(key, [{} for _ in range(min(count, LONGEST))]) if count else []
    return found


def _put(at: OpenForm, into: Json, field: Field, value: Any) -> None:
    """Give a described record a value; of a record that a relation points at nothing more is known."""
    if value is None or isinstance(value, FormulaProblem) or field.system or field.type.computed:
        return
    if field.type.name in _FILES:
        return
    if field.references is not None or field.branches:
        if field.references is not None:
            into.setdefault(field.key, [{} for _ in value[:LONGEST]] if isinstance(value, tuple) else {})
    elif field.type.stores not in _PERSONAL:
        context = show_context(at, [{field.key: value}], [field])
        into[field.key] = field.type.to_json(field, value, context)
