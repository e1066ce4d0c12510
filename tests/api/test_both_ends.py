"""Relations changed from their other end, deletions that take records along, trees, and pairs."""

import copy
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.api.ties import Ties, document, ids, publish

TIES = document(
    account__parent={
        "type": "relation",
        "form": "account",
        "tree": True,
        "on_delete": "cascade",
        "inverse": {"key": "children"},
    },
    account__path={"type": "formula", "result": "text", "formula": "{parent.parent.name}"},
    contact__passport_no={"type": "formula", "result": "text", "formula": "{passport.no}"},
    visit__deal={"type": "relation", "form": "deal", "on_delete": "cascade", "inverse": {"key": "meetings"}},
)
TIES["forms"]["passport"] = {
    "label": {"en": "Passport", "zh": "护照"},
    "title": "{no}",
    "fields": {
        "no": {"type": "text", "label": {"en": "No", "zh": "号码"}},
        "holder": {
            "type": "relation",
            "form": "contact",
            "unique": True,
            "required": False,
            "label": {"en": "Holder", "zh": "持有人"},
            "inverse": {"key": "passport", "label": {"en": "Passport", "zh": "护照"}},
        },
    },
    "permissions": {
        "sales": {
            "label": {"en": "Sales", "zh": "销售"},
            "roles": ["sales"],
            "actions": ["view", "create", "edit"],
            "rows": '{no} <> "Secret"',
        }
    },
}


@pytest.fixture
def ties(shop) -> Ties:
    publish(shop, TIES)
    return Ties(shop, shop.as_user("admin"))


@pytest.fixture
def people(ties) -> list:
    return [ties.create("contact", name=name) for name in ("Ann", "Bo", "Cy")]


def refused(answer, status, *found) -> None:
    assert answer[0] == status, answer
    assert [(issue["path"], issue["code"]) for issue in answer[1]["issues"]] == list(found)


def test_a_list_of_a_relation_to_one(ties) -> None:
    acme, other = ties.create("account", name="Acme"), ties.create("account", name="Other")
    one, two = (ties.create("deal", name=name, contacts=[]) for name in ("A", "B"))
    answer = ties.change("account", acme, deals={"add": ids([one, two])})
    assert answer["revision"] == acme["revision"]
    assert sorted(ties.related("account", acme, "deals")) == ["A", "B"]
    ties.change("account", other, name="Else", deals={"add": [one["id"]]})
    assert ties.related("account", acme, "deals") == ["B"]
    assert ties.read("account", other, "name") == "Else"
    ties.change("account", acme, deals={"remove": ids([one, two])})
    assert ties.related("account", acme, "deals") == []
    assert ties.read("deal", one, "account")["title"] == "Else"
    assert ties.history("deal", two)[0]["changes"][0]["field"] == "account"


def test_a_list_of_a_relation_to_many(ties, people) -> None:
    ann, bo, _ = people
    one, two = (ties.create("deal", name=name, amount=10, contacts=[bo["id"]]) for name in ("A", "B"))
    assert ties.change("contact", ann, deals=ids([one, two]))["total"] == 20
    assert ids(ties.read("deal", one, "contacts")) == ids([bo, ann])
    assert ties.change("contact", ann, deals=[two["id"]])["total"] == 10
    assert ids(ties.read("deal", one, "contacts")) == ids([bo])
    assert ties.read("deal", two, "people") == "Bo, Ann"


def test_a_list_of_a_relation_to_several_forms(ties) -> None:
    lead, acme = ties.create("lead", company="Lido"), ties.create("account", name="Acme")
    visit = ties.create("visit", note="V", hours=3, about={"form": "account", "id": acme["id"]})
    assert ties.change("lead", lead, talks={"add": [visit["id"]]})["hours"] == 3
    assert ties.read("visit", visit, "about") == {"form": "lead", "id": lead["id"], "title": "Lido"}
    assert ties.read("account", acme, "hours") == 0


def test_a_new_record_brings_its_list(ties) -> None:
    deal = ties.create("deal", name="A")
    acme = ties.create("account", name="Acme", deals=[deal["id"]])
    assert ties.read("deal", deal, "account")["id"] == acme["id"]


def test_what_is_no_list_is_refused(ties) -> None:
    acme = ties.create("account", name="Acme")
    refused(ties.send("account", acme, deals="x"), 422, ("/deals", "list_not_records"))
    refused(ties.send("account", acme, deals={"put": []}), 422, ("/deals", "list_not_records"))
    refused(ties.send("account", acme, deals={"add": ["x"]}), 422, ("/deals/add/0", "value_not_record"))
    refused(ties.send("account", acme, deals={"add": [99]}), 422, ("/deals/add/0", "related_record_missing"))
    refused(ties.send("account", acme, nothing=[]), 422, ("/nothing", "record_unknown_field"))


def test_the_other_form_s_permissions_count(ties, people) -> None:
    publish(
        ties.shop,
        {
            **TIES,
            "forms": {
                **TIES["forms"],
                "deal": {
                    **TIES["forms"]["deal"],
                    "permissions": {
                        "sales": {
                            "label": {"en": "Sales", "zh": "销售"},
                            "roles": ["sales"],
                            "actions": ["view", "edit"],
                            "rows": "{amount} < 100",
                            "read_only_fields": ["account"],
                        }
                    },
                },
            },
        },
    )
    sales = ties.as_user("sales")
    small, big = (ties.create("deal", name=str(amount), amount=amount) for amount in (10, 1000))
    acme = ties.create("account", name="Acme")
    assert sales.send("account", acme, deals={"add": [small["id"]]})[0] == 403
    refused(
        sales.send("contact", people[0], deals={"add": ids([small, big])}),
        *(422, ("/deals/add/1", "related_record_missing")),
    )
    assert sales.read("contact", people[0], "total") == 0
    assert sales.send("contact", people[0], deals={"add": ids([small])})[0] == 200
    ties.change("contact", people[0], deals={"add": ids([big])})
    assert sales.change("contact", people[0], deals=[])["total"] == 1000


def test_a_required_relation_is_not_emptied(ties) -> None:
    publish(ties.shop, {**TIES, "forms": {**TIES["forms"]}})
    changed = document(deal__account={"required": True})
    publish(ties.shop, {**TIES, "forms": {**TIES["forms"], "deal": changed["forms"]["deal"]}})
    acme = ties.create("account", name="Acme")
    ties.create("deal", name="A", account=acme["id"])
    status, problem = ties.send("account", acme, deals=[])
    assert (status, [issue["code"] for issue in problem["issues"]]) == (422, ["record_required"])
    assert ties.related("account", acme, "deals") == ["A"]


def test_both_pages_tell_of_a_link(ties, people) -> None:
    deal = ties.create("deal", name="Big", contacts=[people[0]["id"]])
    ties.change("deal", deal, contacts=[people[1]["id"]])
    for person, old, new in ((people[0], ["Big"], None), (people[1], None, ["Big"])):
        change = next(
            one
            for entry in ties.history("contact", person)
            for one in entry["changes"]
            if one["field"] == "deals"
        )
        titles = [found and [one["title"] for one in found] for found in (change["old"], change["new"])]
        assert titles == [old, new]
        assert change["label"]["en"] == "Deals"


def test_a_pair_is_one_record_at_both_ends(ties, people) -> None:
    ann, bo, _ = people
    first = ties.create("passport", no="P1", holder=ann["id"])
    assert ties.read("contact", ann, "passport_no") == "P1"
    status, problem = ties.client.post(ties.url("passport"), {"no": "P2", "holder": ann["id"]})
    assert (status, problem["issues"][0]["code"]) == (409, "pair_taken")
    second = ties.create("passport", no="P2")
    ties.change("contact", ann, passport=second["id"])
    assert [ties.read("passport", one, "holder") for one in (first, second)] == [
        None,
        {"id": ann["id"], "title": "Ann"},
    ]
    assert ties.read("contact", ann, "passport_no") == "P2"
    ties.change("contact", bo, passport={"id": second["id"]})
    assert [ties.read("contact", one, "passport_no") for one in (ann, bo)] == [None, "P2"]
    ties.change("contact", bo, passport=None)
    assert ties.read("passport", second, "holder") is None
    assert ties.listed("contact", filter='{passport.no} = "P2"') == []


@pytest.mark.parametrize(
    ("no", "code", "told"),
    [
        ("P1", "pair_taken", 'Holder: this record belongs to "P1" already.'),
        (
            "Secret",
            "pair_taken_elsewhere",
            "Holder: this record belongs to another record already, which you may not see.",
        ),
    ],
)
def test_who_holds_a_pair_is_told_to_those_who_may_see_it(ties, people, no, code, told) -> None:
    first = ties.create("passport", no=no, holder=people[0]["id"])
    sales = ties.as_user("sales")
    problems = [sales.client.post(ties.url("passport"), {"no": "P2", "holder": people[0]["id"]})]
    own = sales.create("passport", no="P3")
    problems.append(sales.send("passport", own, holder=people[0]["id"]))
    for status, problem in problems:
        assert (status, [(one["path"], one["code"], one["message"]) for one in problem["issues"]]) == (
            409,
            [("/holder", code, told)],
        )
    assert ties.read("passport", first, "holder")["title"] == "Ann", "nothing has changed"


def test_two_of_one_batch_that_want_the_same_record_are_told_so(ties, people) -> None:
    rows = [{"no": no, "holder": people[0]["id"]} for no in ("P1", "P2")]
    status, problem = ties.client.post(ties.url("passport", "/batch"), {"create": rows})
    assert (status, [one["code"] for one in problem["issues"]]) == (409, ["value_taken"])


def test_a_tree_has_no_circles(ties) -> None:
    top, middle = ties.create("account", name="Top"), ties.create("account", name="Middle")
    ties.change("account", middle, parent=top["id"])
    leaf = ties.create("account", name="Leaf", parent=middle["id"])
    assert ties.read("account", leaf, "path") == "Top"
    assert ties.related("account", top, "children") == ["Middle"]
    for parent in (top, middle, leaf):
        refused(ties.send("account", top, parent=parent["id"]), 422, ("/parent", "relation_circle"))
    refused(
        ties.send("account", leaf, children={"add": [top["id"]]}),
        422,
        ("/children/parent", "relation_circle"),
    )
    changes = [{"id": one["id"], "revision": 1, "parent": None} for one in (leaf,)]
    assert ties.client.post(ties.url("account", "/batch"), {"update": changes})[0] == 200
    one, two = ties.create("account", name="One"), ties.create("account", name="Two")
    crossed = [
        {"id": one["id"], "revision": 1, "parent": two["id"]},
        {"id": two["id"], "revision": 1, "parent": one["id"]},
    ]
    status, problem = ties.client.post(ties.url("account", "/batch"), {"update": crossed})
    assert status == 422
    assert {issue["code"] for issue in problem["issues"]} == {"relation_circle"}


def test_what_belongs_to_a_record_goes_and_comes_with_it(ties, shop) -> None:
    deal = ties.create("deal", name="Big")
    early, late = (ties.create("visit", note=note, deal=deal["id"]) for note in ("Early", "Late"))
    assert ties.delete("visit", early)[0] == 204
    shop.services.clock.move(timedelta(minutes=1))
    status, told = ties.client.get(ties.url("deal", f"/{deal['id']}/deletion"))
    assert status == 200
    assert [(one["form"], one["count"], one["records"][0]["title"]) for one in told["along"]] == [
        ("visit", 1, "Late")
    ]
    assert ties.delete("deal", deal)[0] == 204
    assert ties.listed("visit") == []
    assert ties.history("visit", late)[0]["source"] == "cascade"
    assert ties.restore("deal", deal)[0] == 200
    assert ties.listed("visit") == ["Late"]


def test_a_record_that_points_at_another_twice_counts_once(ties, shop) -> None:
    twice = copy.deepcopy(TIES)
    deals = twice["forms"]["deal"]["fields"]
    deals["reseller"] = {**deals["account"], "inverse": {"key": "sold"}}
    publish(shop, twice)
    account = ties.create("account", name="Acme")
    ties.create("deal", name="Twice", account=account["id"], reseller=account["id"], contacts=[])
    told = ties.client.get(ties.url("account", f"/{account['id']}/deletion"))[1]
    parts = [one for part in ("along", "unlinked", "blockers") for one in told[part]]
    assert [(one["form"], one["count"], [record["title"] for record in one["records"]]) for one in parts] == [
        ("deal", 1, ["Twice"])
    ]
    assert told["hidden"] is False


def test_a_branch_of_a_tree_goes_whole(ties) -> None:
    top = ties.create("account", name="Top")
    middle = ties.create("account", name="Middle", parent=top["id"])
    ties.create("account", name="Leaf", parent=middle["id"])
    assert ties.delete("account", top)[0] == 204
    assert ties.listed("account") == []
    assert ties.restore("account", top)[0] == 200
    assert sorted(ties.listed("account")) == ["Leaf", "Middle", "Top"]


def test_what_may_not_be_deleted_keeps_the_rest(ties) -> None:
    sales = ties.as_user("sales")
    top = ties.create("account", name="Top", city="Rome")
    ties.create("account", name="Below", city="hidden", parent=top["id"])
    status, problem = sales.delete("account", top)
    assert (status, problem["code"]) == (409, "record_in_use")
    assert "Below" not in str(problem)
    assert sales.client.get(sales.url("account", f"/{top['id']}/deletion"))[1]["hidden"] is True
    assert sorted(ties.listed("account")) == ["Below", "Top"]


def test_blockers_are_named(ties, people) -> None:
    for number in range(5):
        ties.create("passport", no=f"P{number}", holder=people[0]["id"] if number == 0 else None)
    status, problem = ties.delete("contact", people[0])
    assert (status, problem["code"]) == (409, "record_in_use")
    assert "P0" in problem["detail"]
    assert problem["blockers"][0]["records"] == [{"id": 1, "title": "P0"}]


@pytest.mark.parametrize("on_delete", ["restrict", "unlink"])
def test_who_points_there_twice_is_named_once(shop, on_delete) -> None:
    relation = {"type": "relation", "form": "contact", "on_delete": on_delete, "required": True}
    publish(shop, document(deal__buyer=relation, deal__payer=relation))
    ties = Ties(shop, shop.as_user("admin"))
    person = ties.create("contact", name="Ann")
    for name in ("A", "B"):
        ties.create("deal", name=name, buyer=person["id"], payer=person["id"])
    status, problem = ties.delete("contact", person)
    assert (status, problem["code"]) == (409, "record_in_use")
    [blocker] = problem["blockers"]
    assert (blocker["form"], blocker["count"]) == ("deal", 2)
    assert [one["title"] for one in blocker["records"]] == ["A", "B"]
    assert problem["detail"].endswith("Deal (2): A, B.")


def test_many_at_once_from_both_ends(ties, people) -> None:
    """Each adds a link of his own from one end or the other; none is lost."""
    deals = [ties.create("deal", name=str(number), amount=1) for number in range(4)]
    clients = [ties.shop.as_user("admin") for _ in range(4)]

    def link(place: int) -> int:
        user, deal = Ties(ties.shop, clients[place]), deals[place]
        done = [user.send("contact", person, deals={"add": [deal["id"]]})[0] for person in people[:2]]
        done.append(user.send("deal", deal, account=None, amount=2)[0])
        done.append(user.send("contact", people[2], deals={"add": ids(deals)})[0])
        return max(done)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(link, range(4))) <= {200, 409}
    for deal in deals:
        assert sorted(ids(ties.read("deal", deal, "contacts"))) == ids(people)
    for person in people:
        assert sorted(ties.related("contact", person, "deals")) == ["0", "1", "2", "3"]
        total = sum(ties.read("deal", deal, "amount") for deal in deals)
        assert ties.read("contact", person, "total") == total
