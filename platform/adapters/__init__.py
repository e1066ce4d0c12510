"""The outside world behind small ports, each with a twin for tests."""

from joinery.adapters.clock import Clock, FixedClock, SystemClock
from joinery.adapters.mail import Mail, Mailer, MailFailed, MailServer, RecordingMailer, SmtpMailer, mailer_of

__all__ = [
    "Clock",
    "FixedClock",
    "Mail",
    "MailFailed",
    "MailServer",
    "Mailer",
    "RecordingMailer",
    "SmtpMailer",
    "SystemClock",
    "mailer_of",
]
