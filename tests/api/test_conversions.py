"""A record is made into others, once, and back again."""

import copy
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.conftest import DOCUMENT

LEADS = "/apps/shop/forms/lead/records"
ACCOUNTS = "/apps/shop/forms/account/records"
NOTES = "/apps/shop/forms/note/records"

CONVERSION: dict[str, Any] = {
    "label": {"en": "Convert", "zh": "转换"},
    "when": '{status} <> "won"',
    "require": {"due": {"en": "A due date, please", "zh": "请填写到期日"}},
    "targets": {
        "note": {
            "form": "note",
            "values": {"text": '"From " & {company}'},
            "links": {"account": "account"},
            "optional": True,
        },
        "account": {
            "form": "account",
            "values": {"name": "{company}"},
            "match": [{"field": "name", "as": "company"}],
        },
    },
    "set": {"status": '"won"'},
    "links": {"account": "account"},
    "move": {"calls": {"account": "account"}},
}


def publish(shop: Any, actions: dict[str, Any]) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["forms"]["note"]["fields"]["account"] = {
        "type": "relation",
        "label": {"en": "Account", "zh": "客户"},
        "form": "account",
        "inverse": {"key": "notes", "label": {"en": "Notes", "zh": "笔记"}},
    }
    document["forms"]["lead"]["conversions"] = {"convert": CONVERSION}
    document["forms"]["lead"]["actions"] = actions
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", document)


@pytest.fixture
def converting(shop) -> Any:
    publish(shop, {})
    return shop


@pytest.fixture
def lead(converting, manager) -> dict[str, Any]:
    return manager.create("lead", company="Acme Ltd", amount=5, due="2026-05-01")


def convert(client: Any, lead: dict[str, Any], **body: Any) -> tuple[int, Any]:
    return client.post(f"{LEADS}/{lead['id']}/conversions/convert", {"revision": lead["revision"], **body})


def undo(client: Any, lead: dict[str, Any]) -> tuple[int, Any]:
    return client.delete(f"{LEADS}/{lead['id']}/conversions/convert")


def test_a_conversion_makes_links_and_moves_and_is_undone(manager, lead) -> None:
    call = manager.create("note", text="First call", lead=lead["id"])
    path = f"{LEADS}/{lead['id']}/conversions"
    assert manager.get(path)[1] == {"possible": ["convert"], "done": [], "made_by": []}
    status, shown = manager.post(f"{path}/convert/preview", {})
    assert status == 200, shown
    assert [target["key"] for target in shown["targets"]] == ["account", "note"]
    assert shown["targets"][0]["values"]["name"] == "Acme Ltd"
    assert shown["moved"] == [{"list": "calls", "count": 1}]
    status, done = convert(manager, lead)
    assert status == 200, done
    account, note = (target["record"]["id"] for target in done["conversion"]["targets"])
    assert (done["record"]["status"], done["record"]["account"]["id"]) == ("won", account)
    assert manager.get(f"{NOTES}/{note}")[1]["account"]["id"] == account
    assert manager.get(f"{NOTES}/{call['id']}")[1]["account"]["id"] == account
    assert done["record"]["$conversions"]["done"] == [done["conversion"]]
    [origin] = manager.get(f"{ACCOUNTS}/{account}")[1]["$conversions"]["made_by"]
    assert (origin["form"], origin["record"]["id"], origin["created"]) == ("lead", lead["id"], True)
    status, back = undo(manager, lead)
    assert status == 200, back
    assert (back["record"]["status"], back["record"]["account"]) == ("new", None)
    assert manager.get(f"{ACCOUNTS}/{account}")[0] == manager.get(f"{NOTES}/{note}")[0] == 404
    assert manager.get(f"{NOTES}/{call['id']}")[1]["account"] is None
    assert undo(manager, lead)[0] == 404
    assert convert(manager, back["record"])[0] == 200, "it can be converted anew"


def test_an_existing_record_is_offered_and_stays_when_undone(manager, lead) -> None:
    there = manager.create("account", name="ACME")
    shown = manager.post(f"{LEADS}/{lead['id']}/conversions/convert/preview", {})[1]
    assert shown["targets"][0]["existing"] == [{"id": there["id"], "title": "ACME"}]
    targets = {"account": {"use": there["id"]}, "note": {"skip": True}}
    status, done = convert(manager, lead, targets=targets)
    assert status == 200, done
    assert [target["created"] for target in done["conversion"]["targets"]] == [False]
    assert undo(manager, lead)[0] == 200
    assert manager.get(f"{ACCOUNTS}/{there['id']}")[0] == 200


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_stored(manager, converting) -> None:
    lead = manager.create("lead", company="Acme", amount=5)
    manager.create("account", name="Acme")
    status, answer = convert(manager, lead, targets={"account": {"values": {"credit": "much"}}})
    assert status == 422
    wrong = {"/values/due", "/targets/account/values/credit", "/targets/account/values/name"}
    assert {one["path"] for one in answer["issues"]} == wrong
    assert manager.get(f"{LEADS}/{lead['id']}")[1]["revision"] == lead["revision"]
    status, answer = convert(manager, lead, values={"due": "2026-05-01"})
    assert (status, answer["code"]) == (409, "duplicate_value")
    assert [one["path"] for one in answer["issues"]] == ["/targets/account/values/name"]
    values = {"account": {"values": {"name": "Acme 2"}}}
    assert convert(manager, lead, values={"due": "2026-05-01"}, targets=values)[0] == 200


def test_what_was_typed_is_looked_at_before_it_is_stored(manager, lead) -> None:
    there = manager.create("account", name="Other")
    body = {"targets": {"account": {"values": {"name": "other"}}}}
    status, shown = manager.post(f"{LEADS}/{lead['id']}/conversions/convert/preview", body)
    assert (status, shown["targets"][0]["existing"]) == (200, [{"id": there["id"], "title": "Other"}])
    assert [issue["path"] for issue in shown["targets"][0]["issues"]] == ["/targets/account/values/name"]


def test_a_conversion_has_a_button_unless_the_form_places_it(manager, lead) -> None:
    [button] = manager.get("/apps/shop/forms/lead/describe")[1]["record_actions"]
    assert (button["key"], button["kind"], button["conversion"]) == ("$convert", "convert", "convert")
    assert lead["$actions"] == ["$convert"]
    assert manager.post(f"{LEADS}/{lead['id']}/actions/$convert", {"revision": 1})[0] == 404
    assert convert(manager, lead)[1]["record"]["$actions"] == []
    assert undo(manager, lead)[1]["record"]["$actions"] == ["$convert"]


def test_who_finds_no_button_may_not_convert(converting, manager, as_user) -> None:
    button = {
        "label": {"en": "Convert", "zh": "转换"},
        "kind": "convert",
        "conversion": "convert",
        "roles": ["manager"],
        "condition": "{amount} > 1",
    }
    publish(converting, {"now": button})
    sales = as_user("sales")
    small, large = (sales.create("lead", company="A", amount=n, due="2026-05-01") for n in (1, 2))
    assert [one["conversions"] for one in describe(manager, sales)] != [[], []]
    assert describe(sales)[0]["conversions"] == []
    assert "now" not in large["$actions"]
    assert convert(sales, large)[0] == 403
    assert manager.get(f"{LEADS}/{small['id']}/conversions")[1]["possible"] == []
    assert convert(manager, small)[0] == 403
    assert convert(manager, large)[0] == 200


def describe(*clients: Any) -> list[dict[str, Any]]:
    return [client.get("/apps/shop/forms/lead/describe")[1] for client in clients]


def test_of_several_at_once_one_converts(converting, manager, lead) -> None:
    clients = [converting.as_user("manager") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda client: convert(client, lead), clients))
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert {answer.get("code") for _, answer in answers} == {None, "already_converted"}
    assert len(manager.get(ACCOUNTS)[1]["records"]) == 1


def test_what_depends_on_it_is_in_the_way_of_undoing(manager, lead) -> None:
    account = convert(manager, lead)[1]["conversion"]["targets"][0]["record"]["id"]
    later = manager.create("note", text="Later", account=account)
    status, answer = undo(manager, lead)
    assert (status, answer["code"]) == (409, "conversion_in_use")
    [blocker] = answer["blockers"]
    assert (blocker["form"], blocker["count"]) == ("note", 1)
    assert blocker["records"] == [{"id": later["id"], "title": "Later"}]
    assert manager.delete(f"{NOTES}/{later['id']}")[0] == 204
    assert undo(manager, lead)[0] == 200


def test_others_may_not(as_user, manager, lead) -> None:
    assert convert(as_user("other"), lead)[0] == 404
    assert as_user("guest").get(f"{LEADS}/{lead['id']}/conversions")[0] == 404
    won = manager.create("lead", company="Won", amount=1, status="won", due="2026-05-01")
    assert convert(manager, won)[0] == 403


@pytest.mark.parametrize(
    "body",
    [
        {"targets": {"nothing": {}}},
        {"targets": {"account": {"skip": True}}},
        {"targets": {"account": {"use": 1, "values": {"name": "x"}}}},
        {"targets": {"account": {"use": 999999}}},
        {"targets": {"account": {"use": "1"}}},
        {"targets": {"account": {"values": {"__proto__": 1, "name": {"a": []}}}}},
        {"targets": []},
        {"values": {"due": [1]}},
        {"values": {"oops": 1}},
    ],
)
def test_odd_input_is_refused_and_nothing_is_stored(manager, lead, body) -> None:
    assert convert(manager, lead, **body)[0] in (400, 409, 422)
    assert manager.get(ACCOUNTS)[1]["records"] == []
    assert manager.get(f"{LEADS}/{lead['id']}")[1]["revision"] == 1
