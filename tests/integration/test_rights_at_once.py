"""A change of rights in one process holds in the very next request that another one answers."""

import pytest

from joinery.runtime.services import Services
from joinery.storage import Database
from joinery.web.app import create_app
from tests.api.conftest import Client, Shop, open_shop

LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture
def shop(database, tmp_path, request) -> Shop:
    return open_shop(database, tmp_path, f"rights{abs(hash(request.node.name)) % 10**8}")


@pytest.fixture
def elsewhere(shop, database_url, tmp_path):
    """The same person's browser, answered by a process with a database pool and caches of its own."""
    database = Database(database_url)
    services = Services(
        database=database,
        settings=shop.services.settings,
        clock=shop.services.clock,
        defer=shop.services.defer,
    )
    app = create_app(services, interface=tmp_path)

    def of(client: Client) -> Client:
        moved = Client(app.test_client())
        moved.flask.set_cookie("joinery_session", client.flask.get_cookie("joinery_session").value)
        moved.csrf, moved.me = client.csrf, client.me
        return moved

    yield of
    database.close()


def test_roles_memberships_and_leaving_hold_at_once_everywhere(shop, elsewhere):
    admin, sales = shop.as_user("admin"), shop.as_user("sales")
    there = elsewhere(sales)
    lead = sales.create("lead", company="Acme")
    user = f"/users/{sales.me['user']['id']}"
    path = f"{LEADS}/{lead['id']}"
    assert there.get(path)[0] == 200
    assert admin.patch(user, {"roles": []})[0] == 200
    assert there.get(path)[0] == 404
    members = {"users": [sales.me["user"]["id"]], "departments": []}
    group = "/apps/shop/forms/lead/permission-groups/sales/members"
    status, told = admin.call("PUT", group, members)
    assert status == 200, told
    assert there.get(path)[0] == 200
    assert admin.call("PUT", group, {"users": [], "departments": []})[0] == 200
    assert there.get(path)[0] == 404
    assert admin.patch(user, {"roles": ["sales"]})[0] == 200
    key = sales.post("/me/api-keys", {"name": "Robot", "writes": False})[1]["token"]
    headers = {"Authorization": f"Bearer {key}"}
    assert there.flask.get(f"/api/v1{path}", headers=headers).status_code == 200
    assert admin.post(f"{user}/deactivate", None)[0] == 200
    assert there.get(path)[0] == 401
    assert there.flask.get(f"/api/v1{path}", headers=headers).status_code == 401
