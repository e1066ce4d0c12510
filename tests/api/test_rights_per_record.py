"""Somebody with several permission groups has on each record the rights of those whose rows it is among.

The sales person's own leads show him everything; of the other leads one group masks the secret, hides the
amount and keeps the score from being changed.
"""

import copy
import json
from pathlib import Path

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing

LEADS = "/apps/shop/forms/lead/records"
DOCUMENT = json.loads((Path(__file__).parent / "app.json").read_text(encoding="utf-8"))
ALL = ["view", "create", "edit", "delete", "restore", "import", "export"]
OWN = {"roles": ["sales"], "actions": ALL, "rows": "own"}
EVERYBODYS = {
    "roles": ["sales"],
    "actions": ["view", "edit", "export"],
    "rows": "all",
    "masked_fields": {"secret": {"first": 2, "last": 2}},
    "hidden_fields": ["amount", "expected"],
    "read_only_fields": ["score"],
}
KEEPERS = {"roles": ["manager"], "actions": ALL, "rows": "all"}
BIG, SMALL = 987654321, 5


def publish(shop, document):
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, document["app"], document)


@pytest.fixture
def leads(shop, sales, manager):
    """One lead of the sales person and one of somebody else, each with the same kinds of values."""
    document = copy.deepcopy(DOCUMENT)
    form = document["forms"]["lead"]
    form["permissions"] = {"own": OWN, "everybodys": EVERYBODYS, "keepers": KEEPERS}
    form["actions"] = {
        "win": {"kind": "set", "label": {"en": "Win", "zh": "成交"}, "values": {"status": '"won"'}},
        "lose": {"kind": "set", "label": {"en": "Lose", "zh": "丢失"}, "values": {"status": '"lost"'}},
    }
    form["permissions"]["everybodys"] = {**EVERYBODYS, "buttons": ["lose"]}
    form["search"] = ["company", "secret"]
    form["fields"]["amount"].pop("validate")
    publish(shop, document)
    me = sales.me["user"]["id"]
    mine = manager.create("lead", company="Mine", secret="abcdefghij", amount=SMALL, score=1, owner=me)
    other = manager.create("lead", company="Other", secret="zyxwvutsrq", amount=BIG, score=2)
    return mine, other


def path_of(lead):
    return f"{LEADS}/{lead['id']}"


def test_each_record_shows_what_its_groups_show(leads, sales):
    mine, other = leads
    _, own = sales.get(path_of(mine))
    _, foreign = sales.get(path_of(other))
    assert (own["secret"], own["amount"], own["score"]) == ("abcdefghij", SMALL, 1)
    assert (foreign["secret"], foreign["amount"], foreign["score"]) == ("zy****rq", None, 2)
    assert own["$limits"] == {"hidden": [], "masked": [], "read_only": []}
    assert foreign["$limits"] == {
        "hidden": ["amount", "expected"],
        "masked": ["secret"],
        "read_only": ["amount", "score", "secret"],
    }
    assert (own["$actions"], foreign["$actions"]) == (["win", "lose"], ["lose"])


def test_a_list_shows_the_same(leads, sales):
    _, page = sales.get(LEADS, sort="id")
    told = [(one["company"], one["secret"], one["amount"]) for one in page["records"]]
    assert told == [("Mine", "abcdefghij", SMALL), ("Other", "zy****rq", None)]
    assert [one["$limits"]["masked"] for one in page["records"]] == [[], ["secret"]]
    _, page = sales.get(LEADS, sort="id", fields="secret")
    assert [(one["secret"], one["$limits"]["hidden"]) for one in page["records"]] == [
        ("abcdefghij", []),
        ("zy****rq", []),
    ]


@pytest.mark.parametrize(
    "query, found",
    [
        ({"filter": '{secret} = "abcdefghij"'}, ["Mine"]),
        ({"filter": '{secret} = "zyxwvutsrq"'}, []),
        ({"filter": 'NOT({secret} = "abcdefghij")'}, ["Other"]),
        ({"filter": "LEN({secret}) = 10"}, ["Mine"]),
        ({"filter": f"{{amount}} = {BIG}"}, []),
        ({"filter": "{amount} > 1"}, ["Mine"]),
        ({"filter": "ISBLANK({amount})"}, ["Other"]),
        ({"search": "abcdefghij"}, ["Mine"]),
        ({"search": "zyxwvutsrq"}, []),
        ({"search": "other"}, ["Other"]),
        ({"sort": "amount"}, ["Mine", "Other"]),
        ({"sort": "-amount"}, ["Mine", "Other"]),
        ({"sort": "-secret"}, ["Mine", "Other"]),
    ],
)
def test_a_question_sees_a_value_only_where_it_may_be_read(leads, sales, query, found):
    status, page = sales.get(LEADS, **query)
    assert status == 200, page
    assert [one["company"] for one in page["records"]] == found


def test_pages_sorted_by_what_is_hidden_on_some_go_on(leads, sales, manager):
    for number in range(3):
        manager.create("lead", company=f"More {number}", amount=BIG + number)
    _, first = sales.get(LEADS, sort="-amount", limit=2)
    _, second = sales.get(LEADS, sort="-amount", limit=2, cursor=first["next_cursor"])
    _, last = sales.get(LEADS, sort="-amount", limit=2, cursor=second["next_cursor"])
    pages = (first, second, last)
    told = [one["company"] for page in pages for one in page["records"]]
    assert told == ["Mine", "More 2", "More 1", "More 0", "Other"]
    assert str(BIG) not in json.dumps(pages)


def test_counts_sums_and_groups_leave_out_what_may_not_be_read(leads, sales):
    asked = {
        "measures": {
            "sum": {"fn": "sum", "field": "amount"},
            "most": {"fn": "max", "field": "amount"},
            "some": {"fn": "count", "field": "secret"},
            "all": {"fn": "count"},
        }
    }
    _, answer = sales.post(f"{LEADS}/aggregate", asked)
    assert answer["rows"] == [{"sum": SMALL, "most": SMALL, "some": 1, "all": 2}]
    _, grouped = sales.post(f"{LEADS}/aggregate", {"group_by": ["secret"]})
    assert [one["secret"] for one in grouped["rows"]] == ["abcdefghij", None]
    _, marked = sales.post(
        f"{LEADS}/marks", {"ids": [one["id"] for one in leads], "conditions": ["{amount} > 0"]}
    )
    assert list(marked["marks"]) == [str(leads[0]["id"])]


def test_paths_from_other_records_see_no_more(leads, sales, manager):
    for lead in leads:
        manager.create("note", text=f"About {lead['company']}", lead=lead["id"])
    notes = "/apps/shop/forms/note/records"
    told = {}
    for text in ("{lead.amount} > 0", "LEN({lead.secret}) = 10"):
        told[text] = [one["text"] for one in sales.get(notes, filter=text)[1]["records"]]
    assert told == {"{lead.amount} > 0": ["About Mine"], "LEN({lead.secret}) = 10": ["About Mine"]}
    _, page = sales.get(notes, expand="lead", sort="id")
    assert [one["lead"]["secret"] for one in page["records"]] == ["abcdefghij", "zy****rq"]
    formula = {"formula": "{lead.amount}", "app": "shop", "form": "note"}
    values = [
        sales.post("/formulas/evaluate", {**formula, "record": one["id"]})[1]["value"]
        for one in page["records"]
    ]
    assert values == [SMALL, None]


def test_an_expression_on_a_record_sees_what_may_be_read_of_it(leads, sales):
    formula = {"formula": "{secret} & LEFT({company}, 1)", "app": "shop", "form": "lead", "steps": True}
    told = [sales.post("/formulas/evaluate", {**formula, "record": one["id"]})[1] for one in leads]
    assert [one["value"] for one in told] == ["abcdefghijM", "O"]


def test_files_hold_no_more_than_the_list(leads, sales):
    answer = sales.flask.get("/api/v1/apps/shop/forms/lead/export", query_string={"format": "csv"})
    assert answer.status_code == 200
    assert "abcdefghij" in answer.text
    assert "zy****rq" in answer.text
    assert "zyxwvutsrq" not in answer.text
    assert str(BIG) not in answer.text


def test_the_history_tells_by_the_record(leads, sales, manager):
    for lead in leads:
        change = {"revision": 1, "secret": "klmnopqrst", "amount": 7, "company": "New"}
        assert manager.patch(path_of(lead), change)[0] == 200
    told = []
    for lead in leads:
        _, history = sales.get(f"{path_of(lead)}/history")
        told.append({change["field"] for entry in history["entries"] for change in entry["changes"]})
        _, timeline = sales.get(f"{path_of(lead)}/timeline")
        shown = {change["field"] for entry in timeline["entries"] for change in entry.get("changes", ())}
        assert shown == told[-1]
    assert {"secret", "amount", "company"} <= told[0]
    assert told[1] == {"company"}


def test_deleted_records_show_no_more(leads, sales, manager):
    for lead in leads:
        assert manager.delete(path_of(lead))[0] == 204
    _, page = sales.get(LEADS, deleted="true", sort="id")
    assert [one["secret"] for one in page["records"]] == ["abcdefghij", "zy****rq"]


def test_what_may_be_changed_goes_by_the_record(leads, sales, manager):
    mine, other = leads
    assert sales.patch(path_of(mine), {"revision": 1, "score": 8, "secret": "new secret"})[0] == 200
    for change, code in (
        ({"score": 8}, "record_read_only_field"),
        ({"secret": "x"}, "record_unknown_field"),
        ({"amount": 1}, "record_unknown_field"),
    ):
        status, problem = sales.patch(path_of(other), {"revision": 1, **change})
        assert (status, problem["issues"][0]["code"]) == (422, code)
    status, saved = sales.patch(path_of(other), {"revision": 1, "company": "Better"})
    assert (status, saved["secret"], saved["amount"]) == (200, "zy****rq", None)
    assert manager.get(path_of(other))[1]["secret"] == "zyxwvutsrq"


def test_nobody_writes_by_moving_a_record(leads, sales, manager):
    mine, other = leads
    me, boss = sales.me["user"]["id"], manager.me["user"]["id"]
    # Into his own area, where the score would be open to him:
    status, problem = sales.patch(path_of(other), {"revision": 1, "owner": me, "score": 9})
    assert (status, problem["issues"][0]["path"]) == (422, "/score")
    # Out of it, to where it is not:
    status, problem = sales.patch(path_of(mine), {"revision": 1, "owner": boss, "score": 9})
    assert (status, problem["issues"][0]["path"]) == (422, "/score")
    status, given = sales.patch(path_of(mine), {"revision": 1, "owner": boss})
    assert (status, given["secret"]) == (200, "ab****ij")
    status, taken = sales.patch(path_of(other), {"revision": 1, "owner": me})
    assert (status, taken["secret"], taken["$limits"]["read_only"]) == (200, "zyxwvutsrq", [])


def test_a_new_record_may_hold_what_the_group_that_creates_lets_fill_in(leads, sales, manager):
    new = {"company": "New", "secret": "abc", "amount": 3, "score": 4}
    status, created = sales.post(LEADS, new)
    assert (status, created["secret"], created["amount"]) == (201, "abc", 3)
    assert sales.get("/apps/shop/forms/lead/describe")[1]["new"] == {
        "hidden": [],
        "masked": [],
        "read_only": [],
    }
    assert sales.post(LEADS, {**new, "owner": manager.me["user"]["id"]})[0] == 403


def test_the_form_is_described_as_it_is_somewhere(leads, sales):
    _, described = sales.get("/apps/shop/forms/lead/describe")
    field = described["fields"]["secret"]
    assert (field["masked"], field["read_only"], field["sortable"]) == (False, False, True)
    assert {"amount", "expected", "secret"} <= described["fields"].keys()
    assert [one["key"] for one in described["record_actions"]] == ["win", "lose"]


def test_buttons_go_by_the_record(leads, sales):
    mine, other = leads
    assert sales.post(f"{path_of(other)}/actions/win", {"revision": 1})[0] == 403
    assert sales.post(f"{path_of(mine)}/actions/win", {"revision": 1})[0] == 200


def test_a_batch_changes_each_record_by_its_own_rights(leads, sales, manager):
    ids = [one["id"] for one in leads]
    _, told = sales.post(f"{LEADS}/batch-edit", {"ids": ids, "values": {"score": 9}, "partly": True})
    assert (told["changed"], told["wrong"]) == (1, 1)
    assert [manager.get(path_of(one))[1]["score"] for one in leads] == [9, 2]
    compute = {"ids": ids, "compute": {"company": "{secret}"}, "partly": True}
    sales.post(f"{LEADS}/batch-edit", compute)
    assert "zyxwvutsrq" not in json.dumps(manager.get(path_of(leads[1]))[1]["company"] or "")


def test_a_copy_takes_what_may_be_read(leads, sales):
    copies = [sales.get(f"{path_of(one)}/duplicate")[1]["values"] for one in leads]
    assert [one.get("secret") for one in copies] == ["abcdefghij", None]


def test_lines_go_by_the_record_around_them(shop, sales, admin):
    """Of orders of others the cost of a line is hidden, and its note closed."""
    document = json.loads((Path(__file__).parent / "lines_app.json").read_text(encoding="utf-8"))
    groups = document["forms"]["order"]["permissions"]
    groups["sales"] = {**OWN, "label": groups["sales"]["label"]}
    groups["others"] = {
        "roles": ["sales"],
        "actions": ["view", "edit", "export"],
        "rows": "all",
        "hidden_fields": ["lines.cost"],
        "read_only_fields": ["lines.note"],
    }
    publish(shop, document)
    orders = "/apps/trade/forms/order/records"
    line = {"qty": 2, "cost": BIG, "note": "kept"}
    me = sales.me["user"]["id"]
    mine = admin.post(orders, {"no": "mine", "lines": [line], "owner": me})[1]
    other = admin.post(orders, {"no": "other", "lines": [line]})[1]
    told = [sales.get(f"{orders}/{one['id']}")[1]["lines"][0]["cost"] for one in (mine, other)]
    assert told == [BIG, None]
    _, page = sales.get(orders, fields="lines", sort="id")
    assert [one["lines"][0]["cost"] for one in page["records"]] == told
    answer = sales.flask.get(
        "/api/v1/apps/trade/forms/order/export",
        query_string={"format": "csv", "fields": "no,lines", "filter": '{no} = "other"'},
    )
    assert (answer.status_code, str(BIG) in answer.text) == (200, False)
    # In questions only those fields of lines are known that are open in all records.
    assert sales.get(orders, filter="SUM({lines.cost}) > 5")[0] == 422
    assert len(sales.get(orders, filter="SUM({lines.qty}) = 2")[1]["records"]) == 2
    for order, status in ((mine, 200), (other, 422)):
        sent = [{"id": order["lines"][0]["id"], "note": "changed"}]
        assert sales.patch(f"{orders}/{order['id']}", {"revision": 1, "lines": sent})[0] == status
    sent = [{"id": other["lines"][0]["id"], "qty": 3}]
    status, saved = sales.patch(f"{orders}/{other['id']}", {"revision": 1, "lines": sent})
    assert (status, saved["lines"][0]["cost"]) == (200, None)
    assert admin.get(f"{orders}/{other['id']}")[1]["lines"][0]["cost"] == BIG
    admin.patch(f"{orders}/{other['id']}", {"revision": 2, "lines": [{**sent[0], "cost": BIG + 1}]})
    assert str(BIG + 1) not in json.dumps(sales.get(f"{orders}/{other['id']}/history")[1])


def test_the_reasons_are_told_for_each_field(leads, sales, admin):
    told = []
    for lead in leads:
        _, answer = admin.get(f"{path_of(lead)}/access/{sales.me['user']['id']}")
        told.append(
            {
                key: (answer["fields"][key], answer["field_groups"][key])
                for key in ("secret", "amount", "score", "company")
            }
        )
    assert told == [
        {
            "secret": ("writable", ["own"]),
            "amount": ("writable", ["own"]),
            "score": ("writable", ["own"]),
            "company": ("writable", ["own", "everybodys"]),
        },
        {
            "secret": ("masked", ["everybodys"]),
            "amount": ("hidden", []),
            "score": ("readable", ["everybodys"]),
            "company": ("writable", ["everybodys"]),
        },
    ]


def test_nothing_costs_more_where_groups_agree(shop, sales, manager):
    document = copy.deepcopy(DOCUMENT)
    own = {"roles": ["sales"], "actions": ALL, "rows": "own"}
    document["forms"]["lead"]["permissions"] = {
        "own": own,
        "new": {**own, "rows": '{status} = "new"'},
        "seen": {"roles": ["sales"], "actions": ["view"], "rows": "all"},
    }
    publish(shop, document)
    lead = sales.create("lead", company="Mine")
    assert "$limits" not in lead
    assert "$limits" not in sales.get(LEADS)[1]["records"][0]
    assert sales.get("/apps/shop/forms/lead/describe")[1]["new"] is None
