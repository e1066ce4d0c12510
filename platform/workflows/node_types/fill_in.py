"""Fill-in: people complete the record."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, NodeDefinition
from joinery.kernel import Issue
from joinery.workflows.asking import ask
from joinery.workflows.deadlines import follow_record
from joinery.workflows.model import Token
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import OFFERED, PEOPLE, people_issues
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class FillIn(NodeType):
    """Somebody fills in fields of the record; the first who submits is enough."""

    name, icon, group = "fill_in", "pencil", "people"
    label: ClassVar[Label] = {"en": "Fill-in", "zh": "填写"}
    help: ClassVar[Label] = {"en": "People complete the record.", "zh": "由负责人补充填写。"}
    asks = True
    settings: ClassVar[Mapping[str, Any]] = {
        **PEOPLE,
        "several": {
            "type": "object",
            "properties": {"rule": {"enum": ["any", "all"]}},
            "required": ["rule"],
            "additionalProperties": False,
            "label": {"en": "When several are asked", "zh": "多人填写方式"},
        },
        "decisions": {
            "type": "object",
            "properties": dict.fromkeys(("submit", "return", "reassign", "ask", "hold"), OFFERED),
            "additionalProperties": False,
            "label": {"en": "Decisions", "zh": "可用操作"},
        },
    }
    required_settings = ("assignees",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        yield from people_issues(settings)
        decisions = settings.get("decisions")
        if isinstance(decisions, dict) and decisions.get("submit") is False:
            yield Issue("/decisions/submit", "definition_cannot_go_on", {})

    def follows_record(self, node: NodeDefinition) -> bool:
        return "until" in node.settings.get("due", {})

    def enter(self, work: Work, token: Token) -> None:
        ask(work, token, "fill")

    def record_changed(self, work: Work, token: Token) -> None:
        follow_record(work, token)
