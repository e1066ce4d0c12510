"""How two versions of an app differ, as values that can be shown, planned and applied.

Things are compared by their keys. A form that was added or removed stands for all its fields, a field
that was added or removed for all its properties.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from joinery.definitions.lines import with_lines
from joinery.definitions.model import AppDefinition, FieldDefinition, FormDefinition
from joinery.definitions.subforms import SUBFORM, line_form_key
from joinery.definitions.workflow import WorkflowDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference; `form` and `field` are "" where it concerns something larger."""

    app: str
    form: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppChanged(Change):
    """Properties of the app itself: its label, roles, menu, ..."""

    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAdded(Change):
    """A form that was not there before, with all its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRemoved(Change):
    """A form that is no longer there, with all its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRenamed(Change):
    """The lines of a subform that has another key (`form`); `was` is the old one."""

    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChanged(Change):
    """Properties of a form besides its fields: title, views, permissions, ..."""

    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAdded(Change):
    """A field that was not there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRemoved(Change):
    """A field that is no longer there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRenamed(Change):
    """A field that goes on under a new key (`field`); `was` is the old one."""

    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRetyped(Change):
    """A field that has another type than before."""

    old_type: str
    new_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChanged(Change):
    """Properties and settings of a field, apart from its key, type and uniqueness."""

    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueAdded(Change):
    """From now on no two records may hold the same value in this field, which was there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueRemoved(Change):
    """Values of this field may repeat from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowAdded(Change):
    """A workflow (of `form`) that was not there before."""

    workflow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowRemoved(Change):
    """A workflow that is no longer there; what runs of it goes on."""

    workflow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowChanged(Change):
    """Properties of a workflow, and its nodes by key; what runs stays on the version it started with."""

    workflow: str
    properties: tuple[str, ...]
    nodes_added: tuple[str, ...] = ()
    nodes_removed: tuple[str, ...] = ()
    nodes_changed: tuple[str, ...] = ()


def changes_between(old: AppDefinition | None, new: AppDefinition) -> tuple[Change, ...]:
    """What makes `new` out of `old` (None: the app is installed for the first time)."""
    if old is None:
        forms = [FormAdded(app=new.key, form=form) for form in with_lines(new)]
        return (*forms, *(_added(workflow) for workflow in new.workflows.values()))
    return tuple(_changes(old, new))


def _changes(old: AppDefinition, new: AppDefinition) -> Iterator[Change]:
    if properties := _differing(old, new, apart_from=("key", "forms", "workflows", "document")):
        yield AppChanged(app=new.key, properties=properties)
    before, after = with_lines(old), with_lines(new)
    renamed = _renamed_lines(old, new)
    for key in before:
        if key not in after and key not in renamed.values():
            yield FormRemoved(app=new.key, form=key)
    for key, form in after.items():
        if key in renamed:
            yield FormRenamed(app=new.key, form=key, was=renamed[key])
        if renamed.get(key, key) in before:
            yield from _form_changes(before[renamed.get(key, key)], form)
        else:
            yield FormAdded(app=new.key, form=key)
    for key, workflow in old.workflows.items():
        if key not in new.workflows:
            yield WorkflowRemoved(app=new.key, form=workflow.form, workflow=key)
    for key, workflow in new.workflows.items():
        if key not in old.workflows:
            yield _added(workflow)
        else:
            yield from _workflow_changes(old.workflows[key], workflow)


def _added(workflow: WorkflowDefinition) -> WorkflowAdded:
    return WorkflowAdded(app=workflow.app, form=workflow.form, workflow=workflow.key)


def _workflow_changes(old: WorkflowDefinition, new: WorkflowDefinition) -> Iterator[Change]:
    before, after = old.nodes, new.nodes
    properties = _differing(old, new, apart_from=("app", "key", "nodes"))
    changed = WorkflowChanged(
        app=new.app,
        form=new.form,
        workflow=new.key,
        properties=properties,
        nodes_added=tuple(key for key in after if key not in before),
        nodes_removed=tuple(key for key in before if key not in after),
        nodes_changed=tuple(key for key in after if key in before and not _same(before[key], after[key])),
    )
    if properties or not _same(before, after):
        yield changed


def _renamed_lines(old: AppDefinition, new: AppDefinition) -> dict[str, str]:
    """The forms of lines whose subform goes on under a new key: new key to old key."""
    return {
        line_form_key(key, field): line_form_key(key, was)
        for key, form in new.forms.items()
        if key in old.forms
        for field, was in _renamed(old.forms[key], form).items()
        if form.fields[field].type == SUBFORM == old.forms[key].fields[was].type
    }


def _form_changes(old: FormDefinition, new: FormDefinition) -> Iterator[Change]:
    if properties := _differing(old, new, apart_from=("app", "key", "fields")):
        yield FormChanged(app=new.app, form=new.key, properties=properties)
    renamed = _renamed(old, new)
    for key in old.fields:
        if key not in new.fields and key not in renamed.values():
            yield FieldRemoved(app=new.app, form=new.key, field=key)
    for key, field in new.fields.items():
        former = old.fields.get(renamed.get(key, key))
        if key in renamed:
            yield FieldRenamed(app=new.app, form=new.key, field=key, was=renamed[key])
        if former is None:
            yield FieldAdded(app=new.app, form=new.key, field=key)
        else:
            yield from _field_changes(former, field, new)


def _renamed(old: FormDefinition, new: FormDefinition) -> dict[str, str]:
    """New key to old key. A `was` that an earlier version has already carried out counts no more."""
    return {
        key: field.was
        for key, field in new.fields.items()
        if field.was and field.was in old.fields and field.was not in new.fields and key not in old.fields
    }


def _field_changes(old: FieldDefinition, new: FieldDefinition, form: FormDefinition) -> Iterator[Change]:
    app, place = form.app, form.key
    if old.type != new.type:
        yield FieldRetyped(app=app, form=place, field=new.key, old_type=old.type, new_type=new.type)
    if new.unique and not old.unique:
        yield UniqueAdded(app=app, form=place, field=new.key)
    if old.unique and not new.unique:
        yield UniqueRemoved(app=app, form=place, field=new.key)
    names = {*old.settings, *new.settings}
    settings = tuple(name for name in sorted(names) if old.settings.get(name) != new.settings.get(name))
    properties = _differing(old, new, apart_from=("key", "type", "unique", "was", "takes_over", "settings"))
    if properties or settings:
        yield FieldChanged(app=app, form=place, field=new.key, properties=properties + settings)


def _differing(old: object, new: object, apart_from: tuple[str, ...]) -> tuple[str, ...]:
    """The properties in which two values of one class differ; the order of mappings counts."""
    return tuple(
        part.name
        for part in fields(new)  # type: ignore[arg-type]
        if part.name not in apart_from and not _same(getattr(old, part.name), getattr(new, part.name))
    )


def _same(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict) and list(one) != list(other):
        return False
    return one == other
