"""Processes that are killed while a workflow takes a step: it is taken once, by whoever comes after them."""

import signal
import threading

import psutil
import psycopg
import pytest

from joinery.runtime.settings import FIRST_WORKSPACE
from tests.integration.failures.conftest import wait_for
from tests.integration.failures.test_killed import (
    LABEL,
    THINGS,
    document,
    somebody_reads,
    unheard,
    waiting_for_locks,
    web_workers,
)

#: Somebody agrees, a night passes, another thing is made, and somebody is told.
NODES = {
    "ask": {"type": "approval", "label": LABEL, "assignees": [{"by": "initiator"}], "next": "make"},
    "make": {
        "type": "create_record",
        "label": LABEL,
        "form": "thing",
        "values": {"name": '"agreed"'},
        "next": "night",
    },
    "night": {"type": "delay", "label": LABEL, "after": {"amount": 8, "unit": "hours"}, "next": "late"},
    "late": {
        "type": "create_record",
        "label": LABEL,
        "form": "thing",
        "values": {"name": '"late"'},
        "next": "tell",
    },
    "tell": {"type": "approval", "label": LABEL, "assignees": [{"by": "initiator"}], "next": "end"},
    "end": {"type": "end", "label": LABEL},
}
WORKFLOW = {
    "label": LABEL,
    "form": "thing",
    "starts": [{"on": "button"}],
    "lock": {"fields": []},
    "first": "ask",
    "nodes": NODES,
}
RUNS = 3
MAILS = "SELECT count(*) FROM mail WHERE kind = 'workflow'"


@pytest.fixture(scope="module")
def boss(product):
    product.serve()
    product.publish({**document(), "workflows": {"approval": WORKFLOW}})
    return product.administrator()


@pytest.fixture(scope="module")
def tasks(boss):
    """The ids of what the administrator has to decide about his things."""
    for number in range(RUNS):
        _, thing = boss.call("POST", THINGS, {"name": f"thing {number}"})
        assert boss.call("POST", f"{THINGS}/{thing['id']}/workflow", {"workflow": "approval"})[0] == 201
    return [task["id"] for task in boss.call("GET", "/tasks")[1]["tasks"]]


def made(product, name):
    return product.ask(f"SELECT count(*) FROM things__thing WHERE name = '{name}'")[0][0]


def change(product, statement):
    with psycopg.connect(product.url, autocommit=True) as connection:
        connection.execute(f"SET search_path = ws_{FIRST_WORKSPACE}, joinery")
        connection.execute(statement)


def test_a_decision_whose_server_is_killed_is_taken_once(product, boss, tasks):
    server = psutil.Process(product.processes[0].pid)
    path, body = f"/tasks/{tasks[0]}/decision", {"decision": "approve", "key": "mine"}
    [worker] = web_workers(server)
    with somebody_reads(product, "LOCK TABLE workflow_step IN EXCLUSIVE MODE"):
        asking = threading.Thread(target=unheard, args=(lambda: boss.call("POST", path, body),))
        asking.start()
        wait_for(lambda: waiting_for_locks(product))
        worker.kill()
        worker.wait(30)
        asking.join(60)
    wait_for(lambda: not waiting_for_locks(product))
    assert made(product, "agreed") == 0
    # He presses again, and once more because that answer did not reach him either.
    for _ in range(2):
        status, answer = boss.call("POST", path, body)
        assert (status, answer["task"]["decision"]) == (200, "approve"), answer
    assert made(product, "agreed") == 1


def test_timers_that_are_late_fire_once_though_their_worker_is_killed(product, boss, tasks):
    for task in tasks[1:]:
        assert boss.call("POST", f"/tasks/{task}/decision", {"decision": "approve"})[0] == 200
    assert product.start("worker", "--until-done").wait(60) == 0, product.said()
    mails = product.ask(MAILS)
    # The night is over, and all that time no worker was there.
    change(product, "UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 hour'")
    with somebody_reads(product, "LOCK TABLE workflow_step IN EXCLUSIVE MODE"):
        worker = product.start("worker")
        wait_for(lambda: waiting_for_locks(product), product.said)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert made(product, "late") == 0
    product.forget_heartbeats()
    assert product.start("worker", "--until-done").wait(60) == 0, product.said()
    assert made(product, "late") == RUNS
    fired = "SELECT count(*) FROM workflow_step WHERE event = 'timer' GROUP BY instance_id"
    assert product.ask(fired) == [(1,)] * RUNS
    # Each was mailed about his new task, once.
    assert product.ask(MAILS) == [(mails[0][0] + RUNS,)]
    assert product.ask("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
