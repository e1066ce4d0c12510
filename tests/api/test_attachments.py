"""Files of a record: in its fields, lines and comments, as far as each may read them."""

import copy
import io
import json
from pathlib import Path

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing

LEADS = "/apps/shop/forms/lead/records"
ORDERS = "/apps/trade/forms/order/records"
TRADE = json.loads((Path(__file__).parent / "lines_app.json").read_text(encoding="utf-8"))


def upload(client, name="letter.txt", content=b"hello"):
    status, stored = client.call("POST", "/files", data={"file": (io.BytesIO(content), name)})
    assert status == 201, stored
    return stored


def files_of(client, path):
    status, found = client.get(f"{path}/files")
    assert status == 200, found
    return found["files"]


@pytest.fixture
def trade(shop):
    document = copy.deepcopy(TRADE)
    lines = document["forms"]["order"]["fields"]["lines"]
    lines["fields"] |= {
        "photo": {"type": "image", "label": {"en": "Photo", "zh": "照片"}},
        "secret": {"type": "file", "label": {"en": "Secret", "zh": "机密"}},
    }
    sales = document["forms"]["order"]["permissions"]["sales"]
    sales |= {"rows": "all", "hidden_fields": ["lines.cost", "lines.secret"]}
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "trade", document)
    return shop


def test_a_comment_has_files_that_its_readers_read(sales, manager, other):
    lead = sales.create("lead", company="Acme")
    letter, sheet = upload(sales), upload(sales, "sheet.csv")
    path = f"{LEADS}/{lead['id']}/comments"
    status, made = sales.post(path, {"text": "", "files": [letter["id"], sheet["id"], letter["id"]]})
    assert (status, [one["name"] for one in made["files"]]) == (201, ["letter.txt", "sheet.csv"])
    where = {"app": "shop", "form": "lead", "record": lead["id"], "comment": made["id"]}
    assert manager.get(f"/files/{letter['id']}", **where)[1] == "hello"
    assert other.get(f"/files/{letter['id']}", **where)[0] == 404
    assert manager.get(f"/files/{letter['id']}")[0] == 404
    elsewhere = sales.create("lead", company="Other")
    assert manager.get(f"/files/{letter['id']}", **{**where, "record": elsewhere["id"]})[0] == 404
    _, changed = sales.patch(f"{path}/{made['id']}", {"text": "Only one", "files": [sheet["id"]]})
    assert [one["id"] for one in changed["files"]] == [sheet["id"]]
    assert manager.get(f"/files/{letter['id']}", **where)[0] == 404
    _, again = sales.patch(f"{path}/{made['id']}", {"text": "Text alone"})
    assert [one["id"] for one in again["files"]] == [sheet["id"]]
    [entry] = manager.get(f"{LEADS}/{lead['id']}/timeline", kinds="comments")[1]["entries"]
    assert entry["files"] == again["files"]
    assert sales.delete(f"{path}/{made['id']}")[0] == 204
    assert files_of(sales, f"{LEADS}/{lead['id']}") == []


@pytest.mark.parametrize(
    ("files", "path", "code"),
    [
        (["FOREIGN"], "/files/0", "value_unknown_file"),
        ([999_999], "/files/0", "value_unknown_file"),
        (list(range(1, 23)), "/files", "comment_files"),
        ([], "/text", "comment_blank"),
    ],
)
def test_files_that_a_comment_may_not_have(sales, manager, files, path, code):
    lead = sales.create("lead", company="Acme")
    foreign = upload(manager)["id"]
    sent = [foreign if one == "FOREIGN" else one for one in files]
    status, problem = sales.post(f"{LEADS}/{lead['id']}/comments", {"text": " ", "files": sent})
    assert (status, [(one["path"], one["code"]) for one in problem["issues"]]) == (422, [(path, code)])
    assert files_of(sales, f"{LEADS}/{lead['id']}") == []


def test_all_files_of_a_record_with_who_sent_them_and_where_they_stand(trade):
    admin, sales, guest = (trade.as_user(name) for name in ("admin", "sales", "guest"))
    photos = [upload(admin, f"{number}.png") for number in range(2)]
    secret = upload(admin, "secret.txt")
    lines = [
        {"qty": 1, "photo": [photos[0]["id"]], "secret": [secret["id"]]},
        {"qty": 2, "photo": [photos[1]["id"]]},
    ]
    order = admin.post(ORDERS, {"no": "1", "lines": lines})[1]
    path = f"{ORDERS}/{order['id']}"
    note = admin.post(f"{path}/comments", {"text": "See", "files": [upload(admin, "note.txt")["id"]]})[1]
    shown = [
        (one["file"]["name"], one["field"], one["line"], one["comment"]) for one in files_of(admin, path)
    ]
    assert shown == [
        ("note.txt", None, None, note["id"]),
        ("secret.txt", "lines.secret", 1, None),
        ("1.png", "lines.photo", 2, None),
        ("0.png", "lines.photo", 1, None),
    ]
    assert {one["actor"]["name"] for one in files_of(admin, path)} == {"Admin"}
    assert [one["file"]["name"] for one in files_of(sales, path)] == ["note.txt", "1.png", "0.png"]
    assert [one["file"]["name"] for one in files_of(guest, path)] == ["note.txt"]


def test_a_file_in_a_line_is_read_where_the_line_s_field_may_be_read(trade):
    admin, sales, guest = (trade.as_user(name) for name in ("admin", "sales", "guest"))
    photo, secret = upload(admin, "a.png", b"picture"), upload(admin, "secret.txt")
    lines = [{"qty": 1, "photo": [photo["id"]], "secret": [secret["id"]]}]
    order = admin.post(ORDERS, {"no": "1", "lines": lines})[1]
    where = {"app": "trade", "form": "order", "record": order["id"]}
    assert sales.get(f"/files/{photo['id']}", **where, field="lines.photo")[1] == "picture"
    assert sales.get(f"/files/{secret['id']}", **where, field="lines.secret")[0] == 404
    assert sales.get(f"/files/{secret['id']}", **where, field="lines.photo")[0] == 404
    assert guest.get(f"/files/{photo['id']}", **where, field="lines.photo")[0] == 404
    line = sales.get(f"{ORDERS}/{order['id']}")[1]["lines"][0]
    changed = {"revision": 1, "lines": [{"id": line["id"], "qty": 5, "photo": [photo["id"]]}]}
    status, saved = sales.patch(f"{ORDERS}/{order['id']}", changed)
    assert (status, saved["lines"][0]["qty"], saved["lines"][0]["photo"][0]["id"]) == (200, 5, photo["id"])


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "paper.pdf", "script.js"])
def test_whatever_a_file_is_called_it_is_never_shown_or_run_in_our_origin(sales, name):
    lead = sales.create("lead", company="Acme")
    stored = upload(sales, name, b"<script>alert(1)</script>")
    made = sales.post(f"{LEADS}/{lead['id']}/comments", {"text": "", "files": [stored["id"]]})[1]
    place = f"app=shop&form=lead&record={lead['id']}&comment={made['id']}"
    headers = sales.flask.get(f"/api/v1/files/{stored['id']}?{place}").headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "sandbox" in headers["Content-Security-Policy"]
