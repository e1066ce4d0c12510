"""Records in the places of a tree."""

import pytest

from tests.api.agenda import create_all, open_agenda, url

#: Name, what it belongs to, sales, city.
COMPANIES = [
    ("Holding", None, 100, None),
    ("East", "Holding", 10, None),
    ("West", "Holding", 20, "hidden"),
    ("East one", "East", 1, None),
    ("East two", "East", 2, None),
    ("West one", "West", 4, None),
    ("West one a", "West one", 8, None),
    ("Alone", None, 1000, None),
]


@pytest.fixture(scope="module")
def shop(database, tmp_path_factory):
    return open_agenda(database, tmp_path_factory.mktemp("tree"), "tree_view")


@pytest.fixture(scope="module")
def admin(shop):
    return shop.as_user("admin")


@pytest.fixture(scope="module")
def ids(admin) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, above, sales, city in COMPANIES:
        [made] = create_all(
            admin, "company", [{"name": name, "above": found.get(above), "sales": sales, "city": city}]
        )
        found[name] = made["id"]
    return found


def ask(client, **query):
    status, page = client.post(url("company", "/tree"), {"relation": "above", "sort": "name", **query})
    assert status == 200, page
    return page


def names(page) -> list[str]:
    return [record["title"] for record in page["records"]]


def places(page) -> dict[str, tuple[int | None, int, bool]]:
    nodes = page["nodes"]
    return {
        record["title"]: tuple(nodes[str(record["id"])][name] for name in ("parent", "children", "matches"))
        for record in page["records"]
    }


def test_branches_one_by_one(admin, ids):
    assert places(ask(admin)) == {"Alone": (None, 0, True), "Holding": (None, 2, True)}
    assert places(ask(admin, parent=ids["Holding"])) == {
        "East": (ids["Holding"], 2, True),
        "West": (ids["Holding"], 1, True),
    }
    assert names(ask(admin, parent=ids["East"], sort="-name")) == ["East two", "East one"]
    assert names(ask(admin, parent=ids["Alone"])) == []


def test_a_branch_comes_page_by_page(admin, ids):
    page = ask(admin, parent=ids["East"], limit=1)
    assert (names(page), page["count"]) == (["East one"], {"value": 2, "exact": True})
    assert names(ask(admin, parent=ids["East"], limit=1, cursor=page["next_cursor"])) == ["East two"]


def test_totals_of_each_record_with_all_below_it(admin, ids):
    page = ask(admin, totals={"sales": "sum", "name": "count"})
    totals = {record["title"]: page["nodes"][str(record["id"])]["totals"] for record in page["records"]}
    assert totals == {"Alone": {"sales": 1000, "name": 1}, "Holding": {"sales": 145, "name": 7}}
    page = ask(admin, parent=ids["Holding"], totals={"sales": "max"}, filter="{sales} < 10")
    totals = {record["title"]: page["nodes"][str(record["id"])]["totals"] for record in page["records"]}
    assert totals == {"East": {"sales": 2}, "West": {"sales": 8}}


def test_a_search_keeps_what_is_above(admin, ids):
    assert places(ask(admin, search="one")) == {"Alone": (None, 0, True), "Holding": (None, 2, False)}
    assert places(ask(admin, search="East", parent=ids["Holding"])) == {"East": (ids["Holding"], 2, True)}
    page = ask(admin, filter='{name} = "West one a"', found=True)
    assert places(page) == {
        "Holding": (None, 1, False),
        "West": (ids["Holding"], 1, False),
        "West one": (ids["West"], 1, False),
        "West one a": (ids["West one"], 0, True),
    }
    assert names(ask(admin, search="nothing of the kind", found=True)) == []


def test_what_stands_below_a_hidden_record_stands_at_the_top(shop, admin, ids):
    sales = shop.as_user("sales")
    page = ask(sales, totals={"sales": "sum"}, fields=["above"])
    assert places(page) == {
        "Alone": (None, 0, True),
        "Holding": (None, 1, True),
        "West one": (None, 1, True),
    }
    records = {record["title"]: record for record in page["records"]}
    assert records["West one"]["above"]["title"] is None
    assert page["nodes"][str(ids["Holding"])]["totals"] == {"sales": 113}, "West and all below it is missing"
    assert places(ask(sales, search="West", found=True)) == {
        "West one": (None, 1, True),
        "West one a": (ids["West one"], 0, True),
    }
    status, _ = sales.post(url("company", "/tree"), {"relation": "above", "parent": ids["West"]})
    assert status == 404


@pytest.mark.parametrize(
    "query, issues",
    [
        ({"relation": "friend"}, [("/relation", "unknown_tree")]),
        ({"relation": "name"}, [("/relation", "unknown_tree")]),
        (
            {"relation": "nothing", "sort": "nothing"},
            [("/relation", "unknown_tree"), ("/sort", "view_unknown_field")],
        ),
        (
            {"totals": {"name": "sum"}, "filter": "1 +"},
            [("/totals/name", "unknown_measure"), ("/filter", "formula_syntax")],
        ),
    ],
)
def test_what_cannot_be_asked_is_said_at_once(admin, query, issues):
    status, problem = admin.post(url("company", "/tree"), {"relation": "above", **query})
    assert status == 422
    assert [issue["path"] for issue in problem["issues"]] == [path for path, _ in issues]


def test_totals_of_a_hidden_field_are_unknown(shop, ids):
    status, problem = shop.as_user("guest").post(
        url("company", "/tree"), {"relation": "above", "totals": {"sales": "sum"}}
    )
    assert (status, problem["issues"][0]["code"]) == (422, "unknown_measure")


def test_a_record_is_moved_but_not_below_itself(shop, admin):
    top, low = create_all(admin, "company", [{"name": "Top"}, {"name": "Low"}])
    path = url("company", f"/{low['id']}")
    status, moved = admin.patch(path, {"revision": low["revision"], "above": top["id"]})
    assert status == 200
    status, problem = admin.patch(
        url("company", f"/{top['id']}"), {"revision": top["revision"], "above": low["id"]}
    )
    assert (status, problem["issues"][0]["code"]) == (422, "relation_circle")
    assert names(ask(admin, parent=top["id"])) == ["Low"]
    assert admin.delete(path, revision=moved["revision"])[0] == 204
    assert names(ask(admin, parent=top["id"])) == []
