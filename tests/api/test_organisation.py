"""Departments, people and roles, as administrators keep them and as everybody else sees them."""

import pytest
import sqlalchemy as sa

from joinery.storage.workspace_tables import event


@pytest.fixture
def make(admin):
    """Make a department by name; gives its id."""

    def department(name, **more):
        status, made = admin.post("/departments", {"name": name, **more})
        assert status == 201, made
        return made["id"]

    return department


@pytest.fixture
def add(admin, shop):
    """Add somebody by name; gives what the answer says."""

    def person(name, **more):
        email = f"{name.lower()}.{shop.workspace_key}@example.com"
        status, made = admin.post("/users", {"name": name, "email": email, **more})
        assert status == 201, made
        return made

    return person


def codes(problem):
    return {issue["path"]: issue["code"] for issue in problem["issues"]}


def tree(client):
    """The names of departments below each other, in their order."""
    _, answer = client.get("/organisation")
    names = {one["id"]: one["name"] for one in answer["departments"]}
    return [(names.get(one["parent_id"]), one["name"]) for one in answer["departments"] if one["active"]]


def test_departments_are_a_tree_in_an_order(admin, make):
    company = make("Company")
    north = make("North", parent_id=company)
    make("South", parent_id=company)
    west = make("West", parent_id=company, before_id=north)
    assert tree(admin) == [
        (None, "Company"),
        ("Company", "West"),
        ("Company", "North"),
        ("Company", "South"),
    ]
    status, _ = admin.patch(f"/departments/{west}", {"parent_id": north, "name": " Far west "})
    assert status == 200
    assert ("North", "Far west") in tree(admin)
    _, answer = admin.get("/departments")
    assert [one["name"] for one in answer["departments"]] == [name for _, name in tree(admin)]


def test_every_problem_of_a_department_is_told_at_once(admin, make):
    company = make("Company")
    below = make("Below", parent_id=company)
    make("Twin")
    status, problem = admin.patch(
        f"/departments/{company}",
        {"name": "  ", "parent_id": below, "head_ids": [4_000_000], "before_id": 9},
    )
    assert status == 422
    assert codes(problem) == {
        "/name": "not_a_name",
        "/parent_id": "department_circle",
        "/head_ids/0": "no_such_person",
        "/before_id": "department_no_neighbour",
    }
    status, problem = admin.patch(f"/departments/{company}", {"name": "tWIN"})
    assert (status, codes(problem)) == (422, {"/name": "department_name_taken"})
    status, problem = admin.patch(f"/departments/{company}", {"parent_id": company})
    assert (status, codes(problem)) == (422, {"/parent_id": "department_circle"})
    assert admin.patch("/departments/4000000", {"name": "X"})[0] == 404


def test_departments_do_not_nest_without_end(admin, make):
    last = None
    for level in range(12):
        last = make(f"Level {level}", parent_id=last)
    status, problem = admin.post("/departments", {"name": "Too deep", "parent_id": last})
    assert (status, codes(problem)) == (422, {"/parent_id": "departments_too_deep"})


def test_a_department_is_closed_when_nobody_is_left_in_it(admin, make, add):
    company = make("Company")
    north = make("North", parent_id=company)
    anna = add("Anna", department_ids=[north])
    status, problem = admin.delete(f"/departments/{company}")
    assert (status, problem["code"]) == (409, "department_in_use")
    assert (problem["people"], problem["departments"]) == (0, 1)
    assert admin.delete(f"/departments/{north}")[0] == 409
    admin.patch(f"/users/{anna['id']}", {"department_ids": []})
    status, closed = admin.delete(f"/departments/{north}")
    assert (status, closed["active"]) == (200, False)
    assert [name for _, name in tree(admin)] == ["Company"]
    status, problem = admin.patch(f"/users/{anna['id']}", {"department_ids": [north]})
    assert (status, codes(problem)) == (422, {"/department_ids/0": "no_such_department"})
    status, opened = admin.patch(f"/departments/{north}", {"active": True})
    assert (status, opened["active"]) == (200, True)


def test_a_manager_is_named_or_found_by_the_heads_of_departments(admin, make, add):
    boss = add("Boss")
    company = make("Company", head_ids=[boss["id"]])
    north = make("North", parent_id=company)
    anna = add("Anna", department_ids=[north])
    assert anna["manager"] == {"id": boss["id"], "name": "Boss"}
    assert anna["manager_id"] is None
    ben = add("Ben", department_ids=[north], manager_id=anna["id"])
    assert ben["manager"]["name"] == "Anna"
    status, problem = admin.patch(f"/users/{anna['id']}", {"manager_id": ben["id"]})
    assert (status, codes(problem)) == (422, {"/manager_id": "manager_circle"})
    status, problem = admin.patch(f"/users/{anna['id']}", {"manager_id": anna["id"]})
    assert (status, codes(problem)) == (422, {"/manager_id": "manager_circle"})
    admin.post(f"/users/{boss['id']}/deactivate", {})
    assert admin.get(f"/users/{anna['id']}")[1]["manager"] is None


def test_every_problem_of_a_person_is_told_at_once(admin, shop):
    status, problem = admin.post(
        "/users",
        {
            "name": "",
            "email": "nobody",
            "department_ids": [77],
            "roles": ["sales", "wizard"],
            "department_roles": [{"role": "wizard", "department_id": 77}],
            "manager_id": 4_000_000,
            "language": "xx",
        },
    )
    assert status == 422
    assert codes(problem) == {
        "/email": "not_an_email",
        "/name": "not_a_name",
        "/department_ids/0": "no_such_department",
        "/roles/1": "no_such_role",
        "/department_roles/0/role": "no_such_role",
        "/department_roles/0/department_id": "no_such_department",
        "/manager_id": "no_such_person",
        "/language": "not_offered",
    }
    taken = shop.email("sales").upper()
    status, problem = admin.post("/users", {"name": "Twin", "email": taken})
    assert (status, codes(problem)) == (409, {"/email": "email_taken"})


def test_people_are_found_by_name_department_role_and_state(admin, make, add, shop):
    north = make("North")
    harbour = make("Harbour", parent_id=north)
    add("Anna", department_ids=[north], roles=["sales"])
    add("Ben", department_ids=[harbour])
    left = add("Lea", department_ids=[harbour])
    admin.post(f"/users/{left['id']}/deactivate", {})

    def found(**query):
        status, answer = admin.get("/people", **query)
        assert status == 200
        assert answer["total"] == len(answer["people"])
        return [person["name"] for person in answer["people"]]

    assert found() == ["Admin", "Anna", "Ben", "Lea"]
    assert found(search="BEN") == ["Ben"]
    assert found(department=north) == ["Anna", "Ben", "Lea"]
    assert found(department=north, with_below="false") == ["Anna"]
    assert found(role="sales") == ["Anna"]
    assert found(state="invited") == ["Anna", "Ben"]
    assert found(state="inactive") == ["Lea"]
    _, page = admin.get("/people", limit=2, offset=1)
    assert [person["name"] for person in page["people"]] == ["Anna", "Ben"]
    assert page["counts"] == {"active": 1, "invited": 2, "inactive": 1}


def test_who_left_is_signed_out_at_once_and_may_come_back(admin, sales, make, emails):
    me = sales.me["user"]["id"]
    north = make("North", head_ids=[me])
    assert sales.get("/me")[0] == 200
    status, person = admin.post(f"/users/{me}/deactivate", {})
    assert (status, person["state"]) == (200, "inactive")
    assert sales.get("/me")[0] == 401
    _, answer = admin.get("/organisation")
    assert [one["head_ids"] for one in answer["departments"] if one["id"] == north] == [[]]
    credentials = {"email": emails("sales"), "password": "correct horse battery"}
    assert sales.post("/session", credentials)[0] == 401
    assert admin.post(f"/users/{me}/activate", {})[1]["state"] == "active"
    assert sales.post("/session", credentials)[0] == 200


def test_an_administrator_always_remains(admin, add):
    me = admin.me["user"]["id"]
    add("Invited", is_admin=True)  # has no password yet: nobody could sign in
    status, problem = admin.patch(f"/users/{me}", {"is_admin": False})
    assert (status, codes(problem)) == (422, {"/is_admin": "last_administrator"})
    status, problem = admin.post(f"/users/{me}/deactivate", {})
    assert (status, codes(problem)) == (422, {"": "not_oneself"})


def test_a_change_of_roles_holds_for_the_next_request(admin, sales):
    me = sales.me["user"]["id"]
    assert sales.get("/apps/shop/forms/account/records")[0] == 200
    admin.patch(f"/users/{me}", {"roles": []})
    assert sales.get("/apps/shop/forms/account/records")[0] == 404


def test_roles_of_the_workspace_stand_beside_those_of_apps(admin, make, add):
    north = make("North")
    status, role = admin.call("PUT", "/roles/branch_finance", {"label": {"en": "Branch finance"}})
    assert (status, role["source"], role["people"]) == (200, "workspace", 0)
    add("Anna", roles=["branch_finance"])
    add("Ben", department_roles=[{"role": "branch_finance", "department_id": north}])
    _, answer = admin.get("/roles")
    roles = {one["key"]: (one["source"], one["people"], one["in_departments"]) for one in answer["roles"]}
    assert roles["branch_finance"] == ("workspace", 1, 1)
    assert roles["sales"][0] == "app"
    assert codes(admin.call("PUT", "/roles/sales", {"label": {"en": "X"}})[1]) == {"/key": "role_of_app"}
    problem = admin.call("PUT", "/roles/No-Key", {"label": {"zh": " "}})[1]
    assert codes(problem) == {"/key": "not_a_key", "/label/zh": "not_a_name"}
    assert admin.delete("/roles/branch_finance")[0] == 204
    assert admin.delete("/roles/branch_finance")[0] == 404
    _, people = admin.get("/people", search="anna")
    assert people["people"][0]["roles"] == []
    _, people = admin.get("/people", search="ben")
    assert people["people"][0]["department_roles"] == []


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", "/organisation"),
        ("POST", "/departments"),
        ("PATCH", "/departments/1"),
        ("DELETE", "/departments/1"),
        ("GET", "/people"),
        ("GET", "/users/1"),
        ("POST", "/users"),
        ("PATCH", "/users/1"),
        ("POST", "/users/1/deactivate"),
        ("POST", "/users/1/activate"),
        ("GET", "/roles"),
        ("PUT", "/roles/x"),
        ("DELETE", "/roles/x"),
    ],
)
def test_only_administrators_keep_the_organisation(manager, method, path):
    bodies = {"/departments": {"name": "X"}, "/users": {"name": "X", "email": "x@example.com"}}
    body = {"label": {"en": "X"}} if method == "PUT" else bodies.get(path, {})
    status, problem = manager.call(method, path, body if method in ("POST", "PATCH", "PUT") else None)
    assert (status, problem["code"]) == (403, "forbidden")


def test_everybody_sees_names_of_people_and_departments_and_no_more(manager, make, admin):
    make("North", head_ids=[admin.me["user"]["id"]])
    _, answer = manager.get("/departments")
    assert [set(one) for one in answer["departments"]] == [{"id", "name", "parent_id"}]
    _, answer = manager.get("/users")
    assert {name for one in answer["users"] for name in one} == {"id", "name", "email", "organisation"}


def test_changes_are_kept_with_what_was_before(admin, make, add, shop):
    north = make("North")
    anna = add("Anna")
    admin.patch(f"/departments/{north}", {"head_ids": [anna["id"]]})
    admin.patch(f"/departments/{north}", {"head_ids": [anna["id"]]})  # changes nothing
    with shop.services.unit(shop.workspace_key) as unit:
        rows = unit.connection.execute(
            sa.select(event.c.kind, event.c.actor, event.c.data)
            .where(event.c.kind.like("department%"))
            .order_by(event.c.id)
        ).all()
    assert [row.kind for row in rows] == ["department_created", "department_changed"]
    assert rows[1].actor == admin.me["user"]["id"]
    assert rows[1].data == {
        "before": {"id": north, "head_ids": []},
        "after": {"id": north, "head_ids": [anna["id"]]},
    }
