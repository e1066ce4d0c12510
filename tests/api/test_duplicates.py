"""What is there already: uniqueness over several fields, and duplicate rules across forms."""

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import psycopg
import pytest

from joinery.directory import Actor
from joinery.kernel import InvalidDefinition
from joinery.runtime.apps import publishing
from joinery.runtime.importing.run import run_import
from tests.api.conftest import DOCUMENT

LEADS = "/apps/shop/forms/lead/records"
ACCOUNTS = "/apps/shop/forms/account/records"

SAME_MOBILE = {"en": "Same mobile number", "zh": "手机号相同"}
RULES: dict[str, Any] = {
    "same_mobile": {
        "label": SAME_MOBILE,
        "match": ["mobile"],
        "with": [{"form": "lead"}, {"form": "account", "match": ["phone"]}],
        "when": '{status} <> "lost"',
        "tell": ["owner"],
    },
}


def publish(shop: Any, *, lead: dict[str, Any] | None = None, account: dict[str, Any] | None = None) -> Any:
    """The shop with mobiles on leads and phones on accounts, and what else a test adds to the forms."""
    document = copy.deepcopy(DOCUMENT)
    phone = {"type": "phone", "label": {"en": "Phone", "zh": "电话"}}
    document["forms"]["lead"]["fields"] |= {"mobile": phone, "period": {**phone, "type": "number"}}
    document["forms"]["account"]["fields"]["phone"] = phone
    document["forms"]["lead"] |= lead or {}
    document["forms"]["account"] |= account or {}
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        return publishing.publish_app(unit, actor, "shop", document), document


UNIQUE: dict[str, Any] = {
    "once": {
        "fields": [{"field": "company", "as": "company"}, "period"],
        "when": '{status} <> "lost"',
        "message": {"en": "This company has its lead of the period", "zh": "该公司本期已有线索"},
    }
}


@pytest.mark.parametrize(
    ("values", "taken"),
    [
        ({"company": "acme", "period": 1}, True),
        ({"company": "ACME Co., Ltd.", "period": 1}, True),
        ({"company": "Acme", "period": 2}, False),
        ({"company": "Acme"}, False),  # a blank is never in the way
        ({"company": "Acme", "period": 1, "status": "lost", "reason": "no"}, False),
        ({"company": "Acme 2", "period": 1}, False),
    ],
)
def test_fields_are_unique_together(shop, manager, values, taken) -> None:
    publish(shop, lead={"unique": UNIQUE})
    manager.create("lead", company="Acme Inc.", period=1)
    status, answer = manager.post(LEADS, values)
    assert status == (409 if taken else 201), answer
    if taken:
        assert answer["code"] == "duplicate_value"
        assert [(one["path"], one["message"]) for one in answer["issues"]] == [
            ("/company", "This company has its lead of the period")
        ]


def test_a_record_comes_under_a_uniqueness_by_its_condition_and_leaves_it(shop, manager) -> None:
    publish(shop, lead={"unique": UNIQUE})
    manager.create("lead", company="Acme", period=1)
    lost = manager.create("lead", company="Acme", period=1, status="lost", reason="no")
    status, answer = manager.patch(f"{LEADS}/{lost['id']}", {"revision": 1, "status": "new"})
    assert (status, answer["code"]) == (409, "duplicate_value")
    changes = {"update": [{"id": lost["id"], "revision": 1, "period": 2, "status": "new"}]}
    assert manager.post(f"{LEADS}/batch", changes)[0] == 200


def test_a_batch_names_every_record_in_the_way(shop, manager) -> None:
    publish(shop, lead={"unique": UNIQUE})
    manager.create("lead", company="Acme", period=1)
    sent = [
        {"company": "Acme", "period": 1},
        {"company": "Beta", "period": 1},
        {"company": "beta", "period": 1},
    ]
    status, answer = manager.post(f"{LEADS}/batch", {"create": sent})
    assert status == 409
    assert [one["path"] for one in answer["issues"]] == ["/create/0/company", "/create/2/company"]


def test_a_restored_record_finds_its_values_taken(shop, manager) -> None:
    publish(shop, lead={"unique": UNIQUE})
    first = manager.create("lead", company="Acme", period=1)
    assert manager.delete(f"{LEADS}/{first['id']}")[0] == 204
    manager.create("lead", company="Acme", period=1)
    status, answer = manager.post(f"{LEADS}/{first['id']}/restore", {})
    assert (status, answer["issues"][0]["message"]) == (409, "This company has its lead of the period")


def test_whoever_is_later_at_the_same_moment_hears_what_the_check_says(shop, manager) -> None:
    publish(shop, lead={"unique": UNIQUE})
    clients = [shop.as_user(name) for name in ("manager", "sales", "other", "admin")]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: one.post(LEADS, {"company": "Acme", "period": 1}), clients))
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]
    told = {json.dumps(answer["issues"]) for status, answer in answers if status == 409}
    assert len(told) == 1
    assert "This company has its lead of the period" in told.pop()


def test_publishing_lists_the_records_that_break_a_new_uniqueness(shop, manager, as_user) -> None:
    publish(shop)
    first, second = (manager.create("lead", company=name, period=1) for name in ("Acme", "ACME Ltd"))
    with pytest.raises(InvalidDefinition) as caught:
        publish(shop, lead={"unique": UNIQUE})
    [found] = caught.value.details["repetitions"]
    assert found["path"] == "/forms/lead/unique/once"
    assert [one["id"] for one in found["records"]] == [first["id"], second["id"]]
    admin = as_user("admin")
    document = admin.get("/apps/shop/definition")[1]
    document["forms"]["lead"]["unique"] = UNIQUE
    status, answer = admin.post("/apps/shop/publish?preview=1", {"document": document})
    assert status == 200, answer
    assert answer["plan"]["repetitions"] == [found]
    [broken] = answer["plan"]["broken"]
    assert broken["path"] == "/forms/lead/unique/once"
    assert (broken["groups"], broken["records"], broken["filtered"]) == (1, 2, 2)
    listed = admin.get(LEADS, filter=broken["filter"])[1]["records"]
    assert {one["id"] for one in listed} == {first["id"], second["id"]}
    assert manager.post(LEADS, {"company": "acme", "period": 1})[0] == 201, "nothing was published"


def test_a_possible_duplicate_is_told_and_can_be_confirmed(shop, manager) -> None:
    publish(shop, lead={"duplicates": RULES})
    account = manager.create("account", name="Acme", phone="138-1234-5678")
    status, answer = manager.post(LEADS, {"company": "Acme", "mobile": "+86 13812345678"})
    assert (status, answer["code"]) == (409, "possible_duplicates")
    [match] = answer["matches"]
    assert match["record"] == {"id": account["id"], "title": "Acme"}
    assert (match["form"], match["owner"]["name"], match["fields"]) == ("account", "Manager", ["mobile"])
    assert [(one["path"], one["message"]) for one in answer["issues"]] == [
        ("/mobile", 'Same mobile number? Account "Acme", owner Manager.')
    ]
    assert manager.get(LEADS)[1]["records"] == []
    again = f"{LEADS}?confirm=duplicates"
    assert manager.post(again, {"company": "Acme", "mobile": "+86 13812345678"})[0] == 201
    assert manager.post(LEADS, {"company": "Beta", "mobile": "13812345678"})[0] == 409
    lost = {"company": "Beta", "mobile": "13812345678", "status": "lost", "reason": "none"}
    assert manager.post(LEADS, lost)[0] == 201, "the rule's condition does not hold"


@pytest.mark.parametrize(
    ("answers", "create", "edit", "batch"),
    [
        ({}, 409, 409, 409),
        ({"create": "ignore"}, 201, 409, 409),
        ({"edit": "ignore", "batch": "block"}, 409, 200, 409),
        ({"batch": "ignore"}, 409, 409, 200),
    ],
)
def test_each_way_in_has_its_answer(shop, manager, answers, create, edit, batch) -> None:
    publish(shop, lead={"duplicates": {"same_mobile": {**RULES["same_mobile"], "on": answers}}})
    manager.create("lead", company="Acme", mobile="13812345678")
    other = manager.create("lead", company="Beta")
    sent = {"company": "Beta", "mobile": "13812345678"}
    assert manager.patch(f"{LEADS}/{other['id']}", {"revision": 1, "mobile": "13812345678"})[0] == edit
    assert manager.post(LEADS, sent)[0] == create
    assert manager.post(f"{LEADS}/batch", {"create": [sent]})[0] == batch


def test_what_is_blocked_cannot_be_confirmed(shop, manager) -> None:
    publish(shop, lead={"duplicates": {"same_mobile": {**RULES["same_mobile"], "on": {"create": "block"}}}})
    manager.create("lead", company="Acme", mobile="13812345678")
    status, answer = manager.post(
        f"{LEADS}?confirm=duplicates", {"company": "Beta", "mobile": "138 1234 5678"}
    )
    assert (status, answer["code"]) == (409, "duplicate_record")


def test_a_batch_finds_duplicates_within_itself(shop, manager) -> None:
    publish(shop, lead={"duplicates": RULES})
    sent = [{"company": name, "mobile": "13812345678"} for name in ("Acme", "Beta")]
    status, answer = manager.post(f"{LEADS}/batch", {"create": sent})
    assert status == 409
    assert [one["path"] for one in answer["issues"]] == ["/create/1/mobile"]
    confirmed = manager.post(f"{LEADS}/batch", {"create": sent, "confirm": "duplicates"})
    assert confirmed[0] == 200, confirmed


def test_an_unchanged_or_own_value_is_no_duplicate(shop, manager) -> None:
    publish(shop, lead={"duplicates": RULES})
    lead = manager.create("lead", company="Acme", mobile="13812345678")
    path = f"{LEADS}/{lead['id']}"
    assert manager.patch(path, {"revision": 1, "mobile": "+8613812345678"})[0] == 200
    manager.post(f"{LEADS}?confirm=duplicates", {"company": "Beta", "mobile": "13812345678"})
    assert manager.patch(path, {"revision": 2, "company": "Acme 2"})[0] == 200


@pytest.mark.parametrize(
    ("tell", "message", "owner", "title"),
    [
        ([], "Same mobile number? A record that you may not see.", None, None),
        (["owner"], "Same mobile number? A record that you may not see, owner Other.", "Other", None),
        (
            ["title", "owner"],
            'Same mobile number? Lead "LD-0001 Secret", owner Other.',
            "Other",
            "LD-0001 Secret",
        ),
    ],
)
def test_whoever_may_not_see_a_match_learns_what_the_rule_tells(
    shop, sales, as_user, tell, message, owner, title
) -> None:
    publish(shop, lead={"duplicates": {"same_mobile": {**RULES["same_mobile"], "tell": tell}}})
    as_user("other").create("lead", company="Secret", mobile="13812345678")
    status, answer = sales.post(LEADS, {"company": "Mine", "mobile": "13812345678"})
    assert status == 409
    [match] = answer["matches"]
    assert match["record"] is None
    assert match["form"] is None
    assert (match["owner"] and match["owner"]["name"], match["title"]) == (owner, title)
    assert [one["message"] for one in answer["issues"]] == [message]
    if title is None:
        assert "LD-0001" not in json.dumps(answer)


def test_the_hint_while_typing_tells_no_more_than_saving(shop, sales, as_user) -> None:
    publish(shop, lead={"duplicates": RULES})
    as_user("other").create("lead", company="Secret", mobile="13812345678")
    mine = sales.create("lead", company="Mine", mobile="13900000000")
    status, answer = sales.post(f"{LEADS}/duplicates", {"values": {"mobile": "138 1234 5678"}})
    assert status == 200
    assert [match["owner"]["name"] for match in answer["matches"]] == ["Other"]
    assert "Secret" not in json.dumps(answer)
    own = {"values": {"mobile": "139 0000 0000"}, "id": mine["id"]}
    assert sales.post(f"{LEADS}/duplicates", own)[1] == {"matches": [], "issues": []}
    assert sales.post(f"{LEADS}/duplicates", {"values": {"mobile": {"a": 1}, "x": 2}})[0] == 200
    assert sales.get("/apps/shop/forms/lead/describe")[1]["duplicates"] == ["email", "mobile", "status"]


def test_a_button_is_asked_too_and_can_be_confirmed(shop, manager) -> None:
    again = {"label": SAME_MOBILE, "kind": "set", "values": {"status": '"new"'}}
    publish(shop, lead={"duplicates": RULES, "actions": {"again": again}})
    manager.create("lead", company="Acme", mobile="13812345678")
    lost = manager.create("lead", company="Other", mobile="13812345678", status="lost", reason="no")
    pressed = f"{LEADS}/{lost['id']}/actions/again"
    status, answer = manager.post(pressed, {"revision": 1})
    assert (status, answer["code"]) == (409, "possible_duplicates")
    assert len(answer["matches"]) == 1
    status, answer = manager.post(pressed, {"revision": 1, "confirm": "duplicates"})
    assert (status, answer["record"]["status"]) == (200, "new")


def test_a_related_list_is_asked_too_and_can_be_confirmed(shop, manager) -> None:
    rule = {"label": SAME_MOBILE, "match": ["account"], "with": [{"form": "lead"}]}
    publish(shop, lead={"duplicates": {"one_each": rule}})
    account = manager.create("account", name="Acme")
    manager.create("lead", company="First", account=account["id"])
    second = manager.create("lead", company="Second")
    change = {"revision": account["revision"], "leads": {"add": [second["id"]]}}
    status, answer = manager.patch(f"{ACCOUNTS}/{account['id']}", change)
    assert (status, answer["code"]) == (409, "possible_duplicates")
    assert manager.patch(f"{ACCOUNTS}/{account['id']}?confirm=duplicates", change)[0] == 200
    assert manager.get(f"{LEADS}/{second['id']}")[1]["account"]["id"] == account["id"]


def test_the_hint_says_what_saving_would_refuse(shop, manager) -> None:
    blocked = {"same_mobile": {**RULES["same_mobile"], "on": {"create": "block"}}}
    publish(shop, lead={"duplicates": blocked, "unique": UNIQUE})
    there = manager.create("lead", company="Acme", period=1, mobile="13812345678")
    values = {"company": "ACME Inc.", "period": 1, "mobile": "138-1234-5678"}
    _, hint = manager.post(f"{LEADS}/duplicates", {"values": values})
    _, refusal = manager.post(LEADS, values)
    assert {(one["path"], one["message"]) for one in hint["issues"]} == {
        (one["path"], one["message"]) for one in refusal["issues"]
    }
    assert [(one["rule"], one["answer"], one["record"]["id"]) for one in hint["matches"]] == [
        ("once", "block", there["id"]),
        ("same_mobile", "block", there["id"]),
    ]
    assert manager.post(f"{LEADS}/duplicates", {"values": values | {"period": 2, "mobile": "1"}})[1] == {
        "matches": [],
        "issues": [],
    }


def test_the_hint_names_a_unique_value_s_record_only_to_those_who_see_it(shop, sales, as_user) -> None:
    publish(shop, lead={"unique": UNIQUE})
    as_user("other").create("lead", company="Secret", period=7)
    _, hint = sales.post(f"{LEADS}/duplicates", {"values": {"company": "secret", "period": 7}})
    [match] = hint["matches"]
    told = [match[key] for key in ("form", "form_label", "record", "title", "owner")]
    assert told == [None] * 5
    assert [one["path"] for one in hint["issues"]] == ["/company"]


def test_statements_do_not_grow_with_the_number_of_records(shop, manager, monkeypatch) -> None:
    publish(shop, lead={"duplicates": RULES, "unique": UNIQUE})
    sent: list[Any] = []
    execute = psycopg.Cursor.execute

    def noting(cursor, query, *arguments, **options):
        sent.append(query)
        return execute(cursor, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noting)

    def statements(size: int) -> int:
        rows = [
            {"company": f"C{size} {n}", "mobile": f"139{size:03}{n:05}", "period": n, "amount": n}
            for n in range(size)
        ]
        before = len(sent)
        assert manager.post(f"{LEADS}/batch", {"create": rows})[0] == 200
        return len(sent) - before

    statements(2)
    assert statements(3) == statements(200) > 0


def test_an_import_reports_rows_that_are_there_already(shop, manager, jobs) -> None:
    publish(shop, lead={"duplicates": RULES})
    manager.create("lead", company="Acme", mobile="13812345678")
    rows = b"company,mobile\nAcme,+86 138 1234 5678\nBeta,13900000001\nGamma,13900000001\n"
    path = "/apps/shop/forms/lead/import"

    def imported(**options: Any) -> Any:
        parts = {"mapping": json.dumps({"company": "company", "mobile": "mobile"}), **options}
        data = {**parts, "file": (BytesIO(rows), "leads.csv")}
        status, answer = manager.call("POST", path, data=data, content_type="multipart/form-data")
        assert status == 202, answer
        run_import(shop.services, shop.workspace_key, answer["job"]["id"])
        return manager.get(f"/jobs/{answer['job']['id']}")[1]

    job = imported()
    assert (job["summary"]["created"], job["summary"]["failed"]) == (1, 2), job
    assert imported(confirm="duplicates")["summary"]["created"] == 3
