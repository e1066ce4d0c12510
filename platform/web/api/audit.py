"""The audit log, for administrators: those of some apps and departments read what is about these."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response

from joinery.kernel import InvalidInput, Issue
from joinery.runtime.auditing import reading
from joinery.storage.audit import AuditFilter
from joinery.web.call import Call, operation
from joinery.web.downloads import attachment

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

_LARGEST_ID = 2**63 - 1
_FILTER: dict[str, Any] = {
    "kind": {"type": "string", "maxLength": 1000, "description": "kinds, with commas between them"},
    "actor": {"type": "integer", "minimum": 1, "maximum": _LARGEST_ID, "description": "who did it"},
    "search": {"type": "string", "maxLength": 200, "description": "part of a name, of a subject, an address"},
    "since": {"type": "string", "maxLength": 40, "description": "a moment, ISO 8601 with its offset"},
    "until": {"type": "string", "maxLength": 40, "description": "the first moment that is too late"},
}


@blueprint.get("")
@operation(
    access="some_admin",
    answer="AuditPage",
    query={
        **_FILTER,
        "cursor": {"type": "string", "maxLength": 20},
        "limit": {"type": "integer", "minimum": 1, "maximum": 500},
    },
)
def list_entries(call: Call) -> dict[str, Any]:
    """Who did what, when and from where: sign-ins, rights, exports, imports, publishing, previews."""
    return reading.list_entries(call.unit, call.actor, _filter(call), call.query.get("limit", 50))


@blueprint.get("/export")
@operation(access="some_admin", query=_FILTER, answer="file", media=("text/csv",))
def export_entries(call: Call) -> Response:
    """The entries that match, the newest 100,000 of them, as a CSV file."""
    content = reading.export_entries(call.unit, call.actor, _filter(call))
    return attachment(f"audit {call.unit.now.date()}.csv", iter([content]), "text/csv")


def _filter(call: Call) -> AuditFilter:
    """The filter of a call; raises InvalidInput naming every problem."""
    query = call.query
    issues = []
    moments: dict[str, datetime | None] = {}
    for name in ("since", "until"):
        try:
            moments[name] = _moment(query.get(name))
        except ValueError:
            issues.append(Issue(f"/{name}", "not_a_moment"))
    cursor = query.get("cursor")
    if cursor and not (cursor.isascii() and cursor.isdigit() and int(cursor) <= _LARGEST_ID):
        issues.append(Issue("/cursor", "wrong_cursor"))
    if issues:
        raise InvalidInput(issues=issues)
    return AuditFilter(
        kinds=[kind.strip() for kind in query.get("kind", "").split(",") if kind.strip()],
        actor=query.get("actor"),
        text=(query.get("search") or "").replace("\0", "").strip() or None,
        since=moments["since"],
        until=moments["until"],
        before=int(cursor) if cursor else None,
    )


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found
