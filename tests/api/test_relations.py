"""A relation to many, from both of its ends: one store, two lists."""

import psycopg
import pytest

from tests.api.ties import DOCUMENT, Ties, ids, publish


@pytest.fixture
def ties(shop) -> Ties:
    publish(shop, DOCUMENT)
    return Ties(shop, shop.as_user("admin"))


@pytest.fixture
def people(ties) -> list:
    return [ties.create("contact", name=name) for name in ("Ann", "Bo", "Cy")]


def test_both_ends_show_the_same_rows_in_order(ties, people) -> None:
    ann, bo, cy = people
    deal = ties.create("deal", name="Big", contacts=[cy["id"], {"id": ann["id"]}, cy["id"]])
    assert deal["contacts"] == [{"id": cy["id"], "title": "Cy"}, {"id": ann["id"], "title": "Ann"}]
    assert ties.read("deal", deal, "contacts") == deal["contacts"]
    assert [ties.related("contact", one, "deals") for one in people] == [["Big"], [], ["Big"]]
    ties.change("deal", deal, contacts=[ann["id"], bo["id"], cy["id"]])
    assert ids(ties.read("deal", deal, "contacts")) == ids([ann, bo, cy])
    ties.change("deal", deal, contacts=[])
    assert ties.read("deal", deal, "contacts") is None
    assert ties.related("contact", ann, "deals") == []


def test_formulas_follow_in_both_directions(ties, people) -> None:
    ann, bo, cy = people
    deal = ties.create("deal", name="Big", amount=100, contacts=[bo["id"], ann["id"]])
    ties.create("deal", name="Small", amount=5, contacts=[ann["id"]])
    assert ties.read("deal", deal, "people") == "Bo, Ann"
    assert [ties.read("contact", one, "total") for one in people] == [105, 100, 0]
    ties.change("contact", bo, name="Bob")
    assert ties.read("deal", deal, "people") == "Bob, Ann"
    ties.change("deal", deal, amount=200)
    ties.change("deal", deal, contacts=[cy["id"], bo["id"]])
    assert ties.read("deal", deal, "people") == "Cy, Bob"
    assert [ties.read("contact", one, "total") for one in people] == [5, 200, 200]
    assert ties.delete("deal", deal)[0] == 204
    assert [ties.read("contact", one, "total") for one in people] == [5, 0, 0]
    assert ties.restore("deal", deal)[0] == 200
    assert [ties.read("contact", one, "total") for one in people] == [5, 200, 200]
    assert ids(ties.read("deal", deal, "contacts")) == ids([cy, bo])


def test_a_path_through_other_records_follows_too(ties, people) -> None:
    account = ties.create("account", name="Acme")
    deal = ties.create("deal", name="Big", account=account["id"], contacts=ids(people[:2]))
    assert ties.read("account", account, "phones") == 2
    ties.change("deal", deal, contacts=ids(people))
    assert ties.read("account", account, "phones") == 3
    ties.change("deal", deal, account=None)
    assert ties.read("account", account, "phones") == 0


def test_a_deleted_record_leaves_the_lists(ties, people) -> None:
    deal = ties.create("deal", name="Big", contacts=ids(people))
    assert ties.delete("contact", people[0])[0] == 204
    assert ids(ties.read("deal", deal, "contacts")) == ids(people[1:])
    assert ties.read("deal", deal, "people") == "Bo, Cy"
    assert ties.restore("contact", people[0])[0] == 200
    assert ids(ties.read("deal", deal, "contacts")) == ids(people[1:])


@pytest.mark.parametrize(
    "form, condition, found",
    [
        ("deal", 'COUNTIFS({contacts.name}, "Bo") = 1', ["Big"]),
        ("deal", "COUNTA({contacts}) = 0", ["None"]),
        ("deal", "HAS({contacts}, 2)", ["Big"]),
        ("deal", "NOT(HAS({contacts}, 2))", ["None", "Small"]),
        ("deal", 'COUNTIFS({contacts.name}, "A*") > 0', ["Big", "Small"]),
        ("contact", "SUM({deals.amount}) > 100", ["Ann"]),
        ("contact", "COUNTA({deals}) = 0", ["Cy"]),
    ],
)
def test_filters(ties, people, form, condition, found) -> None:
    ties.create("deal", name="Big", amount=100, contacts=ids(people[:2]))
    ties.create("deal", name="Small", amount=5, contacts=ids(people[:1]))
    ties.create("deal", name="None")
    assert ties.listed(form, filter=condition, sort="name") == found


def test_what_cannot_be_is_refused(ties, people) -> None:
    for sent, code in (
        (["x"], "value_not_record"),
        ([99], "related_record_missing"),
        (list(range(1, 1002)), "value_too_many"),
    ):
        status, problem = ties.client.post(ties.url("deal"), {"name": "A", "contacts": sent})
        assert status == 422
        assert {(issue["path"], issue["code"]) for issue in problem["issues"]} == {("/contacts", code)}


def test_records_that_may_not_be_seen_are_kept_and_hidden(ties) -> None:
    hidden, ann = ties.create("contact", name="Hidden"), ties.create("contact", name="Ann")
    deal = ties.create("deal", name="Big", contacts=[hidden["id"]])
    sales = ties.as_user("sales")
    assert sales.read("deal", deal, "contacts") == [{"id": hidden["id"], "title": None}]
    assert sales.listed("deal", filter='COUNTIFS({contacts.name}, "Hidden") > 0') == []
    sales.change("deal", deal, contacts=[hidden["id"], ann["id"]])
    assert ids(ties.read("deal", deal, "contacts")) == ids([hidden, ann])


def test_history_names_records_as_far_as_the_reader_may_see_them(ties) -> None:
    hidden, ann = ties.create("contact", name="Hidden"), ties.create("contact", name="Ann")
    deal = ties.create("deal", name="Big")
    ties.change("deal", deal, contacts=ids([hidden, ann]))
    change = next(
        one for one in ties.as_user("sales").history("deal", deal)[0]["changes"] if one["field"] == "contacts"
    )
    assert change["old"] is None
    assert [one["title"] for one in change["new"]] == [None, "Ann"]


def test_expansion_takes_one_query_for_each_form(ties, people, monkeypatch) -> None:
    sent = []
    execute = psycopg.Cursor.execute

    def noting(cursor, query, *arguments, **options):
        sent.append(query)
        return execute(cursor, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noting)

    def statements(**query) -> int:
        before = len(sent)
        assert ties.client.get(ties.url("deal"), **query)[0] == 200
        return len(sent) - before

    for number in range(20):
        account = ties.create("account", name=f"Account {number}")
        ties.create("deal", name=f"Deal {number}", account=account["id"], contacts=ids(people))
    statements(expand="account,contacts")
    # One for each form, but none for titles.
    assert statements(expand="account,contacts") == statements() + 1
    _, page = ties.client.get(ties.url("deal"), expand="account,contacts", sort="-created_at", limit=1)
    assert [one["total"] for one in page["records"][0]["contacts"]] == [0, 0, 0]


def test_it_is_imported_and_exported_by_title(ties, people) -> None:
    ties.create("deal", name="Big", contacts=ids(people[1:]))
    status, text = ties.client.get("/apps/ties/forms/deal/export", format="csv", fields="name,contacts")
    assert status == 200
    assert text.splitlines()[1] == 'Big,"Bo, Cy"'


def test_an_edit_of_no_link_leaves_the_record_as_it_was(ties, people) -> None:
    deal = ties.create("deal", name="Big", contacts=ids(people))
    assert ties.change("deal", deal, contacts=deal["contacts"])["revision"] == deal["revision"]
