"""Mails handed to a real server on this machine: with and without encryption, refused, and silent."""

import socket
import ssl
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from joinery.adapters import Mail, MailFailed, MailServer, SmtpMailer

MAIL = Mail(
    key="main.7",
    to="anna@example.com",
    subject="邀请 Anna",
    text="您好\nhttps://crm.example.com/password#abc",
    html="<p>您好</p>",
    at=datetime(2026, 3, 31, 16, 30, tzinfo=UTC),
)


class Inbox:
    """Takes every mail, unless it is told what to say instead."""

    def __init__(self) -> None:
        self.messages = []
        self.says = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.says.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.says.get("DATA", "250 taken")


def knows_the_password(server, session, envelope, mechanism, auth_data):
    right = isinstance(auth_data, LoginPassword) and auth_data.password == b"s:cret"
    return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def certificate():
    """The context of a server of this machine, and one of a client that trusts it."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(server)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    return server, trusting


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def serve(inbox):
    """Start a server; gives its port."""
    controllers = []

    def started(**options):
        controller = Controller(inbox, hostname="localhost", port=free_port(), **options)
        controller.start()
        controllers.append(controller)
        return controller.port

    yield started
    for controller in controllers:
        controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mailer(url, context=None):
    return SmtpMailer(MailServer.read(url, "Joinery 乔 <no-reply@example.com>"), timeout=5, context=context)


def test_a_mail_arrives_as_text_and_html_under_a_lasting_id(serve, inbox):
    sending = mailer(f"smtp+plain://localhost:{serve()}")
    sending.send(MAIL)
    sending.send(MAIL)
    first, second = inbox.messages
    assert first["Message-ID"] == second["Message-ID"] == "<main.7@example.com>"
    assert (first["Subject"], first["To"]) == ("邀请 Anna", "anna@example.com")
    assert first["From"].addresses[0].display_name == "Joinery 乔"
    assert "password#abc" in first.get_body(("plain",)).get_content()
    assert "<p>您好</p>" in first.get_body(("html",)).get_content()


def test_encryption_and_a_password(serve, inbox, certificate):
    server, trusting = certificate
    port = serve(
        tls_context=server, require_starttls=True, authenticator=knows_the_password, auth_required=True
    )
    mailer(f"smtp://joe:s%3Acret@localhost:{port}", trusting).send(MAIL)
    assert len(inbox.messages) == 1
    with pytest.raises(MailFailed) as failed:
        mailer(f"smtp://joe:wrong@localhost:{port}", trusting).send(MAIL)
    assert not failed.value.lasting
    with pytest.raises(MailFailed) as failed:
        mailer(f"smtp://joe:s%3Acret@localhost:{port}").send(MAIL)
    assert "certificate" in str(failed.value).lower()


def test_a_server_without_encryption_is_not_given_the_password(serve, inbox):
    port = serve(authenticator=knows_the_password, auth_require_tls=False)
    with pytest.raises(MailFailed):
        mailer(f"smtp://joe:s%3Acret@localhost:{port}").send(MAIL)
    assert inbox.messages == []


@pytest.mark.parametrize(
    ("command", "answer", "lasting"),
    [
        ("RCPT", "550 no such person", True),
        ("RCPT", "450 try later", False),
        ("DATA", "554 refused", True),
        ("DATA", "452 disk full", False),
    ],
)
def test_a_refusal_says_whether_it_lasts(serve, inbox, command, answer, lasting):
    inbox.says[command] = answer
    with pytest.raises(MailFailed) as failed:
        mailer(f"smtp+plain://localhost:{serve()}").send(MAIL)
    assert failed.value.lasting is lasting
    assert answer[:3] in str(failed.value)


def test_nobody_at_the_port_is_worth_another_attempt():
    with pytest.raises(MailFailed) as failed:
        mailer(f"smtp+plain://localhost:{free_port()}").send(MAIL)
    assert not failed.value.lasting


@pytest.mark.parametrize(
    ("url", "encryption", "port"),
    [
        ("smtp://mail.example.com", "starttls", 587),
        ("smtps://mail.example.com", "tls", 465),
        ("smtp+plain://127.0.0.1", "none", 25),
        ("smtp://mail.example.com:2525", "starttls", 2525),
    ],
)
def test_the_scheme_says_how_it_is_encrypted(url, encryption, port):
    server = MailServer.read(url, "a@example.com")
    assert (server.encryption, server.port) == (encryption, port)


@pytest.mark.parametrize("url", ["http://mail.example.com", "mail.example.com", "smtp://", "smtp://x:port"])
def test_another_address_is_refused(url):
    with pytest.raises(ValueError):
        MailServer.read(url, "a@example.com")
