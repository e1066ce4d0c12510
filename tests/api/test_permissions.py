"""What you may not see, you cannot list, count, sum, search, guess, or read in a history."""

import pytest

LEADS = "/apps/shop/forms/lead/records"
ACCOUNTS = "/apps/shop/forms/account/records"


@pytest.fixture
def leads(sales, other):
    """One lead of each of two sales people."""
    return {
        "mine": sales.create("lead", company="Mine Ltd", amount=10),
        "foreign": other.create("lead", company="Foreign Ltd", amount=500),
    }


def test_sales_people_see_only_their_own(sales, leads):
    _, page = sales.get(LEADS)
    assert [record["id"] for record in page["records"]] == [leads["mine"]["id"]]
    assert page["count"] == {"value": 1, "exact": True}
    assert sales.get(LEADS, count="exact")[1]["count"]["value"] == 1
    assert sales.get(LEADS, search="Foreign")[1]["records"] == []
    assert sales.get("/search", q="Foreign")[1]["results"] == []
    assert sales.post(f"{LEADS}/aggregate", {"measures": {"total": {"fn": "sum", "field": "amount"}}})[1] == {
        "rows": [{"total": 10}]
    }


@pytest.mark.parametrize(
    "method, path, body",
    [
        ("GET", "", None),
        ("PATCH", "", {"revision": 1, "company": "Stolen"}),
        ("DELETE", "", None),
        ("POST", "/restore", {}),
        ("GET", "/history", None),
        ("GET", "/related/calls", None),
    ],
)
def test_a_foreign_record_is_as_if_it_did_not_exist(sales, manager, leads, method, path, body):
    foreign = sales.call(method, f"{LEADS}/{leads['foreign']['id']}{path}", body)
    missing = sales.call(method, f"{LEADS}/999999{path}", body)
    assert foreign == missing
    assert foreign[0] == 404
    assert manager.get(f"{LEADS}/{leads['foreign']['id']}")[1]["company"] == "Foreign Ltd"


def test_nobody_writes_a_record_out_of_his_area(sales, other, leads):
    elsewhere = other.me["user"]["id"]
    status, problem = sales.patch(f"{LEADS}/{leads['mine']['id']}", {"revision": 1, "owner": elsewhere})
    assert (status, problem["code"]) == (403, "forbidden")
    assert sales.post(LEADS, {"company": "Gift", "owner": elsewhere})[0] == 403
    assert other.get(LEADS)[1]["count"]["value"] == 1


def test_a_form_one_may_not_view_does_not_exist(as_user, sales):
    guest = as_user("guest")
    assert guest.get("/apps")[1] == {"apps": []}
    for path in ("/apps/shop", "/apps/shop/forms/lead/describe", LEADS):
        assert guest.get(path)[0] == 404
    assert guest.get("/apps/nothing")[0] == 404
    assert guest.post(LEADS, {"company": "A"})[0] == 404


def test_actions_are_granted_one_by_one(sales, manager):
    account = manager.create("account", name="Acme")
    note = manager.create("note", text="Hello")
    assert manager.post(f"/apps/shop/forms/note/records/{note['id']}/restore", {})[0] == 403
    assert sales.get(f"{ACCOUNTS}/{account['id']}")[0] == 200
    for call in ("definition", "draft", "versions", "unconverted"):
        assert manager.get(f"/apps/shop/{call}")[0] == 403
    assert manager.post("/apps/shop/publish", {})[0] == 403
    assert manager.post("/suites/install", {"suite": "crm_ltc"})[0] == 403


def test_a_hidden_field_is_nowhere(sales, manager, leads):
    record_id = leads["mine"]["id"]
    _, changed = manager.patch(f"{LEADS}/{record_id}", {"revision": 1, "secret": "treasure"})
    assert changed["secret"] == "treasure"
    assert "secret" not in sales.get(f"{LEADS}/{record_id}")[1]
    assert "secret" not in sales.get(LEADS)[1]["records"][0]
    description = sales.get("/apps/shop/forms/lead/describe")[1]
    assert "secret" not in description["fields"]
    assert "secret" not in str(description["views"])
    assert "secret" not in str(description["layout"])
    assert [view["key"] for view in description["views"]] == ["open"]
    [update] = [e for e in sales.get(f"{LEADS}/{record_id}/history")[1]["entries"] if e["kind"] == "updated"]
    assert update["changes"] == []
    assert sales.get(LEADS, search="treasure")[1]["records"] == []
    assert sales.get("/search", q="treasure")[1]["results"] == []
    assert manager.get(LEADS, search="treasure")[1]["count"]["value"] == 1


@pytest.mark.parametrize(
    "path, query",
    [
        ("", {"filter": '{FIELD} = "x"'}),
        ("", {"sort": "FIELD"}),
        ("", {"fields": "company,FIELD"}),
        ("/aggregate", {"group_by": ["FIELD"]}),
        ("/aggregate", {"measures": {"n": {"fn": "count_distinct", "field": "FIELD"}}}),
    ],
)
def test_a_hidden_field_is_refused_like_one_that_does_not_exist(sales, leads, path, query):
    def ask(field):
        body = {key: _renamed(value, field) for key, value in query.items()}
        if path:
            return sales.post(LEADS + path, body)
        return sales.get(LEADS, **body)

    status, hidden = ask("secret")
    _, missing = ask("secrets")
    assert status == 422
    assert [issue["code"] for issue in hidden["issues"]] == [issue["code"] for issue in missing["issues"]]
    assert all(issue.get("hint") != "secret" for issue in missing["issues"])


def _renamed(value, field):
    if isinstance(value, str):
        return value.replace("FIELD", field)
    if isinstance(value, list):
        return [_renamed(item, field) for item in value]
    return {key: _renamed(item, field) for key, item in value.items()} if isinstance(value, dict) else value


def test_fields_one_may_not_write_are_refused(sales, leads):
    for sent in (
        {"secret": "x"},
        {"score": 5},
        {"expected": 5},
        {"no": "X"},
        {"created_at": "2020-01-01T00:00:00Z"},
    ):
        status, problem = sales.patch(f"{LEADS}/{leads['mine']['id']}", {"revision": 1, **sent})
        assert (status, problem["issues"][0]["path"]) == (422, f"/{next(iter(sent))}")


def test_titles_of_records_one_may_not_see_are_masked(sales, other, manager, leads):
    note = manager.create("note", text="Call", lead=leads["foreign"]["id"])
    assert sales.get(f"/apps/shop/forms/note/records/{note['id']}")[1]["lead"] == {
        "id": leads["foreign"]["id"],
        "title": None,
    }
    status, problem = sales.post(
        "/apps/shop/forms/note/records", {"text": "x", "lead": leads["foreign"]["id"]}
    )
    assert (status, problem["issues"][0]["code"]) == (422, "related_record_missing")


def test_what_stands_in_the_way_is_told_only_as_far_as_one_may_see_it(sales, other, manager):
    account = manager.create("account", name="Acme")
    other.create("lead", company="A", account=account["id"])
    status, problem = sales.delete(f"{ACCOUNTS}/{account['id']}")
    assert (status, problem["blockers"]) == (409, [{"form": None, "label": None, "count": 0, "records": []}])


def test_uploads_are_private_until_a_record_shows_them(sales, other, manager):
    import io

    def upload(client, name=b"x"):
        status, stored = client.call(
            "POST", "/files", data={"file": (io.BytesIO(b"hello"), "../../letter \u4fe1.txt")}
        )
        assert status == 201
        return stored

    stored = upload(sales)
    assert (stored["name"], stored["type"]) == ("letter 信.txt", "text/plain")
    assert sales.get(f"/files/{stored['id']}")[1] == "hello"
    assert manager.get(f"/files/{stored['id']}")[0] == 404
    status, _ = manager.post(LEADS, {"company": "Thief", "papers": [stored["id"]]})
    assert status == 422
    lead = sales.create("lead", company="A", papers=[stored["id"]])
    where = {"app": "shop", "form": "lead", "record": lead["id"], "field": "papers"}
    assert manager.get(f"/files/{stored['id']}", **where)[1] == "hello"
    assert other.get(f"/files/{stored['id']}", **where)[0] == 404
    _, changed = manager.patch(
        f"{LEADS}/{lead['id']}", {"revision": 1, "papers": [stored["id"], upload(manager)["id"]]}
    )
    assert len(changed["papers"]) == 2
