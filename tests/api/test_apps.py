"""Apps, descriptions, views, formulas, drafts and publishing over the API."""

import copy
import json

import pytest

from tests.api.conftest import DOCUMENT

LEADS = "/apps/shop/forms/lead/records"
VIEWS = "/apps/shop/forms/lead/views"


def test_the_apps_and_their_menu(manager, sales):
    assert manager.get("/apps")[1]["apps"] == [
        {"key": "shop", "label": {"en": "Shop", "zh": "商店"}, "icon": "store", "version": 1}
    ]
    _, app = manager.get("/apps/shop")
    assert app["menu"][0] == {"form": "lead", "view": "open"}
    assert [item["form"] for item in app["menu"][1]["items"]] == ["account", "note"]
    assert app["forms"]["lead"]["actions"] == [
        "view",
        "create",
        "edit",
        "batch",
        "delete",
        "restore",
        "import",
        "export",
        "print",
        "share",
        "comment",
    ]
    assert sales.get("/apps/shop")[1]["forms"]["lead"]["actions"] == [
        "view",
        "create",
        "edit",
        "batch",
        "delete",
        "restore",
        "print",
        "share",
        "comment",
    ]


def test_a_form_describes_itself(manager):
    _, form = manager.get("/apps/shop/forms/lead/describe")
    assert form["live"] is True
    assert form["fields"]["company"]["required"] is True
    assert form["fields"]["reason"]["required"] is False
    assert form["fields"]["expected"]["read_only"] is True
    assert form["fields"]["expected"]["result"] == "money"
    assert form["fields"]["status"]["settings"]["options"]["new"]["label"] == {"en": "New", "zh": "新建"}
    assert form["order"][:3] == ["no", "company", "amount"]
    assert form["layout"][2]["section"] == "money"
    assert form["system_fields"]["owner"]["type"] == "user"
    assert [(related["key"], related["form"], related["field"]) for related in form["related"]] == [
        ("calls", "note", "lead")
    ]
    assert [view["key"] for view in form["views"]] == ["open", "hidden"]


def test_the_definition_is_for_administrators(admin, manager):
    assert admin.get("/apps/shop/definition")[1] == DOCUMENT
    assert manager.get("/apps/shop/definition")[0] == 403


def test_saved_views_are_private_unless_shared(manager, admin):
    view = {
        "label": "Mine",
        "kind": "list",
        "columns": ["company"],
        "filter": "{amount} > 5",
        "sort": "-amount",
    }
    status, saved = manager.post(VIEWS, view)
    assert status == 201
    assert (saved["source"], saved["mine"], saved["filter"]) == ("personal", True, "{amount} > 5")
    own = [v["key"] for v in manager.get("/apps/shop/forms/lead/describe")[1]["views"]]
    assert saved["key"] in own
    assert admin.patch(f"{VIEWS}/{saved['id']}", {"label": "x"})[0] == 404
    _, shared = manager.patch(f"{VIEWS}/{saved['id']}", {"shared": True, "label": "Ours"})
    assert (shared["source"], shared["label"]["en"], shared["columns"]) == ("shared", "Ours", ["company"])
    theirs = [v for v in admin.get("/apps/shop")[1]["forms"]["lead"]["views"] if v["key"] == saved["key"]]
    assert theirs[0]["mine"] is False
    assert manager.delete(f"{VIEWS}/{saved['id']}")[0] == 204
    assert manager.delete(f"{VIEWS}/{saved['id']}")[0] == 404


def test_only_the_owner_and_administrators_change_a_shared_view(sales, manager, admin):
    _, view = sales.post(VIEWS, {"label": "Ours", "kind": "list", "columns": ["company"], "shared": True})
    assert manager.patch(f"{VIEWS}/{view['id']}", {"label": "x"})[0] == 403
    assert admin.patch(f"{VIEWS}/{view['id']}", {"label": "x"})[0] == 200


def test_a_shared_view_never_shows_hidden_fields(manager, sales):
    manager.post(VIEWS, {"label": "A", "kind": "list", "columns": ["company", "secret"], "shared": True})
    manager.post(VIEWS, {"label": "B", "kind": "list", "filter": '{secret} = "x"', "shared": True})
    labels = {
        view["label"]["en"]: view["columns"]
        for view in sales.get("/apps/shop/forms/lead/describe")[1]["views"]
    }
    assert labels["A"] == ["company"]
    assert "B" not in labels


@pytest.mark.parametrize(
    "view, path",
    [
        ({"label": "", "kind": "list"}, "/label"),
        ({"label": "x", "kind": "grid"}, "/kind"),
        ({"kind": "list"}, "/label"),
        ({"label": "x", "kind": "list", "columns": ["nothing"]}, "/columns/0"),
        ({"label": "x", "kind": "list", "filter": "{amount"}, "/filter"),
        ({"label": "x", "kind": "list", "sort": "nothing"}, "/sort"),
        ({"label": "x", "kind": "kanban"}, "/group_by"),
        ({"label": "x", "kind": "list", "more": 1}, "/more"),
        ({"label": "\u0000", "kind": "list"}, "/label"),
    ],
)
def test_views_with_mistakes(manager, view, path):
    status, problem = manager.post(VIEWS, view)
    assert (status, problem["issues"][0]["path"]) == (422, path)


def test_formulas_are_checked_and_evaluated(manager):
    lead = manager.create("lead", company="Acme", amount=1000, chance=0.25)
    where = {"app": "shop", "form": "lead"}
    assert manager.post("/formulas/check", {"formula": "1 + 2"})[1] == {"type": "number", "issues": []}
    _, checked = manager.post("/formulas/check", {"formula": "{amonut} * 2", **where})
    assert (checked["type"], checked["issues"][0]["position"], checked["issues"][0]["hint"]) == (
        None,
        0,
        "{amount}",
    )
    for formula, record, expected in [
        ("ROUND(10/4, 1)", None, 2.5),
        ("0.1 + 0.2", None, 0.3),
        ("{amount} * 2", {"amount": 21}, 42),
        ("{amount} * {chance}", lead["id"], 250),
        ('{company} & "!"', lead["id"], "Acme!"),
        ("TODAY()", None, "2026-04-01"),
        ("123456789012345678901 + 1", None, "123456789012345678902"),
    ]:
        _, value = manager.post("/formulas/evaluate", {"formula": formula, "record": record, **where})
        assert (value["value"], value["error"]) == (expected, None)
    _, failed = manager.post("/formulas/evaluate", {"formula": "1 / 0"})
    assert failed["error"]["code"] == "#DIV/0!"
    assert failed["error"]["message"]
    assert manager.post("/formulas/evaluate", {"formula": "1 +"})[0] == 422
    assert manager.post("/formulas/evaluate", {"formula": "{a} * 2", "record": {"a": 4}})[1]["value"] == 8
    lists = {"amounts": [100, 250.5, None, 50], "states": ["done", "draft", "done", "done"]}
    asked = {"formula": 'SUMIFS({amounts}, {states}, "done")', "record": lists}
    assert manager.post("/formulas/evaluate", asked)[1]["value"] == 150


def test_formulas_do_not_read_what_the_caller_may_not(manager, sales):
    lead = manager.create("lead", company="Acme", secret="x")
    where = {"app": "shop", "form": "lead", "record": lead["id"]}
    assert sales.post("/formulas/evaluate", {"formula": "{secret}", **where})[0] in (404, 422)
    assert sales.post("/formulas/evaluate", {"formula": "{company}", **where})[0] == 404


def test_the_functions_are_listed(manager):
    _, answer = manager.get("/formulas/functions")
    names = {function["name"] for function in answer["functions"]}
    assert {"IF", "SUM", "TODAY", "ME"} <= names
    assert all(function["signature"] for function in answer["functions"])


@pytest.fixture
def changed():
    document = copy.deepcopy(DOCUMENT)
    document["forms"]["lead"]["fields"]["website"] = {"type": "url", "label": {"en": "Website", "zh": "网站"}}
    return document


def change(client, *changes, revision=0):
    body = {"changes": list(changes), "revision": revision}
    return client.call("PATCH", "/apps/shop/draft", body)


def test_a_part_of_the_draft_is_changed_and_the_rest_stays_as_written(admin, manager):
    _, before = admin.get("/apps/shop/draft")
    place = "/forms/lead/fields/twice"
    field = {"type": "formula", "result": "money", "formula": "{amount} * 2", "label": {"en": "Twice"}}
    status, draft = change(admin, {"path": place, "value": field})
    assert (status, draft["revision"], draft["changed"]) == (200, 1, True)
    expected = copy.deepcopy(before["document"])
    expected["forms"]["lead"]["fields"]["twice"] = field
    assert json.dumps(draft["document"]) == json.dumps(expected)
    status, draft = change(admin, {"path": place, "value": None}, revision=1)
    assert json.dumps(draft["document"]) == json.dumps(before["document"])
    # Changed back to what is published, there is no draft any more.
    assert (draft["revision"], draft["changed"]) == (0, False)
    assert manager.call("PATCH", "/apps/shop/draft", {"changes": [{"path": place}]})[0] == 403


def test_a_change_of_nothing_that_is_there_is_refused_and_nothing_changes(admin):
    status, problem = change(
        admin,
        {"path": "/forms/lead/icon", "value": "star"},
        {"path": "/forms/jackal/fields/x", "value": 1},
        {"path": "/menu/0/form", "value": "lead"},
    )
    assert status == 422
    assert [issue["path"] for issue in problem["issues"]] == ["/changes/1/path", "/changes/2/path"]
    assert admin.get("/apps/shop/draft")[1]["revision"] == 0


def test_a_draft_that_somebody_else_changed_is_not_overwritten(admin):
    assert change(admin, {"path": "/icon", "value": "star"})[0] == 200
    status, problem = change(admin, {"path": "/icon", "value": "box"})
    assert (status, problem["current"]["document"]["icon"]) == (409, "star")


def test_a_draft_that_is_begun_again_is_not_the_one_that_was_read(admin):
    _, first = change(admin, {"path": "/icon", "value": "star"})
    published = admin.get("/apps/shop/definition")[1]
    body = {"document": published, "revision": first["revision"]}
    assert admin.call("PUT", "/apps/shop/draft", body)[1]["changed"] is False
    _, again = change(admin, {"path": "/icon", "value": "box"})
    assert again["revision"] > first["revision"]
    assert admin.call("PUT", "/apps/shop/draft", body)[0] == 409


def test_a_draft_is_previewed_and_published(admin, changed):
    lead = admin.create("lead", company="Acme")
    _, draft = admin.get("/apps/shop/draft")
    assert (draft["revision"], draft["changed"]) == (0, False)
    _, saved = admin.call("PUT", "/apps/shop/draft", {"document": changed, "revision": 0})
    assert (saved["revision"], saved["changed"]) == (1, True)
    assert admin.call("PUT", "/apps/shop/draft", {"document": changed, "revision": 0})[0] == 409
    _, preview = admin.post("/apps/shop/publish?preview=1", {})
    assert (preview["published"], preview["version"]) == (False, 1)
    assert [step["kind"] for step in preview["plan"]["steps"]][:1] == ["add_column"]
    assert admin.post("/apps/shop/publish", {"plan_id": "another"})[0] == 409
    _, published = admin.post("/apps/shop/publish", {"plan_id": preview["plan"]["id"], "note": "a website"})
    assert (published["published"], published["version"]) == (True, 2)
    _, lead = admin.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "website": "https://example.com"})
    assert lead["website"] == "https://example.com"
    assert admin.get("/apps/shop/draft")[1]["changed"] is False


def test_a_plan_is_out_of_date_when_somebody_else_published(admin, changed):
    _, preview = admin.post("/apps/shop/publish?preview=1", {"document": changed})
    other = copy.deepcopy(changed)
    other["forms"]["lead"]["fields"]["fax"] = {"type": "phone", "label": {"en": "Fax", "zh": "传真"}}
    assert admin.post("/apps/shop/publish", {"document": other})[0] == 200
    status, problem = admin.post(
        "/apps/shop/publish", {"document": changed, "plan_id": preview["plan"]["id"]}
    )
    assert (status, problem["code"]) == (409, "plan_out_of_date")
    assert problem["plan"]["steps"]


def test_versions_are_listed_and_restored(admin, changed):
    lead = admin.create("lead", company="Acme")
    admin.post("/apps/shop/publish", {"document": changed, "note": "a website"})
    admin.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "website": "https://example.com"})
    _, found = admin.get("/apps/shop/versions")
    assert [(v["number"], v["note"], v["current"]) for v in found["versions"]] == [
        (2, "a website", True),
        (1, "", False),
    ]
    _, restored = admin.post("/apps/shop/versions/1/restore", {})
    assert restored["version"] == 3
    assert "website" not in admin.get(f"{LEADS}/{lead['id']}")[1]
    assert admin.post("/apps/shop/versions/77/restore", {})[0] == 404


def test_values_that_do_not_convert_are_listed(admin, changed):
    for company in ("12", "twelve"):
        admin.create("lead", company=company, notes=company)
    changed["forms"]["lead"]["fields"]["notes"] = {"type": "number", "label": {"en": "Notes", "zh": "备注"}}
    status, _ = admin.post("/apps/shop/publish", {"document": changed})
    assert status == 200
    assert [lead["notes"] for lead in admin.get(LEADS, sort="company")[1]["records"]] == [12, None]
    [value] = admin.get("/apps/shop/unconverted")[1]["values"]
    assert (value["form"], value["field"], value["value"]) == ("lead", "notes", "twelve")
    assert value["record"]["title"] == "LD-0002 twelve"
    where = "/apps/shop/unconverted"
    assert admin.get(where, form="lead", field="notes")[1]["values"] == [value]
    assert admin.get(where, form="account")[1]["values"] == []
    assert admin.delete(f"{where}/{value['id']}")[0] == 204
    assert admin.delete(f"{where}/{value['id']}")[0] == 404
    assert admin.get(where)[1]["values"] == []


@pytest.mark.parametrize(
    "document, path",
    [
        ({}, ""),
        ({"joinery": 1, "app": "else"}, ""),
        ([], "/document"),
        (
            {
                **DOCUMENT,
                "forms": {"lead": {"label": {"en": "a", "zh": "b"}, "fields": {"x": {"type": "nothing"}}}},
            },
            "/forms",
        ),
    ],
)
def test_definitions_with_mistakes_change_nothing(admin, document, path):
    status, problem = admin.post("/apps/shop/publish", {"document": document})
    assert status == 422
    assert problem["issues"]
    assert any(issue["path"].startswith(path) for issue in problem["issues"])
    assert admin.get("/apps/shop")[1]["version"] == 1


def test_publishing_the_same_again_is_no_new_version(admin):
    _, answer = admin.post("/apps/shop/publish", {"document": DOCUMENT})
    assert (answer["published"], answer["version"]) == (False, 1)


def test_suites_are_installed_by_key_or_document(admin):
    document = {**copy.deepcopy(DOCUMENT), "app": "shop_two"}
    _, installed = admin.post("/suites/install", {"document": document})
    assert (installed["app"], installed["version"]) == ("shop_two", 1)
    assert {app["key"] for app in admin.get("/apps")[1]["apps"]} == {"shop", "shop_two"}
    assert admin.post("/suites/install", {"suite": "nothing"})[0] == 404
    assert admin.post("/suites/install", {})[0] == 422
    assert admin.post("/suites/install", {"document": {"app": "../../x"}})[0] == 422


def test_people_and_departments(manager, sales, shop):
    _, found = manager.get("/users", search="sal")
    assert [user["name"] for user in found["users"]] == ["Sales"]
    mine = manager.me["user"]["id"]
    assert manager.get("/users", ids=str(mine))[1]["users"][0]["name"] == "Manager"
    assert manager.get("/users", ids="x")[0] == 422
    assert manager.get("/departments")[1] == {"departments": []}
