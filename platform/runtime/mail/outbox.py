"""Mails on their way: queued with the change that asks for them, sent by a job, told to administrators."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from joinery.adapters import Mail, MailFailed
from joinery.kernel import NotFound
from joinery.runtime.kinds import MAIL
from joinery.runtime.mail.letters import Letter
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage.workspace_tables import mail as table

SEND_MAIL = "send_mail"

#: How many mails are remembered, and for how long.
MOST_MAILS = 500
_REMEMBERED = timedelta(days=30)
#: Waits between attempts; after the last one a mail has failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


def queue_mail(unit: Unit, *, kind: str, address: str, letter: Letter) -> int:
    """A mail that a worker sends once this transaction is committed; gives its id."""
    mail_id: int = unit.connection.execute(
        table.insert()
        .values(
            at=unit.now,
            kind=kind,
            address=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            state="waiting",
            attempts=0,
        )
        .returning(table.c.id)
    ).scalar_one()
    _forget_old(unit)
    unit.defer(SEND_MAIL, {"mail": mail_id})
    return mail_id


def run_send(services: Services, workspace: str, mail: int) -> None:
    """Send a mail, or keep it where there is no mail server.

    A worker that dies between the server's word and the note of it sends the mail once more, under the same
    Message-ID. What was sent is no longer kept: its links are for one person only.
    """
    with services.unit(workspace) as unit:
        row = unit.connection.execute(sa.select(table).where(table.c.id == mail)).one_or_none()
        if row is None or row.state != "waiting":
            return
        if services.mailer is None:
            _save(unit, mail, state="kept")
            return
    letter = Mail(
        key=f"{workspace}.{mail}",
        to=row.address,
        subject=row.subject,
        text=row.text,
        html=row.html,
        at=row.at,
    )
    try:
        services.mailer.send(letter)
    except MailFailed as error:
        _failed(services, workspace, mail, error)
        return
    with services.unit(workspace) as unit:
        _save(unit, mail, state="sent", sent_at=unit.now, text=None, html=None, error=None)


def list_mails(unit: Unit, *, offset: int = 0, limit: int = 50) -> dict[str, Any]:
    """A page of the mails, the newest first; only those that are kept have a text."""
    total = unit.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    rows = unit.connection.execute(
        sa.select(table).order_by(table.c.id.desc()).offset(offset).limit(limit)
    ).mappings()
    return {"mails": [_mail_json(dict(row)) for row in rows], "total": total}


def read_mail(unit: Unit, mail_id: int) -> dict[str, Any]:
    """One of the mails; raises NotFound."""
    row = unit.connection.execute(sa.select(table).where(table.c.id == mail_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(kind=MAIL)
    return _mail_json(dict(row))


def _mail_json(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = row["state"] == "kept"
    names = ("id", "at", "kind", "address", "subject", "state", "attempts", "error", "sent_at")
    return {**{name: row[name] for name in names}, "text": row["text"] if kept else None}


def _failed(services: Services, workspace: str, mail_id: int, error: MailFailed) -> None:
    """Note an attempt that failed, and try again later unless that is in vain."""
    with services.unit(workspace) as unit:
        attempts: int | None = unit.connection.execute(
            table.update()
            .where(table.c.id == mail_id)
            .values(attempts=table.c.attempts + 1, error=str(error))
            .returning(table.c.attempts)
        ).scalar_one_or_none()
        if attempts is None:
            return
        if error.lasting or attempts > len(WAITS):
            _save(unit, mail_id, state="failed", text=None, html=None)
        else:
            unit.defer(SEND_MAIL, {"mail": mail_id}, at=unit.now + WAITS[attempts - 1])


def _save(unit: Unit, mail_id: int, **values: Any) -> None:
    unit.connection.execute(table.update().where(table.c.id == mail_id).values(values))


def _forget_old(unit: Unit) -> None:
    newest = sa.select(table.c.id).order_by(table.c.id.desc()).limit(MOST_MAILS)
    unit.connection.execute(
        table.delete().where(sa.or_(table.c.at < unit.now - _REMEMBERED, table.c.id.not_in(newest)))
    )
