"""Lists: every record in reach exactly once, in order, page by page; counted and searched right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.formulas import compile_formula
from joinery.kernel import InvalidInput
from joinery.permissions import NOTHING, RowScope
from joinery.storage import records
from joinery.storage.query_runner import AggregateSpec, Grouping, ListSpec, Measure, run_aggregate, run_list
from tests.examples import examples

_OPTIONS = {key: {"label": {"en": key.upper(), "zh": f"状态{key}"}} for key in "abc"}

FORMS: dict[str, Any] = {
    "lead": {
        "title": "{name}",
        "search": ["name", "note", "status"],
        "fields": {
            "name": {"type": "text"},
            "note": {"type": "long_text"},
            "score": {"type": "number"},
            "status": {"type": "choice", "options": _OPTIONS},
            "due": {"type": "date"},
            "at": {"type": "datetime"},
            "hot": {"type": "boolean"},
            "late": {"type": "formula", "result": "boolean", "formula": "{due} < TODAY()"},
        },
        "views": {"v": {"label": {"en": "v", "zh": "v"}, "columns": ["name"], "sort": "-score,name"}},
    }
}


def _pages(site: Any, limit: int, **spec: Any) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = site.list("lead", limit=limit, cursor=cursor, **spec)
        assert len(page.rows) <= limit
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def _fill(site: Any) -> list[dict[str, Any]]:
    """Records with every mixture of blanks and equal values."""
    site.publish(FORMS)
    day = site.now.date()
    mixtures = product(
        [None, "a", "b"], [None, Decimal(1), Decimal("1.5")], [None, day, day - timedelta(days=2)]
    )
    rows = [
        {"status": status, "score": score, "due": due, "name": name, "hot": None if due else bool(score)}
        for (status, score, due), name in zip(list(mixtures) * 2, ["x", None, "y"] * 18, strict=True)
    ]
    ids = site.insert("lead", *rows)
    return [{**row, "id": record_id} for row, record_id in zip(rows, ids, strict=True)]


def _in_order(rows: list[dict[str, Any]], sort: tuple[tuple[str, bool], ...]) -> list[int]:
    """The order that lists promise, done by hand: blanks last, then the id in the first field's direction."""
    ordered = sorted(rows, key=lambda row: row["id"], reverse=sort[0][1])
    for key, descending in reversed(sort):
        filled = [row for row in ordered if row[key] is not None]
        filled.sort(key=lambda row: row[key], reverse=descending)
        ordered = filled + [row for row in ordered if row[key] is None]
    return [row["id"] for row in ordered]


def test_pages_under_every_sort_put_together_are_the_whole_list_in_order(site: Any) -> None:
    rows = _fill(site)
    keys = st.sampled_from(["status", "score", "due", "name", "hot"])
    sorts = st.lists(st.tuples(keys, st.booleans()), min_size=1, max_size=3, unique_by=lambda pair: pair[0])

    @settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(sort=sorts, limit=st.integers(1, 20))
    def check(sort: list[tuple[str, bool]], limit: int) -> None:
        listed = [row["id"] for row in _pages(site, limit, sort=tuple(sort), fields=("name",), count="none")]
        assert listed == _in_order(rows, tuple(sort))

    check()


@pytest.mark.parametrize("sort", [(), (("id", False),), (("created_at", True),), (("late", False),)])
def test_system_fields_and_computed_fields_can_be_sorted_by(site: Any, sort: tuple[Any, ...]) -> None:
    rows = _fill(site)
    listed = [row["id"] for row in _pages(site, 7, sort=sort)]
    assert sorted(listed) == sorted(row["id"] for row in rows)


@pytest.mark.parametrize("cursor", ["x", "W10", "é", "eyJhIjoxfQ", "WyJ4Il0" * 1000, "\x00", "bnVsbA"])
def test_a_wrong_cursor_is_refused(site: Any, cursor: str) -> None:
    site.publish(FORMS)
    with pytest.raises(InvalidInput):
        site.list("lead", cursor=cursor)


def test_a_cursor_of_another_sort_is_refused(site: Any) -> None:
    _fill(site)
    page = site.list("lead", sort=(("score", False),), limit=5)
    with pytest.raises(InvalidInput):
        site.list("lead", sort=(("score", True),), limit=5, cursor=page.next_cursor)


def test_the_four_kinds_of_count(site: Any) -> None:
    site.publish(FORMS)
    assert (site.list("lead").count, site.list("lead").exact) == (0, True)
    site.insert("lead", *[{"name": "n", "score": Decimal(number)} for number in range(1200)])
    for kind, condition, expected in [
        ("capped", None, (1000, False)),
        ("capped", "{score} < 1000", (1000, True)),
        ("capped", "{score} < 7", (7, True)),
        ("capped", "{score} < 0", (0, True)),
        ("exact", None, (1200, True)),
        ("exact", "{score} < 7", (7, True)),
        ("none", None, (None, False)),
    ]:
        page = site.list("lead", condition, count=kind, limit=3)
        assert (page.count, page.exact) == expected, (kind, condition)
    assert site.list("lead", count="estimate").exact is False
    beyond = site.list("lead", "{score} < 4", sort=(("score", False),), limit=2)
    last = site.list("lead", "{score} < 4", sort=(("score", False),), limit=2, cursor=beyond.next_cursor)
    assert (last.count, last.next_cursor) == (4, None)


def test_the_scope_is_part_of_every_list_count_and_sum(site: Any) -> None:
    _fill(site)
    table = site.table("lead")
    own = RowScope(
        kind="condition", reason="test", condition=compile_formula('{status} = "a"', table.form.names)
    )
    page = site.list("lead", "{score} = 1", scope=own, count="exact", fields=("status", "score"))
    assert page.count == 6
    assert {(row["status"], row["score"]) for row in page.rows} == {("a", Decimal(1))}
    assert site.list("lead", scope=NOTHING, count="exact").count == 0
    spec = AggregateSpec(group_by=(Grouping(field="status"),), measures=(Measure(name="n", fn="count"),))
    with site.unit() as unit:
        assert run_aggregate(unit, table, spec, own, site.context()) == [{"status": "a", "n": 18}]
        assert run_aggregate(unit, table, spec, NOTHING, site.context()) == []


def test_remembered_statements_keep_viewers_and_days_apart(site: Any) -> None:
    site.publish(FORMS)
    table = site.table("lead")
    tomorrow = site.now.date() + timedelta(days=1)
    site.insert("lead", *({"owner": owner, "due": tomorrow} for owner in (1, 1, 2)))
    mine = compile_formula("{owner} = ME()", table.form.names)
    own = RowScope(kind="condition", reason="own", condition=mine)
    for user, days, expected in [(1, 0, 0), (2, 0, 0), (1, 2, 2), (2, 2, 1), (1, 0, 0), (3, 2, 0)] * 2:
        context = replace(site.context(user), now=site.now + timedelta(days=days))
        spec = ListSpec(filter=compile_formula("{late}", table.form.names), sort=(("late", False),))
        with site.unit() as unit:
            page = run_list(unit, table, spec, own, context)
        assert (len(page.rows), page.count) == (expected, expected)


def test_only_the_fields_that_were_asked_for_are_answered(site: Any) -> None:
    _fill(site)
    row = site.list("lead", fields=("late",), limit=1).rows[0]
    assert set(row) == {"id", "revision", "title", "late"}


@pytest.mark.parametrize(
    "text, found",
    [
        ("华为", [0]),
        ("技术", [0]),
        ("为技", [0]),
        ("科", [1]),
        ("SMITH", [2]),
        ("smit th", [2]),
        ("h", [2, 3]),
        ("100%", [3]),
        ("0% h", [3]),
        ("a_b", [4]),
        ("_", [4]),
        ("%", [3]),
        ("\\", [4]),
        ("'", [5]),
        ("' & 'x", []),
        ("O'Ne", [5]),
        ("ｓｍｉｔｈ", [2]),
        ("为华", []),
        ("note", [6]),
        ("状态", [6]),
        ("name", []),
        ("   ", [0, 1, 2, 3, 4, 5, 6]),
        ("\x02", []),
        ("😀", [5]),
    ],
)
def test_text_search(site: Any, text: str, found: list[int]) -> None:
    site.publish(FORMS)
    names = ["华为技术", "百科", "John Smith", "100% Hot", "a_b\\c", "O'Neil 😀", None]
    rows: list[dict[str, Any]] = [{"name": name} for name in names]
    rows[6] |= {"note": "a note", "status": "b"}
    ids = site.insert("lead", *rows)
    listed = site.list("lead", search=text, sort=(("id", False),)).rows
    assert [row["id"] for row in listed] == [ids[place] for place in found]


def test_search_does_not_look_into_hidden_fields(site: Any) -> None:
    site.publish(FORMS)
    site.insert("lead", {"name": "open", "note": "secret"}, {"name": "secret", "note": None})
    readable = frozenset({"name", "status"})
    assert [row["title"] for row in site.list("lead", search="secret", search_in=readable).rows] == ["secret"]
    assert site.list("lead", search="secret", search_in=frozenset()).rows == []
    assert len(site.list("lead", search="secret").rows) == 2


@pytest.mark.parametrize("by, expected", [("day", 2), ("week", 1), ("month", 2), ("quarter", 2), ("year", 1)])
def test_periods_are_those_of_the_workspace(site: Any, by: Any, expected: int) -> None:
    """16:30 UTC on March 31 is the first hour of April in Shanghai."""
    site.publish(FORMS)
    site.insert("lead", {"at": site.now}, {"at": site.now - timedelta(hours=1)})
    spec = AggregateSpec(group_by=(Grouping(field="at", by=by),), measures=(Measure(name="n", fn="count"),))
    with site.unit() as unit:
        rows = run_aggregate(unit, site.table("lead"), spec, _everything(), site.context())
    assert len(rows) == expected
    assert sum(row["n"] for row in rows) == 2


def test_measures(site: Any) -> None:
    site.publish(FORMS)
    site.insert("lead", *({"score": score} for score in [Decimal(1), Decimal("2.5"), None, Decimal(1)]))
    names = ["sum", "average", "min", "max", "count_distinct", "count"]
    spec = AggregateSpec(
        measures=(
            *(Measure(name=name, fn=name, field="score") for name in names),
            Measure(name="all", fn="count"),
        )
    )
    with site.unit() as unit:
        (row,) = run_aggregate(unit, site.table("lead"), spec, _everything(), site.context())
    assert row == {
        "sum": Decimal("4.5"),
        "average": Decimal("1.5"),
        "min": Decimal(1),
        "max": Decimal("2.5"),
        "count_distinct": 2,
        "count": 3,
        "all": 4,
    }


def test_a_record_deleted_between_two_pages_disturbs_nothing(site: Any) -> None:
    rows = _fill(site)
    first = site.list("lead", limit=10, sort=(("id", False),))
    with site.unit() as unit:
        records.soft_delete(unit, site.table("lead"), [rows[9]["id"]], actor=None, at=site.now)
    second = site.list("lead", limit=10, sort=(("id", False),), cursor=first.next_cursor)
    assert [row["id"] for row in second.rows] == [row["id"] for row in rows[10:20]]


def _everything() -> RowScope:
    return RowScope(kind="everything", reason="test")
