"""Processes that are killed in the middle: nothing is half done, and what was begun goes on."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

import psutil
import psycopg
import pytest

from joinery.runtime.settings import FIRST_WORKSPACE
from joinery.storage import table_work
from tests.integration.failures.conftest import Browser, Product, wait_for

ROWS = 12_000
LABEL = {"en": "Thing", "zh": "东西"}
THINGS = "/apps/things/forms/thing/records"


def document(**more: Any) -> dict[str, Any]:
    fields = {
        "name": {"type": "text", "label": LABEL},
        "size": {"type": "number", "label": LABEL},
        **more,
    }
    return {
        "joinery": 1,
        "app": "things",
        "version": "1.0.0",
        "label": LABEL,
        "forms": {"thing": {"label": LABEL, "fields": fields}},
        "menu": [{"form": "thing"}],
    }


ADDED = {"colour": {"type": "text", "label": LABEL}}
DOUBLE = {"double": {"type": "formula", "label": LABEL, "result": "number", "formula": "{size} * 2"}}


@pytest.fixture(scope="module")
def boss(product) -> Browser:
    """The administrator of a served workspace with a table too large to be rebuilt while publishing."""
    product.serve()
    product.publish(document())
    with psycopg.connect(product.url, autocommit=True) as connection:
        connection.execute(
            f"INSERT INTO ws_{FIRST_WORKSPACE}.things__thing"
            " (revision, title, owner, created_at, updated_at, name, size, search, _searched)"
            f" SELECT 1, n::text, NULL, now(), now(), n::text, n, '', '' FROM generate_series(1, {ROWS}) n"
        )
    return product.administrator()


@contextmanager
def somebody_reads(product: Product, statement: str) -> Iterator[None]:
    """Hold the locks of a statement for the time of the block."""
    with psycopg.connect(product.url) as connection:
        connection.execute(f"SET search_path = ws_{FIRST_WORKSPACE}")
        connection.execute(statement)
        yield


def waiting_for_locks(product: Product) -> bool:
    return bool(
        product.ask(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    )


def web_workers(server: psutil.Process) -> list[psutil.Process]:
    """The processes that answer requests: the children of gunicorn's own."""
    return [worker for arbiter in server.children() for worker in arbiter.children()]


def columns(product: Product) -> set[str]:
    rows = product.ask(
        "SELECT column_name FROM information_schema.columns"
        f" WHERE table_schema = 'ws_{FIRST_WORKSPACE}' AND table_name = 'things__thing'"
    )
    return {row[0] for row in rows}


def test_a_publish_whose_server_is_killed_never_happened(product, boss):
    server = psutil.Process(product.processes[0].pid)
    before = columns(product)
    [worker] = web_workers(server)
    with somebody_reads(product, "SELECT count(*) FROM things__thing"):
        asking = threading.Thread(target=unheard, args=(lambda: publish(boss),))
        asking.start()
        wait_for(lambda: waiting_for_locks(product))
        worker.kill()
        worker.wait(30)
        asking.join(60)
    wait_for(lambda: not waiting_for_locks(product))
    assert columns(product) == before
    assert boss.call("GET", "/apps/things")[1]["version"] == 1
    status, published = publish(boss)
    assert (status, published["version"]) == (200, 2), published
    assert columns(product) == before | {"colour"}
    assert boss.call("POST", THINGS, {"name": "after", "colour": "red"})[0] == 201


def unheard(call: Callable[[], Any]) -> None:
    """Call without ever getting an answer."""
    with pytest.raises((OSError, HTTPException)):
        call()


def publish(boss: Browser) -> tuple[int, Any]:
    return boss.call("POST", "/apps/things/publish", {"document": document(**ADDED)})


def test_the_rest_of_a_publish_goes_on_after_its_worker_was_killed(product, boss):
    assert product.start("worker", "--until-done").wait(60) == 0, product.said()
    status, answer = boss.call("POST", "/apps/things/publish", {"document": document(**ADDED, **DOUBLE)})
    assert (status, answer["published"]) == (200, True)

    def job() -> tuple[str, int]:
        [(state, after)] = product.ask(
            "SELECT state, coalesce((summary ->> 'after')::bigint, 0) FROM job ORDER BY id DESC LIMIT 1"
        )
        return state, after

    assert job()[0] == "waiting"
    with somebody_reads(product, f"SELECT 1 FROM things__thing WHERE size = {ROWS - 1} FOR UPDATE"):
        worker = product.start("worker")
        wait_for(lambda: job()[1] > 0 and waiting_for_locks(product), product.said)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    state, after = job()
    assert state == "running"
    assert 0 < after < table_work.RANGE
    assert boss.call("GET", f"{THINGS}?filter=%7Bsize%7D%3D1")[1]["records"][0]["double"] == 2
    product.forget_heartbeats()
    again = product.start("worker")
    wait_for(lambda: job()[0] == "done", product.said)
    again.send_signal(signal.SIGTERM)
    assert again.wait(60) == 0
    assert product.ask(
        "SELECT count(*) FROM things__thing WHERE double IS DISTINCT FROM coalesce(size, 0) * 2"
    ) == [(0,)]
    assert product.ask("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid") == []


def at_once(browser: Browser, *calls: tuple[str, str, Any]) -> list[tuple[int, Any]]:
    """The answers to calls that are sent at the same moment."""
    gate = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def send(place: int) -> None:
        gate.wait()
        answers[place] = browser.call(*calls[place])

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_people_save_one_record_at_once(product, boss):
    _, thing = boss.call("POST", THINGS, {"name": "both"})
    path = f"{THINGS}/{thing['id']}"
    answers = at_once(
        boss,
        ("PATCH", path, {"revision": 1, "name": "one"}),
        ("PATCH", path, {"revision": 1, "name": "two"}),
    )
    [(_, saved)] = [answer for answer in answers if answer[0] == 200]
    [(status, problem)] = [answer for answer in answers if answer[0] != 200]
    assert (status, problem["code"]) == (409, "stale_revision")
    assert problem["current"] == saved
    assert {saved["name"], problem["submitted"]["name"]} == {"one", "two"}
    assert boss.call("GET", path)[1] == saved
    assert len(boss.call("GET", path + "/history")[1]["entries"]) == 2


def test_two_people_publish_at_once(product, boss):
    documents = [document(**ADDED, **DOUBLE, **{key: ADDED["colour"]}) for key in ("left", "right")]
    plans = [
        boss.call("POST", "/apps/things/publish?preview=1", {"document": one})[1]["plan"]["id"]
        for one in documents
    ]
    version = boss.call("GET", "/apps/things")[1]["version"]
    answers = at_once(
        boss,
        *(
            ("POST", "/apps/things/publish", {"document": one, "plan_id": plan})
            for one, plan in zip(documents, plans, strict=True)
        ),
    )
    assert sorted(status for status, _ in answers) == [200, 409], answers
    [problem] = [problem for status, problem in answers if status == 409]
    assert problem["code"] == "plan_out_of_date"
    assert boss.call("GET", "/apps/things")[1]["version"] == version + 1
    assert len({"left", "right"} & columns(product)) == 1
