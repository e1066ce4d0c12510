"""Messages of workflows: who gets them where, once, and to which addresses."""

from dataclasses import replace

import pytest

from joinery.adapters import RecordingMailer
from joinery.runtime.mail import outbox
from joinery.runtime.workflows import mails, telling
from joinery.runtime.workflows.messages import MOST_ADDRESSES, addresses_in
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, label, publish, quote

shop = approvals.shop

TO_MANAGERS = {"assignees": [{"by": "role", "role": "manager"}]}


@pytest.fixture
def sent(services, shop, jobs):
    """Do the mails that are queued; what a mail server got."""

    def done():
        mailer = RecordingMailer()
        serving = replace(services, mailer=mailer)
        while jobs.deferred:
            waiting, jobs.deferred[:] = list(jobs.deferred), []
            for kind, arguments in waiting:
                if kind == telling.MAIL:
                    mails.run_mail(serving, shop.workspace_key, **arguments)
                elif kind == outbox.SEND_MAIL:
                    outbox.run_send(serving, shop.workspace_key, **arguments)
        return mailer.mails

    return done


@pytest.fixture
def tell(shop, sales):
    """`tell(node)`: a quote on which a workflow with this message was started."""

    def begun(node, **values):
        message = {
            "type": "message",
            "label": label("Tell"),
            "subject": "{no} is ready",
            "next": "end",
            **node,
        }
        workflow = {
            "label": label("News"),
            "form": "quote",
            "starts": [{"on": "button"}],
            "lock": {"fields": []},
            "first": "tell",
            "nodes": {"tell": message, "end": {"type": "end", "label": label("End")}},
        }
        publish(shop, approval=APPROVAL, news=workflow)
        made = quote(sales, **values)
        assert approvals.start(sales, made, "news")["status"] == "approved"
        return made

    return begun


def told(client):
    return [
        one["text"] for one in client.get("/notifications")[1]["notifications"] if one["kind"] == "message"
    ]


def test_people_are_told_in_the_product_and_by_mail(tell, sent, manager, sales, emails):
    made = tell(
        {**TO_MANAGERS, "text": "Discount {discount}, {status}\n\nPlease look <b>soon</b>."}, discount=0.1
    )
    assert told(manager) == ["Q1 is ready\n\nDiscount 10%, draft\n\nPlease look <b>soon</b>."]
    assert told(sales) == []
    [mail] = [one for one in sent() if one.subject == "Q1 is ready"]
    assert mail.to == emails("manager")
    assert "Please look &lt;b&gt;soon&lt;/b&gt;." in mail.html
    assert f"/a/shop/quote/{made['id']}" in mail.text


def test_who_wants_no_mails_of_messages_gets_none(tell, sent, manager):
    assert manager.call("PUT", "/me/notification-settings", {"mail": {"message": False}})[0] == 200
    tell(TO_MANAGERS)
    assert told(manager) == ["Q1 is ready"]
    assert [one for one in sent() if one.subject == "Q1 is ready"] == []


def test_mail_addresses_always_get_a_mail(tell, sent):
    tell({"addresses": '{note} & "; boss@example.com"', "text": "Hello"}, note="a@example.com, no address")
    found = [one for one in sent() if one.subject == "Q1 is ready"]
    assert sorted(one.to for one in found) == ["a@example.com", "boss@example.com"]
    assert all("Hello" in one.text and "http" not in one.text for one in found)


def test_a_subject_is_one_line(tell, sent):
    tell({"addresses": '"boss@example.com"', "subject": "{note}"}, note="a\nBcc: evil@example.com")
    assert [one.to for one in sent() if "Bcc" in one.subject] == ["boss@example.com"]


def test_simulating_tells_nobody(shop, admin, tell, jobs, manager):
    made = tell(TO_MANAGERS)
    before, jobs.deferred[:] = told(manager), []
    status, played = admin.post("/apps/shop/workflows/news/simulate", {"record": made["id"], "decisions": []})
    assert status == 200, played
    [effect] = [one for one in played["effects"] if one["kind"] == "send_message"]
    assert [one["id"] for one in effect["people"]] == [manager.me["user"]["id"]]
    assert (told(manager), jobs.deferred) == (before, [])


def test_a_run_tells_in_its_history_whom_it_told(tell, manager, sales):
    made = tell({**TO_MANAGERS, "addresses": '"a@example.com"'})
    [run] = sales.get(f"{QUOTES}/{made['id']}/workflow")[1]["instances"]
    [step] = [one for one in run["steps"] if one["event"] == "told"]
    assert [one["id"] for one in step["people"]] == [manager.me["user"]["id"]]


@pytest.mark.parametrize(
    "value, found",
    [
        (None, []),
        (7, []),
        ("", []),
        ("a@example.com", ["a@example.com"]),
        ("a@example.com;b@example.com\nc@example.com a@example.com", [f"{one}@example.com" for one in "abc"]),
        ("Ann <a@example.com>", []),
        ("a@localhost, @example.com, a@b@example.com, a@example.com\r\nBcc:x@example.com", ["a@example.com"]),
        (["a@example.com", None, "b@example.com"], ["a@example.com", "b@example.com"]),
        (",".join(f"p{number}@example.com" for number in range(99)), MOST_ADDRESSES),
    ],
)
def test_addresses_are_what_looks_like_some(value, found):
    addresses = addresses_in(value)
    assert (len(addresses) if isinstance(found, int) else addresses) == found
