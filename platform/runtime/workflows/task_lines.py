"""What a task lets its holder see and change of lines: all of them, or columns as "lines.price"."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import JOINT
from joinery.permissions import EVERYTHING, FormAccess
from joinery.runtime.records.open_form import OpenForm

Fields = Mapping[str, Any]


def columns_of(at: OpenForm, fields: Fields, *parts: str) -> frozenset[str]:
    """The columns that these parts of a node's field settings name, as far as the form has them."""
    named = (name for part in parts for name in fields.get(part, ()))
    return frozenset(name for name in named if _has(at, *name.partition(JOINT)[::2]))


def _has(at: OpenForm, subform: str, column: str) -> bool:
    lines = at.form.line_forms.get(subform)
    return lines is not None and column in lines.fields


def lines_of_node(
    at: OpenForm, fields: Fields, readable: frozenset[str], *, acts: bool
) -> dict[str, FormAccess]:
    """The rights on lines that a node settles, by the form of the lines; with `acts` he may change them.

    A subform that is named is shown with the columns that the holder's groups show him, with all of them
    where these show him no lines; columns that are named are shown besides, `hidden` ones to nobody. Lines
    that no setting names stay as they are.
    """
    found: dict[str, FormAccess] = {}
    for subform, form in at.form.line_forms.items():
        own = at.beside(form.key).access
        shown = _columns(at, fields, subform, "visible", "editable", "required")
        hidden = _columns(at, fields, subform, "hidden")
        whole = any(subform in fields.get(part, ()) for part in ("visible", "editable", "required"))
        if subform not in readable or not (whole or shown or hidden):
            continue
        known = own.readable | form.system_fields.keys()
        every = form.fields.keys() if whole and not own.allows("view") else frozenset[str]()
        seen = (known | every | shown) - hidden
        changed = _changed(at, fields, subform) & seen if acts else frozenset[str]()
        actions = frozenset({"view", "edit"})
        found[form.key] = FormAccess(
            actions=actions,
            scopes=dict.fromkeys(actions, EVERYTHING),
            readable=frozenset(seen),
            writable=frozenset(changed),
            masked={key: mask for key, mask in own.masked.items() if key not in seen | hidden},
            buttons=frozenset(),
        )
    return found


def _columns(at: OpenForm, fields: Fields, subform: str, *parts: str) -> frozenset[str]:
    named = (one.partition(JOINT) for one in columns_of(at, fields, *parts))
    return frozenset(column for around, _, column in named if around == subform)


def _changed(at: OpenForm, fields: Fields, subform: str) -> frozenset[str]:
    """The columns that may be changed: all of a subform that is, else those that are named."""
    if any(subform in fields.get(part, ()) for part in ("editable", "required")):
        return frozenset(at.form.line_forms[subform].plan.open)
    return _columns(at, fields, subform, "editable", "required")
