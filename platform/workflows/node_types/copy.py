"""Copy: people are told, and nobody waits."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.kernel import Issue
from joinery.workflows.asking import people_of
from joinery.workflows.model import Task, Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import ASSIGNEES, FIELDS, OTHERS, rule_issues
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class Copy(NodeType):
    """The record is in the box "copied to me" of these people, who may read it."""

    name, icon, group = "copy", "send", "people"
    label: ClassVar[Label] = {"en": "Copy", "zh": "抄送"}
    help: ClassVar[Label] = {
        "en": "People are told; nothing waits for them.",
        "zh": "通知相关人员，流程不等待。",
    }
    settings: ClassVar[Mapping[str, Any]] = {
        "assignees": ASSIGNEES,
        "fields": {
            "type": "object",
            "properties": {"hidden": FIELDS, "visible": FIELDS, "others": OTHERS},
            "additionalProperties": False,
            "label": {"en": "Fields", "zh": "字段权限"},
        },
    }
    required_settings = ("assignees",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        return rule_issues("/assignees", settings.get("assignees"))

    def enter(self, work: Work, token: Token) -> None:
        rules = work.node(token.node).settings["assignees"]
        people = people_of(rules, work.instance, work.world)
        for user in people:
            number = work.number()
            task = work.put_task(
                Task(
                    id=number,
                    token=token.id,
                    node=token.node,
                    user=user,
                    kind="copy",
                    state="done",
                    root=number,
                    opened_at=work.now,
                )
            )
            work.tell("copy", [user], task)
        work.note("copied", token, people=list(people))
        go_on(work, token)
