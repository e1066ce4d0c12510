"""A call that waited for somebody who waited for it is done again, with everything that was sent."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest


@pytest.fixture
def stranger(database_url):
    """Somebody else in the database, who is never the one sent back."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SET deadlock_timeout = '1h'")
        connection.commit()
        yield connection


def _is_waiting(connection) -> bool:
    """Whether somebody waits for a lock of this connection."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    [count] = connection.execute(asked, [connection.info.backend_pid]).fetchone()
    return bool(count)


def test_a_call_is_done_again_with_its_body(shop, manager, stranger) -> None:
    first, second = (manager.create("lead", company=name) for name in ("One", "Two"))
    with shop.services.unit(shop.workspace_key) as unit:
        table = f"{unit.schema}.shop__lead"
    lock = f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE"
    stranger.execute(lock, [second["id"]])
    changes = [{"id": one["id"], "revision": 1, "company": "Changed"} for one in (first, second)]
    path = "/apps/shop/forms/lead/records/batch"
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(manager.post, path, {"update": changes})
        while not _is_waiting(stranger) and not answer.done():
            pass
        stranger.execute(lock, [first["id"]])
        stranger.rollback()
        status, found = answer.result()
    assert status == 200, found
    records = manager.get("/apps/shop/forms/lead/records", fields="company")[1]["records"]
    assert {record["company"] for record in records} == {"Changed"}
