"""The forms of an app with those of the lines of its subforms, as whatever stores records sees them."""

from collections.abc import Iterable
from dataclasses import replace

from joinery.definitions.codec import load_field
from joinery.definitions.model import (
    AppDefinition,
    FieldDefinition,
    FormDefinition,
    PermissionGroupDefinition,
)
from joinery.definitions.subforms import JOINT, SUBFORM, line_form_key
from joinery.formulas import PARENT_RECORD
from joinery.kernel import pointer

#: The place of a line among those of its record, from 0.
POSITION = "$position"


def with_lines(app: AppDefinition) -> dict[str, FormDefinition]:
    """All forms by key, each followed by the forms of its lines ("order.lines")."""
    found: dict[str, FormDefinition] = {}
    for form in app.forms.values():
        found[form.key] = form
        for field in form.fields.values():
            if field.type == SUBFORM:
                found[line_form_key(form.key, field.key)] = _line_form(form, field)
    return found


def place_of(form: FormDefinition) -> str:
    """The JSON pointer of a form, or of the subform whose lines it holds."""
    if form.parent is None:
        return pointer("forms", form.key)
    return pointer("forms", form.parent, "fields", form.key.removeprefix(form.parent + JOINT))


def _line_form(form: FormDefinition, field: FieldDefinition) -> FormDefinition:
    parent = FieldDefinition(
        key=PARENT_RECORD,
        type="relation",
        label=form.label,
        hidden=True,
        settings={"form": form.key, "inverse": {"key": field.key}, "on_delete": "take along"},
    )
    position = FieldDefinition(
        key=POSITION, type="number", label={"en": "Position", "zh": "行号"}, hidden=True
    )
    own = {key: load_field(key, body) for key, body in field.settings["fields"].items()}
    return FormDefinition(
        app=form.app,
        key=line_form_key(form.key, field.key),
        label=field.label,
        plural=field.label,
        title="",
        fields={PARENT_RECORD: parent, POSITION: position, **own},
        permissions=None
        if form.permissions is None
        else {key: _group(group, field.key) for key, group in form.permissions.items()},
        search=(),
        parent=form.key,
    )


def _group(group: PermissionGroupDefinition, subform: str) -> PermissionGroupDefinition:
    """What a group may do with lines: whatever it may do with the field they stand in.

    Which records those are in is for the form of the records to say.
    """
    actions = group.actions
    reach = group.reach_of_field(subform)
    if reach == "hidden":
        actions = ()
    elif reach == "readable":
        # Who may change a record may see it.
        seen = ("view",) if "edit" in actions else ()
        actions = (*seen, *(one for one in actions if one not in ("create", "edit")))
    prefix = subform + JOINT
    return replace(
        group,
        actions=actions,
        rows="none" if group.rows == "none" else "all",
        department=None,
        buttons=None,
        other_fields="writable",
        hidden_fields=_inside(group.hidden_fields, prefix),
        masked_fields={
            name: group.masked_fields[prefix + name] for name in _inside(group.masked_fields, prefix)
        },
        read_only_fields=_inside(group.read_only_fields, prefix),
        writable_fields=(),
    )


def _inside(names: Iterable[str], prefix: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(prefix) for name in names if name.startswith(prefix))
