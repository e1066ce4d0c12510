"""External organisations: partner companies whose people sign in to the same workspace.

They stand outside the department tree, and their people have no department, role or manager: they see what
permission groups for the kind of their organisation, or groups into which the workspace put them, give.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.directory import ORGANISATION_KINDS, Actor, Directory, ExternalOrganisation
from joinery.kernel import InvalidInput, Issues, NotFound
from joinery.runtime.kinds import ORGANISATION
from joinery.runtime.people import members, password_links, sessions
from joinery.runtime.people.organising import check_name, directory_to_change, note
from joinery.runtime.unit import Unit
from joinery.storage import directory, external_organisations


def offered_organisations(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """The organisations that can be chosen; whoever is of one himself is offered his own."""
    return [
        {"id": one.id, "name": one.name, "kind": one.kind}
        for one in directory.load(unit).known_to(actor).organisations
        if one.active
    ]


def list_organisations(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """All organisations with their people, by name."""
    known = directory.load(unit)
    everybody = [user for user in known.users if user.organisation_id is not None]
    everybody.sort(key=lambda user: (user.name.casefold(), user.id))
    people = members.with_state(unit, actor, known, everybody)
    return [
        {**_head(one), "people": [person for person in people if person["organisation_id"] == one.id]}
        for one in known.organisations
    ]


def create_organisation(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A new organisation, switched on; raises InvalidInput."""
    known = directory_to_change(unit)
    _check(known, None, sent)
    organisation_id = external_organisations.add(
        unit, name=sent["name"].strip(), kind=sent["kind"], at=unit.now
    )
    return _noted(unit, actor, "organisation_created", None, organisation_id)


def change_organisation(
    unit: Unit, actor: Actor, organisation_id: int, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Change its name or kind, or switch it on (`active`) or off.

    Off, the sessions of its people end at once and nobody of it can sign in; nothing else is lost. Raises
    NotFound and InvalidInput.
    """
    known = directory_to_change(unit)
    before = _require(known, organisation_id)
    _check(known, before, sent)
    values = {name: sent[name] for name in ("kind", "active") if name in sent}
    if "name" in sent:
        values["name"] = sent["name"].strip()
    if values:
        external_organisations.change(unit, organisation_id, **values)
    if sent.get("active") is False:
        for user in known.contacts(organisation_id):
            sessions.close_sessions_here(unit, user.id)
    kind = "organisation_changed"
    if "active" in sent and sent["active"] != before.active:
        kind = "organisation_switched_on" if sent["active"] else "organisation_switched_off"
    return _noted(unit, actor, kind, _head(before), organisation_id)


def invite(
    unit: Unit,
    actor: Actor,
    organisation_id: int,
    those: Sequence[Mapping[str, Any]],
    *,
    language: str | None,
    address: str,
) -> list[dict[str, Any]]:
    """New contacts of an organisation, each with a link to choose a password that is mailed too.

    All of them or nobody. Raises NotFound, InvalidInput naming every problem.
    """
    found = _require(directory_to_change(unit), organisation_id)
    if not found.active:
        issues = Issues()
        issues.add("", "organisation_is_off", name=found.name)
        raise InvalidInput(issues=issues)
    common = {"organisation_id": organisation_id, "language": language}
    return password_links.invite(unit, actor, those, common, address=address)


def _head(one: ExternalOrganisation) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "kind": one.kind, "active": one.active}


def _require(known: Directory, organisation_id: int) -> ExternalOrganisation:
    found = known.organisation(organisation_id)
    if found is None:
        raise NotFound(kind=ORGANISATION)
    return found


def _check(known: Directory, before: ExternalOrganisation | None, sent: Mapping[str, Any]) -> None:
    """Raise InvalidInput with everything that is wrong with an organisation as it would be."""
    issues = Issues()
    if "name" in sent:
        check_name(issues, "/name", sent["name"])
        wanted = " ".join(sent["name"].split()).casefold()
        if any(
            " ".join(one.name.split()).casefold() == wanted for one in known.organisations if one != before
        ):
            issues.add("/name", "organisation_name_taken")
    if "kind" in sent and sent["kind"] not in ORGANISATION_KINDS:
        issues.add("/kind", "not_offered", allowed=", ".join(ORGANISATION_KINDS))
    if issues:
        raise InvalidInput(issues=issues)


def _noted(
    unit: Unit, actor: Actor, kind: str, before: Mapping[str, Any] | None, organisation_id: int
) -> dict[str, Any]:
    after = _head(_require(directory.read(unit), organisation_id))
    note(unit, actor, kind, before, after)
    unit.forget_workspace()
    return next(one for one in list_organisations(unit, actor) if one["id"] == organisation_id)
