"""Whether somebody is among those to whom a part of an app is shown."""

from joinery.definitions import Audience
from joinery.directory import Actor, Directory


def is_shown_to(audience: Audience | None, actor: Actor, people: Directory) -> bool:
    """Whether a view, an entry of the menu or an app is shown to the actor; None is for everybody.

    It tells nothing of his rights on records. Names that the workspace does not have mean nobody.
    """
    if audience is None or actor.is_admin:
        return True
    if actor.email and actor.email.casefold() in {email.strip().casefold() for email in audience.users}:
        return True
    if actor.external is not None:
        return actor.external in audience.external or _is_of_one(audience, actor, people)
    if not actor.roles.union(actor.department_roles).isdisjoint(audience.roles):
        return True
    return _is_in_one(audience, actor, people)


def _is_of_one(audience: Audience, actor: Actor, people: Directory) -> bool:
    own = None if actor.organisation_id is None else people.organisation(actor.organisation_id)
    return own is not None and own.name.casefold() in {name.casefold() for name in audience.organisations}


def _is_in_one(audience: Audience, actor: Actor, people: Directory) -> bool:
    if actor.user_id is None:
        return False
    found = (people.find_department(path) for path in audience.departments)
    return any(one is not None and people.is_in(actor.user_id, one.id, with_below=True) for one in found)
