"""Very many records changed by a job: portion by portion, and taken back as one."""

import pytest

from joinery.runtime.records import batch_jobs, batch_undo

LEADS = "/apps/shop/forms/lead/records"
EDIT = f"{LEADS}/batch-edit-job"
PREVIEW = f"{EDIT}?preview=true"
COUNTS = ("matched", "changed", "unchanged", "not_allowed", "wrong")


@pytest.fixture(autouse=True)
def small_portions(monkeypatch):
    monkeypatch.setattr(batch_jobs, "PORTION", 2)


@pytest.fixture
def manager(shop):
    client = shop.as_user("manager")
    rows = [{"company": name, **({} if name == "C" else {"amount": 5})} for name in "ABCDE"]
    assert client.post(f"{LEADS}/batch", {"create": rows})[0] == 200
    return client


@pytest.fixture
def run(shop, services):
    """Start a job by a call and let the worker do it; the job as the person sees it then."""

    def done(client, path, body) -> dict:
        status, answer = client.post(path, body)
        assert status == 202, answer
        work(answer["job"])
        return client.get(f"/jobs/{answer['job']['id']}")[1]

    def work(job) -> None:
        doing = {"batch_edit": batch_jobs.run_batch_edit, "undo_batch": batch_jobs.run_batch_undo}
        doing[job["kind"]](services, shop.workspace_key, job["id"])

    done.work = work
    return done


def counts(job) -> dict[str, int]:
    return {name: job["summary"][name] for name in COUNTS if job["summary"][name]}


def statuses(client) -> str:
    return " ".join(record["status"] for record in client.get(LEADS, sort="company")[1]["records"])


def test_the_preview_counts_all_portions_and_writes_nothing(manager, run):
    job = run(manager, PREVIEW, {"values": {"status": "won"}})
    assert (job["state"], job["done"], job["total"]) == ("done", 5, 5)
    assert counts(job) == {"matched": 5, "changed": 4, "wrong": 1}
    assert [(issue["code"], issue["message"]) for issue in job["summary"]["issues"]] == [
        ("rule", "A won lead has an amount")
    ]
    assert list(job["summary"]["titles"].values()) == ["LD-0003 C"]
    assert [sample["title"] for sample in job["summary"]["samples"]] == [
        "LD-0001 A",
        "LD-0002 B",
        "LD-0004 D",
        "LD-0005 E",
    ]
    assert statuses(manager) == "new new new new new"


def test_records_are_changed_once_although_the_filter_matches_them_no_more(manager, run):
    job = run(manager, EDIT, {"filter": '{status} = "new"', "values": {"status": "won"}, "partly": True})
    assert counts(job) == {"matched": 5, "changed": 4, "wrong": 1}
    assert statuses(manager) == "won won new won won"
    [batch] = manager.get(f"{LEADS}/batches")[1]["batches"]
    assert (batch["id"], batch["count"]) == (job["summary"]["batch"], 4)


def test_records_that_come_later_are_not_meant(manager, run):
    status, answer = manager.post(EDIT, {"values": {"status": "lost", "reason": "x"}, "partly": True})
    assert status == 202
    manager.create("lead", company="Z")
    run.work(answer["job"])
    assert statuses(manager) == "lost lost lost lost lost new"


def test_the_named_records_are_changed(manager, run):
    ids = [record["id"] for record in manager.get(LEADS, sort="company")[1]["records"]][:3]
    job = run(manager, EDIT, {"ids": [*ids, 999], "compute": {"amount": "{amount} + 1"}, "partly": True})
    assert counts(job) == {"matched": 4, "changed": 3, "not_allowed": 1}


def test_what_was_killed_goes_on_where_it_was(manager, run, monkeypatch):
    write, calls = batch_jobs.write_many, []

    def killed(*arguments, **options):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(*arguments, **options)

    monkeypatch.setattr(batch_jobs, "write_many", killed)
    _, answer = manager.post(EDIT, {"compute": {"amount": "{amount} + 1"}, "partly": True})
    with pytest.raises(KeyboardInterrupt):
        run.work(answer["job"])
    run.work(answer["job"])
    records = manager.get(LEADS, sort="company")[1]["records"]
    assert [(record["amount"], record["revision"]) for record in records] == [
        (6, 2),
        (6, 2),
        (1, 2),
        (6, 2),
        (6, 2),
    ]
    job = manager.get(f"/jobs/{answer['job']['id']}")[1]
    assert (job["state"], counts(job)) == ("done", {"matched": 5, "changed": 5})


def test_a_stopped_edit_keeps_what_it_did_and_that_is_taken_back(manager, run, monkeypatch):
    _, answer = manager.post(EDIT, {"values": {"score": 3}, "partly": True})
    job = f"/jobs/{answer['job']['id']}"

    def stopped_after(portion):
        went_on = portion()
        assert manager.post(f"{job}/cancel", {})[0] == 200
        return went_on

    monkeypatch.setattr(batch_jobs, "again", stopped_after)
    run.work(answer["job"])
    stopped = manager.get(job)[1]
    assert (stopped["state"], stopped["done"], counts(stopped)) == (
        "cancelled",
        2,
        {"matched": 2, "changed": 2},
    )
    assert manager.post(f"{LEADS}/batches/{stopped['summary']['batch']}/undo", {})[1]["undone"] == 2


def test_all_of_it_is_taken_back_by_a_job(manager, run, monkeypatch):
    monkeypatch.setattr(batch_undo, "LARGEST_BATCH", 3)
    edit = run(manager, EDIT, {"values": {"score": 3}, "partly": True})
    batch = edit["summary"]["batch"]
    [first, *_] = manager.get(LEADS, sort="company")[1]["records"]
    changed = {"revision": first["revision"], "score": 9}
    assert manager.patch(f"{LEADS}/{first['id']}", changed)[0] == 200
    status, answer = manager.post(f"{LEADS}/batches/{batch}/undo", {})
    assert (status, answer["code"]) == (422, "limit_exceeded")
    job = run(manager, f"{LEADS}/batches/{batch}/undo-job", {})
    assert (job["state"], job["done"], job["summary"]["undone"], job["summary"]["left"]) == ("done", 5, 4, 1)
    assert [issue["code"] for issue in job["summary"]["issues"]] == ["batch_value_changed"]
    scores = [record["score"] for record in manager.get(LEADS, sort="company")[1]["records"]]
    assert scores == [9, None, None, None, None]
    assert manager.post(f"{LEADS}/batches/{batch}/undo-job", {})[0] == 409


def test_the_rights_of_the_moment_count(shop, manager, run):
    status, answer = manager.post(EDIT, {"values": {"score": 3}})
    assert (status, [issue["path"] for issue in answer["issues"]]) == (422, ["/partly"])
    assert shop.as_user("guest").post(PREVIEW, {"values": {"score": 3}})[0] in (403, 404)
    other = shop.as_user("sales")
    job = run(other, PREVIEW, {"values": {"status": "won"}})
    assert (job["total"], counts(job)) == (0, {})
    assert manager.post(PREVIEW, {"filter": "{nothing} = 1", "values": {"score": 3}})[0] == 422
