"""The yardstick: a minimal Flask app with hand-written SQL on the same tables, without rules or history.

It answers what the product answers for the same work: the same rows under the same row condition, as JSON.
"""

import json
import os
from functools import cache
from typing import Any

from flask import Flask, Response, request
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

app = Flask("bench.bare")
_pool: ConnectionPool | None = None

TABLE = 'ws_demo."crm_ltc__lead"'
#: What the suite's permission groups let a salesperson see: own, shared, and claimable leads.
OWNER_RULE = (
    "deleted_at IS NULL AND (owner = %(owner)s OR collaborators @> ARRAY[%(owner)s::bigint] "
    "OR status IN ('unassigned', 'returned', 'recycled'))"
)

LIST = f"""
SELECT id, revision, title, no, company, status, owner, created_at FROM {TABLE}
WHERE {OWNER_RULE} AND status = %(status)s AND (created_at, id) < (%(at)s, %(id)s)
ORDER BY created_at DESC, id DESC LIMIT 51
"""
COUNT = (
    f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {OWNER_RULE} AND status = %(status)s LIMIT 1001) t"
)
RELATIONS = {
    "campaign": "campaign",
    "intended_product": "product",
    "pool": "lead_pool",
    "converted_account": "account",
    "converted_opportunity": "opportunity",
}
COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS names FROM pg_attribute
WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped
  AND attname NOT IN ('search', '_searched')
"""
INSERT = f"""
INSERT INTO {TABLE} (revision, title, owner, created_at, created_by, updated_at, updated_by,
    company, contact_name, mobile, source, status, search, "_searched")
VALUES (1, %(company)s, %(owner)s, now(), %(owner)s, now(), %(owner)s,
    %(company)s, %(contact_name)s, %(mobile)s, %(source)s, 'pending', '', '')
RETURNING id
"""


@cache
def record_sql(columns: str) -> str:
    """One lead's `columns`, with the titles of what it points at."""
    titles = ", ".join(f"{key}.title AS {key}_title" for key in RELATIONS)
    joins = " ".join(
        f'LEFT JOIN ws_demo."crm_ltc__{form}" {key} ON {key}.id = lead.{key}'
        for key, form in RELATIONS.items()
    )
    lead = f"(SELECT {columns} FROM {TABLE} WHERE id = %(id)s AND {OWNER_RULE}) lead"
    return f"SELECT lead.*, {titles} FROM {lead} {joins}"


@cache
def columns() -> str:
    """The columns of leads, without those that only search looks into."""
    with pool().connection() as connection:
        return str(connection.execute(COLUMNS, {"table": TABLE}).fetchone()["names"])


def pool() -> ConnectionPool:
    """One pool per worker process."""
    global _pool
    if _pool is None:
        _pool = ConnectionPool(
            os.environ["JOINERY_DATABASE_URL"], min_size=1, max_size=8, kwargs={"row_factory": dict_row}
        )
    return _pool


def answer(value: Any) -> Response:
    """JSON with dates and decimals as text."""
    return Response(json.dumps(value, default=str, ensure_ascii=False), mimetype="application/json")


@app.get("/ready")
def ready() -> Response:
    """Whether the database answers."""
    with pool().connection() as connection:
        connection.execute("SELECT 1")
    return answer({})


@app.get("/leads")
def leads() -> Response:
    """Fifty leads after a key, with a capped count."""
    parameters = request.args.to_dict()
    with pool().connection() as connection:
        rows = connection.execute(LIST, parameters).fetchall()
        counted = connection.execute(COUNT, parameters).fetchone()
    return answer({"records": rows[:50], "count": counted})


@app.get("/leads/<int:lead>")
def lead(lead: int) -> Response:
    """One lead with the titles of what it points at."""
    with pool().connection() as connection:
        row = connection.execute(record_sql(columns()), {"id": lead, **request.args.to_dict()}).fetchone()
    return answer(row)


@app.post("/leads")
def create() -> Response:
    """Insert one lead."""
    with pool().connection() as connection:
        row = connection.execute(INSERT, request.get_json()).fetchone()
    return answer(row)
