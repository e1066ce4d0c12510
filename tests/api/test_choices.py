"""The records that a relation offers while a form is filled in."""

import copy

import pytest

from tests.api.ties import Ties, document, publish

TIES = document(
    contact__account={"type": "relation", "form": "account"},
    contact__since={"type": "date"},
    deal__contact={
        "type": "relation",
        "form": "contact",
        "filter": "{account} = {$form.account}",
        "columns": ["account", "since"],
        "sort": "-name",
    },
    deal__signed={"type": "date"},
    deal__partner={"type": "relation", "form": "account", "filter": "{city} = {$form.account.city}"},
    deal__helpers={"type": "relations", "form": "contact", "filter": "{since} < {$form.signed}"},
    visit__about={
        "columns": {"account": ["city"], "deal": ["amount", "account"]},
        "sort": {"account": "-city,-name", "deal": "-amount"},
        "filter": {"account": '{city} <> "closed"', "deal": "{account.city} = {$form.city}"},
    },
    deal__plain={"type": "relation", "form": "contact"},
    deal__lines={
        "type": "subform",
        "fields": {
            "person": {
                "type": "relation",
                "form": "contact",
                "label": {"en": "Person", "zh": "人"},
                "filter": "{account} = {$parent.account}",
            }
        },
    },
)


@pytest.fixture
def ties(shop) -> Ties:
    publish(shop, TIES)
    return Ties(shop, shop.as_user("admin"))


@pytest.fixture
def made(ties) -> dict[str, dict]:
    accounts = {
        name: ties.create("account", name=name, city=city)
        for name, city in (("Acme", "Rome"), ("Bit", "Rome"), ("Cog", "Oslo"))
    }
    contacts = {
        name: ties.create("contact", name=name, account=accounts[of]["id"], since=since)
        for name, of, since in (
            ("Ann", "Acme", "2026-01-01"),
            ("Bo", "Acme", "2026-03-01"),
            ("Cy", "Bit", "2026-02-01"),
        )
    }
    return accounts | contacts


def ask(ties: Ties, field: str, of: str = "deal", **query) -> dict:
    status, page = ties.client.post(ties.url(of, "/choices"), {"field": field, **query})
    assert status == 200, page
    return page


def names(page, part: str = "records") -> list[str]:
    return [record["title"] for record in page[part]]


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        ("contact", {"account": "Acme"}, ["Bo", "Ann"]),
        ("contact", {"account": "Bit"}, ["Cy"]),
        ("contact", {"account": "Cog"}, []),
        ("contact", {"account": None}, ["Cy", "Bo", "Ann"]),
        ("contact", {}, ["Cy", "Bo", "Ann"]),
        ("contact", {"account": {"no": "record"}}, ["Cy", "Bo", "Ann"]),
        ("partner", {"account": "Acme"}, ["Acme", "Bit"]),
        ("partner", {"account": "Cog"}, ["Cog"]),
        ("helpers", {"signed": "2026-02-15"}, ["Ann", "Cy"]),
        ("helpers", {"signed": "2026-01-15"}, ["Ann"]),
        ("lines.person", {"$parent.account": "Acme"}, ["Ann", "Bo"]),
        ("lines.person", {"account": "Acme"}, ["Ann", "Bo", "Cy"]),
    ],
)
def test_the_condition_looks_at_what_stands_in_the_form(ties, made, field, values, expected):
    sent = {
        key: made[value]["id"] if value in made else value
        for key, value in values.items()
        if not isinstance(value, dict)
    }
    sent |= {key: value for key, value in values.items() if isinstance(value, dict)}
    found = names(ask(ties, field, values=sent))
    assert (found if field == "contact" else sorted(found)) == expected


def test_what_is_not_sent_is_read_from_the_stored_record(ties, made):
    deal = ties.create("deal", name="D", account=made["Bit"]["id"])
    assert names(ask(ties, "contact", id=deal["id"])) == ["Cy"]
    assert names(ask(ties, "contact", id=deal["id"], values={"account": made["Acme"]["id"]})) == ["Bo", "Ann"]
    assert len(names(ask(ties, "contact", id=deal["id"], values={"account": None}))) == 3
    assert ties.client.post(ties.url("deal", "/choices"), {"field": "contact", "id": 999999})[0] == 404


def test_columns_and_the_order_are_those_of_the_relation(ties, made):
    page = ask(ties, "contact", values={"account": made["Acme"]["id"]})
    assert page["columns"] == ["account", "since"]
    assert [(record["title"], record["account"]["title"], record["since"]) for record in page["records"]] == [
        ("Bo", "Acme", "2026-03-01"),
        ("Ann", "Acme", "2026-01-01"),
    ]
    assert ask(ties, "plain")["columns"] == []


def test_all_records_are_searched_and_many_are_paged(ties, made):
    for number in range(60):
        ties.create("contact", name=f"Many {number:02}")
    assert names(ask(ties, "plain", search="Many 07")) == ["Many 07"]
    first = ask(ties, "plain")
    second = ask(ties, "plain", cursor=first["next_cursor"])
    assert (len(first["records"]), len(second["records"]), second["next_cursor"]) == (50, 13, None)
    assert not {*names(first)} & {*names(second)}
    assert second["recent"] == [], "only the first page brings them"


def test_what_a_person_used_lately_comes_first_for_him_alone(ties, made):
    ties.create("deal", name="A", plain=made["Cy"]["id"])
    ties.create("deal", name="B", plain=made["Ann"]["id"], account=made["Cog"]["id"])
    assert names(ask(ties, "plain"), "recent")[:2] == ["Ann", "Cy"]
    assert names(ask(ties, "account"), "recent")[0] == "Cog"
    assert names(ask(ties, "contact", values={"account": made["Acme"]["id"]}), "recent") == ["Ann", "Bo"]
    assert ask(ties, "plain", search="Ann")["recent"] == []
    assert names(ask(ties.as_user("sales"), "plain", "deal"), "recent") == []


def test_records_that_may_not_be_seen_are_not_offered(ties, made):
    ties.create("contact", name="Hidden")
    ties.create("account", name="Secret", city="hidden")
    sales = ties.as_user("sales")
    assert "Hidden" not in names(ask(sales, "plain"))
    assert "Secret" not in names(ask(sales, "account"))


@pytest.mark.parametrize(
    ("form", "columns", "expected"),
    [
        ("account", ["city"], [("Bit", "Rome"), ("Acme", "Rome"), ("Cog", "Oslo")]),
        ("lead", [], [("Lido", None)]),
        ("deal", ["amount", "account"], [("B", 2), ("A", 1)]),
    ],
)
def test_a_relation_to_one_of_several_forms_has_columns_order_and_condition_for_each(
    ties, made, form, columns, expected
):
    ties.create("account", name="Closed", city="closed")
    ties.create("lead", company="Lido", city="Rome")
    for name, amount in (("A", "1"), ("B", "2")):
        ties.create("deal", name=name, amount=amount, account=made["Acme"]["id"])
    page = ask(ties, "about", "visit", form=form)
    assert page["columns"] == columns
    first = columns[0] if columns else "city"
    assert [(record["title"], record.get(first)) for record in page["records"]] == expected


def test_the_condition_of_one_form_looks_at_what_stands_in_the_form(ties, made):
    ties.create("deal", name="Roman", account=made["Acme"]["id"])
    ties.create("deal", name="Norse", account=made["Cog"]["id"])
    about = {"field": "about", "of": "visit", "form": "deal"}
    assert names(ask(ties, **about, values={"city": "Oslo"})) == ["Norse"]
    assert sorted(names(ask(ties, **about))) == ["Norse", "Roman"]


def test_columns_and_an_order_by_what_somebody_may_not_read_are_not_his(ties, made):
    changed = copy.deepcopy(TIES)
    changed["forms"]["account"]["permissions"]["sales"] |= {"hidden_fields": ["city"], "rows": "all"}
    publish(ties.shop, changed)
    sales = ties.as_user("sales")
    page = ask(sales, "about", "visit", form="account")
    assert page["columns"] == []
    assert sorted(names(page)) == ["Acme", "Bit", "Cog"]
    described = sales.client.get("/apps/ties/forms/visit/describe")[1]["fields"]["about"]["settings"]
    assert described["columns"] == {"deal": ["amount", "account"]}
    assert described["sort"] == {"account": "-name", "deal": "-amount"}


@pytest.mark.parametrize(
    ("form", "query", "path"),
    [
        ("deal", {"field": "name"}, "/field"),
        ("deal", {"field": "nothing"}, "/field"),
        ("deal", {"field": "lines.nothing"}, "/field"),
        ("deal", {"field": "contact", "form": "lead"}, "/form"),
        ("visit", {"field": "about"}, "/form"),
    ],
)
def test_what_cannot_be_asked_is_said(ties, form, query, path):
    status, problem = ties.client.post(ties.url(form, "/choices"), query)
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, [path])
