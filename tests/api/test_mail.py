"""Invitations and new passwords by mail: who gets what, in which language, and what nobody learns."""

from dataclasses import replace
from datetime import timedelta

import pytest

from joinery.adapters import MailFailed, RecordingMailer
from joinery.runtime.mail import outbox

NEW = "a password of my own"


@pytest.fixture
def mailer(services):
    """The product with a mail server that remembers what it takes."""
    return RecordingMailer()


@pytest.fixture
def work(services, shop, jobs):
    """Do the mails that were queued; gives how many there were."""

    def done(mailer=None, times=1):
        with_mail = replace(services, mailer=mailer)
        waiting = [arguments for kind, arguments in jobs.deferred if kind == outbox.SEND_MAIL]
        jobs.deferred.clear()
        for _ in range(times):
            for arguments in waiting:
                outbox.run_send(with_mail, shop.workspace_key, **arguments)
        return len(waiting)

    return done


@pytest.fixture
def anna(admin, shop, jobs):
    email = f"anna.{shop.workspace_key}@example.com"
    body = {"people": [{"name": "Anna <b>", "email": email}], "language": "zh-CN"}
    status, answer = admin.post("/invitations", body)
    assert status == 200, answer
    return answer["invited"][0]["person"]


def token_in(text):
    return text.split("/password#")[1].split()[0]


def test_an_invitation_comes_in_the_language_of_the_invited(anna, work, mailer, anonymous):
    assert work(mailer) == 1
    (mail,) = mailer.mails
    assert mail.to == anna["email"]
    assert "邀请您加入" in mail.subject
    assert "Anna &lt;b&gt;" in mail.html
    assert "Anna <b>" not in mail.html
    assert mail.text.split("/password#")[0].endswith("http://127.0.0.1:8000")
    status, me = anonymous.post("/password", {"token": token_in(mail.text), "password": NEW})
    assert (status, me["user"]["id"]) == (200, anna["id"])


def test_a_mail_is_sent_once_however_often_its_job_runs(anna, work, mailer):
    work(mailer, times=3)
    assert len(mailer.mails) == 1


def test_what_was_sent_is_not_kept(anna, work, mailer, admin):
    work(mailer)
    _, listed = admin.get("/mails")
    assert [(one["state"], one["text"]) for one in listed["mails"]] == [("sent", None)]


def test_without_a_mail_server_administrators_read_the_mail(anna, work, admin, sales, anonymous):
    work(None)
    _, listed = admin.get("/mails")
    assert (listed["configured"], listed["total"]) == (False, 1)
    (kept,) = listed["mails"]
    assert (kept["state"], kept["address"]) == ("kept", anna["email"])
    _, read = admin.get(f"/mails/{kept['id']}")
    assert anonymous.post("/password/link", {"token": token_in(read["text"])})[0] == 200
    for path in ("/mails", f"/mails/{kept['id']}"):
        status, refused = sales.get(path)
        assert status == 403
        assert anna["email"] not in str(refused)
    assert admin.get("/mails/4000000")[0] == 404


def test_a_mail_that_is_not_taken_is_tried_again_later(anna, work, jobs, admin, services):
    mailer = RecordingMailer(MailFailed("later", lasting=False))
    work(mailer)
    assert jobs.later == [services.clock() + outbox.WAITS[0]]
    assert admin.get("/mails")[1]["mails"][0]["attempts"] == 1
    work(mailer)
    assert len(mailer.mails) == 1


def test_in_the_end_a_mail_that_nobody_takes_has_failed(anna, work, jobs, admin):
    attempts = len(outbox.WAITS) + 1
    mailer = RecordingMailer(*[MailFailed("later", lasting=False)] * attempts)
    assert [work(mailer) for _ in range(attempts + 1)] == [1] * attempts + [0]
    assert admin.get("/mails")[1]["mails"][0]["state"] == "failed"


def test_a_refusal_that_lasts_is_the_end(anna, work, admin, jobs):
    work(RecordingMailer(MailFailed("550 nobody there", lasting=True)))
    (mail,) = admin.get("/mails")[1]["mails"]
    assert (mail["state"], mail["error"], mail["text"]) == ("failed", "550 nobody there", None)
    assert jobs.deferred == []


def test_whoever_forgot_the_password_gets_a_link(sales, work, mailer, anonymous):
    email = sales.me["user"]["email"]
    assert anonymous.post("/password/forgot", {"email": f" {email.upper()} "}) == (204, "")
    assert work(mailer) == 1
    token = token_in(mailer.mails[0].text)
    assert anonymous.post("/password", {"token": token, "password": NEW})[0] == 200
    assert sales.get("/me")[0] == 401


@pytest.mark.parametrize("email", ["nobody@example.com", "", "\x00", "x" * 300, "a'--@example.com"])
def test_nobody_learns_that_there_is_no_such_person(anonymous, jobs, email):
    assert anonymous.post("/password/forgot", {"email": email}) == (204, "")
    assert jobs.deferred == []


def test_one_address_is_not_flooded_and_all_are_limited_alike(sales, anonymous, clock):
    for email in (sales.me["user"]["email"], "flooded@example.com"):
        answers = [anonymous.post("/password/forgot", {"email": email})[0] for _ in range(5)]
        assert answers == [204, 204, 204, 429, 429]
    clock.move(timedelta(hours=2))
    assert anonymous.post("/password/forgot", {"email": "flooded@example.com"})[0] == 204


def test_who_left_gets_no_mail(admin, sales, anonymous, jobs):
    admin.post(f"/users/{sales.me['user']['id']}/deactivate", {})
    assert anonymous.post("/password/forgot", {"email": sales.me["user"]["email"]})[0] == 204
    assert jobs.deferred == []


def test_mails_are_remembered_for_a_while(anna, admin, clock, shop):
    clock.move(timedelta(days=31))
    admin.sign_in(shop.email("admin"))
    email = f"ben.{shop.workspace_key}@example.com"
    admin.post("/invitations", {"people": [{"name": "Ben", "email": email}]})
    assert [one["address"] for one in admin.get("/mails")[1]["mails"]] == [email]
