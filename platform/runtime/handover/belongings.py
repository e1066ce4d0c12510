"""What somebody has: records that name him, work that waits, views, departments he heads, people he manages,
groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.directory import Actor, Department, Directory, Management, User
from joinery.forms import Field
from joinery.runtime.handover import work
from joinery.runtime.people.limits import require_managed
from joinery.runtime.people.members import state_of
from joinery.runtime.records.open_form import OpenForm, viewable_everywhere
from joinery.runtime.unit import Unit
from joinery.storage import directory, saved_views
from joinery.storage.named_people import count_naming
from joinery.storage.saved_views import SavedView

#: What is not in records.
KINDS = ("tasks", "workflows", "delegations", "views", "departments", "reports", "groups")
#: Names told of one kind; the count tells of all.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A field of people in a form, or in its subform `within`, that names somebody `count` times."""

    at: OpenForm
    field: Field
    within: Field | None
    count: int

    @property
    def key(self) -> str:
        """The place as it is called in a handover: "app.form.field" or "app.form.subform.field"."""
        steps = (self.within, self.field) if self.within else (self.field,)
        return ".".join((self.at.form.app, self.at.form.key, *(one.key for one in steps)))


def read_belongings(unit: Unit, actor: Actor, user_id: int) -> dict[str, Any]:
    """What somebody has, each with the `key` by which it can be handed over; raises NotFound.

    Who created or changed a record stays who it was, and records in the recycle bin are not counted. An
    application administrator is told of what his circle holds; the rest is for workspace administrators.
    """
    known = directory.load(unit)
    user = require_managed(known, actor, user_id)
    items = [_place_json(place) for place in places_naming(unit, actor, user_id)]
    for kind in KINDS:
        names = names_of(unit, actor, known, kind, user_id)
        if names:
            items.append({"key": kind, "kind": kind, "count": len(names), "names": names[:MOST_NAMED]})
    return {"person": {"id": user.id, "name": user.name, "state": state_of(user)}, "items": items}


def places_naming(unit: Unit, actor: Actor, user_id: int) -> list[Place]:
    """Every field in apps that the actor administers that names somebody, in the order of apps and forms."""
    return [
        place
        for at in viewable_everywhere(unit, actor)
        if actor.administers(at.form.app)
        for within, table_at in ((None, at), *_line_forms(at))
        for place in _counted(at, within, table_at, user_id)
    ]


def names_of(unit: Unit, actor: Actor, known: Directory, kind: str, user_id: int) -> list[str]:
    """The names of what somebody has of a kind that is not in records."""
    match kind:
        case "tasks":
            return work.task_words(unit, actor, work.tasks_of(unit, actor, user_id))
        case "workflows":
            return work.workflow_words(unit, actor, work.definitions_naming(unit, actor, user_id))
        case "delegations":
            return work.delegation_words(known, work.deputyships(unit, actor, known, user_id))
        case "views":
            return [view.label for view in views_of(unit, actor, user_id)]
        case "departments":
            return [one.name for one in departments_headed(actor, known, user_id)]
        case "reports":
            return [user.name for user in reports_of(actor, known, user_id)]
    return groups_naming(actor, known, user_id)


def views_of(unit: Unit, actor: Actor, user_id: int) -> list[SavedView]:
    """The views that somebody saved in apps that the actor administers."""
    return [view for view in saved_views.views_owned(unit, user_id) if actor.administers(view.app)]


def departments_headed(actor: Actor, known: Directory, user_id: int) -> list[Department]:
    """The departments that somebody heads and the actor manages."""
    may = Management(known, actor)
    return [one for one in known.departments if user_id in one.head_ids and may.manages_department(one.id)]


def reports_of(actor: Actor, known: Directory, user_id: int) -> list[User]:
    """The people whose named manager somebody is and whom the actor manages."""
    may = Management(known, actor)
    return [user for user in known.users if user.manager_id == user_id and may.manages(user)]


def groups_naming(actor: Actor, known: Directory, user_id: int) -> list[str]:
    """The permission groups ("app.form.group") of apps that the actor administers into which the workspace
    put somebody by name."""
    return [
        one.group
        for one in known.group_members
        if one.kind == "user" and one.id == user_id and actor.administers(one.group.split(".")[0])
    ]


def _line_forms(at: OpenForm) -> Iterator[tuple[Field, OpenForm]]:
    for key, form in at.form.line_forms.items():
        yield at.form.fields[key], at.beside(form.key)


def _counted(at: OpenForm, within: Field | None, there: OpenForm, user_id: int) -> Iterator[Place]:
    fields = people_fields(there)
    if not fields:
        return
    counts = count_naming(at.unit, there.table, fields, user_id)
    for field, count in zip(fields, counts, strict=True):
        if count:
            yield Place(at=at, field=field, within=within, count=count)


def people_fields(at: OpenForm) -> Sequence[Field]:
    """The fields that somebody fills with people, the owner among them; formulas follow by themselves."""
    return [
        field
        for field in at.form.plan.open.values()
        if field.type.stores == "user" and field.key in at.table.columns
    ]


def _place_json(place: Place) -> dict[str, Any]:
    app = place.at.app.compiled.definition
    return {
        "key": place.key,
        "kind": "records",
        "count": place.count,
        "app": {"key": app.key, "label": app.label},
        "form": {"key": place.at.form.key, "label": place.at.form.label},
        "field": {"key": place.field.key, "label": place.field.label},
        "within": None if place.within is None else {"key": place.within.key, "label": place.within.label},
    }
