"""`expand`: related records in the place of their titles, no further than the reader may look."""

import psycopg
import pytest

from tests.api.conftest import Client

LEADS = "/apps/shop/forms/lead/records"
NOTES = "/apps/shop/forms/note/records"
ACCOUNTS = "/apps/shop/forms/account/records"


@pytest.fixture
def acme(manager) -> dict:
    return manager.create("account", name="Acme", level="gold", credit=5000)


@pytest.fixture
def lead(manager, acme) -> dict:
    return manager.create("lead", company="Acme Asia", account=acme["id"], secret="hush")


def first(client: Client, path: str = LEADS, **query) -> dict:
    status, page = client.get(path, **query)
    assert status == 200, page
    return page["records"][0]


def test_a_list_a_query_and_a_record_answer_alike(manager, acme, lead):
    by_list = first(manager, expand="account")
    status, by_query = manager.post(f"{LEADS}/query", {"expand": ["account"]})
    assert status == 200
    status, by_id = manager.get(f"{LEADS}/{lead['id']}", expand="account")
    assert status == 200
    assert by_list == by_query["records"][0] == by_id
    assert by_id["account"] == manager.get(f"{ACCOUNTS}/{acme['id']}")[1]
    assert by_id["account"]["credit"] == 5000
    assert {**by_id, "account": lead["account"]} == lead


def test_without_expand_nothing_changes(manager, acme, lead):
    assert first(manager)["account"] == {"id": acme["id"], "title": "Acme"}


def test_relations_of_the_related_record_stay_titles(manager, acme, lead):
    manager.create("note", text="Called", lead=lead["id"])
    assert first(manager, NOTES, expand="lead")["lead"]["account"] == {"id": acme["id"], "title": "Acme"}


def test_an_expanded_relation_is_answered_beside_the_wanted_fields(manager, lead):
    record = first(manager, fields="company", expand="account")
    assert set(record) == {"id", "revision", "title", "company", "account"}
    assert record["account"]["level"] == "gold"


def test_a_blank_relation_stays_blank(manager):
    manager.create("lead", company="Alone")
    assert first(manager, expand="account")["account"] is None


def test_fields_that_are_hidden_there_are_hidden_here(manager, sales, acme):
    mine = sales.create("lead", company="Mine", account=acme["id"])
    shown = first(sales, expand="account")["account"]
    assert shown["level"] == "gold"
    assert "credit" not in shown
    manager.create("note", text="Called", lead=mine["id"])
    assert "secret" in first(manager, NOTES, expand="lead")["lead"]
    assert "secret" not in first(sales, NOTES, expand="lead")["lead"]


def test_records_outside_of_the_row_scope_stay_ids(manager, sales, lead):
    manager.create("note", text="Called", lead=lead["id"])
    assert first(sales, NOTES, expand="lead")["lead"] == {"id": lead["id"], "title": None}


def test_deleted_records_stay_ids(manager, lead):
    manager.create("note", text="Called", lead=lead["id"])
    assert manager.delete(f"{LEADS}/{lead['id']}")[0] == 204
    assert first(manager, NOTES, expand="lead") == first(manager, NOTES)


@pytest.mark.parametrize(
    "key", ["nothing", "company", "owner", "created_by", "id", "account.level", "expected"]
)
def test_what_is_no_relation_is_refused(manager, lead, key):
    for answer in (
        manager.get(LEADS, expand=key),
        manager.post(f"{LEADS}/query", {"expand": [key], "fields": ["company"]}),
        manager.get(f"{LEADS}/{lead['id']}", expand=key),
    ):
        status, problem = answer
        assert status == 422
        assert [(issue["path"], issue["code"]) for issue in problem["issues"]] == [
            ("/expand", "cannot_expand")
        ]


def test_every_wrong_key_is_named_at_once(manager, lead):
    _, problem = manager.get(LEADS, expand="account, company,no_such", filter="{oops} = 1")
    assert sorted(issue["path"] for issue in problem["issues"]) == ["/expand", "/expand", "/filter"]


def test_a_related_list_expands_too(manager, acme, lead):
    record = first(manager, f"{ACCOUNTS}/{acme['id']}/related/leads", expand="account")
    assert record["account"]["level"] == "gold"


def test_whole_records_take_as_many_queries_as_their_titles(manager, monkeypatch):
    sent = []
    execute = psycopg.Cursor.execute

    def noting(cursor, query, *arguments, **options):
        sent.append(query)
        return execute(cursor, query, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", noting)

    def statements(**query) -> int:
        before = len(sent)
        assert manager.get(LEADS, **query)[0] == 200
        return len(sent) - before

    for number in range(20):
        account = manager.create("account", name=f"Account {number}")
        manager.create("lead", company=f"Lead {number}", account=account["id"])
    assert statements() > 0
    assert statements(expand="account") == statements()


def test_an_export_knows_no_expansion(manager):
    assert manager.get("/apps/shop/forms/lead/export", expand="account")[0] == 422
