"""What row scopes cost: lists and counts of people with typical scopes, beside those of an administrator."""

from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from bench.client import Client
from bench.measure import Report, Row, by_turns

APP = "bench_scopes"
FORM = f"/api/v1/apps/{APP}/forms/deal"
RECORDS = f"{FORM}/records"
TABLE = f'ws_demo."{APP}__deal"'
LABEL = {"en": "Bench", "zh": "测试"}
PAGE = 50
STATES = ("open", "won", "lost")
BOUND = 1.5

#: By demo user his role, the rows that its group has, and these in words.
SCOPES = {
    "sales": ("sales", "own", "own"),
    "manager": ("sales_manager", "INDEPARTMENT({owner}, DEPARTMENT())", "owner in my department or below"),
    "finance": ("finance", "HAS(DEPARTMENTSBELOW(), {department})", "department and below"),
    "sdr": ("sdr", "OR({owner} = ME(), HAS({helpers}, ME()))", "own or helper"),
}
#: Roles that somebody has for one department, by the field that says to which one a record belongs.
OFFICES = {"bench_field": "department", "bench_owner": None}
#: Who gets them, and for which department.
OFFICER, OFFICE = "marketing", "Sales"

FILL = f"""
WITH people AS (SELECT array_agg(id ORDER BY id) AS ids FROM joinery."user"),
     places AS (SELECT array_agg(id ORDER BY id) AS ids FROM ws_demo.department)
INSERT INTO {TABLE} (revision, title, owner, created_at, created_by, updated_at, updated_by,
    name, status, amount, department, helpers, search, "_searched")
SELECT 1, 'Deal ' || n, people.ids[1 + mod(chance[1], cardinality(people.ids))],
    now() - n * interval '1 minute', NULL, now(), NULL,
    'Deal ' || n, (ARRAY['open', 'won', 'lost'])[1 + mod(chance[2], 3)], mod(n, 1000),
    places.ids[1 + mod(chance[3], cardinality(places.ids))],
    CASE WHEN mod(n, 10) = 0 THEN ARRAY[people.ids[1 + mod(chance[4], cardinality(people.ids))]] END, '', ''
FROM generate_series(1::bigint, %(count)s) AS n, people, places,
    LATERAL (SELECT array_agg(abs(hashint8(n * 8 + k)::bigint) ORDER BY k) AS chance
        FROM generate_series(1, 4) AS k) drawn
"""


def scopes(
    admin: Client,
    people: dict[str, Client],
    url: str,
    records: int,
    report: Report,
    spent: Callable[[], float],
) -> None:
    """Pages and counts in an app of its own with `records` records; `people` are signed in, by name.

    `spent` tells the processor time of the product and its database so far, ms.
    """
    admin.call("POST", f"/api/v1/apps/{APP}/publish", {"document": document()})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {TABLE} RESTART IDENTITY CASCADE")
        connection.execute(FILL, {"count": records})
        connection.execute(f"VACUUM (ANALYZE) {TABLE}")
    for name, (_, _, told) in SCOPES.items():
        _measure(admin, people[name], told, report, spent)
    for role, field in OFFICES.items():
        _give_in_office(admin, role)
        told = "a role in one department, of the " + ("record" if field else "owner")
        _measure(admin, people[OFFICER], told, report, spent)


def _measure(admin: Client, person: Client, told: str, report: Report, spent: Callable[[], float]) -> None:
    """A filtered and sorted page with its capped count, and exact counts of all and under a filter."""
    some = {"filter": '{status} = "open"'}
    counted = {"limit": 1, "count": "exact"}
    works = {
        "page of 50": {**some, "sort": "-created_at", "limit": PAGE, "count": "capped"},
        "exact count": counted,
        "exact count of a filter": {**some, **counted},
    }
    for work, asked in works.items():
        asking = {
            "person": lambda asked=asked: person.get(RECORDS, **asked),
            "admin": lambda asked=asked: admin.get(RECORDS, **asked),
        }
        times = by_turns(asking, rounds=15, warm_up=3)
        ratio = times["person"] / times["admin"]
        worked = _processor_time(spent, asking, calls=60 if asked["limit"] == PAGE else 5)
        count = person.get(RECORDS, limit=1, count="exact")["count"]
        report.add(
            Row(
                work=f"{work} under a scope: {told}",
                ours=times["person"],
                bound=f"≤ {BOUND} × an administrator",
                holds=ratio <= BOUND,
                note=f"{ratio:.2f} × {times['admin']:.2f} ms; of processor time "
                f"{worked['person']:.1f} : {worked['admin']:.1f} ms; sees {count}",
            )
        )


def _processor_time(
    spent: Callable[[], float], works: Mapping[str, Callable[[], object]], calls: int
) -> dict[str, float]:
    """The processor time of one call of each, ms: the least of four series in turn, as clocks are coarse."""
    series: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(4):
        for name, work in works.items():
            before = spent()
            for _ in range(calls):
                work()
            series[name].append((spent() - before) / calls)
    return {name: min(found) for name, found in series.items()}


def _give_in_office(admin: Client, role: str) -> None:
    """Give the officer a role for the one department."""
    places = admin.get("/api/v1/organisation")["departments"]
    place = next(one["id"] for one in places if one["name"] == OFFICE)
    user = next(one for one in admin.get("/api/v1/people", limit=200)["people"] if OFFICER in one["email"])
    roles = [{"role": role, "department_id": place}]
    admin.call("PATCH", f"/api/v1/users/{user['id']}", {"department_roles": roles})


def document() -> dict[str, Any]:
    """The app: one form that people see by their roles."""
    fields: dict[str, dict[str, Any]] = {
        "name": {"type": "text"},
        "status": {"type": "choice", "options": {key: {"label": LABEL} for key in STATES}},
        "amount": {"type": "money"},
        "department": {"type": "department"},
        "helpers": {"type": "users"},
    }
    groups: dict[str, dict[str, Any]] = {
        role: {"roles": [role], "actions": ["view"], "rows": rows} for role, rows, _ in SCOPES.values()
    }
    for role, field in OFFICES.items():
        groups[role] = {"roles": [role], "actions": ["view"], "rows": "all"}
        if field is not None:
            groups[role]["department"] = field
    return {
        "joinery": 1,
        "app": APP,
        "version": "1.0.0",
        "label": LABEL,
        "roles": {role: {"label": LABEL} for role in groups},
        "menu": [],
        "forms": {
            "deal": {
                "label": LABEL,
                "fields": {key: {"label": LABEL, **one} for key, one in fields.items()},
                "views": {"newest": {"label": LABEL, "columns": ["name", "status"], "sort": "-created_at"}},
                "permissions": groups,
            }
        },
    }
