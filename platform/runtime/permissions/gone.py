"""Who was put into permission groups that are no longer there: nobody is in them when they come back."""

from joinery.definitions import AppDefinition
from joinery.directory import Actor
from joinery.runtime import audit
from joinery.runtime.people.organising import directory_to_change
from joinery.runtime.permissions.groups import as_noted
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation


def forget_gone_groups(unit: Unit, actor: Actor, app: AppDefinition) -> None:
    """Take everybody out of groups that the published app lacks; a group of the same key begins empty."""
    if not any(_is_gone(app, one.group) for one in directory.load(unit).group_members):
        return
    known = directory_to_change(unit)
    for name in dict.fromkeys(one.group for one in known.group_members):
        if _is_gone(app, name):
            members = [one for one in known.group_members if one.group == name]
            _, form, group = name.split(".")
            organisation.save_group_members(unit, app.key, form, group, [])
            audit.record(
                unit,
                actor,
                "permission_group_members_changed",
                subject=name,
                before=as_noted(name, members),
                after=as_noted(name, []),
                app=app.key,
            )
    unit.forget_workspace()


def _is_gone(app: AppDefinition, name: str) -> bool:
    key, form, group = name.split(".")
    definition = app.forms.get(form)
    return key == app.key and not (definition and group in (definition.permissions or {}))
