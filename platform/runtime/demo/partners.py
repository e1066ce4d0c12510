"""A partner company in the demo: what it registered, customers that it brought, who signs in for it."""

from typing import Any

from joinery.directory import Actor
from joinery.runtime.demo.people import PARTNER, add_partner
from joinery.runtime.records import records
from joinery.runtime.records.open_form import open_form
from joinery.runtime.unit import Unit
from joinery.storage import directory

#: Company, contact, mobile, and what they need.
_LEADS = (
    ("Brightwater Systems Ltd", "Nora King", "19900010001", "Replace the terminals of three sites"),
    ("宁波海创智能装备有限公司", "林海燕", "19900010002", "新厂区一期设备选型"),
    ("Silverline Logistics Inc", "Owen Clarke", "19900010003", "Tracking for 120 lorries"),
    ("苏州恒达电子股份有限公司", "周建国", "19900010004", "生产线数据采集"),
    ("Cedar Learning LLC", "Ruby Allen", "19900010005", "Classrooms, budget next quarter"),
    ("厦门云帆商贸有限公司", "陈佳琪", "19900010006", "门店收银更新"),
)
#: Customers that the partner brought: those with the most orders.
_ACCOUNTS = 2


def write_partners(unit: Unit, actor: Actor, app: str) -> None:
    """The partner and its person unless they are there, its leads, and customers that came from it."""
    known = directory.read(unit)
    if known.find_user(PARTNER.email) is None:
        add_partner(unit)
        known = directory.read(unit)
    user = known.find_user(PARTNER.email)
    if user is None or user.organisation_id is None:
        return
    partner = known.actor(user.id, language=actor.language, workspace=actor.workspace)
    if partner is None:
        return
    for company, contact, mobile, demand in _LEADS:
        values = {"company": company, "contact_name": contact, "mobile": mobile, "demand": demand}
        records.create_record(unit, partner, app, "lead", {**values, "source": "partner"})
    for account_id in _busiest(unit, actor, app):
        stored = records.get_record(unit, actor, app, "account", account_id)
        changes: dict[str, Any] = {"partner": user.organisation_id}
        records.update_record(unit, actor, app, "account", account_id, stored["revision"], changes)


def _busiest(unit: Unit, actor: Actor, app: str) -> list[int]:
    """The accounts for which most was ordered."""
    at = open_form(unit, actor, app, "account")
    table = at.table.table.c
    statement = at.table.select(table.id).where(table.deleted_at.is_(None))
    statement = statement.order_by(table.ordered_amount.desc().nulls_last(), table.id).limit(_ACCOUNTS)
    return list(unit.connection.execute(statement).scalars())
