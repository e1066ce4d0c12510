"""Generated leads and follow-ups as records of the bundled suite, through the one write path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import Misconfigured, to_json
from joinery.runtime import demo_people
from joinery.runtime.demo_leads import SEED, DemoLead, DemoTalk
from joinery.runtime.open_form import OpenForm, open_form
from joinery.runtime.record_batch import Operation, Prepared, Saved, prepare_many, write_many
from joinery.runtime.unit import Unit
from joinery.storage import directory

_RECYCLE_AFTER = timedelta(days=15)

#: In these states a lead belongs to nobody.
_FREE = frozenset({"unassigned", "returned", "recycled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadWriter:
    """Stores leads; knows the records they refer to.

    Of the leads that belong to somebody, about a third belongs to each of the two demo users who work
    with leads, the rest to the other agents.
    """

    app: str
    main_owners: Sequence[int]
    other_owners: Sequence[int]
    pools: Sequence[int]
    campaigns: Sequence[int]
    products: Sequence[int]
    accounts: Mapping[int, str]

    @classmethod
    def of(cls, unit: Unit, actor: Actor, app: str) -> "LeadWriter":
        """A writer for the demo workspace as it is now."""
        people = directory.load(unit)
        ids = {user.email: user.id for user in people.users}
        main = [ids["sales@example.com"], ids["sdr@example.com"]]
        accounts = _titles(unit, actor, app, "account")
        return cls(
            app=app,
            main_owners=main,
            other_owners=[ids[email] for email in demo_people.agents() if ids[email] not in main],
            pools=list(_titles(unit, actor, app, "lead_pool")),
            campaigns=list(_titles(unit, actor, app, "campaign")),
            products=list(_titles(unit, actor, app, "product")),
            accounts=accounts,
        )

    def write(self, unit: Unit, actor: Actor, leads: Sequence[DemoLead]) -> None:
        """Store leads and what was done about them."""
        at = open_form(unit, actor, self.app, "lead")
        owners = [self._owner(lead) for lead in leads]
        values = [self._lead(lead, owner) for lead, owner in zip(leads, owners, strict=True)]
        saved = _save(at, values, [lead.created_at for lead in leads])
        talks = [
            (_talk(lead, talk, stored.id, owner), talk.at)
            for lead, owner, stored in zip(leads, owners, saved, strict=True)
            for talk in lead.talks
        ]
        if talks:
            there = open_form(unit, actor, self.app, "follow_up")
            _save(there, [sent for sent, _ in talks], [moment for _, moment in talks])

    def _owner(self, lead: DemoLead) -> int | None:
        if lead.status in _FREE:
            return None
        place = Random(SEED + lead.number).random()
        if place < 0.33:
            return self.main_owners[0]
        if place < 0.6:
            return self.main_owners[1]
        return self.other_owners[lead.number % len(self.other_owners)]

    def _lead(self, lead: DemoLead, owner: int | None) -> dict[str, Any]:
        number = lead.number
        values: dict[str, Any] = {
            **lead.values,
            "status": lead.status,
            "owner": owner,
            "pool": self.pools[number % len(self.pools)],
            "handler_count": 0 if owner is None else 1 + number % 3,
            "external_id": f"demo-{number:07d}",
        }
        if number % 4 == 0:
            values["campaign"] = self.campaigns[number // 4 % len(self.campaigns)]
        if number % 3 == 0:
            values["intended_product"] = self.products[number // 3 % len(self.products)]
        if owner is not None:
            values["assigned_at"] = lead.created_at
        if lead.talks:
            values |= {
                "first_follow_at": lead.talks[0].at,
                "last_follow_at": lead.talks[-1].at,
                "last_result": lead.talks[-1].result,
                "next_follow_at": lead.next_at,
                "follow_count": len(lead.talks),
            }
        if lead.status == "following" and lead.next_at is not None:
            values["recycle_at"] = (lead.next_at + _RECYCLE_AFTER).date()
        if lead.status == "converted":
            account = list(self.accounts)[number % len(self.accounts)]
            values |= {
                "company": self.accounts[account],
                "converted_account": account,
                "converted_at": lead.talks[-1].at if lead.talks else lead.created_at,
            }
        return {key: to_json(value) for key, value in values.items() if value is not None}


def _talk(lead: DemoLead, talk: DemoTalk, lead_id: int, owner: int | None) -> dict[str, Any]:
    values = {
        "lead": lead_id,
        "type": talk.kind,
        "time": talk.at,
        "content": talk.content,
        "result": talk.result,
        "next_time": talk.next_at,
        "owner": owner,
    }
    return {key: to_json(value) for key, value in values.items() if value is not None}


def _titles(unit: Unit, actor: Actor, app: str, form: str) -> dict[int, str]:
    at = open_form(unit, actor, app, form)
    columns = at.table.table.c
    rows = unit.connection.execute(
        sa.select(columns.id, columns.title).where(columns.deleted_at.is_(None)).order_by(columns.id)
    )
    return {row.id: row.title for row in rows}


def _save(at: OpenForm, values: Sequence[Mapping[str, Any]], moments: Sequence[datetime]) -> list[Saved]:
    """Store records as if each had been made at its moment."""
    prepared = prepare_many(at, [Operation(values=sent) for sent in values])
    for record in prepared:
        if not record.is_right:
            issues = [f"{issue.path} {issue.code}" for issue in record.issues]
            raise Misconfigured(reason=f"the demo data does not fit the form {at.form.key}: {issues}")
    return write_many(at, [_dated(record, moment) for record, moment in zip(prepared, moments, strict=True)])


def _dated(record: Prepared, moment: datetime) -> Prepared:
    assert record.draft is not None, "records that are right have a draft"
    dated = {**record.draft.values, "created_at": moment, "updated_at": moment}
    return replace(record, draft=replace(record.draft, values=dated))
