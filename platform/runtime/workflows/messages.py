"""Messages of workflows: to people within the product, to mail addresses by mail, each once for ever."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from joinery.runtime.mail.letters import message_letter
from joinery.runtime.mail.outbox import queue_mail
from joinery.runtime.records.sent_records import show_context
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.telling import store
from joinery.runtime.workflows.templates import fill
from joinery.storage import system_tables
from joinery.workflows import SendMessage

if TYPE_CHECKING:
    from joinery.runtime.workflows.runner import Runner

#: Characters of a subject and of a text, and addresses that one message goes to.
LONGEST_SUBJECT, LONGEST_TEXT, MOST_ADDRESSES = 200, 10_000, 50

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,190}\.[\w-]{2,63}")


def send_message(runner: "Runner", effect: SendMessage) -> dict[str, Any]:
    """Tell people and addresses what a node says, in the transaction of its step; whom that was."""
    unit, told = runner.unit, []
    for user, language in _languages(unit, effect.users).items():
        subject, text = _written(runner, effect.node, language)
        data = {"node": effect.node, "subject": subject, "text": text, "by": runner.at.actor.user_id}
        told.append(
            {
                "user_id": user,
                "kind": "message",
                "at": unit.now,
                "instance_id": runner.instance.id,
                "task_id": None,
                "data": data,
            }
        )
    if told:
        store(unit, told)
    expression = runner.workflow.nodes[effect.node].settings.get("addresses")
    addresses = [] if expression is None else addresses_in(runner.world.evaluate(expression))
    if addresses:
        subject, text = _written(runner, effect.node, unit.workspace.language)
        letter = message_letter(unit.workspace, subject=subject, text=text)
        for address in addresses:
            queue_mail(unit, kind="workflow", address=address, letter=letter)
    return {"users": list(effect.users), "addresses": len(addresses)}


def addresses_in(value: Any) -> list[str]:
    """The mail addresses in a text or a list of texts, each once; what is none is left out."""
    texts = value if isinstance(value, list | tuple) else [value]
    found = (part for text in texts if isinstance(text, str) for part in re.split(r"[\s,;]+", text))
    return list(dict.fromkeys(part for part in found if _ADDRESS.fullmatch(part)))[:MOST_ADDRESSES]


def _written(runner: "Runner", node: str, language: str) -> tuple[str, str]:
    """Subject and text of a message in somebody's language."""
    settings, said = runner.workflow.nodes[node].settings, _in_words(runner, language)
    subject = " ".join(fill(settings["subject"], said).split())[:LONGEST_SUBJECT]
    return subject, fill(settings.get("text", ""), said).strip()[:LONGEST_TEXT]


def _in_words(runner: "Runner", language: str) -> Callable[[str], str]:
    """How the record's values are read: options by their labels, people and records by their names."""
    at = replace(runner.at, actor=replace(runner.at.actor, language=language))

    def said(path: str) -> str:
        field, value = at.form.field(path), runner.values.get(path)
        if field is None or value is None:
            return runner.world.text(path)
        return field.type.to_text(field, value, show_context(at, [{path: value}], [field]))

    return said


def _languages(unit: Unit, users: Collection[int]) -> Mapping[int, str]:
    """The languages of people, in their order; of those who chose none that of the workspace."""
    here = system_tables.user.c
    rows = unit.connection.execute(sa.select(here.id, here.language).where(here.id.in_(users)))
    chosen = {row.id: row.language for row in rows}
    return {user: chosen.get(user) or unit.workspace.language for user in users}
