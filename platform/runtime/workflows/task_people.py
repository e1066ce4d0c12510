"""Whom somebody may hand a task to, add or ask: the people that its node lets him choose among."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor, User
from joinery.kernel import InvalidInput, Issue
from joinery.permissions import EVERYTHING
from joinery.runtime.people.people import list_users, user_json
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.proposals import proposed_record
from joinery.runtime.workflows.runner import proposal_of
from joinery.runtime.workflows.task_access import OPEN, OpenTask, open_task
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import records
from joinery.workflows import EVERYBODY, Instance, decisions_of, outside, read_instance

#: How many are told at once.
MOST_PEOPLE = 50


def people_of_task(unit: Unit, actor: Actor, task_id: int, query: Mapping[str, Any]) -> dict[str, Any]:
    """The people whose name or address holds `search`, whom a decision of a task of one's own may name.

    Raises NotFound, and InvalidInput where the decision is not offered or names nobody.
    """
    opened = open_task(unit, actor, task_id)
    instance = read_instance(opened.instance.state)
    offers = decisions_of(opened.workflow, instance, opened.task.number) if opened.task.state in OPEN else ()
    offer = next((one for one in offers if one.key == query.get("decision")), None)
    if offer is None or offer.among is None:
        raise InvalidInput(issues=[Issue("/decision", "workflow_names_nobody")])
    search = query.get("search", "")
    if offer.among == EVERYBODY:
        return {"users": list_users(unit, actor, search=search, limit=MOST_PEOPLE)}
    known = opened.at.lookup
    found = [user for user in known.users if user.active and not user.service and _matches(user, search)]
    named = [user.id for user in found]
    left_out = outside(offer.among, opened.task.user_id, named, instance, _world(opened, instance))
    left_out |= {opened.task.user_id}
    chosen = sorted((one for one in found if one.id not in left_out), key=lambda one: one.name.casefold())
    return {"users": [user_json(known, user) for user in chosen[:MOST_PEOPLE]]}


def _world(opened: OpenTask, instance: Instance) -> RecordWorld:
    """The record as the run sees it, with what waits for approval."""
    at = opened.at.as_anybody()
    record = None
    if opened.instance.record_id is not None:
        record = records.get(
            at.unit, at.table, opened.instance.record_id, EVERYTHING, at.evaluation, lines=True
        )
    proposal = proposal_of(at.unit, instance)
    waits = proposal is not None and (record is None or instance.holds_back)
    values = proposed_record(at, record, proposal) if proposal and waits else record or {}
    return RecordWorld(at, values, instance.initiator)


def _matches(user: User, search: str) -> bool:
    needle = search.strip().casefold()
    return needle in user.name.casefold() or needle in (user.email or "").casefold()
