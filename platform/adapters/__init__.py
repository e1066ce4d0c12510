"""The outside world behind small ports, each with a twin for tests."""

from joinery.adapters.addresses import AllowedHosts
from joinery.adapters.clock import Clock, FixedClock, SystemClock
from joinery.adapters.mail import Mail, Mailer, MailFailed, MailServer, RecordingMailer, SmtpMailer, mailer_of
from joinery.adapters.webhooks import (
    HttpCaller,
    RecordingCaller,
    WebhookAnswer,
    WebhookCaller,
    WebhookFailed,
    WebhookRequest,
)

__all__ = [
    "AllowedHosts",
    "Clock",
    "FixedClock",
    "HttpCaller",
    "Mail",
    "MailFailed",
    "MailServer",
    "Mailer",
    "RecordingCaller",
    "RecordingMailer",
    "SmtpMailer",
    "SystemClock",
    "WebhookAnswer",
    "WebhookCaller",
    "WebhookFailed",
    "WebhookRequest",
    "mailer_of",
]
