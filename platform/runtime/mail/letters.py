"""What mails say, in the language of whoever gets them, as text and as HTML."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from joinery.kernel import label_key, message
from joinery.storage import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that was written."""

    subject: str
    text: str
    html: str


def password_letter(
    workspace: Workspace, *, invited: bool, name: str, link: str, until: datetime, language: str, by: str
) -> Letter:
    """An invitation, or the way to a new password; `by` is who invites, "" for nobody."""
    kind = "invitation" if invited else "new_password"
    moment = until.astimezone(ZoneInfo(workspace.time_zone)).strftime("%Y-%m-%d %H:%M")
    words = {"name": name, "workspace": workspace.name, "by": by or workspace.name, "until": moment}

    def say(code: str) -> str:
        return message(code, language, words)

    values: dict[str, Any] = {
        "language": language,
        "greeting": say("mail_greeting"),
        "paragraphs": [say(f"mail_{kind}_text"), say("mail_link_once")],
        "button": say(f"mail_{kind}_button"),
        "link": link,
        "foot": say(f"mail_{kind}_foot"),
    }
    return _letter(say(f"mail_{kind}_subject"), values)


def notice_letter(
    workspace: Workspace, *, name: str, text: str, link: str, language: str, subject: str | None = None
) -> Letter:
    """Something that happened in a workflow, and the way to it; the `subject` is the text when missing."""
    words = {"name": name, "workspace": workspace.name}
    values: dict[str, Any] = {
        "language": language,
        "greeting": message("mail_greeting", language, words),
        "paragraphs": text.split("\n\n"),
        "button": message("mail_notice_button", language, words),
        "link": link,
        "foot": message("mail_notice_foot", language, words),
    }
    return _letter(subject or text, values)


def message_letter(workspace: Workspace, *, subject: str, text: str) -> Letter:
    """What a workflow says to somebody who has no account: nothing but that, and who sent it."""
    language = workspace.language
    values: dict[str, Any] = {
        "language": language,
        "greeting": subject,
        "paragraphs": text.split("\n\n") if text else [],
        "button": None,
        "link": None,
        "foot": message("mail_message_foot", language, {"workspace": workspace.name}),
    }
    return _letter(subject, values)


def _letter(subject: str, values: dict[str, Any]) -> Letter:
    values["colon"] = "：" if label_key(values["language"]) == "zh" else ":"
    return Letter(
        subject=" ".join(subject.split()),
        text=_templates().get_template("mail.txt").render(values),
        html=_templates().get_template("mail.html").render(values),
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("joinery.runtime.mail"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
