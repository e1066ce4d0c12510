"""Lists, counts, aggregates and search."""

import pytest

from tests.api.conftest import Client, open_shop

LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture(scope="module")
def manager(database, tmp_path_factory) -> Client:
    """Five leads: two new, two won, one lost; one of them has no amount."""
    client = open_shop(database, tmp_path_factory.mktemp("lists"), "lists").as_user("manager")
    rows = [
        {"company": "Alpha", "status": "new", "amount": 100, "due": "2026-01-15"},
        {"company": "Beta", "status": "new", "amount": 300, "due": "2026-02-15"},
        {"company": "华为技术", "status": "won", "amount": 200.5, "due": "2026-02-20"},
        {"company": "Delta", "status": "won", "amount": 50, "due": "2026-04-01"},
        {"company": "Epsilon", "status": "lost", "reason": "price"},
    ]
    status, _ = client.post(f"{LEADS}/batch", {"create": rows})
    assert status == 200
    return client


def companies(answer) -> list[str]:
    status, page = answer
    assert status == 200, page
    return [record["company"] for record in page["records"]]


@pytest.mark.parametrize(
    "query, expected",
    [
        ({}, ["Epsilon", "Delta", "华为技术", "Beta", "Alpha"]),
        ({"filter": '{status} = "won"'}, ["Delta", "华为技术"]),
        ({"filter": "{amount} >= 200", "sort": "-amount"}, ["Beta", "华为技术"]),
        ({"filter": 'OR({amount} < 100, {status} = "lost")'}, ["Epsilon", "Delta"]),
        ({"filter": "{due} < TODAY()", "sort": "due"}, ["Alpha", "Beta", "华为技术"]),
        ({"filter": "{age}", "sort": "company"}, ["Alpha", "Beta", "华为技术"]),
        ({"sort": "status,-amount"}, ["Epsilon", "Beta", "Alpha", "华为技术", "Delta"]),
        ({"search": "华为"}, ["华为技术"]),
        ({"search": "eLt"}, ["Delta"]),
        ({"search": "LD-0001"}, ["Alpha"]),
        ({"search": "nothing like it"}, []),
        ({"deleted": "true"}, []),
    ],
)
def test_filter_sort_and_search(manager, query, expected):
    assert companies(manager.get(LEADS, **query)) == expected


def test_the_same_by_body(manager):
    body = {"filter": '{status} = "new"', "sort": "company", "fields": ["company"], "count": "exact"}
    status, page = manager.post(f"{LEADS}/query", body)
    assert status == 200
    assert page["count"] == {"value": 2, "exact": True}
    assert set(page["records"][0]) == {"id", "revision", "title", "company"}


@pytest.mark.parametrize("sort", ["", "company", "-amount", "status,-due", "due"])
def test_pages_hold_every_record_once(manager, sort):
    whole = companies(manager.get(LEADS, sort=sort))
    pieces, cursor = [], None
    while True:
        query = {"sort": sort, "limit": "2", **({"cursor": cursor} if cursor else {})}
        answer = manager.get(LEADS, **query)
        pieces += companies(answer)
        cursor = answer[1]["next_cursor"]
        if cursor is None:
            break
    assert pieces == whole
    assert len(whole) == 5


@pytest.mark.parametrize(
    "count, expected",
    [("capped", {"value": 5, "exact": True}), ("exact", {"value": 5, "exact": True}), ("none", None)],
)
def test_counts(manager, count, expected):
    assert manager.get(LEADS, count=count, limit="1")[1]["count"] == expected


def test_an_estimated_count_says_so(manager):
    assert manager.get(LEADS, count="estimate")[1]["count"]["exact"] is False


@pytest.mark.parametrize(
    "body, rows",
    [
        ({}, [{"count": 5}]),
        (
            {
                "group_by": ["status"],
                "measures": {"n": {"fn": "count"}, "total": {"fn": "sum", "field": "amount"}},
            },
            [
                {"status": "lost", "n": 1, "total": 0},
                {"status": "new", "n": 2, "total": 400},
                {"status": "won", "n": 2, "total": 250.5},
            ],
        ),
        (
            {"group_by": [{"field": "due", "by": "month"}], "measures": {"n": {"fn": "count"}}},
            [
                {"due": "2026-01-01", "n": 1},
                {"due": "2026-02-01", "n": 2},
                {"due": "2026-04-01", "n": 1},
                {"due": None, "n": 1},
            ],
        ),
        (
            {
                "measures": {
                    "a": {"fn": "average", "field": "amount"},
                    "d": {"fn": "count_distinct", "field": "status"},
                },
                "filter": "{amount} > 150",
            },
            [{"a": 250.25, "d": 2}],
        ),
        ({"measures": {"n": {"fn": "count"}}, "search": "华为"}, [{"n": 1}]),
    ],
)
def test_aggregates(manager, body, rows):
    assert manager.post(f"{LEADS}/aggregate", body) == (200, {"rows": rows})


def test_groups_by_people_and_relations_are_shown_by_name(manager):
    _, answer = manager.post(f"{LEADS}/aggregate", {"group_by": ["owner"]})
    assert answer["rows"] == [{"owner": {"id": manager.me["user"]["id"], "name": "Manager"}, "count": 5}]


def test_search_everywhere(manager):
    _, answer = manager.get("/search", q="华为")
    [hit] = answer["results"]
    assert (hit["app"], hit["form"], hit["title"]) == ("shop", "lead", "LD-0003 华为技术")
    assert hit["form_label"] == {"en": "Lead", "zh": "线索"}
    assert hit["subtitle"]
    assert manager.get("/search", q="")[1] == {"results": []}
    assert len(manager.get("/search", q="LD", limit="2")[1]["results"]) == 2
