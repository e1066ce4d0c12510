"""Message: people are told something in words of one's own, in the product and by mail."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.kernel import Issue
from joinery.workflows.asking import people_of
from joinery.workflows.effects import SendMessage
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import RULES, rule_issues
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class Message(NodeType):
    """People get a notification, and a mail where they want such mails; addresses always get a mail.

    Once for ever, and nothing waits for it to be read.
    """

    name, icon, group = "message", "message", "data"
    label: ClassVar[Label] = {"en": "Send a message", "zh": "发送消息"}
    help: ClassVar[Label] = {
        "en": "Tells people or mail addresses something.",
        "zh": "向人员或邮箱地址发送消息。",
    }
    settings: ClassVar[Mapping[str, Any]] = {
        "assignees": {**RULES, "label": {"en": "To people", "zh": "接收人员"}},
        "addresses": {
            "type": "string",
            "minLength": 1,
            "maxLength": 10000,
            "expression": "value",
            "label": {"en": "To the mail addresses", "zh": "接收邮箱"},
        },
        "subject": {
            "type": "string",
            "minLength": 1,
            "maxLength": 500,
            "names": "template",
            "label": {"en": "Subject", "zh": "主题"},
        },
        "text": {
            "type": "string",
            "maxLength": 10000,
            "names": "template",
            "label": {"en": "Text", "zh": "正文"},
        },
    }
    required_settings = ("subject",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        yield from rule_issues("/assignees", settings.get("assignees"))
        if "assignees" not in settings and "addresses" not in settings:
            yield Issue("", "definition_nobody_told", {})

    def enter(self, work: Work, token: Token) -> None:
        key = work.key()
        rules = work.node(token.node).settings.get("assignees", ())
        people = people_of(rules, work.instance, work.world)
        work.wish(SendMessage(key=key, node=token.node, users=people))
        work.put(token, waits=key)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        told = result or {}
        work.note("told", token, people=list(told.get("users", ())), addresses=told.get("addresses"))
        go_on(work, token)
