"""Approval: people say whether it goes on."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, NodeDefinition
from joinery.kernel import Issue
from joinery.workflows.asking import ask
from joinery.workflows.deadlines import follow_record
from joinery.workflows.model import Token
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import NAME, OFFERED, PEOPLE, people_issues
from joinery.workflows.work import Work

Json = Mapping[str, Any]

DECISIONS = ("approve", "reject", "return", "reassign", "add_approver", "ask", "hold")
#: Whether somebody is asked again: always, not directly after he agreed, not after he agreed anywhere before.
_AGAIN = ("ask", "skip_adjacent", "skip")


@NODE_TYPES.register
class Approval(NodeType):
    """One or several people decide; the result counts as soon as it is certain."""

    name, icon, group = "approval", "user-check", "people"
    label: ClassVar[Label] = {"en": "Approval", "zh": "审批"}
    help: ClassVar[Label] = {"en": "People approve or reject.", "zh": "由负责人同意或拒绝。"}
    asks = True
    settings: ClassVar[Mapping[str, Any]] = {
        **PEOPLE,
        "several": {
            "type": "object",
            "properties": {
                "rule": {"enum": ["any", "all", "share"]},
                "share": {"type": "integer", "minimum": 1, "maximum": 100},
                "in_turn": {"type": "boolean"},
                "veto": {"type": "boolean"},
            },
            "required": ["rule"],
            "additionalProperties": False,
            "label": {"en": "When several are asked", "zh": "多人审批方式"},
        },
        "repeat": {
            "type": "object",
            "properties": {"initiator": {"enum": [*_AGAIN, "manager"]}, "earlier": {"enum": list(_AGAIN)}},
            "additionalProperties": False,
            "label": {"en": "When the same person comes again", "zh": "审批人重复时"},
        },
        "decisions": {
            "type": "object",
            "properties": dict.fromkeys(
                ("approve", "reject", "return", "reassign", "add_approver", "ask", "hold"), OFFERED
            ),
            "additionalProperties": False,
            "label": {"en": "Decisions", "zh": "可用操作"},
        },
        "rejected": {
            **NAME,
            "names": "next",
            "label": {"en": "Go on with when rejected", "zh": "拒绝后转到"},
        },
    }
    required_settings = ("assignees",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        yield from people_issues(settings)
        several, decisions = settings.get("several"), settings.get("decisions")
        if isinstance(several, dict) and several.get("rule") == "share" and "share" not in several:
            yield Issue("/several", "definition_missing_property", {"name": "share"})
        if isinstance(decisions, dict) and decisions.get("approve") is False:
            yield Issue("/decisions/approve", "definition_cannot_go_on", {})

    def ways(self, node: NodeDefinition) -> tuple[str, ...]:
        rejected = node.settings.get("rejected")
        return (*super().ways(node), *([] if rejected is None else [rejected]))

    def follows_record(self, node: NodeDefinition) -> bool:
        return "until" in node.settings.get("due", {})

    def enter(self, work: Work, token: Token) -> None:
        ask(work, token, "decide")

    def record_changed(self, work: Work, token: Token) -> None:
        follow_record(work, token)
