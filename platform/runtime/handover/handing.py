"""Handing what somebody has to successors: all of it in one transaction, told in the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinery.directory import Actor, Directory, GroupMember, User
from joinery.kernel import InvalidInput, Issues, to_json
from joinery.runtime import audit
from joinery.runtime.bus import announce
from joinery.runtime.handover.belongings import (
    Place,
    departments_headed,
    groups_naming,
    names_of,
    places_naming,
    reports_of,
    views_of,
)
from joinery.runtime.handover.handing_work import (
    hand_over_definitions,
    hand_over_deputies,
    hand_over_tasks,
)
from joinery.runtime.handover.records import Outcome, Progress, hand_over_records
from joinery.runtime.people import members
from joinery.runtime.people.limits import check_successor, require_managed
from joinery.runtime.people.organising import directory_to_change
from joinery.runtime.unit import Unit
from joinery.storage import directory, events, organisation, saved_views
from joinery.storage.events import StoredEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who gets what: `to` everything but the `items`, which name their own successor by key (None: stays).

    With `partly` records that break a rule are passed over; else one of them keeps everything as it is.
    """

    user_id: int
    to: int | None
    items: Mapping[str, int | None]
    deactivate: bool = False
    partly: bool = False

    def successor(self, key: str) -> int | None:
        """Who gets what has this key."""
        return self.items.get(key, self.to)

    def places(self, unit: Unit, actor: Actor) -> list[tuple[Place, int]]:
        """The places in records that get a successor."""
        found = places_naming(unit, actor, self.user_id)
        return [(one, who) for one in found if (who := self.successor(one.key)) is not None]


def plan_of(user_id: int, sent: Mapping[str, Any]) -> Plan:
    """The plan that a call describes."""
    return Plan(
        user_id=user_id,
        to=sent.get("to"),
        items={one["key"]: one["to"] for one in sent.get("items", ())},
        deactivate=sent.get("deactivate", False),
        partly=sent.get("partly", False),
    )


def check_plan(known: Directory, actor: Actor, plan: Plan) -> User:
    """Whose plan it is. Raises NotFound and OutsideCircle, InvalidInput for successors who cannot be any."""
    user = require_managed(known, actor, plan.user_id)
    issues = Issues()
    given = {"/to": plan.to} | {f"/items/{place}/to": who for place, who in enumerate(plan.items.values())}
    for path, successor in given.items():
        if successor is None:
            continue
        person = known.user(successor)
        # Nobody from outside takes over what one's own people have.
        outside = person is not None and person.organisation_id is not None
        if person is None or not person.active or (outside and user.organisation_id is None):
            issues.add(path, "no_such_person", id=successor)
        elif successor == plan.user_id:
            issues.add(path, "handover_to_oneself")
        else:
            check_successor(issues, known, actor, path, successor)
    if all(successor is None for successor in given.values()):
        issues.add("/to", "handover_to_nobody")
    if plan.deactivate and plan.user_id == actor.user_id:
        issues.add("/deactivate", "not_oneself")
    if issues:
        raise InvalidInput(issues=issues)
    return user


def hand_over(
    unit: Unit, actor: Actor, plan: Plan, progress: Progress = lambda count: None
) -> dict[str, Any]:
    """Do what the plan says, all of it or nothing; what was handed over, and what was left and why.

    Records name in their history who handed them over. Raises NotFound, and InvalidInput for a wrong plan
    and, unless it is to be done `partly`, for records that cannot change hands.
    """
    check_plan(directory.load(unit), actor, plan)
    places = plan.places(unit, actor)
    outcome = hand_over_records(places, plan.user_id, progress)
    had, handed = _hand_over_work(unit, actor, plan, outcome, progress)
    if outcome.left and not plan.partly:
        raise InvalidInput(issues=outcome.issues)
    # Who is here and who heads what is looked at under the lock, which is held for a moment only.
    known = directory_to_change(unit)
    user = check_plan(known, actor, plan)
    handed = [*({"key": place.key, "count": place.count, "to": who} for place, who in places), *handed]
    had |= {kind: names_of(unit, actor, known, kind, plan.user_id) for kind in _HANDERS}
    for kind in _HANDERS:
        successor = plan.successor(kind)
        if had[kind] and successor is not None:
            _HANDERS[kind](unit, actor, known, user, successor)
            handed.append({"key": kind, "count": len(had[kind]), "to": successor})
    if plan.deactivate:
        _deactivate(unit, actor, plan.user_id)
    unit.forget_workspace()
    _note(unit, actor, known, user, handed, had, outcome)
    return {"handed": handed, "records": outcome.changed, "left": outcome.left, "issues": outcome.issues}


def _hand_over_work(
    unit: Unit, actor: Actor, plan: Plan, outcome: Outcome, progress: Progress
) -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    """Give waiting tasks and places in definitions; what there was of each, and what was handed over.

    Tasks lock records and definitions the app, which is done before the directory is locked.
    """
    known = directory.load(unit)
    had = {kind: names_of(unit, actor, known, kind, plan.user_id) for kind in ("tasks", "workflows")}
    handed = []
    if had["tasks"] and (successor := plan.successor("tasks")) is not None:
        hand_over_tasks(unit, actor, plan.user_id, successor, outcome, progress)
        handed.append({"key": "tasks", "count": outcome.tasks, "to": successor})
    if had["workflows"] and (successor := plan.successor("workflows")) is not None:
        hand_over_definitions(unit, actor, plan.user_id, successor)
        handed.append({"key": "workflows", "count": len(had["workflows"]), "to": successor})
    return had, handed


def _deactivate(unit: Unit, actor: Actor, user_id: int) -> None:
    now = directory.read(unit)
    user = now.user(user_id)
    if user is not None and user.active:
        members.deactivate_person(unit, actor, user_id)
    else:
        members.take_from_heads(unit, now, user_id)


def _give_views(unit: Unit, actor: Actor, known: Directory, user: User, successor: int) -> None:
    saved_views.change_owner(unit, [view.id for view in views_of(unit, actor, user.id)], successor)


def _give_departments(unit: Unit, actor: Actor, known: Directory, user: User, successor: int) -> None:
    for department in departments_headed(actor, known, user.id):
        heads = dict.fromkeys(successor if one == user.id else one for one in department.head_ids)
        organisation.change_department(unit, department.id, head_ids=list(heads))


def _give_reports(unit: Unit, actor: Actor, known: Directory, user: User, successor: int) -> None:
    """The successor manages whom the leaver managed; he and those above him move up to the leaver's."""
    above = {successor, *_named_managers(known, successor)}
    leavers_own = known.user(user.manager_id) if user.manager_id is not None else None
    upwards = leavers_own.id if leavers_own is not None and leavers_own.active else None
    for report in reports_of(actor, known, user.id):
        organisation.change_member(unit, report.id, manager_id=upwards if report.id in above else successor)


def _named_managers(known: Directory, user_id: int) -> set[int]:
    found: set[int] = set()
    user = known.user(user_id)
    while user is not None and user.manager_id is not None and user.manager_id not in found:
        found.add(user.manager_id)
        user = known.user(user.manager_id)
    return found


def _give_groups(unit: Unit, actor: Actor, known: Directory, user: User, successor: int) -> None:
    for name in groups_naming(actor, known, user.id):
        app, form, group = name.split(".")
        others = [
            one
            for one in known.group_members
            if one.group == name and not (one.kind == "user" and one.id in (user.id, successor))
        ]
        new = GroupMember(group=name, kind="user", id=successor)
        organisation.save_group_members(unit, app, form, group, [*others, new])


def _give_deputies(unit: Unit, actor: Actor, known: Directory, user: User, successor: int) -> None:
    hand_over_deputies(unit, actor, known, user.id, successor)


#: What is given while the directory is locked.
_HANDERS = {
    "delegations": _give_deputies,
    "views": _give_views,
    "departments": _give_departments,
    "reports": _give_reports,
    "groups": _give_groups,
}


def _note(
    unit: Unit,
    actor: Actor,
    known: Directory,
    user: User,
    handed: list[dict[str, Any]],
    had: Mapping[str, list[str]],
    outcome: Outcome,
) -> None:
    """Keep who had what, and who has it now."""
    names = known.user_names()
    before = {
        "id": user.id,
        "name": user.name,
        **{one["key"]: had.get(one["key"], one["count"]) for one in handed},
    }
    after = {
        "id": user.id,
        **{one["key"]: f"{names[one['to']]} (#{one['to']})" for one in handed},
        "records": outcome.changed,
        "batches": outcome.batches,
        "left": outcome.left,
    }
    fact = StoredEvent(
        at=unit.now,
        kind="handed_over",
        actor=actor.user_id,
        data=to_json({"before": before, "after": after}),
    )
    events.add(unit, fact)
    announce(unit, [fact])
    audit.record(unit, actor, "handed_over", subject=user.name, before=before, after=after)
