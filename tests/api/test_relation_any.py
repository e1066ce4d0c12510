"""A relation to one of several forms, from both of its ends."""

import pytest

from tests.api.ties import DOCUMENT, Ties, publish


@pytest.fixture
def ties(shop) -> Ties:
    publish(shop, DOCUMENT)
    return Ties(shop, shop.as_user("admin"))


def about(form: str, record) -> dict:
    return {"form": form, "id": record["id"]}


def test_it_is_read_as_it_was_sent_and_listed_at_the_other_end(ties) -> None:
    lead, account = ties.create("lead", company="Lido"), ties.create("account", name="Acme")
    first = ties.create("visit", note="A", about=about("lead", lead))
    ties.create("visit", note="B", about=about("account", account))
    assert first["about"] == {"form": "lead", "id": lead["id"], "title": "Lido"}
    assert ties.read("visit", first, "about") == first["about"]
    assert ties.related("lead", lead, "talks") == ["A"]
    assert ties.related("account", account, "visits") == ["B"]


def test_records_of_one_id_in_two_forms_are_told_apart(ties) -> None:
    lead, account = ties.create("lead", company="Lido"), ties.create("account", name="Acme")
    assert lead["id"] == account["id"]
    visit = ties.create("visit", note="A", hours=2, about=about("lead", lead))
    assert ties.related("account", account, "visits") == []
    ties.change("visit", visit, about=about("account", account))
    assert ties.related("lead", lead, "talks") == []
    assert ties.related("account", account, "visits") == ["A"]
    assert [ties.read("lead", lead, "hours"), ties.read("account", account, "hours")] == [0, 2]
    ties.change("visit", visit, about=None)
    assert ties.read("account", account, "hours") == 0


def test_sums_follow_at_every_target(ties) -> None:
    lead, account = ties.create("lead", company="Lido"), ties.create("account", name="Acme")
    one = ties.create("visit", note="A", hours=2, about=about("lead", lead))
    ties.create("visit", note="B", hours=3, about=about("lead", lead))
    assert ties.read("lead", lead, "hours") == 5
    ties.change("visit", one, hours=10)
    assert ties.read("lead", lead, "hours") == 13
    ties.change("visit", one, about=about("account", account))
    assert [ties.read("lead", lead, "hours"), ties.read("account", account, "hours")] == [3, 10]
    assert ties.delete("visit", one)[0] == 204
    assert ties.read("account", account, "hours") == 0
    assert ties.restore("visit", one)[0] == 200
    assert ties.read("account", account, "hours") == 10


def test_paths_name_the_form_or_what_all_have(ties) -> None:
    account = ties.create("account", name="Acme", city="Rome")
    deal = ties.create("deal", name="Big", account=account["id"])
    visit = ties.create("visit", note="A", about=about("deal", deal))
    assert ties.read("visit", visit, "what", "where", "loose") == ["Big", "Rome", False]
    ties.change("deal", deal, name="Bigger")
    ties.change("account", account, city="Oslo")
    assert ties.read("visit", visit, "what", "where") == ["Bigger", "Oslo"]
    ties.change("visit", visit, about=about("account", account))
    assert ties.read("visit", visit, "what", "where") == ["Acme", "Oslo"]
    ties.change("visit", visit, about=None)
    assert ties.read("visit", visit, "what", "where", "loose") == [None, None, True]


@pytest.mark.parametrize(
    "condition, found",
    [
        ('{about.lead.company} = "Lido"', ["A"]),
        ('{about.title} = "Acme"', ["B"]),
        ("{about.account} = 1", ["B"]),
        ("ISBLANK({about})", ["C"]),
        ("NOT(ISBLANK({about}))", ["A", "B"]),
        ("COUNTA({about.account.visits}) = 1", ["B"]),
    ],
)
def test_filters(ties, condition, found) -> None:
    lead, account = ties.create("lead", company="Lido"), ties.create("account", name="Acme")
    ties.create("visit", note="A", about=about("lead", lead))
    ties.create("visit", note="B", about=about("account", account))
    ties.create("visit", note="C")
    assert ties.listed("visit", filter=condition, sort="note") == found


def test_it_fills_in_by_form_and_keeps_to_the_condition_of_each(ties) -> None:
    account = ties.create("account", name="Acme", city="Rome")
    closed = ties.create("account", name="Gone", city="closed")
    assert ties.create("visit", note="A", about=about("account", account))["city"] == "Rome"
    status, problem = ties.client.post(ties.url("visit"), {"note": "B", "about": about("account", closed)})
    assert status == 422
    assert [(issue["path"], issue["code"]) for issue in problem["issues"]] == [
        ("/about", "record_relation_filter")
    ]


@pytest.mark.parametrize(
    "sent, code",
    [
        (1, "value_not_record_of"),
        ({"form": "visit", "id": 1}, "value_not_record_of"),
        ({"form": "lead"}, "value_not_record_of"),
        ({"form": "lead", "id": 99}, "related_record_missing"),
        ([{"form": "lead", "id": 1}], "value_not_record_of"),
    ],
)
def test_what_cannot_be_is_refused(ties, sent, code) -> None:
    status, problem = ties.client.post(ties.url("visit"), {"note": "A", "about": sent})
    assert status == 422
    assert [(issue["path"], issue["code"]) for issue in problem["issues"]] == [("/about", code)]


def test_expanded_records_keep_their_form(ties) -> None:
    lead, account = ties.create("lead", company="Lido", city="Rome"), ties.create("account", name="Acme")
    ties.create("visit", note="A", about=about("lead", lead))
    ties.create("visit", note="B", about=about("account", account))
    _, page = ties.client.get(ties.url("visit"), expand="about", sort="note")
    first, second = (record["about"] for record in page["records"])
    assert (first["form"], first["company"], first["city"]) == ("lead", "Lido", "Rome")
    assert (second["form"], second["name"]) == ("account", "Acme")


def test_deleting_a_target_empties_it_and_history_tells(ties) -> None:
    lead = ties.create("lead", company="Lido")
    visit = ties.create("visit", note="A", about=about("lead", lead))
    assert ties.delete("lead", lead)[0] == 204
    assert ties.read("visit", visit, "about") is None
    change = ties.history("visit", visit)[0]["changes"]
    told = next(one for one in change if one["field"] == "about")
    assert (told["old"]["form"], told["old"]["id"], told["new"]) == ("lead", lead["id"], None)
    assert [one["field"] for one in change].count("about") == 1


def test_records_that_may_not_be_seen_stay_hidden(ties) -> None:
    account = ties.create("account", name="Secret", city="hidden")
    visit = ties.create("visit", note="A", about=about("account", account))
    sales = ties.as_user("sales")
    assert sales.read("visit", visit, "about") == {"form": "account", "id": account["id"], "title": None}
    assert sales.listed("visit", filter='{about.account.name} = "Secret"') == []
    status, problem = sales.client.post(sales.url("visit"), {"note": "B", "about": about("account", account)})
    assert status == 422
    assert problem["issues"][0]["code"] == "related_record_missing"


def test_the_description_tells_forms_and_lists(ties) -> None:
    _, told = ties.client.get("/apps/ties/forms/visit/describe")
    settings = told["fields"]["about"]["settings"]
    assert settings["forms"] == ["lead", "account", "deal"]
    assert not any("__" in key for key in (*told["fields"], *told["order"]))
    _, told = ties.client.get("/apps/ties/forms/lead/describe")
    [talks] = told["related"]
    assert (talks["key"], talks["form"], talks["field"], talks["type"]) == (
        *("talks", "visit", "about"),
        "relation_any",
    )
    _, names = ties.client.get("/formulas/names", app="ties", form="visit")
    assert names["forms"]["visit"]["names"]["about"]["leads_to"] == "visit.about"
    assert {"lead", "account", "deal", "title"} <= names["forms"]["visit.about"]["names"].keys()
