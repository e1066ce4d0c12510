"""An administrator looks at the workspace as somebody else: sees what he sees, and changes nothing."""

import pytest
import sqlalchemy as sa

from joinery.storage.workspace_tables import event

LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture
def preview(admin):
    """Let the administrator look on as somebody; gives what the answer says."""

    def started(client):
        status, told = admin.call("PUT", "/session/preview", {"user_id": client.me["user"]["id"]})
        assert status == 200, told
        return told

    return started


def test_the_workspace_looks_as_it_does_for_that_person(admin, sales, other, preview):
    mine = sales.create("lead", company="Mine")
    other.create("lead", company="Theirs")
    assert len(admin.get(LEADS)[1]["records"]) == 2
    told = preview(sales)
    assert (told["user"]["name"], told["user"]["is_admin"]) == ("Sales", False)
    assert told["previewed_by"]["name"] == "Admin"
    assert admin.get("/session")[1]["previewed_by"]["name"] == "Admin"
    assert [record["id"] for record in admin.get(LEADS)[1]["records"]] == [mine["id"]]
    assert admin.get(f"{LEADS}/{mine['id']}")[1] == sales.get(f"{LEADS}/{mine['id']}")[1]
    assert admin.get("/apps/shop/forms/lead/describe")[1] == sales.get("/apps/shop/forms/lead/describe")[1]
    # What only administrators may do is not done in a preview either.
    assert admin.get("/people")[0] == 403


@pytest.mark.parametrize(
    "method, path, body",
    [
        ("POST", LEADS, {"company": "New"}),
        ("PATCH", f"{LEADS}/RECORD", {"revision": 1, "company": "Changed"}),
        ("DELETE", f"{LEADS}/RECORD", None),
        ("POST", f"{LEADS}/batch", {"create": [{"company": "New"}]}),
        ("POST", f"{LEADS}/RECORD/comments", {"text": "Hello"}),
        ("POST", "/apps/shop/forms/lead/views", {"label": "x", "kind": "list", "columns": ["company"]}),
        ("PATCH", "/me", {"name": "Somebody"}),
        ("DELETE", "/me/sessions", None),
    ],
)
def test_nothing_can_be_changed(admin, sales, preview, method, path, body):
    lead = sales.create("lead", company="Mine")
    preview(sales)
    status, problem = admin.call(method, path.replace("RECORD", str(lead["id"])), body)
    assert (status, problem["code"]) == (403, "read_only")
    status, found = sales.get(f"{LEADS}/{lead['id']}")
    assert (status, found["company"], found["revision"]) == (200, "Mine", 1)
    assert len(sales.get(LEADS)[1]["records"]) == 1


def test_what_only_asks_is_answered(admin, sales, preview):
    lead = sales.create("lead", company="Mine")
    preview(sales)
    assert admin.post(f"{LEADS}/query", {"filter": '{company} = "Mine"'})[1]["records"][0]["id"] == lead["id"]
    assert admin.post(f"{LEADS}/prepare", {"values": {"company": "x"}})[0] == 200
    assert admin.get(f"{LEADS}/{lead['id']}/timeline")[0] == 200
    assert admin.get("/mentions")[0] == 200
    assert admin.get("/search", q="Mine")[0] == 200


def test_it_ends_and_is_logged(admin, sales, preview, shop):
    preview(sales)
    status, told = admin.delete("/session/preview")
    assert (status, told["user"]["name"], told["previewed_by"]) == (200, "Admin", None)
    assert admin.delete("/session/preview")[0] == 200
    assert admin.get("/people")[0] == 200
    with shop.services.unit(shop.workspace_key) as unit:
        wanted = event.c.kind.in_(["preview_started", "preview_ended"])
        kept = unit.connection.execute(sa.select(event).where(wanted).order_by(event.c.id)).mappings().all()
    me, person = admin.me["user"]["id"], sales.me["user"]["id"]
    assert [(one["kind"], one["actor"]) for one in kept] == [("preview_started", me), ("preview_ended", me)]
    assert kept[0]["data"]["after"]["id"] == person


def test_one_can_sign_out_of_a_preview(admin, sales, preview):
    preview(sales)
    assert admin.delete("/session")[0] == 204
    assert admin.get("/me")[0] == 401
    assert sales.get("/me")[0] == 200


def test_who_may_look_on_as_whom(admin, sales, manager, preview):
    assert sales.call("PUT", "/session/preview", {"user_id": manager.me["user"]["id"]})[0] == 403
    for user_id in (4_000_000, admin.me["user"]["id"]):
        status, problem = admin.call("PUT", "/session/preview", {"user_id": user_id})
        assert (status, problem["issues"][0]["path"]) == (422, "/user_id")
    preview(sales)
    assert admin.call("PUT", "/session/preview", {"user_id": manager.me["user"]["id"]})[0] == 403


def test_a_preview_of_somebody_who_left_is_over(admin, as_user, manager, preview):
    sales = as_user("sales")
    preview(sales)
    second = as_user("admin")
    assert second.post(f"/users/{sales.me['user']['id']}/deactivate", {})[0] in (200, 204)
    assert admin.get("/me")[1]["user"]["name"] == "Admin"
