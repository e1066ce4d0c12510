"""Imports on a real database: modes, reasons, rehearsals, interruptions."""

from decimal import Decimal

import pytest

from joinery.kernel import Forbidden, InvalidInput, NotFound
from joinery.runtime import jobs
from joinery.runtime.importing import imports
from joinery.runtime.importing import run as import_run

NAMES = {"name": "name"}
SHORT = {"name": "name", "sector": "sector", "revenue": "revenue"}


def test_rows_become_records_with_defaults_and_formulas(shop):
    state = shop.run("name,revenue,sector\nAcme,1.5,\nBeta,,Retail 中\nGamma,2,tech\n", SHORT)
    assert shop.counts(state) == {"created": 3, "updated": 0, "unchanged": 0, "failed": 0}
    assert shop.rows("name, revenue, sector, double") == [
        ("Acme", Decimal("1.5"), "tech", Decimal(3)),
        ("Beta", None, "retail", Decimal(0)),
        ("Gamma", Decimal(2), "tech", Decimal(4)),
    ]


def test_failed_rows_come_back_with_their_reasons(shop):
    text = "name,revenue,extra\nAcme,-1,a\n,5,b\nBeta,lots,c\nFine,7,d\nFine,8,e\n\nShort\nLong,1,2,3\n"
    state = shop.run(text, {"name": "name", "revenue": "revenue"})
    assert shop.counts(state) == {"created": 2, "updated": 0, "unchanged": 0, "failed": 5}
    lines = shop.failed_rows(state).splitlines()
    assert lines[0] == "Row,name,revenue,extra,Reason"
    assert [line.split(",")[0] for line in lines[1:]] == ["2", "3", "4", "6", "9"]
    assert "Not negative" in lines[1]
    assert lines[1].startswith("2,Acme,-1,a,")
    assert shop.rows("name") == [("Fine",), ("Short",)]
    assert state.summary["padded"] == 1


def test_reasons_are_in_the_language_of_the_person(shop):
    person = shop.person("sales", language="zh-CN")
    state = shop.run("name,revenue\nAcme,-1\n", {"name": "name", "revenue": "revenue"}, person)
    assert shop.failed_rows(state).splitlines()[0] == "行号,name,revenue,原因"
    assert "Not negative 中" in shop.failed_rows(state)


def test_updates_find_records_by_a_field(shop):
    shop.run("name,revenue\nAcme,1\nBeta,2\n", {"name": "name", "revenue": "revenue"})
    text = "name,revenue\nACME,10\nBeta,2\nNew,3\n,4\n"
    mapping = {"name": "name", "revenue": "revenue"}
    state = shop.run(text, mapping, mode="update", match="name")
    # The spelling of the match is a change like any other; a blank or unknown match fails.
    assert shop.counts(state) == {"created": 0, "updated": 1, "unchanged": 1, "failed": 2}
    state = shop.run(text, mapping, mode="add_or_update", match="name")
    assert shop.counts(state) == {"created": 1, "updated": 0, "unchanged": 2, "failed": 1}
    assert shop.rows("name, revenue") == [("ACME", Decimal(10)), ("Beta", Decimal(2)), ("New", Decimal(3))]


def test_blank_cells_leave_stored_values_alone(shop):
    shop.run("name,revenue\nAcme,1\n", {"name": "name", "revenue": "revenue"})
    state = shop.run(
        "name,revenue\nAcme,\n", {"name": "name", "revenue": "revenue"}, mode="update", match="name"
    )
    assert shop.counts(state)["unchanged"] == 1
    assert shop.rows("revenue") == [(Decimal(1),)]


def test_several_records_with_the_value_are_nobodys_match(shop):
    shop.run("name,revenue\nA,1\nB,1\n", {"name": "name", "revenue": "revenue"})
    state = shop.run(
        "revenue,note\n1,x\n", {"revenue": "revenue", "note": "note"}, mode="update", match="revenue"
    )
    assert "Several records have this value" in shop.failed_rows(state)


def test_rows_about_the_same_record_apply_one_after_the_other(shop):
    text = "name,revenue\nAcme,1\nAcme,2\nBeta,1\nAcme,3\n"
    state = shop.run(text, {"name": "name", "revenue": "revenue"}, mode="add_or_update", match="name")
    assert shop.counts(state) == {"created": 2, "updated": 2, "unchanged": 0, "failed": 0}
    assert shop.rows("name, revenue") == [("Acme", Decimal(3)), ("Beta", Decimal(1))]


def test_children_may_stand_before_their_parents(shop):
    text = "name,parent\nChild,Mother\nGrandchild,Child\nMother,\nOrphan,Nobody\n"
    state = shop.run(text, {"name": "name", "parent": "parent"})
    assert shop.counts(state) == {"created": 3, "updated": 0, "unchanged": 0, "failed": 1}
    assert "Orphan" in shop.failed_rows(state)


def test_the_dates_of_a_column_are_understood_together(shop):
    shop.run("name,founded\nA,03-04-16\nB,25-12-17\nC,01-02-16\n", {"name": "name", "founded": "founded"})
    assert [str(day) for (day,) in shop.rows("founded")] == ["2016-04-03", "2017-12-25", "2016-02-01"]


@pytest.mark.parametrize("mode, match", [("add", None), ("add_or_update", "name"), ("update", "name")])
def test_a_dry_run_counts_what_the_import_does_and_changes_nothing(shop, mode, match, monkeypatch):
    monkeypatch.setattr(import_run, "PORTION", 40)
    shop.run("name,revenue\nName 3,1\nName 7,7\n", {"name": "name", "revenue": "revenue"})
    rows = [
        f"Name {number % 90},{number % 7 - 1},{'Name 1' if number == 80 else ''}" for number in range(200)
    ]
    text = "name,revenue,parent\n" + "\n".join(rows)
    mapping = {"name": "name", "revenue": "revenue", "parent": "parent"}
    before = shop.rows("id, name, revenue, revision")
    rehearsed = shop.run(text, mapping, mode=mode, match=match, dry_run=True)
    assert shop.rows("id, name, revenue, revision") == before
    done = shop.run(text, mapping, mode=mode, match=match)
    expected, found = shop.counts(done), shop.counts(rehearsed)
    assert (found["created"], found["failed"]) == (expected["created"], expected["failed"])
    assert found["updated"] + found["unchanged"] == expected["updated"] + expected["unchanged"]


def test_a_cancelled_import_stops_and_goes_on_where_it_was(shop, enqueued, monkeypatch):
    monkeypatch.setattr(import_run, "PORTION", 5)
    monkeypatch.setattr(import_run, "TOGETHER", 2)
    text = "name\n" + "\n".join(f"Name {number}" for number in range(35))
    job = shop.start(text, NAMES)
    write = import_run.write_rows
    written = []

    def note_written(*arguments, **options):
        outcomes = write(*arguments, **options)
        written.append(len(outcomes.outcomes))
        return outcomes

    monkeypatch.setattr(import_run, "write_rows", note_written)
    original = import_run._Run._write

    def write_portion(run, *arguments):
        original(run, *arguments)
        if len(written) == 4:
            shop.cancel(job)

    monkeypatch.setattr(import_run._Run, "_write", write_portion)
    import_run.run_import(shop.services, shop.workspace, job)
    assert (shop.job(job).state, shop.job(job).done, len(shop.rows("id"))) == ("cancelled", 20, 20)
    written.append(0)
    shop.resume(job)
    assert enqueued[-1] == ("import", {"job": job})
    import_run.run_import(shop.services, shop.workspace, job)
    state = shop.job(job)
    assert shop.counts(state)["created"] == 35
    assert state.summary["resumed_from"] == 20
    assert len(shop.rows("id")) == 35


def test_a_finished_job_does_nothing_when_it_is_done_again(shop):
    state = shop.run("name\nAcme\n", NAMES)
    import_run.run_import(shop.services, shop.workspace, state.id)
    assert shop.job(state.id) == state
    with pytest.raises(jobs.JobNotStopped):
        shop.resume(state.id)


def test_only_those_who_may_import_do(shop):
    viewer, seller = shop.person("viewer"), shop.person("sales")
    with pytest.raises(Forbidden):
        shop.start("name\nAcme\n", NAMES, viewer)
    state = shop.run("name\nAcme\n", NAMES, seller)
    assert shop.rows("owner") == [(seller.user_id,)]
    with shop.unit() as unit, pytest.raises(NotFound):
        jobs.read_job(unit, viewer, state.id)


def test_a_file_of_somebody_else_cannot_be_imported(shop):
    seller = shop.person("sales")
    with shop.unit() as unit:
        file_id = imports.keep_upload(
            unit, shop.operator, "shop", "account", name="a.csv", content=b"name\nAcme\n"
        )
        with pytest.raises(NotFound):
            imports.preview_import(unit, seller, "shop", "account", file_id=file_id, choices={})


def test_everything_wrong_with_an_order_is_said_at_once(shop):
    with pytest.raises(InvalidInput) as refusal:
        shop.start(
            "name,other\nAcme,1\n",
            {"nam": "name", "other": "double", "name": "nothing"},
            mode="update",
            match="revenue",
        )
    assert {issue.path for issue in refusal.value.issues} >= {
        "/mapping/nam",
        "/mapping/other",
        "/mapping/name",
    }
    assert {issue.code for issue in refusal.value.issues} >= {
        "import_no_such_column",
        "import_match_not_mapped",
    }


def test_a_broken_import_says_so_and_can_be_resumed(shop, monkeypatch):
    job = shop.start("name\nAcme\n", NAMES)
    with monkeypatch.context() as patch:
        patch.setattr(import_run, "write_rows", lambda *arguments, **options: 1 / 0)
        import_run.run_import(shop.services, shop.workspace, job)
    assert shop.job(job).state == "failed"
    assert "can be resumed" in shop.job(job).error
    shop.resume(job)
    import_run.run_import(shop.services, shop.workspace, job)
    assert shop.counts(shop.job(job))["created"] == 1


def test_a_preview_suggests_fields_and_counts_rows(shop):
    with shop.unit() as unit:
        content = "名称,Revenue,行业 Sector,Name 中\nAcme,1,x,y\n".encode("gb18030")
        file_id = imports.keep_upload(unit, shop.operator, "shop", "account", name="a.csv", content=content)
        shown = imports.preview_import(unit, shop.operator, "shop", "account", file_id=file_id, choices={})
    assert shown["encoding"] == "gb18030"
    assert shown["rows"] == 1
    suggested = {column["name"]: column["suggestion"] for column in shown["columns"]}
    assert suggested["Revenue"] == "revenue"
    assert suggested["Name 中"] == "name"
    assert suggested["行业 Sector"] == "sector"
