"""Mails by SMTP, and a twin for tests that only remembers them."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Literal, Protocol, Self
from urllib.parse import unquote, urlsplit

#: Seconds until a server that does not answer is given up.
TIMEOUT = 20

Encryption = Literal["starttls", "tls", "none"]
_SCHEMES: dict[str, tuple[Encryption, int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}


class MailFailed(Exception):
    """A mail was not taken; `lasting` when another attempt would end the same way."""

    def __init__(self, reason: str, *, lasting: bool) -> None:
        super().__init__(reason)
        self.lasting = lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person; `key` stays the same over all attempts, so that receivers know it again."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    at: datetime


class Mailer(Protocol):
    """Hands mails on; raises MailFailed."""

    def send(self, mail: Mail) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mails are handed in, and who sends them ("Name <address>")."""

    host: str
    port: int
    encryption: Encryption
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def read(cls, url: str, sender: str) -> Self:
        """The server of a URL such as smtp://user:password@host:587; raises ValueError with a reason."""
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES or not parts.hostname:
            raise ValueError("it must be smtp://, smtps:// or smtp+plain:// with a host")
        encryption, port = _SCHEMES[parts.scheme]
        return cls(
            host=parts.hostname,
            port=parts.port or port,
            encryption=encryption,
            sender=sender,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


class SmtpMailer:
    """Hands each mail to one server, over a connection of its own."""

    def __init__(
        self, server: MailServer, *, timeout: float = TIMEOUT, context: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._timeout = timeout
        self._context = context

    def send(self, mail: Mail) -> None:
        """Hand the mail in; raises MailFailed."""
        try:
            message = _message(self._server, mail)
            with self._connected() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise MailFailed(_said(error), lasting=all(code >= 500 for code in codes)) from error
        except smtplib.SMTPResponseException as error:
            # A wrong password may be mended by the operator: worth another attempt.
            lasting = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
            raise MailFailed(_said(error), lasting=lasting) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed(_said(error), lasting=False) from error
        except ValueError as error:
            raise MailFailed(_said(error), lasting=True) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        context = self._context or ssl.create_default_context()
        connection: smtplib.SMTP
        if server.encryption == "tls":
            connection = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        with connection:
            if server.encryption == "starttls":
                connection.starttls(context=context)
            if server.user is not None:
                connection.login(server.user, server.password or "")
            yield connection


def mailer_of(server: MailServer | None) -> SmtpMailer | None:
    """What hands mails to a server; None without one."""
    return None if server is None else SmtpMailer(server)


class RecordingMailer:
    """For tests: remembers mails; `failures` are raised one after another before any is taken."""

    def __init__(self, *failures: MailFailed) -> None:
        self.mails: list[Mail] = []
        self.failures = list(failures)

    def send(self, mail: Mail) -> None:
        """Remember the mail, or fail as told."""
        if self.failures:
            raise self.failures.pop(0)
        self.mails.append(mail)


def _message(server: MailServer, mail: Mail) -> EmailMessage:
    name, address = parseaddr(server.sender)
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.key}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
