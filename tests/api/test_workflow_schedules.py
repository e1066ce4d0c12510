"""Starts by schedule: on days, or when a date of a record has come; each moment once, whoever looks."""

import copy
from datetime import timedelta

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.workflows import scheduled
from tests.api import approvals
from tests.api.approvals import QUOTES, document, label, quote, read, todo

shop = approvals.shop

ASKED = {
    "label": label("Reminder", "提醒"),
    "form": "quote",
    "lock": {"fields": []},
    "first": "ask",
    "nodes": {
        "ask": {
            "type": "approval",
            "label": label("Ask"),
            "assignees": [{"by": "role", "role": "manager"}],
            "next": "end",
        },
        "end": {"type": "end", "label": label("End")},
    },
}


@pytest.fixture
def publish(shop):
    """`publish(start)`: the app with a workflow that starts so, and a date in its form."""

    def done(start, **more):
        made = document(reminder={**copy.deepcopy(ASKED), "starts": [{"on": "schedule", **start}], **more})
        made["forms"]["quote"]["fields"]["due"] = {"type": "date", "label": label("Due")}
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", made)

    return done


@pytest.fixture
def look(shop, jobs):
    """Let a worker look and do what has come round, until nothing is left; how many portions that were."""

    def looked():
        jobs.deferred.clear()
        scheduled.look_in(shop.services, shop.workspace_key)
        portions = 0
        while found := [one for kind, one in jobs.deferred if kind == scheduled.SCHEDULED]:
            jobs.deferred.clear()
            for arguments in found:
                scheduled.run_scheduled(shop.services, shop.workspace_key, **arguments)
                portions += 1
        return portions

    return looked


def asked(client):
    return sorted(task["record"]["title"] for task in todo(client))


def test_every_day_those_that_meet_the_condition_are_asked_about(publish, look, clock, sales, manager):
    publish({"at": "09:00", "when": "{discount} > 0.2"})
    quote(sales, "small", discount=0.1)
    quote(sales, "large", discount=0.3)
    assert look() == 0
    clock.move(timedelta(days=1))
    assert look() == 1
    assert asked(manager) == ["large"]
    assert look() == 0


def test_what_came_round_while_nobody_looked_is_made_up_for_once(publish, look, clock, sales, manager):
    publish({"at": "09:00", "when": "{discount} > 0.2"})
    quote(sales, "large", discount=0.3)
    look()
    clock.move(timedelta(days=5))
    assert look() == 1
    assert asked(manager) == ["large"]


def test_a_date_comes_round_days_before_it_and_those_missed_come_along(publish, look, clock, sales, manager):
    publish({"at": "09:00", "date": {"field": "due", "offset": -30}})
    today = clock().date()
    for days in (29, 30, 31, 33, 60):
        quote(sales, f"in {days}", due=str(today + timedelta(days=days)))
    quote(sales, "never")
    look()
    clock.move(timedelta(days=1))
    look()
    assert asked(manager) == ["in 31"]
    clock.move(timedelta(days=4))
    look()
    assert asked(manager) == ["in 31", "in 33"]


def test_two_workers_that_look_at_once_start_it_once(publish, look, shop, jobs, clock, sales, manager):
    publish({"at": "09:00", "when": "TRUE"})
    made = quote(sales)
    look()
    clock.move(timedelta(days=1))
    jobs.deferred.clear()
    scheduled.look_in(shop.services, shop.workspace_key)
    scheduled.look_in(shop.services, shop.workspace_key)
    [arguments] = [one for kind, one in jobs.deferred if kind == scheduled.SCHEDULED]
    # A job that is done twice, after a crash, starts nothing twice either.
    for _ in range(2):
        scheduled.run_scheduled(shop.services, shop.workspace_key, **arguments)
    assert [task["record"]["id"] for task in todo(manager)] == [made["id"]]


def test_many_records_are_gone_through_portion_by_portion(publish, look, clock, sales, manager, monkeypatch):
    monkeypatch.setattr(scheduled, "PORTION", 2)
    publish({"at": "09:00", "when": "TRUE"})
    for number in range(5):
        quote(sales, f"Q{number}")
    look()
    clock.move(timedelta(days=1))
    assert look() == 3
    assert len(todo(manager)) == 5


def test_a_schedule_that_was_off_begins_anew(publish, look, clock, sales, manager):
    start = {"at": "09:00", "when": "TRUE"}
    publish(start)
    quote(sales)
    look()
    publish(start, enabled=False)
    clock.move(timedelta(days=2))
    assert look() == 0
    publish(start)
    assert look() == 0
    assert look() == 0
    clock.move(timedelta(days=1))
    assert look() == 1
    assert len(todo(manager)) == 1


def test_who_saves_starts_nothing_that_is_for_a_schedule(publish, sales, manager):
    publish({"at": "09:00", "when": "TRUE"})
    made = quote(sales)
    sales.patch(f"{QUOTES}/{made['id']}", {"revision": read(sales, made)["revision"], "note": "x"})
    assert todo(manager) == []
