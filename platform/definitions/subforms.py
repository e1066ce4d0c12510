"""Subforms in the JSON of an app: the lines of each are records of a form of their own, beside the others.

To the checks the subform `lines` of the form `order` is a form `order.lines` with the fields of the lines and
a relation `$parent` to the order, whose other end is called `lines` there. So whatever holds for forms,
relations and paths holds for lines as well.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from joinery.definitions.shape import entries, part_of
from joinery.formulas import PARENT_RECORD
from joinery.kernel import pointer

Json = Mapping[str, Any]

#: The name of the field type.
SUBFORM = "subform"
#: Joins the keys of a form and of a subform in the key of the form of its lines; no key contains it.
JOINT = "."

_LINE_FIELD = re.compile(r"/forms/([^/]+)/fields/([^/]+)/fields/([^/]+)")


def line_form_key(form: str, field: str) -> str:
    """The key of the form of a subform's lines."""
    return f"{form}{JOINT}{field}"


def is_line_form(form: str) -> bool:
    """Whether a form's key is that of the lines of a subform."""
    return JOINT in form


def subforms_of(fields: Json) -> Iterator[tuple[str, Json]]:
    """The subforms among the fields of a form."""
    return ((key, field) for key, field in entries(fields) if field.get("type") == SUBFORM)


def with_line_forms(document: Json) -> Json:
    """The document with the form of each subform's lines after the form it belongs to.

    A document that has any is not changed but copied.
    """
    forms = part_of(document, "forms")
    found: dict[str, Any] = {}
    for form, body in forms.items():
        found[form] = body
        for key, field in subforms_of(part_of(body, "fields")):
            found.setdefault(line_form_key(form, key), _line_form(form, body, key, field))
    return document if len(found) == len(forms) else {**document, "forms": found}


def as_written(path: str, line_forms: Collection[str]) -> str:
    """Where the document really says what stands at `path` in `with_line_forms` of it."""
    if not path.startswith("/forms/"):
        return path
    form, slash, rest = path.removeprefix("/forms/").partition("/")
    if form not in line_forms:
        return path
    return pointer("forms", form.partition(JOINT)[0], "fields", form.partition(JOINT)[2]) + slash + rest


def field_path(path: str) -> str:
    """The pointer of the field around a place in a document, a line's field in its form of lines."""
    if found := _LINE_FIELD.match(path):
        return pointer("forms", line_form_key(found[1], found[2]), "fields") + "/" + found[3]
    return "/".join(path.split("/")[:5])


def _line_form(form: str, body: Json, key: str, field: Json) -> dict[str, Any]:
    parent = {"type": "relation", "label": body.get("label", {}), "form": form, "inverse": {"key": key}}
    return {
        "label": field.get("label", {}),
        "title": "",
        "fields": {PARENT_RECORD: parent, **part_of(field, "fields")},
    }
