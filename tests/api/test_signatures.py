"""Decisions are signed: with strokes or a typed name, alone or many at once; who reads the run reads them."""

import copy

import pytest

from joinery.storage import signatures as storage
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, decide, publish, quote, start, task_of, todo
from tests.api.conftest import Client

shop = approvals.shop

DRAWN = {"drawn": "M10 120L60 40 110 150 160 60M200 100L320 90"}
TYPED = {"typed": "Mia Chen"}


@pytest.fixture(autouse=True)
def signed(shop):
    """The approval with a manager who signs."""
    signed = copy.deepcopy(APPROVAL)
    manager = signed["nodes"]["manager"]
    manager["decisions"] = {"approve": {"signature": "required"}, "reject": {"signature": "optional"}}
    manager.pop("fields")
    publish(shop, approval=signed)


def running(sales, no="Q1"):
    made = quote(sales, no)
    start(sales, made)
    return made


def signatures(client, record):
    """What the steps of the runs on a record say about signatures, of those that somebody decided."""
    status, found = client.get(f"{QUOTES}/{record['id']}/workflow")
    assert status == 200, found
    [instance] = found["instances"]
    return [step["signature"] for step in instance["steps"] if step["event"] in ("decided", "returned")]


def paths(problem):
    return [issue["path"] for issue in problem["issues"]]


@pytest.mark.parametrize("signature", [DRAWN, TYPED], ids=["drawn", "typed"])
def test_a_decision_carries_the_signature_it_was_given(sales, manager, guest, signature):
    made = running(sales)
    task = task_of(manager, made)
    offered = {one["key"]: one["signature"] for one in manager.get(f"/tasks/{task['id']}")[1]["decisions"]}
    assert (offered["approve"], offered["reject"], offered["return"]) == ("required", "optional", "no")
    status, problem = decide(manager, task, "approve")
    assert (status, paths(problem)) == (422, ["/signature"])
    assert problem["issues"][0]["message"] == "Please sign."
    status, answer = decide(manager, task, "approve", signature=signature)
    assert status == 200, answer
    assert [one["signature"] for one in answer["workflow"]["steps"] if one["event"] == "decided"] == [
        signature
    ]
    # Whoever reads the run reads it, and who decides next.
    assert signatures(sales, made) == [signature]
    shown = guest.get(f"/tasks/{task_of(guest, made)['id']}")[1]["workflow"]
    assert [one["signature"] for one in shown["steps"] if one["event"] == "decided"] == [signature]


def test_what_is_not_decided_is_not_signed(sales, manager):
    made = running(sales)
    task = task_of(manager, made)
    status, problem = decide(manager, task, "return", comment="Why?", signature=TYPED)
    assert (status, paths(problem)) == (422, ["/signature"])
    assert decide(manager, task, "return", comment="Why?", to="start")[0] == 200
    assert signatures(sales, made) == [None]


HOSTILE = {
    "a script": {"drawn": 'M0 0L90 90"><script>alert(1)</script>'},
    "an address": {"drawn": "https://example.com/a.png"},
    "a picture": {"png": "iVBORw0KGgo="},
    "both": {**DRAWN, **TYPED},
    "nothing": {},
    "text": "Mia",
    "a list": [DRAWN],
    "numbers": {"drawn": 12},
    "outside": {"drawn": "M0 0L999 999"},
    "too long": {"drawn": "M0 0L" + "90 90 " * 4000 + "1 1"},
    "nine megabytes": {"drawn": "M0 0L" + "90 90 " * 1_500_000 + "1 1"},
    "an empty name": {"typed": " "},
    "a null": {"typed": None},
    "marks of direction": {"typed": "\u202eaiM"},
    "zero": {"typed": "A\u0000"},
}


@pytest.mark.parametrize("signature", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_signature_is_refused_in_words(sales, manager, signature):
    made = running(sales)
    task = task_of(manager, made)
    status, problem = decide(manager, task, "approve", signature=signature)
    assert status == 422
    assert all(path.startswith("/signature") for path in paths(problem))
    assert all(len(issue["message"]) < 300 for issue in problem["issues"])
    status, problem = manager.call("PUT", "/me/signature", {"signature": signature})
    assert (status, manager.get("/me/signature")[1]) == (422, {"signature": None})
    assert signatures(sales, made) == []
    assert [one["id"] for one in todo(manager)] == [task["id"]]


def test_ten_megabytes_are_refused_in_words(sales, manager):
    task = task_of(manager, running(sales))
    huge = {"drawn": "M0 0L" + "90 90 " * 1_700_000 + "1 1"}
    status, problem = decide(manager, task, "approve", signature=huge)
    assert (status, problem["code"]) == (413, "body_too_large")
    assert problem["detail"] == "What was sent is too large."


def test_many_at_once_need_one_signature_for_all(sales, manager):
    made = [running(sales, f"Q{number}") for number in range(3)]
    tasks = [task_of(manager, one) for one in made]
    assert [task["signed"] for task in tasks] == [["approve"]] * 3
    body = {"tasks": [task["id"] for task in tasks[:2]], "decision": "approve"}
    status, answer = manager.post("/tasks/decisions", body)
    assert (status, answer["decided"]) == (200, 0)
    assert [one["message"].endswith("Please sign.") for one in answer["refused"]] == [True, True]
    status, problem = manager.post("/tasks/decisions", {**body, "signature": {"drawn": "M0 0"}})
    assert (status, paths(problem)) == (422, ["/signature/drawn"])
    status, answer = manager.post("/tasks/decisions", {**body, "signature": DRAWN})
    assert (status, answer) == (200, {"decided": 2, "refused": []})
    assert [signatures(sales, one) for one in made] == [[DRAWN], [DRAWN], []]


def test_one_signature_leaves_alone_what_takes_none(sales, manager, guest):
    made = running(sales)
    decide(manager, task_of(manager, made), "approve", signature=TYPED)
    body = {"tasks": [task_of(guest, made)["id"]], "decision": "approve", "signature": {"typed": "Guest"}}
    assert guest.post("/tasks/decisions", body)[1]["decided"] == 1
    assert signatures(sales, made) == [TYPED, None]


def test_a_refused_decision_leaves_no_signature(shop, sales, manager):
    signed = copy.deepcopy(APPROVAL)
    signed["nodes"]["manager"]["decisions"] = {"approve": {"signature": "optional"}}
    publish(shop, approval=signed)
    made = running(sales)
    task = task_of(manager, made)
    status, problem = decide(manager, task, "approve", signature=TYPED)
    assert (status, paths(problem)) == (422, ["/values/checked"])
    assert decide(manager, task, "approve", values={"checked": "yes"})[0] == 200
    assert signatures(sales, made) == [None]


def test_a_signature_is_kept_only_for_whom_asks(sales, manager):
    assert manager.get("/me/signature") == (200, {"signature": None})
    decide(manager, task_of(manager, running(sales)), "approve", signature=DRAWN)
    assert manager.get("/me/signature") == (200, {"signature": None})
    assert manager.call("PUT", "/me/signature", {"signature": DRAWN}) == (200, {"signature": DRAWN})
    assert manager.call("PUT", "/me/signature", {"signature": TYPED}) == (200, {"signature": TYPED})
    assert (manager.get("/me/signature")[1], sales.get("/me/signature")[1]) == (
        {"signature": TYPED},
        {"signature": None},
    )
    assert sales.delete("/me/signature")[0] == 404
    assert manager.get("/me/signature")[1] == {"signature": TYPED}
    assert manager.delete("/me/signature")[0] == 204
    assert manager.delete("/me/signature")[0] == 404


def test_forgetting_it_unsigns_nothing(sales, manager):
    made = running(sales)
    manager.call("PUT", "/me/signature", {"signature": DRAWN})
    decide(manager, task_of(manager, made), "approve", signature=DRAWN)
    manager.delete("/me/signature")
    assert signatures(sales, made) == [DRAWN]


def test_no_key_and_no_onlooker_reads_what_somebody_keeps(app, admin, manager):
    manager.call("PUT", "/me/signature", {"signature": DRAWN})
    _, key = manager.post("/me/api-keys", {"name": "Robot", "writes": True})
    robot = {"headers": {"Authorization": f"Bearer {key['token']}"}}
    for method, body in (("GET", None), ("PUT", {"signature": TYPED}), ("DELETE", None)):
        status, problem = Client(app.test_client()).call(method, "/me/signature", body, **robot)
        assert (status, problem["code"]) == (403, "needs_session")
    admin.call("PUT", "/session/preview", {"user_id": manager.me["user"]["id"]})
    assert admin.get("/me/signature") == (200, {"signature": None})
    assert admin.delete("/me/signature")[1]["code"] == "read_only"
    assert manager.get("/me/signature")[1] == {"signature": DRAWN}


def test_who_leaves_is_forgotten_but_what_he_signed_stays_signed(shop, sales, manager, admin):
    made = running(sales)
    decide(manager, task_of(manager, made), "approve", signature=DRAWN)
    manager.call("PUT", "/me/signature", {"signature": DRAWN})
    person = manager.me["user"]["id"]
    assert admin.post(f"/users/{person}/deactivate", {})[0] == 200
    assert signatures(sales, made) == [DRAWN]
    with shop.services.unit(shop.workspace_key) as unit:
        assert storage.kept(unit, person) is None


def test_who_may_not_read_the_run_reads_no_signature(shop, sales, other, manager):
    made = running(sales)
    decide(manager, task_of(manager, made), "approve", signature={"typed": "Narwhal"})
    run = sales.get(f"{QUOTES}/{made['id']}/workflow")[1]["instances"][0]["id"]
    for path in (f"{QUOTES}/{made['id']}/workflow", f"/workflow-instances/{run}", "/tasks", "/me/signature"):
        assert "Narwhal" not in str(other.get(path))
