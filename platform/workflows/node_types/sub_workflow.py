"""Sub-workflow: other workflows are started, and waited for or not."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.workflows.effects import StartChildren
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import NAME
from joinery.workflows.value_settings import LIST
from joinery.workflows.work import Work


@NODE_TYPES.register
class SubWorkflow(NodeType):
    """Starts a workflow on this record, or one on each record of a related list."""

    name, icon, group = "sub_workflow", "sitemap", "way"
    label: ClassVar[Label] = {"en": "Sub-workflow", "zh": "子流程"}
    help: ClassVar[Label] = {"en": "Starts other workflows.", "zh": "启动其他流程。"}
    settings: ClassVar[Mapping[str, Any]] = {
        "workflow": {**NAME, "names": "workflow", "label": {"en": "Workflow", "zh": "流程"}},
        "list": LIST,
        "wait": {
            "type": "boolean",
            "default": True,
            "label": {"en": "Wait until they have ended", "zh": "等待子流程结束"},
        },
    }
    required_settings = ("workflow",)

    def enter(self, work: Work, token: Token) -> None:
        key = work.key()
        work.wish(StartChildren(key=key, node=token.node))
        work.put(token, waits=key)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        children = tuple((result or {}).get("children", ()))
        work.note("children", token, children=list(children))
        if children and work.node(token.node).settings.get("wait", True):
            work.put(token, children=children)
        else:
            go_on(work, token)

    def child_ended(self, work: Work, token: Token, status: str) -> None:
        if not token.children:
            go_on(work, token)
