"""A formula that is new or changed is right at once; a job fills its column afterwards."""

import copy

import pytest

from joinery.runtime.apps import table_jobs
from joinery.storage import filling, schema_plan, table_work
from tests.api.conftest import DOCUMENT

LEADS = "/apps/shop/forms/lead/records"
SCORES = (3, 1, None, 2)


def formula(text: str, result: str = "number") -> dict:
    return {"type": "formula", "result": result, "label": {"en": "New", "zh": "新"}, "formula": text}


@pytest.fixture
def add(monkeypatch, admin, jobs):
    """Publishes formulas over four leads as if those were very many; the job that fills them."""
    monkeypatch.setattr(schema_plan, "SMALL_TABLE", 0)
    monkeypatch.setattr(table_work, "RANGE", 4)
    monkeypatch.setattr(table_work, "TURNS", 2)
    account = admin.create("account", name="Acme")
    for score in SCORES:
        admin.create("lead", company=f"Lead {score}", score=score, amount=10, account=account["id"])

    def publish(**formulas: dict) -> int:
        document = copy.deepcopy(DOCUMENT)
        document["forms"]["lead"]["fields"] |= formulas
        status, answer = admin.post("/apps/shop/publish", {"document": document})
        assert status == 200, answer
        return [arguments["job"] for kind, arguments in jobs.deferred if kind == filling.TABLE_WORK][-1]

    return publish


@pytest.fixture
def fill(shop, services):
    def run(job: int) -> None:
        table_jobs.run_table_work(services, shop.workspace_key, job)

    return run


def shown(admin, key: str, **query) -> list:
    status, answer = admin.get(LEADS, **{"sort": "no", **query})
    assert status == 200, answer
    return [lead[key] for lead in answer["records"]]


def column(shop, key: str) -> list:
    """What the table itself holds."""
    with shop.services.unit(shop.workspace_key) as unit:
        table = f'"{unit.schema}"."shop__lead"'
        return list(unit.connection.exec_driver_sql(f'SELECT "{key}" FROM {table} ORDER BY id').scalars())


def test_it_is_right_before_and_after_its_column_is(shop, admin, add, fill) -> None:
    job = add(double=formula("{score} * 2"))
    assert column(shop, "double") == [None] * 4
    assert shown(admin, "double") == [6, 2, 0, 4]
    fill(job)
    assert column(shop, "double") == [6, 2, 0, 4]
    assert shown(admin, "double") == [6, 2, 0, 4]


def test_nobody_is_told_that_it_is_still_being_computed(admin, add) -> None:
    add(double=formula("{score} * 2"))
    assert admin.get("/apps/shop/forms/lead/describe")[1]["updating"] == []


def test_lists_sort_filter_and_add_up_by_it_meanwhile(admin, add) -> None:
    add(double=formula("{score} * 2"))
    assert shown(admin, "score", sort="-double") == [3, 2, 1, None]
    assert shown(admin, "score", filter="{double} > 3") == [3, 2]
    status, answer = admin.post(
        f"{LEADS}/aggregate", {"group_by": [], "measures": {"sum": {"fn": "sum", "field": "double"}}}
    )
    assert (status, answer["rows"]) == (200, [{"sum": 12}])


def test_formulas_over_formulas_are_right_meanwhile(admin, add, fill) -> None:
    job = add(double=formula("{score} * 2"), quadruple=formula("{double} * 2"))
    assert shown(admin, "quadruple") == [12, 4, 0, 8]
    fill(job)
    assert shown(admin, "quadruple") == [12, 4, 0, 8]


def test_a_record_saved_meanwhile_is_stored_with_it(shop, admin, add, fill) -> None:
    job = add(double=formula("{score} * 2"))
    first = admin.get(LEADS, sort="no")[1]["records"][0]
    status, saved = admin.patch(f"{LEADS}/{first['id']}", {"score": 5, "revision": first["revision"]})
    assert (status, saved["double"]) == (200, 10)
    new = admin.create("lead", company="New", score=7)
    assert new["double"] == 14
    history = admin.get(f"{LEADS}/{first['id']}/history")[1]["entries"][0]["changes"]
    assert {change["field"]: (change["old"], change["new"]) for change in history}["double"] == (6, 10)
    assert shown(admin, "double") == [10, 2, 0, 4, 14]
    fill(job)
    assert column(shop, "double") == [10, 2, 0, 4, 14]


def test_an_edit_of_something_else_does_not_count_as_a_change_of_it(admin, add) -> None:
    add(double=formula("{score} * 2"))
    first = admin.get(LEADS, sort="no")[1]["records"][0]
    admin.patch(f"{LEADS}/{first['id']}", {"notes": "x", "revision": first["revision"]})
    history = admin.get(f"{LEADS}/{first['id']}/history")[1]["entries"][0]["changes"]
    assert [change["field"] for change in history] == ["notes"]


def test_a_changed_formula_shows_no_old_results(admin, add, fill) -> None:
    fill(add(double=formula("{score} * 2")))
    job = add(double=formula("{score} * 3"))
    assert shown(admin, "double") == [9, 3, 0, 6]
    fill(job)
    assert shown(admin, "double") == [9, 3, 0, 6]


def test_one_along_a_relation_to_one_is_right_meanwhile(admin, add, fill) -> None:
    job = add(of=formula("{account.name}", "text"))
    assert shown(admin, "of") == ["Acme"] * 4
    fill(job)
    assert shown(admin, "of") == ["Acme"] * 4


def test_what_only_python_computes_says_that_it_is_being_filled(admin, add, fill) -> None:
    job = add(words=formula("RMBCAP({amount})", "text"))
    describe = admin.get("/apps/shop/forms/lead/describe")[1]
    assert describe["updating"] == ["words"]
    fill(job)
    assert admin.get("/apps/shop/forms/lead/describe")[1]["updating"] == []
    assert shown(admin, "words")[0] == "壹拾元整"


def test_a_job_that_was_killed_goes_on_where_it_was(monkeypatch, shop, admin, add, fill) -> None:
    job = add(double=formula("{score} * 2"))
    once = table_work.run_portion
    turns = []

    def killed_after_one(*arguments):
        if turns:
            raise KeyboardInterrupt
        turns.append(arguments)
        return once(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(table_work, "run_portion", killed_after_one)
        with pytest.raises(KeyboardInterrupt):
            fill(job)
    some = column(shop, "double")
    assert None in some
    assert some != [None] * 4
    assert shown(admin, "double") == [6, 2, 0, 4]
    fill(job)
    assert column(shop, "double") == [6, 2, 0, 4]
