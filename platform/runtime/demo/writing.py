"""Generated leads and follow-ups as records of the bundled suite, through the one write path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import Misconfigured, to_json
from joinery.runtime.demo import people as demo_people
from joinery.runtime.demo.leads import DemoLead
from joinery.runtime.demo.talks import RECYCLE_AFTER, DemoTalk
from joinery.runtime.demo.words import SEED
from joinery.runtime.records.batch import prepare_many, write_many
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation, Saved
from joinery.runtime.records.past import Past, PastChange
from joinery.runtime.unit import Unit
from joinery.storage import directory

#: In these states a lead belongs to nobody.
_FREE = frozenset({"unassigned", "returned", "recycled"})

#: Which part of the leads each demo user works on; the rest is for the other agents.
_SHARES = {
    "sales@example.com": 0.3,
    "sdr@example.com": 0.27,
    "marketing@example.com": 0.07,
    "manager@example.com": 0.06,
    "admin@example.com": 0.03,
}
#: Who enters leads of these sources; what remains is entered by those who work on it.
_ENTERED_BY = {
    **dict.fromkeys(("website", "sem", "seo", "social", "live", "exhibition"), "marketing@example.com"),
    "hotline": "sdr@example.com",
    "partner": "manager@example.com",
}
#: Leads of these sources come as a file.
_IN_FILES = frozenset({"live", "exhibition"})
#: The kind of pool in which somebody's leads are; of everybody else's it is the main one.
_POOLS = {"sdr@example.com": "sdr", "marketing@example.com": "nurture"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A lead with whom it concerns: `handler` works or worked on it, `owner` is None when it is free now."""

    lead: DemoLead
    handler: int
    owner: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadWriter:
    """Stores leads; knows the records they refer to, and what those who work on them may see."""

    app: str
    people: Mapping[str, int]
    departments: Mapping[int, int]
    agents: Sequence[int]
    pools: Mapping[str, int]
    campaigns: Sequence[int]
    products: Sequence[int]
    accounts: Mapping[int, Sequence[tuple[int, str]]]

    @classmethod
    def of(cls, unit: Unit, actor: Actor, app: str) -> "LeadWriter":
        """A writer for the demo workspace as it is now."""
        known = directory.load(unit)
        people = {user.email: user.id for user in known.users}
        return cls(
            app=app,
            people=people,
            departments={user.id: user.department_ids[0] for user in known.users if user.department_ids},
            agents=[people[email] for email in demo_people.agents() if email not in _SHARES],
            pools={row.kind: row.id for row in _read(unit, actor, app, "lead_pool", "kind")},
            campaigns=[
                row.id
                for row in _read(unit, actor, app, "campaign", "status")
                if row.status in ("running", "finished")
            ],
            products=[row.id for row in _read(unit, actor, app, "product")],
            accounts=_accounts(unit, actor, app),
        )

    def write(self, unit: Unit, actor: Actor, leads: Sequence[DemoLead]) -> None:
        """Store leads and what was done about them."""
        placed = [self._place(lead) for lead in leads]
        at = open_form(unit, actor, self.app, "lead")
        saved = save_with_past(
            at, [Operation(values=self._lead(one), past=self._past(one)) for one in placed]
        )
        talks = [
            (talk, stored.id, one)
            for one, stored in zip(placed, saved, strict=True)
            for talk in one.lead.talks
        ]
        # In the order of their days, each of which counts its own numbers: processes that write leads side
        # by side then wait for each other's counters, but never in a circle.
        talks.sort(key=lambda entry: entry[0].at)
        if talks:
            there = open_form(unit, actor, self.app, "follow_up")
            save_with_past(there, [_followed(talk, lead_id, one) for talk, lead_id, one in talks])

    def _place(self, lead: DemoLead) -> _Placed:
        handler = self._handler(lead)
        return _Placed(lead=lead, handler=handler, owner=None if lead.status in _FREE else handler)

    def _handler(self, lead: DemoLead) -> int:
        place = Random(SEED + lead.number).random()
        for email, share in _SHARES.items():
            place -= share
            if place < 0:
                return self.people[email]
        return self.agents[lead.number % len(self.agents)]

    def _pool(self, one: _Placed) -> int:
        kinds = {self.people[email]: kind for email, kind in _POOLS.items()}
        if one.owner is None and one.lead.status == "unassigned":
            return self.pools[("main", "sdr")[one.lead.number % 2]]
        return self.pools[kinds.get(one.handler, "main")]

    def _lead(self, one: _Placed) -> dict[str, Any]:
        lead, number, owner = one.lead, one.lead.number, one.owner
        values: dict[str, Any] = {
            **lead.values,
            "status": lead.status,
            "owner": owner,
            "owner_department": None if owner is None else self.departments.get(owner),
            "pool": self._pool(one),
            "handler_count": 0 if owner is None else 1 + number % 3,
            "external_id": f"demo-{number:07d}",
        }
        if number % 4 == 0:
            values["campaign"] = self.campaigns[number // 4 % len(self.campaigns)]
        if number % 3 == 0:
            values["intended_product"] = self.products[number // 3 % len(self.products)]
        values |= _contacts(lead, owner)
        if lead.status == "converted":
            account, title = self._account(one)
            values |= {
                "company": title,
                "converted_account": account,
                "converted_at": lead.talks[-1].at if lead.talks else lead.created_at,
            }
        return _sendable(values)

    def _account(self, one: _Placed) -> tuple[int, str]:
        """The customer that a lead became: one that whoever worked on it may see."""
        seen = self.accounts.get(one.handler) or next(iter(self.accounts.values()))
        return seen[one.lead.number % len(seen)]

    def _past(self, one: _Placed) -> Past:
        """Who entered the lead, gave it to somebody, and brought it where it is."""
        lead = one.lead
        source = lead.values["source"]
        email = _ENTERED_BY.get(source)
        return Past(
            at=lead.created_at,
            by=self.people[email] if email else one.handler,
            source="import" if source in _IN_FILES else None,
            changes=tuple(_changes(one, self.people["manager@example.com"])) if lead.talks else (),
        )


def _contacts(lead: DemoLead, owner: int | None) -> dict[str, Any]:
    """The fields that say when the lead was and will be contacted."""
    values: dict[str, Any] = {}
    if owner is not None:
        values["assigned_at"] = lead.assigned_at
    if lead.status == "pending":
        values["next_follow_at"] = lead.created_at + timedelta(days=1)
        values["recycle_at"] = (lead.created_at + RECYCLE_AFTER).date()
    if lead.talks:
        values |= {
            "first_follow_at": lead.talks[0].at,
            "last_follow_at": lead.talks[-1].at,
            "last_result": lead.talks[-1].result,
            "next_follow_at": lead.next_at,
            "follow_count": len(lead.talks),
        }
        if lead.status == "following":
            values["recycle_at"] = (lead.talks[-1].at + RECYCLE_AFTER).date()
    return values


def _changes(one: _Placed, manager: int) -> Iterator[PastChange]:
    """Assigned by the manager, then a change with every contact; free again after the last one."""
    lead = one.lead
    given = {"status": ("unassigned", "pending"), "owner": (None, one.handler)}
    yield PastChange(at=lead.assigned_at, by=manager, changes=given)
    status, before = "pending", None
    for talk in lead.talks:
        following = lead.status if talk is lead.talks[-1] else "following"
        changes: dict[str, tuple[Any, Any]] = {"last_follow_at": (before, talk.at)}
        if following != status:
            changes["status"] = (status, following)
        if following in _FREE:
            changes["owner"] = (one.handler, None)
        yield PastChange(at=talk.at, by=one.handler, changes=changes)
        status, before = following, talk.at


def _followed(talk: DemoTalk, lead_id: int, one: _Placed) -> Operation:
    values = {
        "about": {"form": "lead", "id": lead_id},
        "type": talk.kind,
        "time": talk.at,
        "content": talk.content,
        "result": talk.result,
        "next_time": talk.next_at,
        "next_plan": talk.plan,
        "stage_then": "pending" if talk is one.lead.talks[0] else "following",
        "owner": one.handler,
    }
    return Operation(values=_sendable(values), past=Past(at=talk.at, by=one.handler))


def _sendable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: to_json(value) for key, value in values.items() if value is not None}


def _read(unit: Unit, actor: Actor, app: str, form: str, *fields: str) -> Sequence[sa.Row[Any]]:
    """Ids, titles and some fields of all records of a form, in the order in which they were made."""
    columns = open_form(unit, actor, app, form).table.table.c
    wanted = (columns.id, columns.title, *(columns[field] for field in fields))
    statement = sa.select(*wanted).where(columns.deleted_at.is_(None)).order_by(columns.id)
    return unit.connection.execute(statement).all()


def _accounts(unit: Unit, actor: Actor, app: str) -> Mapping[int, Sequence[tuple[int, str]]]:
    """The accounts that each person owns or helps with."""
    found: dict[int, list[tuple[int, str]]] = {}
    for row in _read(unit, actor, app, "account", "owner", "collaborators"):
        for person in (row.owner, *(row.collaborators or ())):
            found.setdefault(person, []).append((row.id, row.title))
    return found


def save_with_past(at: OpenForm, operations: Sequence[Operation]) -> list[Saved]:
    """Store records, each as if it had been made on its day; raises Misconfigured when one does not fit."""
    prepared = prepare_many(at, operations)
    for record in prepared:
        if not record.is_right:
            issues = [f"{issue.path} {issue.code}" for issue in record.issues]
            raise Misconfigured(reason=f"the demo data does not fit the form {at.form.key}: {issues}")
    return write_many(at, prepared)
