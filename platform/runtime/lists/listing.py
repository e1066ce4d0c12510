"""Lists of records: filtered, sorted, searched, paged and counted under the actor's row scope."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from joinery.definitions import JOINT, owner_key
from joinery.directory import Actor
from joinery.forms import parse_sort
from joinery.kernel import InvalidInput, Issue, Issues, NotFound, pointer
from joinery.runtime.kinds import LIST
from joinery.runtime.lists.aggregates import summary_of
from joinery.runtime.lists.conditions import caller_condition
from joinery.runtime.records.expansion import EXPAND, expand_records, expansion_issues, wanted_keys
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.sent_records import sent_fields, show_records
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import query_runner
from joinery.storage.query_runner import Branch, ListSpec

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 1000

#: What one list may be asked for; the members of `query` below.
Query = Mapping[str, Any]


def list_records(unit: Unit, actor: Actor, app_key: str, form_key: str, query: Query) -> dict[str, Any]:
    """One page of records the actor may see.

    `query` may hold `filter` (an expression), `sort`, `fields` (keys, or text with commas), `expand`
    (relations to answer with whole records; they join `fields`), `search`, `limit`, `cursor`, `count`
    ("capped", "exact", "estimate", "none") and `deleted` (the recycle bin, for those who may restore).
    Fields the actor may not read are unknown to all of them.
    """
    action = "restore" if query.get("deleted") else "view"
    return list_page(open_form(unit, actor, app_key, form_key, action), query)


def list_related(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, inverse_key: str, query: Query
) -> dict[str, Any]:
    """The records at the other end of a relation to this record; raises NotFound for either end.

    `query` may also hold `summary` ("sum:amount,average:price"): measures over all of them that match.
    """
    at = open_form(unit, actor, app_key, form_key)
    there, pointing_at = other_end(at, inverse_key, record_id)
    require_record(at, record_id)
    page = list_page(there, query, pointing_at=pointing_at)
    if wanted := query.get("summary"):
        condition = caller_condition(there, query.get("filter"), Issues())
        page["summary"] = summary_of(there, wanted, condition, pointing_at)
    return page


def other_end(at: OpenForm, inverse_key: str, record_id: int) -> tuple[OpenForm, tuple[str, int]]:
    """The form at the other end of a relation, and what its records point with at this one; NotFound."""
    inverse = next((found for found in at.form.inverses if found.key == inverse_key), None)
    there = at.beside(inverse.form) if inverse else None
    if inverse is None or there is None or not _may_list(there, owner_key(inverse.field)):
        raise NotFound(kind=LIST)
    if there.form.parent is None:
        return there, (inverse.field, record_id)
    # Of lines the records around them are listed, each once.
    return there.beside(there.form.parent), (f"{there.form.subform}{JOINT}{inverse.field}", record_id)


def list_page(
    at: OpenForm, query: Query, *, pointing_at: tuple[str, int] | None = None, branch: Branch | None = None
) -> dict[str, Any]:
    """One page of an open form; with `pointing_at` of the records whose relation points at a record.

    With `branch` of those at a place in a tree.
    """
    spec = replace(list_spec(at, query), pointing_at=pointing_at, branch=branch)
    page = query_runner.run_list(at.unit, at.table, spec, at.access.rows, at.evaluation)
    count = None if page.count is None else {"value": page.count, "exact": page.exact}
    expanded = wanted_keys(query.get(EXPAND))
    shown = show_records(at, page.rows, _wanted(query), untitled=expanded)
    expand_records(at, shown, expanded)
    return {"records": shown, "next_cursor": page.next_cursor, "count": count}


def list_spec(at: OpenForm, query: Query) -> ListSpec:
    """What the query runner shall do for a caller's query; raises InvalidInput naming every problem."""
    keys = _wanted(query)
    expanded = wanted_keys(query.get(EXPAND))
    issues = Issues(_unknown_fields(at, [key for key in keys or () if key not in expanded]))
    issues.extend(expansion_issues(at, expanded))
    condition = caller_condition(at, query.get("filter"), issues)
    sort, wrong = parse_sort(at.form, query.get("sort"), at.access.queried)
    issues.extend(wrong)
    if issues:
        raise InvalidInput(issues=issues)
    return ListSpec(
        filter=condition,
        reach=at.reach,
        search=(query.get("search") or "").strip() or None,
        search_in=at.access.queried,
        sort=sort,
        fields=tuple(field.key for field in sent_fields(at, keys)),
        limit=min(query.get("limit") or DEFAULT_LIMIT, LARGEST_LIMIT),
        cursor=query.get("cursor") or None,
        count=query.get("count") or "capped",
        deleted=bool(query.get("deleted")),
    )


def _may_list(at: OpenForm, field_key: str) -> bool:
    return at.access.allows("view") and field_key in at.access.queried


def _wanted(query: Query) -> tuple[str, ...] | None:
    """The fields to answer with; None for all."""
    fields = wanted_keys(query.get("fields"))
    return (*fields, *wanted_keys(query.get(EXPAND))) if fields else None


def _unknown_fields(at: OpenForm, keys: Iterable[str]) -> list[Issue]:
    return [
        Issue(pointer("fields"), "unknown_field", {"field": key[:60]})
        for key in keys
        if not at.access.shows(key) or at.form.field(key) is None
    ]
