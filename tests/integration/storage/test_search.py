"""Search by blocks of ids: complete and in order, however words and records lie."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.formulas import compile_formula
from joinery.permissions import EVERYTHING, RowScope
from joinery.storage import records, search_pages
from joinery.storage.id_blocks import BLOCKS, SIZES, Descent, Stretch
from joinery.storage.list_spec import SEARCH_COUNT_CAP
from tests.examples import examples

FORMS: dict[str, Any] = {
    "lead": {
        "title": "{name}",
        "search": ["name", "note"],
        "fields": {
            "name": {"type": "text"},
            "note": {"type": "text"},
            "score": {"type": "number"},
            "found": {"type": "number"},
            "due": {"type": "date"},
        },
    }
}
#: Where the ids of the portions begin: in the first block, across blocks of every size, and far away.
STARTS = (1, 1020, 8_150, 65_500, 524_200, 5_000_000)
WORDS = ("科技", "北京", "13", "38", "ab", "c", "华为技术有限公司")


@pytest.fixture(params=["looked up", "block by block"])
def strategy(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of finding, whatever the planner thinks; little at once, so that stretches are narrowed."""
    if request.param == "block by block":
        monkeypatch.setattr(search_pages, "LOOKUP_COST", 0)
        monkeypatch.setattr(search_pages, "MOST_MATCHES", 3)
    else:
        monkeypatch.setattr(search_pages, "FEW", 0)
    return str(request.param)


def _fill(site: Any) -> list[dict[str, Any]]:
    """Records with words at random, clustered differently in every portion of ids."""
    site.publish(FORMS)
    random = Random(7)
    filled: list[dict[str, Any]] = []
    table = site.table("lead")
    for number, start in enumerate(STARTS):
        with site.unit() as unit:
            name = f'"{site.workspace.schema_name}"."{table.table.name}"'
            unit.connection.exec_driver_sql(f"ALTER TABLE {name} ALTER id RESTART WITH {start}")
        words = WORDS[: number + 2] if number % 2 else WORDS[number:]
        rows = [
            {
                "name": " ".join(random.choices(words, k=2)),
                "note": "".join(random.choices(words, k=2)),
                "score": random.randrange(3),
                "found": -number,
            }
            for _ in range(40)
        ]
        filled += [{**row, "id": id} for row, id in zip(rows, site.insert("lead", *rows), strict=True)]
    with site.unit() as unit:
        binned = [row["id"] for row in filled if random.random() < 0.1]
        found = table.table
        unit.connection.execute(
            sa.update(found).where(found.c.id.in_(binned)).values(deleted_at=site.now),
            execution_options={"schema_translate_map": {"ws": unit.schema}},
        )
    return [row for row in filled if row["id"] not in binned]


def _pages(site: Any, limit: int, **spec: Any) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = site.list("lead", limit=limit, cursor=cursor, **spec)
        assert len(page.rows) <= limit
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def _scanned(rows: list[dict[str, Any]], text: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """What a search promises, by looking at every record: the newest first."""
    found = [row for row in rows if all(any(word in row[key] for key in keys) for word in text.split())]
    return sorted(found, key=lambda row: -row["id"])


def test_a_search_finds_what_a_scan_finds_page_by_page(site: Any, strategy: str) -> None:
    rows = _fill(site)
    names = site.table("lead").form.names
    scopes = {
        "all": EVERYTHING,
        "some": RowScope(kind="condition", reason="t", condition=compile_formula("{score} = 1", names)),
    }
    pieces = st.text(alphabet="科技北京13 8abc华", min_size=1, max_size=4)
    texts = st.one_of(st.sampled_from([*WORDS, "科技 13", "京1", "技有限"]), pieces)

    @settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        text=texts.filter(str.strip),
        limit=st.integers(1, 60),
        scope=st.sampled_from(["all", "some"]),
        filtered=st.sampled_from([None, "{score} > 0", "OR({due} < NOW(), {score} > 0)"]),
        hidden=st.booleans(),
    )
    def check(text: str, limit: int, scope: str, filtered: str | None, hidden: bool) -> None:
        expected = _scanned(rows, text, ("name",) if hidden else ("name", "note"))
        expected = [
            row
            for row in expected
            if (scope == "all" or row["score"] == 1) and (filtered is None or row["score"] > 0)
        ]
        asked = {"filter": filtered, "search": text, "scope": scopes[scope], "fields": ("score", "found")}
        if hidden:
            asked["search_in"] = frozenset({"name", "score"})
        listed = list(_pages(site, limit, **asked))
        assert [row["id"] for row in listed] == [row["id"] for row in expected]
        assert [row["found"] for row in listed] == [row["found"] for row in expected]
        counted = site.list("lead", limit=limit, **asked)
        cap = SEARCH_COUNT_CAP
        assert (counted.count, counted.exact) == (min(len(expected), cap), len(expected) <= cap)
        later = site.list("lead", limit=limit, cursor=counted.next_cursor, **asked)
        assert (later.count, later.exact) == (counted.count, counted.exact)

    check()


def test_deleted_records_are_searched_only_in_the_recycle_bin(site: Any, strategy: str) -> None:
    site.publish(FORMS)
    kept, binned = site.insert("lead", {"name": "科技 kept"}, {"name": "科技 binned"})
    with site.unit() as unit:
        records.soft_delete(unit, site.table("lead"), [binned], actor=None, at=site.now)
    assert [row["id"] for row in site.list("lead", search="科技").rows] == [kept]
    assert [row["id"] for row in site.list("lead", search="科技", deleted=True).rows] == [binned]


def test_the_index_answers_for_a_stretch(site: Any) -> None:
    """The condition is written as the index has it; otherwise every search would read the whole table."""
    site.publish(FORMS)
    site.insert("lead", *({"name": f"n{number}"} for number in range(3000)))
    table = site.table("lead")
    name = f'"{site.workspace.schema_name}"."{table.table.name}"'
    with site.unit() as unit:
        unit.connection.exec_driver_sql(f"ANALYZE {name}")
        plan = unit.connection.exec_driver_sql(
            f"EXPLAIN SELECT id FROM {name} WHERE deleted_at IS NULL"
            f" AND search @@ '''ab'''::tsquery AND {BLOCKS} && ARRAY[1::bigint]"
        ).scalars()
        conditions = [line for line in plan if "Index Cond" in line]
    assert len(conditions) == 1
    assert "search @@" in conditions[0]
    assert "&&" in conditions[0]


@given(
    high=st.integers(1, 30_000_000),
    seen=st.lists(st.tuples(st.integers(0, 500), st.sampled_from(["go on", "narrow", "limit"])), max_size=30),
)
def test_stretches_follow_one_another_down_to_the_first_id(high: int, seen: list[tuple[int, str]]) -> None:
    descent = Descent(high)
    at = high
    for found, what in [*seen, *[(0, "go on")] * 100]:
        if descent.high == 0:
            break
        assert descent.high == at
        stretch = descent.stretch()
        assert stretch.high == at > stretch.low >= 0
        if what == "narrow":
            descent.narrow(stretch)
        elif what == "limit":
            descent.limit(found * 1000)
        else:
            at = stretch.low
            descent.go_on(stretch, found, 100)
    if len(seen) < 5:
        assert descent.high == 0, "growing, it gets to the end in a few steps"


@given(low=st.integers(0, 40), span=st.integers(1, 3_000_000))
def test_blocks_hold_a_stretch_and_hardly_more(low: int, span: int) -> None:
    smallest = 1 << SIZES[0]
    low *= smallest
    apart = 1 << 60
    ids: list[tuple[int, int]] = []
    for block in Stretch(low, low + span).blocks():
        bits = SIZES[block // apart]
        ids.append(((block % apart) << bits, (block % apart + 1) << bits))
    assert ids[0][1] - (low + span) < smallest
    assert ids[-1][0] == low
    assert all(upper[0] == lower[1] for upper, lower in pairwise(ids))
    assert len(ids) <= 16 * len(SIZES) + span // (1 << SIZES[-1])
