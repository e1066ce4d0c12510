"""Calls of other systems from workflows: what they get, once and again, and what nobody gets out of them."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from joinery.adapters import AllowedHosts, HttpCaller
from joinery.runtime.webhooks import calling, queueing
from joinery.storage import webhook_calls
from tests.api import approvals, other_system
from tests.api.approvals import APPROVAL, QUOTES, label, publish, quote, read

shop, other = approvals.shop, other_system.other
HERE = ["127.0.0.1"]

SECRET = "s3cret-value/with+signs"


def workflow(node, **more):
    """A workflow that calls as the node says, and ends."""
    return {
        "label": label("Order to the ERP", "推送订单"),
        "form": "quote",
        "starts": [{"on": "button"}],
        "lock": {"fields": []},
        "first": "call",
        "nodes": {
            "call": {"type": "webhook", "label": label("Call", "调用"), "next": "end", **node},
            "else": {"type": "end", "label": label("Else"), "result": "rejected"},
            "end": {"type": "end", "label": label("End")},
        }
        if "failed" in node
        else {
            "call": {"type": "webhook", "label": label("Call", "调用"), "next": "end", **node},
            "end": {"type": "end", "label": label("End")},
        },
        **more,
    }


@pytest.fixture
def calls(services, shop, jobs, other):
    """Make the attempts that are queued, `times` each; how many there were."""
    allowed = AllowedHosts.read(f"127.0.0.1:{other.port}")
    serving = replace(services, caller=HttpCaller(allowed))

    def made(times=1, caller=None):
        with_caller = serving if caller is None else replace(services, caller=caller)
        waiting = [arguments for kind, arguments in jobs.deferred if kind == queueing.CALL]
        jobs.deferred.clear()
        for arguments in waiting:
            for _ in range(times):
                calling.run_call(with_caller, shop.workspace_key, **arguments)
        return len(waiting)

    return made


@pytest.fixture
def started(shop, sales):
    """`started(node, **values)`: a quote on which a workflow with this node was started, and its run."""

    def begun(node, client=None, **values):
        publish(shop, approval=APPROVAL, push=workflow(node))
        made = quote(client or sales, **values)
        return made, approvals.start(client or sales, made, "push")

    return begun


def run_of(client, record):
    _, told = client.get(f"{QUOTES}/{record['id']}/workflow")
    return told["instances"][0]


def test_the_other_system_gets_what_the_node_says(started, calls, other, admin, manager, clock):
    assert admin.call("PUT", "/secrets/ERP_KEY", {"value": SECRET, "hosts": HERE})[0] == 200
    assert admin.call("PUT", "/secrets/SIGN", {"value": "signing", "hosts": HERE})[0] == 200
    made, instance = started(
        {
            "method": "PUT",
            "url": f"{other.url}/orders/{{no}}?key={{secret.ERP_KEY}}",
            "headers": {"Authorization": "Bearer {secret.ERP_KEY}", "X-Note": "{note}"},
            "body": {"json": {"no": "{no}", "lines": ["{amount} * 2", 7, True, None], "kind": '"order"'}},
            "sign": "SIGN",
        },
        client=manager,
        no="A/1 ü?",
        note="first\nX-Evil: yes",
    )
    assert calls() == 1
    [request] = other.requests
    assert (request.method, request.path) == ("PUT", f"/orders/A%2F1%20%C3%BC%3F?key={SECRET}")
    assert json.loads(request.body) == {"no": "A/1 ü?", "lines": [2000, 7, True, None], "kind": "order"}
    headers = request.headers
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert headers["Content-Type"] == "application/json"
    assert "X-Evil" not in headers
    assert f":{instance['id']}:" in headers["Idempotency-Key"]
    moment = str(int(clock().timestamp()))
    signed = hmac.new(b"signing", moment.encode() + b"." + request.body, hashlib.sha256).hexdigest()
    assert (headers["Joinery-Timestamp"], headers["Joinery-Signature"]) == (moment, f"sha256={signed}")
    run = run_of(manager, made)
    assert (run["status"], [step["event"] for step in run["steps"] if step["node"] == "call"]) == (
        "approved",
        ["entered", "called", "left"],
    )


def test_its_answer_gives_fields_values(started, calls, other, sales):
    other.answer(body='{"data": {"items": [{"no": "E-7"}], "margin": 0.25}, "empty": null}')
    answer = {"checked": "data.items.0.no", "amount": "data.margin", "note": "empty", "discount": "data.gone"}
    made, _ = started({"url": other.url, "answer": answer}, note="old", discount=0.1)
    calls()
    found = read(sales, made)
    assert (found["checked"], found["amount"], found["note"], found["discount"]) == ("E-7", 0.25, None, 0.1)
    assert run_of(sales, made)["status"] == "approved"


def test_a_text_is_sent_as_it_stands(started, calls, other):
    started({"url": other.url, "body": {"text": '{"text": "{no} of {status}"}', "content_type": "text/x"}})
    calls()
    assert other.requests[0].body == b'{"text": "Q1 of draft"}'
    assert other.requests[0].headers["Content-Type"] == "text/x"


def test_a_record_cannot_name_a_secret(started, calls, other, admin):
    admin.call("PUT", "/secrets/ERP_KEY", {"value": SECRET, "hosts": HERE})
    started({"url": f"{other.url}/{{no}}", "headers": {"X-No": "{no}"}}, no="{secret.ERP_KEY}")
    calls()
    assert SECRET not in repr(other.requests)
    assert other.requests[0].headers["X-No"] == "{secret.ERP_KEY}"


def test_nothing_is_called_before_the_change_is_there(started, shop, jobs, other, sales):
    made, _ = started({"url": other.url})
    assert other.requests == []
    assert run_of(sales, made)["status"] == "running"
    assert [kind for kind, _ in jobs.deferred].count(queueing.CALL) == 1


def test_an_attempt_that_is_made_twice_tells_the_workflow_once(started, calls, other, sales):
    made, _ = started({"url": other.url})
    calls(times=3)
    assert len(other.requests) == 1
    events = [step["event"] for step in run_of(sales, made)["steps"]]
    assert (events.count("called"), events.count("ended")) == (1, 1)


def test_a_worker_that_dies_before_it_notes_the_answer_calls_again_under_the_same_key(
    started, calls, other, shop, jobs, sales, monkeypatch
):
    made, _ = started({"url": other.url, "answer": {"note": "$status"}})
    queued = list(jobs.deferred)

    def die(*_):
        raise SystemExit

    monkeypatch.setattr(calling, "_note", die)
    with pytest.raises(SystemExit):
        calls()
    monkeypatch.undo()
    jobs.deferred[:] = queued
    calls()
    first, second = other.requests
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert (read(sales, made)["note"], run_of(sales, made)["status"]) == ("200", "approved")


def test_what_fails_in_passing_is_tried_again_after_growing_pauses(started, calls, other, jobs, clock, sales):
    other.answers = [(503, {}, b"busy"), (429, {"Retry-After": "7200"}, b""), (500, {}, b""), (200, {}, b"")]
    made, _ = started({"url": other.url})
    waits = []
    while calls():
        if any(kind == queueing.CALL for kind, _ in jobs.deferred):
            waits.append(jobs.later[-1] - clock())
            clock.move(waits[-1])
    assert waits == [timedelta(minutes=1), timedelta(hours=2), timedelta(minutes=15)]
    assert len({request.headers["Idempotency-Key"] for request in other.requests}) == 1
    assert run_of(sales, made)["status"] == "approved"


@pytest.mark.parametrize(
    "status, tries, attempts", [(500, 3, 3), (404, 6, 1), (302, 6, 1), (408, 2, 2), (401, 1, 1)]
)
def test_what_fails_for_good_is_stuck(started, calls, other, manager, admin, status, tries, attempts):
    other.answer(status, "no", Location=f"{other.url}/elsewhere")
    made, _ = started({"url": other.url, "tries": tries}, client=manager)
    while calls():
        pass
    assert len(other.requests) == attempts
    run = run_of(manager, made)
    assert run["status"] == "stuck"
    [said] = [step["comment"] for step in run["steps"] if step["event"] == "failed"]
    assert str(status) in said
    [listed] = admin.get("/webhook-calls", state="failed")[1]["calls"]
    assert (listed["status"], listed["attempts"], listed["retry"]) == (status, attempts, True)


def test_or_it_goes_on_another_way(started, calls, other, sales):
    other.answer(400)
    made, _ = started({"url": other.url, "failed": "else"})
    calls()
    run = run_of(sales, made)
    assert run["status"] == "rejected"
    [edge] = [one for one in run["edges"] if one["to"] == "else"]
    assert (edge["label"], edge["taken"]) == (label("Failed", "失败"), True)


@pytest.mark.parametrize("by_run", [True, False])
@pytest.mark.parametrize("status, same", [(500, True), (400, False)])
def test_trying_again_is_the_same_call_unless_it_was_certainly_refused(
    started, calls, other, sales, admin, by_run, status, same
):
    other.answer(status)
    made, instance = started({"url": f"{other.url}/{{note}}", "tries": 1}, note="before")
    calls()
    assert sales.patch(f"{QUOTES}/{made['id']}", {"revision": made["revision"], "note": "after"})[0] == 200
    other.answer(200)
    [listed] = admin.get("/webhook-calls")[1]["calls"]
    way = f"/workflow-instances/{instance['id']}/retry" if by_run else f"/webhook-calls/{listed['id']}/retry"
    assert admin.post(way, {})[0] == 200
    calls()
    first, second = other.requests
    assert (first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]) is same
    assert second.path == ("/before" if same else "/after")
    assert run_of(sales, made)["status"] == "approved"
    assert admin.post(f"/webhook-calls/{listed['id']}/retry", {})[0] == 409


def test_a_refusal_after_an_attempt_that_may_have_been_acted_on_is_not_certain(started, calls, other, admin):
    other.answers = [(500, {}, b""), (400, {}, b""), (404, {}, b""), (200, {}, b"")]
    started({"url": other.url})
    for _ in range(2):
        while calls():
            pass
        [listed] = admin.get("/webhook-calls", state="failed")[1]["calls"]
        assert admin.post(f"/webhook-calls/{listed['id']}/retry", {})[0] == 200
    calls()
    assert len(other.requests) == 4
    assert len({request.headers["Idempotency-Key"] for request in other.requests}) == 1


def test_fields_that_refuse_the_answer_are_set_anew_without_another_call(started, calls, other, sales, admin):
    other.answer(body='{"status": "no option"}')
    made, instance = started({"url": other.url, "answer": {"status": "status"}})
    calls()
    assert run_of(sales, made)["status"] == "stuck"
    assert admin.post(f"/workflow-instances/{instance['id']}/retry", {})[0] == 200
    assert calls() == 0
    assert len(other.requests) == 1


def test_administrators_see_calls_and_never_secrets(started, calls, other, admin, sales, manager):
    admin.call("PUT", "/secrets/ERP_KEY", {"value": SECRET, "hosts": HERE})
    other.answer(400, f"wrong key {SECRET}")
    started({"url": f"{other.url}/{{no}}?k={{secret.ERP_KEY}}", "body": {"text": "hello"}})
    calls()
    status, page = admin.get("/webhook-calls")
    assert status == 200
    [call] = page["calls"]
    assert (call["url"], call["body"]) == (f"{other.url}/Q1?k={{secret.ERP_KEY}}", "hello")
    assert (call["answer"], call["record"]["title"]) == ("wrong key {secret.ERP_KEY}", "Q1")
    assert SECRET not in json.dumps([page, admin.get("/secrets")[1], admin.get("/audit")[1]])
    for client in (sales, manager):
        assert client.get("/webhook-calls")[0] == 403
        assert client.get("/secrets")[0] == 403
        assert client.post(f"/webhook-calls/{call['id']}/retry", {})[0] == 403
        assert client.call("PUT", "/secrets/ERP_KEY", {"value": "x", "hosts": HERE})[0] == 403
        assert client.delete("/secrets/ERP_KEY")[0] == 403


def test_secrets_lie_sealed_in_the_database(admin, shop, tmp_path):
    admin.call("PUT", "/secrets/ERP_KEY", {"value": SECRET, "hosts": HERE})
    with shop.services.unit(shop.workspace_key) as unit:
        rows = unit.connection.exec_driver_sql(f'SELECT * FROM "{unit.schema}".secret').all()
    assert [row.name for row in rows] == ["ERP_KEY"]
    assert SECRET not in repr(rows)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_secrets_are_changed_deleted_and_logged(admin):
    for value in ("one", "two"):
        assert admin.call("PUT", "/secrets/ERP_KEY", {"value": value, "hosts": HERE})[0] == 200
    status, told = admin.delete("/secrets/ERP_KEY")
    assert (status, told) == (200, {"secrets": []})
    assert admin.delete("/secrets/ERP_KEY")[0] == 404
    kinds = [entry["kind"] for entry in admin.get("/audit")[1]["entries"]]
    assert kinds[:3] == ["secret_deleted", "secret_changed", "secret_set"]


@pytest.mark.parametrize(
    "name, value", [("erp", "x"), ("1A", "x"), ("A" * 61, "x"), ("A", ""), ("A", "a\nb"), ("A-B", "x")]
)
def test_a_secret_that_could_not_be_used_is_refused(admin, name, value):
    assert admin.call("PUT", f"/secrets/{name}", {"value": value, "hosts": HERE})[0] == 422


@pytest.mark.parametrize("how", ["never made", "other key"])
def test_a_secret_that_cannot_be_opened_is_named(started, calls, other, admin, services, sales, how):
    if how == "other key":
        admin.call("PUT", "/secrets/ERP_KEY", {"value": SECRET, "hosts": HERE})
        with services.unit(sales.me["workspace"]["key"]) as unit:
            unit.connection.exec_driver_sql(f"UPDATE \"{unit.schema}\".secret SET sealed = 'AAAA'")
    made, _ = started({"url": f"{other.url}/{{secret.ERP_KEY}}"})
    calls()
    assert other.requests == []
    [said] = [step["comment"] for step in run_of(sales, made)["steps"] if step["event"] == "failed"]
    assert "ERP_KEY" in said


def test_a_call_without_secrets_needs_no_key(started, calls, other, sales, tmp_path):
    made, _ = started({"url": other.url})
    calls()
    assert run_of(sales, made)["status"] == "approved"
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "0x7f.1"])
def test_inner_addresses_are_not_called(started, calls, other, sales, host):
    made, _ = started({"url": f"http://{host}:{other.port}/"})
    calls(caller=HttpCaller())
    assert other.requests == []
    assert run_of(sales, made)["status"] == "stuck"


def test_a_call_that_nobody_waits_for_any_more_is_not_made(started, calls, other, admin, sales):
    _, instance = started({"url": other.url})
    assert admin.post(f"/workflow-instances/{instance['id']}/cancel", {"reason": "No"})[0] == 200
    calls()
    assert other.requests == []
    [listed] = admin.get("/webhook-calls")[1]["calls"]
    assert (listed["state"], listed["retry"]) == ("void", False)


def test_the_next_attempt_can_be_made_at_once(started, calls, other, admin, jobs, sales):
    other.answers = [(500, {}, b""), (200, {}, b"")]
    made, _ = started({"url": other.url})
    calls()
    later = list(jobs.deferred)
    [listed] = admin.get("/webhook-calls", state="waiting")[1]["calls"]
    assert admin.post(f"/webhook-calls/{listed['id']}/retry", {})[0] == 200
    jobs.deferred[: len(later)] = []
    calls()
    assert run_of(sales, made)["status"] == "approved"
    jobs.deferred[:] = later
    calls()
    assert len(other.requests) == 2


def test_an_answer_that_is_too_large_or_no_json_is_none(started, calls, other, sales):
    other.answer(body=b"x" * 1_000_001)
    made, _ = started({"url": other.url})
    calls()
    assert run_of(sales, made)["status"] == "stuck"
    other.answer(body="<html>")
    other_quote, _ = started({"url": other.url, "answer": {"note": "a"}}, no="Q2")
    calls()
    assert run_of(sales, other_quote)["status"] == "stuck"


def test_calls_of_runs_that_have_ended_are_forgotten(started, calls, other, shop, clock):
    started({"url": other.url}, no="old")
    calls()
    clock.move(calling.REMEMBERED + timedelta(days=1))
    started({"url": other.url}, client=shop.as_user("sales"), no="new")
    calls()
    with shop.services.unit(shop.workspace_key) as unit:
        assert [one.title for one in webhook_calls.page(unit, before=None, limit=9)] == ["new"]


def test_simulating_tells_the_call_and_makes_none(shop, admin, sales, other, jobs):
    made = quote(sales, no="Q1")
    publish(shop, approval=APPROVAL, push=workflow({"url": f"{other.url}/{{no}}"}))
    jobs.deferred.clear()
    status, told = admin.post("/apps/shop/workflows/push/simulate", {"record": made["id"], "decisions": []})
    assert status == 200, told
    [effect] = [one for one in told["effects"] if one["kind"] == "call_webhook"]
    assert (effect["node"], effect["call"]["url"]) == ("call", f"{other.url}/Q1")
    assert told["status"] == "approved"
    assert (jobs.deferred, other.requests) == ([], [])


def test_the_draft_says_which_secrets_are_missing(shop, admin):
    node = {"url": "https://erp.example.com/{secret.NOT_MADE}", "sign": "ALSO_NOT"}
    drawn = workflow(node)
    publish(shop, approval=APPROVAL, push=drawn)
    status, told = admin.post("/apps/shop/workflows/push/check", {})
    assert status == 200
    assert [(one["path"], one["code"]) for one in told["issues"]] == [
        ("/nodes/call/url", "definition_unknown_secret"),
        ("/nodes/call/sign", "definition_unknown_secret"),
    ]
    for name in ("NOT_MADE", "ALSO_NOT"):
        admin.call("PUT", f"/secrets/{name}", {"value": "x", "hosts": HERE})
    [first, second] = admin.post("/apps/shop/workflows/push/check", {})[1]["issues"]
    assert (first["code"], second["path"]) == ("definition_secret_goes_elsewhere", "/nodes/call/sign")
    assert "erp.example.com" in first["message"]
    for name in ("NOT_MADE", "ALSO_NOT"):
        admin.call("PUT", f"/secrets/{name}", {"value": "x", "hosts": ["ERP.example.com "]})
    assert admin.post("/apps/shop/workflows/push/check", {})[1] == {"issues": []}


def test_a_secret_goes_nowhere_but_to_its_hosts(started, calls, other, admin, sales):
    admin.call("PUT", "/secrets/ERP_KEY", {"value": SECRET, "hosts": ["erp.example.com"]})
    made, _ = started({"url": f"{other.url}/erp.example.com", "headers": {"X-Key": "{secret.ERP_KEY}"}})
    calls()
    assert other.requests == []
    [said] = [step["comment"] for step in run_of(sales, made)["steps"] if step["event"] == "failed"]
    assert "127.0.0.1" in said


@pytest.mark.parametrize(
    "hosts",
    [[], [""], ["https://erp.example.com"], ["erp.example.com:443"], ["a b"], ["x"] * 21, ["x" * 254]],
)
def test_hosts_that_are_none_are_refused(admin, hosts):
    assert admin.call("PUT", "/secrets/ERP_KEY", {"value": "x", "hosts": hosts})[0] == 422
