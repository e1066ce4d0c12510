"""Many deciding at once, and connections lost in the middle: nothing is lost, done twice or half."""

import os
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import Unavailable
from joinery.runtime.workflows import deciding
from joinery.storage import directory
from tests.api import approvals
from tests.api.approvals import QUOTES, approve, quote, start, task_of

shop = approvals.shop

#: `JOINERY_TEST_INSTANCES=1000` decides so many.
INSTANCES, THREADS = int(os.environ.get("JOINERY_TEST_INSTANCES", "24")), 8
#: What one call takes at most.
MOST = 100


def orders(client):
    found = pages(client, "/apps/shop/forms/order/records", "records")
    return sorted(order["no"] for order in found)


def pages(client, path, name, **query):
    """All entries of a list, page by page."""
    found, cursor = [], {}
    while True:
        page = client.get(path, limit=MOST, **cursor, **query)[1]
        found += page[name]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def portions(entries):
    return [entries[start : start + MOST] for start in range(0, len(entries), MOST)]


def actor_of(shop, client) -> Actor:
    with shop.services.unit(shop.workspace_key) as unit:
        people = directory.load(unit)
        found = people.actor(client.me["user"]["id"], language="en", workspace=shop.workspace_key)
    assert found is not None
    return found


def test_whatever_is_decided_by_several_threads_at_once_is_decided_once(shop, sales, manager, as_user, admin):
    guest = as_user("guest")
    made = [{"no": f"Q{number}", "discount": 0.25, "checked": "yes"} for number in range(INSTANCES)]
    for some in portions(made):
        assert sales.post(f"{QUOTES}/batch", {"create": some})[0] == 200
    tasks = [task["id"] for task in pages(manager, "/tasks", "tasks")]
    assert len(tasks) == INSTANCES
    for some in portions(tasks):
        approved = manager.post("/tasks/decisions", {"tasks": some, "decision": "approve"})[1]
        assert approved == {"decided": len(some), "refused": []}
    waiting = [task["id"] for task in pages(guest, "/tasks", "tasks")]
    actor = actor_of(shop, guest)

    def decide(task: int) -> bool:
        try:
            with shop.services.unit(shop.workspace_key) as unit:
                deciding.decide(unit, actor, task, {"decision": "approve"})
        except deciding.TaskDecided:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(decide, [task for task in waiting for _ in range(2)]))
    assert sum(done) == INSTANCES
    assert orders(admin) == sorted(f"SO-Q{number}" for number in range(INSTANCES))
    decided = pages(guest, "/tasks", "tasks", box="done")
    assert [task["instance"]["status"] for task in decided] == ["approved"] * INSTANCES


class Killer:
    """Ends a connection of the database just before its statement of some number."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self.seen, self.at = 0, -1

    def __call__(self, connection, cursor, statement, parameters, context, executemany) -> None:
        self.seen += 1
        if self.seen == self.at:
            with psycopg.connect(self._url, autocommit=True) as other:
                pid = connection.connection.driver_connection.info.backend_pid
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.fixture
def killer(database, database_url):
    found = Killer(database_url)
    sa.event.listen(database.engine, "before_cursor_execute", found)
    yield found
    sa.event.remove(database.engine, "before_cursor_execute", found)


def test_a_connection_that_is_lost_at_any_statement_leaves_nothing_half_done(
    shop, sales, manager, as_user, admin, killer
):
    guest = as_user("guest")
    made = [quote(sales, f"Q{number}", checked="yes") for number in range(2)]
    for one in made:
        start(sales, one)
        approve(manager, one)
    first, second = (task_of(guest, one) for one in made)
    actor = actor_of(shop, guest)

    def decide(task: int) -> None:
        with shop.services.unit(shop.workspace_key) as unit:
            killer.seen = 0
            deciding.decide(unit, actor, task, {"decision": "approve"})

    decide(first["id"])
    statements = killer.seen
    assert statements > 20
    for number in range(1, statements + 1, max(1, statements // 12)):
        killer.at = number
        with pytest.raises(Unavailable):
            decide(second["id"])
        killer.at = -1
        assert orders(admin) == ["SO-Q0"]
        assert task_of(guest, made[1])["id"] == second["id"]
    decide(second["id"])
    assert orders(admin) == ["SO-Q0", "SO-Q1"]
