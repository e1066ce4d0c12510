"""Partner companies: their people sign in, see what groups give them, and learn nothing of anybody else."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.conftest import DOCUMENT, Client

LEADS = "/apps/shop/forms/lead/records"
PASSWORD = "a password of my own"
ALL = ["view", "create", "edit", "delete", "restore", "import", "export", "comment"]


def partner_app():
    """The small app with leads that partners register; its notes have no groups and are open to the staff."""
    document = copy.deepcopy(DOCUMENT)
    lead = document["forms"]["lead"]
    lead["fields"]["partner"] = {
        "type": "organisation",
        "label": {"en": "Partner", "zh": "合作伙伴"},
        "default": "MY_ORGANISATION()",
    }
    lead["fields"]["helper"] = {"type": "user", "label": {"en": "Helper", "zh": "协助人"}, "external": True}
    lead["fields"]["seller"] = {"type": "user", "label": {"en": "Seller", "zh": "销售"}}
    lead["permissions"] = {
        "staff": {"roles": ["sales", "manager"], "actions": ALL, "rows": "all"},
        "partners": {
            "roles": [],
            "external": ["dealer"],
            "actions": ["view", "create", "edit", "export", "comment"],
            "rows": "{partner} = MY_ORGANISATION()",
            "hidden_fields": ["secret"],
            "read_only_fields": ["partner"],
        },
        "suppliers": {"roles": [], "actions": ["view"], "rows": "all", "hidden_fields": ["secret"]},
    }
    del document["forms"]["note"]["permissions"]
    return document


@pytest.fixture
def shop(shop):
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", partner_app())
    return shop


@pytest.fixture
def make(admin):
    def organisation(name, kind="dealer"):
        status, made = admin.post("/external-organisations", {"name": name, "kind": kind})
        assert status == 201, made
        return made["id"]

    return organisation


@pytest.fixture
def join(admin, shop):
    """Somebody of an organisation, invited and signed in."""

    def contact(organisation, name):
        person = {"name": name, "email": f"{name.lower()}.{shop.workspace_key}@example.com"}
        status, answer = admin.post(
            f"/external-organisations/{organisation}/invitations", {"people": [person]}
        )
        assert status == 200, answer
        client = Client(shop.app.test_client())
        token = answer["invited"][0]["link"]["token"]
        status, client.me = client.post("/password", {"token": token, "password": PASSWORD})
        assert status == 200
        client.csrf = client.me["csrf_token"]
        return client

    return contact


@pytest.fixture
def dealer(make):
    return make("North Dealers")


@pytest.fixture
def paula(dealer, join):
    return join(dealer, "Paula")


def me(client):
    return client.me["user"]["id"]


def codes(problem):
    return {issue["path"]: issue["code"] for issue in problem["issues"]}


def test_organisations_are_made_changed_and_told_with_their_people(admin, make, join):
    north = make(" North Dealers ")
    join(north, "Paula")
    status, problem = admin.post("/external-organisations", {"name": "north  dealers", "kind": "customer"})
    assert (status, codes(problem)) == (422, {"/name": "organisation_name_taken"})
    status, changed = admin.patch(f"/external-organisations/{north}", {"name": "North", "kind": "supplier"})
    assert (status, changed["name"], changed["kind"], changed["active"]) == (200, "North", "supplier", True)
    _, answer = admin.get("/external-organisations")
    [told] = answer["organisations"]
    assert [(one["name"], one["state"], one["organisation_id"]) for one in told["people"]] == [
        ("Paula", "active", north)
    ]
    assert admin.patch("/external-organisations/4000000", {"name": "No"})[0] == 404
    _, log = admin.get("/audit", limit=20)
    kinds = [entry["kind"] for entry in log["entries"]]
    assert {"organisation_created", "organisation_changed", "user_added"} <= set(kinds)


@pytest.mark.parametrize("name", ["sales", "paula"])
def test_only_administrators_keep_organisations(name, request, dealer):
    client = request.getfixturevalue(name)
    for method, path, body in (
        ("GET", "", None),
        ("POST", "", {"name": "X", "kind": "dealer"}),
        ("PATCH", f"/{dealer}", {"active": False}),
        ("POST", f"/{dealer}/invitations", {"people": [{"name": "X", "email": "x@example.com"}]}),
        ("GET", f"/{dealer}/access", None),
    ):
        assert client.call(method, f"/external-organisations{path}", body)[0] == 403


def test_switched_off_everybody_of_it_is_out_on_the_next_request(admin, dealer, paula, make, join, shop):
    other = join(make("South Dealers"), "Otto")
    assert paula.get(LEADS)[0] == 200
    _, off = admin.patch(f"/external-organisations/{dealer}", {"active": False})
    assert [one["state"] for one in off["people"]] == ["inactive"]
    assert paula.get(LEADS)[0] == 401
    assert other.get(LEADS)[0] == 200
    email = paula.me["user"]["email"]
    fresh = Client(shop.app.test_client())
    assert fresh.post("/session", {"email": email, "password": PASSWORD})[0] == 401
    status, problem = admin.post(
        f"/external-organisations/{dealer}/invitations", {"people": [{"name": "N", "email": "n@example.com"}]}
    )
    assert (status, codes(problem)) == (422, {"": "organisation_is_off"})
    admin.patch(f"/external-organisations/{dealer}", {"active": True})
    # The session that ended does not come back, but signing in does.
    assert paula.get(LEADS)[0] == 401
    assert fresh.sign_in(email, PASSWORD).get(LEADS)[0] == 200
    kinds = [entry["kind"] for entry in admin.get("/audit", limit=50)[1]["entries"]]
    assert {"organisation_switched_on", "organisation_switched_off"} <= set(kinds)


def test_a_partner_sees_what_his_organisation_registered_and_nothing_else(dealer, paula, join, make, manager):
    colleague = join(dealer, "Pia")
    rival = join(make("South Dealers"), "Otto")
    hidden = manager.create("lead", company="Inside", secret="abc")
    theirs = rival.create("lead", company="Of the rival")
    mine = paula.create("lead", company="Mine")
    assert mine["partner"]["name"] == "North Dealers"
    assert mine["owner"]["name"] == "Paula"
    for client in (paula, colleague):
        _, page = client.get(LEADS, count="exact")
        assert ([one["company"] for one in page["records"]], page["count"]["value"]) == (["Mine"], 1)
        for record in (hidden, theirs):
            assert client.get(f"{LEADS}/{record['id']}")[0] == 404
        assert client.get("/search", q="Inside")[1]["results"] == []
    assert "secret" not in mine
    # Not even by moving it: the partner is whoever registered it.
    status, _ = paula.patch(f"{LEADS}/{mine['id']}", {"revision": 1, "partner": None})
    assert status == 422
    assert manager.get(LEADS, count="exact")[1]["count"]["value"] == 3


def test_forms_without_groups_are_for_the_workspaces_own_people(paula, sales):
    assert sales.get("/apps/shop/forms/note/records")[0] == 200
    assert paula.get("/apps/shop/forms/note/records")[0] == 404
    assert paula.get("/apps/shop/forms/account/records")[0] == 404
    _, app = paula.get("/apps/shop")
    assert list(app["forms"]) == ["lead"]


def test_a_partner_learns_of_nobody_but_his_own_people(dealer, paula, join, manager, admin):
    pia = join(dealer, "Pia")
    _, answer = paula.get("/users", external="true")
    assert [one["name"] for one in answer["users"]] == ["Paula", "Pia"]
    ids = ",".join(str(me(one)) for one in (manager, admin, pia))
    assert [one["name"] for one in paula.get("/users", ids=ids)[1]["users"]] == ["Pia"]
    assert paula.get("/departments")[1]["departments"] == []
    assert [one["name"] for one in paula.get("/organisations")[1]["organisations"]] == ["North Dealers"]
    lead = paula.create("lead", company="Mine")
    path = f"{LEADS}/{lead['id']}"
    # A colleague may be chosen where the field allows it; whoever is inside is not even known.
    assert paula.patch(path, {"revision": 1, "helper": me(pia)})[0] == 200
    for value in (me(manager), "Manager", "Managr", manager.me["user"]["email"]):
        status, problem = paula.patch(path, {"revision": 2, "helper": value})
        assert (status, codes(problem)) == (422, {"/helper": "value_unknown_user"})
        assert "anager" not in problem["issues"][0]["message"].replace(str(value), "")
    _, people = paula.get(f"{path}/people")
    assert [one["name"] for one in people["people"]] == ["Paula", "Pia"]
    status, problem = paula.post(f"{path}/comments", {"text": f"Hello @[{me(manager)}]"})
    assert status == 422
    assert "Manager" not in str(problem)
    # Nor by asking: what expressions know of others is blank for people from outside.
    manager.patch(path, {"revision": 2, "seller": me(manager)})
    named = {"filter": 'TEXTUSER({seller}) = "Manager"'}
    assert [one["company"] for one in manager.post(f"{LEADS}/query", named)[1]["records"]] == ["Mine"]
    for asked in (named, {"filter": "INDEPARTMENT({owner}, DEPARTMENT({seller}))"}):
        assert paula.post(f"{LEADS}/query", asked)[1]["records"] == []
    body = {"formula": "TEXTUSER({seller})", "app": "shop", "form": "lead", "record": {"seller": me(manager)}}
    assert paula.post("/formulas/evaluate", {**body, "steps": True})[1]["value"] is None


def test_people_from_outside_are_chosen_only_where_a_field_says_so(paula, dealer, manager, sales):
    lead = manager.create("lead", company="Inside", helper=me(paula), partner=dealer)
    assert (lead["helper"]["name"], lead["partner"]["id"]) == ("Paula", dealer)
    path = f"{LEADS}/{lead['id']}"
    status, problem = manager.patch(path, {"revision": 1, "seller": me(paula)})
    assert (status, codes(problem)) == (422, {"/seller": "value_external_user"})
    # Where partners are let in they may own records; elsewhere not.
    assert manager.patch(path, {"revision": 1, "owner": me(paula)})[0] == 200
    assert paula.get(path)[1]["company"] == "Inside"
    _, account = manager.post("/apps/shop/forms/account/records", {"name": "Acme"})
    status, problem = manager.patch(
        f"/apps/shop/forms/account/records/{account['id']}", {"revision": 1, "owner": me(paula)}
    )
    assert (status, codes(problem)) == (422, {"/owner": "value_external_user"})
    # Pickers show them apart, and only when they are asked for.
    assert "Paula" not in {one["name"] for one in manager.get("/users")[1]["users"]}
    shown = manager.get("/users", external="true")[1]["users"]
    assert (shown[-1]["name"], shown[-1]["organisation"]) == ("Paula", "North Dealers")
    assert all(one["organisation"] is None for one in shown[:-1])


def test_people_from_outside_get_no_place_inside(admin, paula, manager):
    department = admin.post("/departments", {"name": "Sales"})[1]["id"]
    status, problem = admin.patch(
        f"/users/{me(paula)}",
        {"roles": ["sales"], "is_admin": True, "department_ids": [department], "manager_id": me(manager)},
    )
    assert status == 422
    assert {"/roles", "/is_admin", "/department_ids", "/manager_id"} <= codes(problem).keys()
    status, problem = admin.patch(f"/departments/{department}", {"head_ids": [me(paula)]})
    assert (status, codes(problem)) == (422, {"/head_ids/0": "no_such_person"})
    status, problem = admin.patch(f"/users/{me(manager)}", {"manager_id": me(paula)})
    assert (status, codes(problem)) == (422, {"/manager_id": "no_such_person"})
    assert me(paula) not in {one["id"] for one in admin.get("/people")[1]["people"]}


def test_a_workspace_puts_an_organisation_into_a_group(admin, make, join, manager):
    supplier = make("Parts", "supplier")
    sue = join(supplier, "Sue")
    manager.create("lead", company="Inside")
    assert sue.get("/apps")[1]["apps"] == []
    groups = "/apps/shop/forms/lead/permission-groups"
    status, group = admin.call(
        "PUT",
        f"{groups}/suppliers/members",
        {"users": [], "departments": [], "organisations": [supplier]},
    )
    assert status == 200
    assert group["organisations"] == [{"id": supplier, "name": "Parts"}]
    # Who changes only one's own people keeps the organisations.
    _, group = admin.call("PUT", f"{groups}/suppliers/members", {"users": [], "departments": []})
    assert group["organisations"] == [{"id": supplier, "name": "Parts"}]
    assert group["people"] == {"count": 1, "names": ["Sue"]}
    assert [one["company"] for one in sue.get(LEADS)[1]["records"]] == ["Inside"]
    _, access = admin.get(f"/external-organisations/{supplier}/access")
    assert [(one["form"], [g["key"] for g in one["groups"]]) for one in access["forms"]] == [
        ("lead", ["suppliers"])
    ]
    _, explained = admin.get(f"{LEADS}/{sue.get(LEADS)[1]['records'][0]['id']}/access/{me(sue)}")
    assert [(one["key"], one["member_by"]) for one in explained["groups"] if one["member_by"]] == [
        ("suppliers", "workspace")
    ]
    status, problem = admin.call(
        "PUT", f"{groups}/suppliers/members", {"users": [], "departments": [], "organisations": [4_000_000]}
    )
    assert (status, codes(problem)) == (422, {"/organisations/0": "no_such_organisation"})


def test_shared_views_of_the_staff_are_not_shown_outside(paula, manager):
    view = {"label": "Secret plan", "kind": "list", "shared": True, "columns": ["company"]}
    status, _ = manager.post("/apps/shop/forms/lead/views", view)
    assert status == 201
    for client, shown in ((manager, True), (paula, False)):
        _, described = client.get("/apps/shop/forms/lead/describe")
        assert ("Secret plan" in str(described["views"])) is shown


def test_the_effect_of_a_draft_is_shown_on_somebody_of_each_kind(admin, paula):
    _, draft = admin.get("/apps/shop/draft")
    path = "/forms/lead/permissions/partners/hidden_fields"
    body = {"revision": draft["revision"], "changes": [{"path": path, "value": []}]}
    assert admin.patch("/apps/shop/draft", body)[0] == 200
    status, answer = admin.post("/apps/shop/draft/permissions/effect", {"form": "lead"})
    assert status == 200, answer
    told = {person["user"]["name"]: person for person in answer["people"]}
    assert told["Paula"]["user"]["organisation"] == "North Dealers"
    [secret] = [one for one in told["Paula"]["fields"] if one["key"] == "secret"]
    assert (secret["before"], secret["after"]) == ("hidden", "writable")
