"""A tree of ten thousand records: what one call asks of the database does not grow with them."""

import pytest

from tests.api.agenda import create_all, open_agenda, url
from tests.api.statements import note_statements

BRANCHES = 99
LEAVES = 100
PORTION = 1000

QUERIES = {
    "top": {},
    "branch": {"parent": "a branch", "limit": 1000},
    "totals": {"parent": "the top", "totals": {"sales": "sum"}},
    "search": {"search": "leaf 1 2"},
    "found": {"search": "leaf 1 2", "found": True, "limit": 1000, "totals": {"sales": "sum"}},
    "all found": {"filter": "{sales} = 1", "found": True, "limit": 1000},
}


@pytest.fixture(scope="module")
def shop(database, tmp_path_factory):
    return open_agenda(database, tmp_path_factory.mktemp("tree"), "tree_large")


@pytest.fixture(scope="module")
def admin(shop):
    return shop.as_user("admin")


def grow(admin, name: str, branches: int, leaves: int) -> dict[str, int]:
    """A tree of three levels; the ids of its top and of its first branch."""
    [top] = create_all(admin, "company", [{"name": name}])
    made = create_all(
        admin, "company", [{"name": f"branch {n}", "above": top["id"], "sales": 2} for n in range(branches)]
    )
    rows = [
        {"name": f"leaf {place} {leaf}", "above": branch["id"], "sales": 1}
        for place, branch in enumerate(made)
        for leaf in range(leaves)
    ]
    for start in range(0, len(rows), PORTION):
        create_all(admin, "company", rows[start : start + PORTION])
    return {"the top": top["id"], "a branch": made[0]["id"]}


def ask(admin, ids: dict[str, int], query: dict):
    asked = query | ({"parent": ids[query["parent"]]} if "parent" in query else {})
    status, page = admin.post(url("company", "/tree"), {"relation": "above", "sort": "name", **asked})
    assert status == 200, page
    return page


def test_ten_thousand_records_take_as_many_statements_as_ten(admin, monkeypatch):
    few = grow(admin, "small", 2, 3)
    sent = note_statements(monkeypatch)

    def statements(ids) -> dict[str, int]:
        numbers = {}
        for name, query in QUERIES.items():
            ask(admin, ids, query)
            before = len(sent)
            ask(admin, ids, query)
            numbers[name] = len(sent) - before
        return numbers

    small = statements(few)
    many = grow(admin, "large", BRANCHES, LEAVES)
    assert statements(many) == small

    page = ask(admin, many, {"totals": {"sales": "sum", "name": "count"}})
    nodes = {record["title"]: page["nodes"][str(record["id"])] for record in page["records"]}
    assert nodes["large"]["children"] == BRANCHES
    assert nodes["large"]["totals"] == {
        "sales": BRANCHES * LEAVES + 2 * BRANCHES,
        "name": 1 + BRANCHES + BRANCHES * LEAVES,
    }
    found = ask(admin, many, {"filter": '{name} = "leaf 50 7"', "found": True})
    assert [record["title"] for record in found["records"]] == ["branch 50", "large", "leaf 50 7"]
    assert ask(admin, many, QUERIES["all found"])["next_cursor"], "more are found than one page holds"
