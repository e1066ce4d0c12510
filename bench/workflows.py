"""What starting and deciding cost while very many instances run, and many people deciding at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from bench.client import Client
from bench.measure import Report, Row, by_turns

APP = "bench_workflows"
RECORDS = f"/api/v1/apps/{APP}/forms/request/records"
TABLE = f'ws_demo."{APP}__request"'
LABEL = {"en": "Bench", "zh": "测试"}
RUNNING = 100_000
BOUND = 25
#: Instances that are decided at once, and by how many threads.
AT_ONCE, THREADS = 1000, 8

#: Copies of the one instance that was started by hand, each over a record of its own.
FILL = f"""
WITH made AS (
    INSERT INTO {TABLE} (revision, title, owner, created_at, updated_at, name, status, search, "_searched")
    SELECT 1, 'Request ' || n, NULL, now(), now(), 'Request ' || n, 'in_approval', '', ''
    FROM generate_series(1::bigint, %(count)s) AS n RETURNING id
), model AS (SELECT * FROM ws_demo.workflow_instance WHERE id = %(model)s
), started AS (
    INSERT INTO ws_demo.workflow_instance (version_id, app, workflow, form, record_id, status, initiator,
        title, started_at, state)
    SELECT model.version_id, model.app, model.workflow, model.form, made.id, model.status, model.initiator,
        'Request ' || made.id, now(), jsonb_set(model.state, '{{record}}', to_jsonb(made.id))
    FROM made, model RETURNING id
)
INSERT INTO ws_demo.workflow_task (instance_id, number, node, kind, user_id, state, opened_at)
SELECT started.id, task.number, task.node, task.kind, task.user_id, task.state, now()
FROM started, ws_demo.workflow_task AS task WHERE task.instance_id = %(model)s
"""
NUMBER = """
UPDATE ws_demo.workflow_instance SET state = jsonb_set(state, '{id}', to_jsonb(id))
WHERE app = %(app)s AND (state->>'id')::bigint <> id
"""


def workflows(starter: Client, decider: Client, admin: Client, url: str, report: Report) -> None:
    """Start as one person and decide as another, with `RUNNING` instances in the workspace."""
    admin.call(
        "POST", f"/api/v1/apps/{APP}/publish", {"document": document(decider.get("/api/v1/me")["user"]["id"])}
    )
    model = _started(starter, "Model")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(FILL, {"count": RUNNING, "model": model["id"]})
        connection.execute(NUMBER, {"app": APP})
        for table in (TABLE, "ws_demo.workflow_instance", "ws_demo.workflow_task"):
            connection.execute(f"VACUUM (ANALYZE) {table}")
    records = iter([_record(starter, f"Start {number}") for number in range(80)])
    instances: list[dict[str, Any]] = []

    def start() -> None:
        path = f"{RECORDS}/{next(records)['id']}/workflow"
        instances.append(starter.call("POST", path, {"workflow": "approval"}))

    def decide() -> None:
        _approve(decider, instances.pop())

    times = by_turns({"start": start, "decide": decide}, rounds=60)
    for work, taken in times.items():
        told = f"workflow: {work}, {RUNNING:,} instances running"
        report.add(Row(work=told, ours=taken, bound=f"≤ {BOUND} ms", holds=taken <= BOUND))
    page = by_turns({"todo": lambda: decider.get("/api/v1/tasks", limit=50)}, rounds=20)
    report.add(Row(work=f"task centre: a page of {RUNNING:,} tasks", ours=page["todo"]))
    _at_once(starter, decider, report)


def _at_once(starter: Client, decider: Client, report: Report) -> None:
    """Many instances decided by several threads at once, each task by two of them."""
    started = [_started(starter, f"Crowd {number}") for number in range(AT_ONCE)]
    people = [decider.again() for _ in range(THREADS)]

    def work(place: int) -> int:
        mine = started[place % (THREADS // 2) :: THREADS // 2]
        return sum(_approve(people[place], one) for one in mine)

    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        decided = sum(pool.map(work, range(THREADS)))
    taken = time.perf_counter() - begun
    report.add(
        Row(
            work=f"workflow: {AT_ONCE:,} instances decided by {THREADS} threads, each task tried twice",
            ours=AT_ONCE / taken,
            unit="/s",
            bound="each once",
            holds=decided == AT_ONCE,
            note=f"{decided:,} decided",
        )
    )


def _record(person: Client, name: str) -> Any:
    return person.call("POST", RECORDS, {"name": name})


def _started(person: Client, name: str) -> Any:
    record = _record(person, name)
    return person.call("POST", f"{RECORDS}/{record['id']}/workflow", {"workflow": "approval"})


def _approve(person: Client, instance: dict[str, Any]) -> bool:
    """Approve the open task of an instance; False when somebody was faster."""
    [task] = [task for task in instance["tasks"] if task["state"] == "open"]
    try:
        person.call("POST", f"/api/v1/tasks/{task['id']}/decision", {"decision": "approve"})
    except RuntimeError as error:
        if "task_decided" not in str(error):
            raise
        return False
    return True


def document(decider: int) -> dict[str, Any]:
    """An app with one form and one approval, by one person."""
    options = {key: {"label": LABEL} for key in ("draft", "in_approval", "approved", "rejected")}
    return {
        "joinery": 1,
        "app": APP,
        "version": "1.0.0",
        "label": LABEL,
        "forms": {
            "request": {
                "label": LABEL,
                "fields": {
                    "name": {"type": "text", "label": LABEL},
                    "status": {"type": "choice", "label": LABEL, "default": '"draft"', "options": options},
                },
            }
        },
        "workflows": {
            "approval": {
                "label": LABEL,
                "form": "request",
                "starts": [{"on": "button"}],
                "state": {"field": "status", "running": "in_approval", "approved": "approved"},
                "first": "ask",
                "nodes": {
                    "ask": {
                        "type": "approval",
                        "label": LABEL,
                        "assignees": [{"by": "users", "users": [decider]}],
                        "next": "end",
                    },
                    "end": {"type": "end", "label": LABEL},
                },
            }
        },
        "menu": [{"form": "request"}],
    }
