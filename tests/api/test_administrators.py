"""Application administrators: what their circle of apps and departments lets them do, and nothing beyond."""

import json
from typing import Any

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.people import people
from tests.api.conftest import DOCUMENT, PASSWORD, Client, Shop, open_shop

OTHER_APP = {
    "joinery": 1,
    "app": "payroll",
    "version": "1.0.0",
    "label": {"en": "Payroll", "zh": "薪酬"},
    "roles": {"payer": {"label": {"en": "Payer", "zh": "薪酬专员"}}},
    "forms": {
        "slip": {
            "label": {"en": "Slip", "zh": "工资单"},
            "fields": {"text": {"type": "text", "label": {"en": "Text", "zh": "文字"}}},
            "permissions": {"all": {"roles": ["payer"], "actions": ["view", "create"], "rows": "all"}},
        }
    },
}


class Company:
    """Two apps and two branches; Ann administers the app shop and the people of Sales and below.

    People: `seller` (Sales), `northern` (North, below Sales), `payer` (Sales, with a role of the other app),
    `boss` (Sales, administrator of the workspace), `both` (Sales and Finance), `outsider` (Finance),
    `peer` (Sales, administers Finance).
    """

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.admin = shop.as_user("admin")
        setup = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, setup, "payroll", OTHER_APP)
        self.sales = self.department("Sales")
        self.north = self.department("North", self.sales)
        self.finance = self.department("Finance")
        self.ids: dict[str, int] = {}
        self.clients: dict[str, Client] = {"admin": self.admin}
        self.person("ann", self.sales)
        self.person("seller", self.sales, roles=["sales"])
        self.person("northern", self.north)
        self.person("payer", self.sales, roles=["payer"])
        self.person("boss", self.sales, is_admin=True)
        self.person("both", self.sales, self.finance)
        self.person("outsider", self.finance)
        self.person("peer", self.sales)
        self.circle = self.give(self.ids["ann"], apps=["shop"], department_ids=[self.sales], roles=["sales"])
        self.give(self.ids["peer"], apps=[], department_ids=[self.finance])

    @property
    def ann(self) -> Client:
        return self.clients["ann"]

    def department(self, name: str, parent: int | None = None) -> int:
        return self.admin.post("/departments", {"name": name, "parent_id": parent})[1]["id"]

    def person(self, name: str, *departments: int, **more: Any) -> None:
        email = f"{name}.{self.shop.workspace_key}@example.com"
        with self.shop.services.unit(self.shop.workspace_key) as unit:
            self.ids[name] = people.add_user(
                unit, email=email, name=name.title(), password=PASSWORD, department_ids=departments, **more
            )
        self.clients[name] = Client(self.shop.app.test_client()).sign_in(email)

    def give(self, user_id: int, **circle: Any) -> int:
        status, given = self.admin.post("/administrators", {"user_id": user_id, **circle})
        assert status == 201, given
        return given["id"]

    def told(self, text: str) -> str:
        """A path or a body, in which {names} stand for ids of people and departments."""
        ids = {**self.ids, "sales": self.sales, "north": self.north, "finance": self.finance}
        for name, number in ids.items():
            text = text.replace(f"<{name}>", str(number))
        return text

    def ask(self, name: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = (
            None
            if body is None
            else json.loads(self.told(json.dumps(body).replace('"<', "<").replace('>"', ">")))
        )
        return self.clients[name].call(method, self.told(path), sent)


@pytest.fixture
def company(shop) -> Company:
    return Company(shop)


@pytest.fixture(scope="module")
def kept(database, tmp_path_factory) -> Company:
    """A company that no test changes for good."""
    return Company(open_shop(database, tmp_path_factory.mktemp("circle"), "circle"))


def places(problem: Any) -> dict[str, str]:
    return {issue["path"]: issue["code"] for issue in problem.get("issues", ())}


ALLOWED = [
    ("GET", "/apps/shop/definition", None),
    ("GET", "/apps/shop/draft", None),
    ("PUT", "/apps/shop/draft", {"document": DOCUMENT}),
    ("GET", "/apps/shop/versions", None),
    ("POST", "/apps/shop/publish?preview=1", {"document": DOCUMENT}),
    ("GET", "/apps/shop/draft/permissions", None),
    ("GET", "/apps/shop/forms/lead/permission-groups", None),
    ("GET", "/apps/shop/forms/lead/records", None),
    ("GET", "/apps/shop/forms/lead/export?format=csv", None),
    ("GET", "/apps/shop/imports", None),
    ("GET", "/organisation", None),
    ("GET", "/people", None),
    ("GET", "/roles", None),
    ("GET", "/audit", None),
    ("GET", "/users/<seller>", None),
    ("GET", "/users/<boss>", None),
    ("GET", "/users/<seller>/belongings", None),
    ("PATCH", "/users/<seller>", {"name": "Seller Two", "department_ids": ["<north>"], "roles": []}),
    ("PATCH", "/users/<northern>", {"roles": ["sales"], "manager_id": "<seller>"}),
    ("PATCH", "/users/<northern>", {"department_roles": [{"role": "sales", "department_id": "<north>"}]}),
    ("PATCH", "/users/<payer>", {"roles": ["payer", "sales"]}),
    ("POST", "/users/<seller>/unlock", None),
    ("POST", "/users/<seller>/password-link", {}),
    ("PATCH", "/departments/<sales>", {"name": "Selling", "head_ids": ["<seller>"]}),
    ("POST", "/users/<seller>/handover", {"to": "<northern>"}),
    ("POST", "/users/<seller>/deactivate", None),
    ("POST", "/users/<seller>/activate", None),
    ("PATCH", "/departments/<north>", {"name": "Far north"}),
]


def test_in_the_circle(company):
    for method, path, body in ALLOWED:
        status, answer = company.ask("ann", method, path, body)
        assert status == 200, (method, path, answer)


#: What is refused, with the status and, for issues, their places.
REFUSED: list[tuple[str, str, Any, int, dict[str, str]]] = [
    # Another app.
    ("GET", "/apps/payroll/definition", None, 403, {}),
    ("GET", "/apps/payroll/draft", None, 403, {}),
    ("PUT", "/apps/payroll/draft", {"document": OTHER_APP}, 403, {}),
    ("POST", "/apps/payroll/publish", {"document": OTHER_APP}, 403, {}),
    ("GET", "/apps/payroll/draft/permissions", None, 403, {}),
    ("POST", "/apps/payroll/draft/permissions/effect", {"form": "slip"}, 403, {}),
    (
        "PUT",
        "/apps/payroll/forms/slip/permission-groups/all/members",
        {"users": ["<ann>"], "departments": []},
        403,
        {},
    ),
    ("GET", "/apps/payroll/forms/slip/records", None, 404, {}),
    ("GET", "/apps/payroll/forms/slip/export?format=csv", None, 404, {}),
    # An app of his own making.
    ("PUT", "/apps/mine/draft", {"document": OTHER_APP}, 403, {}),
    ("POST", "/apps/mine/publish", {"document": {**OTHER_APP, "app": "mine"}}, 403, {}),
    # What is the workspace's.
    ("POST", "/suites/install", {"suite": "crm_ltc"}, 403, {}),
    ("POST", "/apps/shop/upgrade", {}, 403, {}),
    ("GET", "/administrators", None, 403, {}),
    ("POST", "/administrators", {"user_id": "<ann>", "apps": None}, 403, {}),
    ("PATCH", "/administrators/1", {"apps": None}, 403, {}),
    ("DELETE", "/administrators/1", None, 403, {}),
    ("PUT", "/roles/mine", {"label": {"en": "Mine"}}, 403, {}),
    ("DELETE", "/roles/sales", None, 403, {}),
    ("GET", "/api-keys", None, 403, {}),
    ("GET", "/service-accounts", None, 403, {}),
    ("POST", "/service-accounts", {"name": "Robot", "is_admin": True}, 403, {}),
    ("PUT", "/session/preview", {"user_id": "<boss>"}, 403, {}),
    ("PUT", "/password-policy", {"shortest": 10}, 403, {}),
    ("GET", "/mails", None, 403, {}),
    ("POST", "/organisation/import", None, 403, {}),
    ("PATCH", "/calendar", {}, 403, {}),
    ("GET", "/external-organisations", None, 403, {}),
    # People with more rights, himself among them, and people elsewhere.
    *(
        (method, f"/users/<{who}>{call}", body, status, {})
        for who, status in (("boss", 403), ("peer", 403), ("ann", 403), ("both", 403), ("outsider", 404))
        for method, call, body in (
            ("PATCH", "", {"name": "Mine"}),
            ("POST", "/password-link", {"send": True}),
            ("POST", "/activate", None),
            ("POST", "/unlock", None),
            ("GET", "/belongings", None),
            ("POST", "/handover", {"to": "<seller>"}),
        )
    ),
    ("POST", "/users/<boss>/deactivate", None, 403, {}),
    ("POST", "/users/<peer>/deactivate", None, 403, {}),
    ("POST", "/users/<both>/deactivate", None, 403, {}),
    ("GET", "/users/<outsider>", None, 404, {}),
    # Rights that are not his to give or to take.
    ("PATCH", "/users/<seller>", {"is_admin": True}, 422, {"/is_admin": "administrators_only"}),
    ("PATCH", "/users/<seller>", {"roles": ["sales", "payer"]}, 422, {"/roles/1": "role_outside_circle"}),
    ("PATCH", "/users/<payer>", {"roles": []}, 422, {"/roles": "role_outside_circle"}),
    (
        "PATCH",
        "/users/<seller>",
        {"department_roles": [{"role": "sales", "department_id": "<finance>"}]},
        422,
        {"/department_roles/0": "role_outside_circle"},
    ),
    (
        "PATCH",
        "/users/<seller>",
        {"department_roles": [{"role": "payer", "department_id": "<north>"}]},
        422,
        {"/department_roles/0": "role_outside_circle"},
    ),
    ("PATCH", "/users/<seller>", {"email": "mine@example.com"}, 422, {"/email": "administrators_only"}),
    ("PATCH", "/users/<seller>", {"manager_id": "<ann>"}, 422, {"/manager_id": "person_outside_circle"}),
    ("PATCH", "/users/<seller>", {"manager_id": "<outsider>"}, 422, {"/manager_id": "person_outside_circle"}),
    # Out of the circle, and into another department.
    (
        "PATCH",
        "/users/<seller>",
        {"department_ids": ["<sales>", "<finance>"]},
        422,
        {"/department_ids/1": "department_outside_circle"},
    ),
    (
        "PATCH",
        "/users/<seller>",
        {"department_ids": []},
        422,
        {"/department_ids": "department_of_circle_needed"},
    ),
    (
        "POST",
        "/invitations",
        {"people": [{"name": "New", "email": "new@example.com"}], "department_ids": ["<finance>"]},
        422,
        {"/department_ids/0": "department_outside_circle"},
    ),
    (
        "POST",
        "/users",
        {"name": "New", "email": "new@example.com", "is_admin": True, "roles": ["payer"]},
        422,
        {
            "/department_ids": "department_of_circle_needed",
            "/is_admin": "administrators_only",
            "/roles/0": "role_outside_circle",
        },
    ),
    # Departments.
    ("POST", "/departments", {"name": "New"}, 422, {"/parent_id": "department_outside_circle"}),
    (
        "POST",
        "/departments",
        {"name": "New", "parent_id": "<finance>"},
        422,
        {"/parent_id": "department_outside_circle"},
    ),
    ("PATCH", "/departments/<finance>", {"name": "Mine"}, 404, {}),
    ("DELETE", "/departments/<finance>", None, 404, {}),
    ("DELETE", "/departments/<sales>", None, 422, {"": "department_outside_circle"}),
    (
        "PATCH",
        "/departments/<sales>",
        {"parent_id": "<finance>"},
        422,
        {"/parent_id": "department_outside_circle"},
    ),
    ("PATCH", "/departments/<north>", {"parent_id": None}, 422, {"/parent_id": "department_outside_circle"}),
    ("PATCH", "/departments/<sales>", {"head_ids": ["<ann>"]}, 422, {"/head_ids/0": "person_outside_circle"}),
    # To whom things may be handed over.
    ("POST", "/users/<seller>/handover", {"to": "<ann>"}, 422, {"/to": "person_outside_circle"}),
    ("POST", "/users/<seller>/handover", {"to": "<outsider>"}, 422, {"/to": "person_outside_circle"}),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "issues"), REFUSED)
def test_beyond_the_circle(kept, method, path, body, status, issues):
    before = kept.admin.get("/people", limit=100)
    got, problem = kept.ask("ann", method, path, body)
    assert (got, places(problem)) == (status, issues), problem
    assert kept.admin.get("/people", limit=100) == before


def test_nobody_else_is_an_administrator(kept):
    assert kept.ask("seller", "GET", "/people")[0] == 403
    assert kept.ask("seller", "GET", "/apps/shop/draft")[0] == 403
    assert kept.ask("peer", "GET", "/apps/shop/draft")[0] == 403
    assert kept.ask("seller", "GET", "/audit")[0] == 403


def test_lists_show_the_circle_only(kept):
    names = {person["name"]: person["manages"] for person in kept.ann.get("/people")[1]["people"]}
    assert names == {
        "Ann": False,
        "Boss": False,
        "Both": False,
        "Northern": True,
        "Payer": True,
        "Peer": False,
        "Seller": True,
    }
    assert [one["name"] for one in kept.ann.get("/organisation")[1]["departments"]] == ["Sales", "North"]
    roles = {role["key"]: role["gives"] for role in kept.ann.get("/roles")[1]["roles"]}
    assert (roles["sales"], roles["payer"]) == (True, False)
    assert [app["key"] for app in kept.ann.get("/apps")[1]["apps"]] == ["shop"]
    assert kept.ann.get("/me")[1]["user"]["circle"] == {"apps": ["shop"], "people": True}
    assert kept.admin.get("/me")[1]["user"]["circle"] is None


def test_the_link_for_a_password_goes_to_its_person_alone(company):
    _, link = company.ann.post(f"/users/{company.ids['seller']}/password-link", {})
    assert link["token"] is None
    _, mails = company.admin.get("/mails")
    assert [mail["address"].split(".")[0] for mail in mails["mails"]] == ["seller"]


def test_whom_he_invites_he_may_bring_in(company):
    body = {
        "people": [{"name": "New", "email": f"new.{company.shop.workspace_key}@example.com"}],
        "department_ids": [company.north],
        "roles": ["sales"],
    }
    status, answer = company.ann.post("/invitations", body)
    assert status == 200, answer
    assert answer["invited"][0]["link"]["token"]
    assert answer["invited"][0]["person"]["manages"]


def test_an_app_is_administered_wholly(company):
    lead = company.admin.create("lead", company="Acme")
    path = f"/apps/shop/forms/lead/records/{lead['id']}"
    assert company.ann.get(path)[0] == 200
    assert company.ask("northern", "GET", path)[0] in (403, 404)
    document = json.loads(json.dumps(DOCUMENT))
    document["label"]["en"] = "Shop of Ann"
    status, published = company.ann.post("/apps/shop/publish", {"document": document})
    assert status == 200, published
    assert company.ann.get("/apps/shop")[1]["label"]["en"] == "Shop of Ann"


def test_the_very_next_request_counts(company):
    assert company.ann.get("/apps/shop/draft")[0] == 200
    company.admin.patch(f"/administrators/{company.circle}", {"apps": ["payroll"]})
    assert company.ann.get("/apps/shop/draft")[0] == 403
    assert company.ann.get("/apps/payroll/draft")[0] == 200
    company.admin.patch(f"/administrators/{company.circle}", {"apps": None, "department_ids": []})
    assert company.ann.get("/apps/shop/draft")[0] == 200
    assert company.ann.get("/people")[0] == 403
    company.admin.delete(f"/administrators/{company.circle}")
    assert company.ann.get("/apps/shop/draft")[0] == 403
    assert company.ann.get("/me")[1]["user"]["circle"] is None


def test_a_role_makes_administrators_whom_no_other_makes(company):
    label = {"en": "Designers", "zh": "设计员"}
    assert company.admin.call("PUT", "/roles/designers", {"label": label})[0] == 200
    body = {"role": "designers", "apps": ["payroll"], "department_ids": []}
    status, given = company.admin.post("/administrators", body)
    assert (status, given["person"], given["role"]) == (201, None, "designers")
    company.admin.patch(f"/users/{company.ids['outsider']}", {"roles": ["designers"]})
    assert company.ask("outsider", "GET", "/apps/payroll/draft")[0] == 200
    # Nobody gets it from Ann, not even if it is put among the roles that she may give.
    widened = company.admin.patch(f"/administrators/{company.circle}", {"roles": ["designers"]})
    assert places(widened[1]) == {"/roles/0": "role_of_administrators"}
    refused = company.ann.patch(f"/users/{company.ids['seller']}", {"roles": ["sales", "designers"]})
    assert places(refused[1]) == {"/roles/1": "role_outside_circle"}
    company.admin.delete("/roles/designers")
    assert [one["role"] for one in company.admin.get("/administrators")[1]["administrators"]] == [None, None]


WRONG = [
    ({"apps": ["shop"]}, {"/user_id": "circle_of_whom"}),
    ({"user_id": "<seller>", "role": "sales", "apps": None}, {"/user_id": "circle_of_whom"}),
    ({"user_id": "<boss>", "apps": None}, {"/user_id": "circle_of_administrator"}),
    ({"user_id": "<ann>", "apps": None}, {"/user_id": "circle_given_already"}),
    ({"user_id": "<seller>", "apps": []}, {"": "circle_empty"}),
    ({"role": "nothing", "apps": None}, {"/role": "no_such_role"}),
    ({"role": "sales", "apps": None, "roles": ["sales"]}, {"/roles/0": "role_of_administrators"}),
    (
        {"user_id": 999999, "apps": ["nothing"], "department_ids": [999999], "roles": ["nothing"]},
        {
            "/user_id": "no_such_person",
            "/apps/0": "no_such_app",
            "/department_ids/0": "no_such_department",
            "/roles/0": "no_such_role",
        },
    ),
]


@pytest.mark.parametrize(("body", "issues"), WRONG)
def test_what_cannot_be_a_circle(kept, body, issues):
    status, problem = kept.ask("admin", "POST", "/administrators", body)
    assert (status, places(problem)) == (422, issues)


def test_the_log_tells_of_circles_and_each_reads_his_own(company):
    company.admin.patch(f"/administrators/{company.circle}", {"apps": ["shop"], "roles": []})
    entry = company.admin.get("/audit", kind="circle_changed")[1]["entries"][0]
    assert (entry["subject"], entry["before"]["roles"], entry["after"]["roles"]) == ("Ann", ["sales"], [])
    company.admin.patch(f"/users/{company.ids['seller']}", {"name": "Seller X"})
    company.admin.patch(f"/users/{company.ids['outsider']}", {"name": "Outsider X"})
    company.admin.patch(f"/departments/{company.finance}", {"name": "Money"})
    company.admin.call("PUT", "/apps/payroll/draft", {"document": OTHER_APP})
    told = company.ann.get("/audit", limit=500)[1]["entries"]
    kinds = {entry["kind"] for entry in told}
    assert {"user_changed", "department_created", "app_published", "signed_in"} <= kinds
    assert "circle_changed" not in kinds
    text = json.dumps(told) + company.ann.get("/audit/export")[1]
    for secret in ("Outsider", "Finance", "Money", "payroll", "Admin.", "Boss"):
        assert secret not in text, secret


def test_keys_do_not_widen_a_circle(company):
    _, made = company.ann.post("/me/api-keys", {"name": "Robot", "writes": True})
    robot = company.shop.app.test_client()
    headers = {"Authorization": f"Bearer {made['token']}"}

    def status(method, path, body=None):
        return robot.open(
            "/api/v1" + company.told(path), method=method, json=body, headers=headers
        ).status_code

    assert status("GET", "/apps/shop/draft") == 200
    assert status("GET", "/apps/payroll/draft") == 403
    assert status("PATCH", "/users/<seller>", {"name": "X"}) == 403
    assert status("GET", "/people") == 200


def test_a_handover_leaves_other_apps_alone(company):
    seller, northern = company.ids["seller"], company.ids["northern"]
    mine = company.admin.create("lead", company="Acme", owner=seller)
    path = "/apps/payroll/forms/slip/records"
    slip = company.admin.post(path, {"text": "May", "owner": seller})[1]
    _, told = company.ann.get(f"/users/{seller}/belongings")
    assert {item["key"].split(".")[0] for item in told["items"] if item["kind"] == "records"} == {"shop"}
    status, done = company.ann.post(f"/users/{seller}/handover", {"to": northern, "deactivate": True})
    assert status == 200, done
    assert company.admin.get(f"/apps/shop/forms/lead/records/{mine['id']}")[1]["owner"]["id"] == northern
    assert company.admin.get(f"{path}/{slip['id']}")[1]["owner"]["id"] == seller
    assert company.admin.get(f"/users/{seller}")[1]["state"] == "inactive"


def test_an_administrator_of_an_app_takes_back_what_others_changed_together(company):
    leads = "/apps/shop/forms/lead/records"
    lead = company.clients["seller"].post(leads, {"company": "Circle Works"})[1]
    change = {"ids": [lead["id"]], "values": {"amount": 7}}
    batch = company.clients["seller"].post(f"{leads}/batch-edit", change)[1]["batch"]
    assert [one["id"] for one in company.ann.get(f"{leads}/batches")[1]["batches"]] == [batch]
    others = company.clients["peer"].get(f"{leads}/batches")[1]
    assert others.get("batches", []) == []
    assert company.clients["peer"].post(f"{leads}/batches/{batch}/undo", {})[0] == 404
    assert company.ann.post(f"{leads}/batches/{batch}/undo", {})[1]["undone"] == 1
