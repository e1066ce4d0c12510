"""Files that a task shows are opened by whoever holds it, and by nobody else through it."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api import approvals
from tests.api.approvals import APPROVAL, document, label, quote, start, task_of, todo
from tests.api.test_attachments import upload
from tests.api.test_change_requests import CHANGES

shop = approvals.shop
FILE = {"type": "file", "label": label("Papers")}


@pytest.fixture
def published(shop):
    """`published(workflow, **fields)`: quotes have papers, and finance (a guest) has these fields."""

    def publish(workflow, **fields):
        app = document(approval=copy.deepcopy(workflow))
        app["forms"]["quote"]["fields"] |= {"papers": FILE, "secret": {**FILE, "label": label("Secret")}}
        app["workflows"]["approval"]["nodes"]["finance"]["fields"] = fields
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", app)

    return publish


def fetched(client, file, task, field="papers"):
    return client.get(f"/files/{file['id']}", task=task["id"], field=field)[0]


def test_who_decides_opens_what_his_step_shows(published, sales, manager, guest):
    alone = {**APPROVAL, "first": "finance", "nodes": dict(APPROVAL["nodes"])}
    del alone["nodes"]["manager"]
    published(alone, visible=["no", "papers"])
    papers, secret = upload(sales, "offer.txt"), upload(sales, "secret.txt", b"other")
    made = quote(sales, papers=[papers["id"]], secret=[secret["id"]])
    start(sales, made)
    task = task_of(guest, made)
    status, content = guest.get(f"/files/{papers['id']}", task=task["id"], field="papers")
    assert (status, content) == (200, "hello")
    assert fetched(guest, secret, task, "secret") == 404
    assert fetched(guest, secret, task) == 404
    assert guest.get(f"/files/{papers['id']}", task=task["id"])[0] == 404
    place = {"app": "shop", "form": "quote", "record": made["id"], "field": "papers"}
    assert guest.get(f"/files/{papers['id']}", **place)[0] in (403, 404)
    assert fetched(manager, papers, task) == 404
    assert fetched(guest, papers, {"id": 999_999}) == 404
    elsewhere = quote(sales, "Q2", papers=[upload(sales, "of another.txt")["id"]])
    assert fetched(guest, elsewhere["papers"][0], task) == 404


def test_who_decides_about_what_waits_opens_its_files(published, sales, manager, guest):
    published(CHANGES, visible=["no", "amount", "papers"])
    papers = upload(sales)
    status, _ = sales.post(approvals.QUOTES, {"no": "Q9", "amount": 9000, "papers": [papers["id"]]})
    assert status == 202
    [task] = todo(guest)
    assert fetched(guest, papers, task) == 200
    assert fetched(manager, papers, task) == 404
    assert guest.get(f"/files/{papers['id']}")[0] == 404


def test_the_file_that_stands_there_and_the_one_that_would_are_opened(published, sales, guest):
    changes = copy.deepcopy(CHANGES)
    changes["starts"][0]["fields"].append("papers")
    published(changes, visible=["no", "papers"])
    old, new = upload(sales, "old.txt"), upload(sales, "new.txt", b"new")
    made = quote(sales, amount=4000, papers=[old["id"]])
    revision = approvals.read(sales, made)["revision"]
    path = f"{approvals.QUOTES}/{made['id']}"
    assert sales.patch(path, {"revision": revision, "papers": [new["id"]]})[0] == 202
    task = task_of(guest, made)
    assert [fetched(guest, one, task) for one in (old, new)] == [200, 200]
