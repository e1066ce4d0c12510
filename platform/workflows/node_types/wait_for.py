"""Wait for a condition."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, NodeDefinition
from joinery.kernel import Issue
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import DURATION, NAME
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class WaitFor(NodeType):
    """Goes on as soon as the condition over the record holds, or when it has waited long enough."""

    name, icon, group = "wait_for", "hourglass", "time"
    label: ClassVar[Label] = {"en": "Wait for", "zh": "等待条件"}
    help: ClassVar[Label] = {"en": "Waits until a condition holds.", "zh": "等待条件成立。"}
    settings: ClassVar[Mapping[str, Any]] = {
        "condition": {
            "type": "string",
            "minLength": 1,
            "maxLength": 10000,
            "expression": "condition",
            "label": {"en": "Condition", "zh": "条件"},
        },
        "at_most": {**DURATION, "label": {"en": "At most", "zh": "最长等待"}},
        "timed_out": {
            **NAME,
            "names": "next",
            "label": {"en": "Go on with when the time is over", "zh": "超时后转到"},
        },
    }
    required_settings = ("condition",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        if "timed_out" in settings and "at_most" not in settings:
            yield Issue("", "definition_missing_property", {"name": "at_most"})

    def ways(self, node: NodeDefinition) -> tuple[str, ...]:
        late = node.settings.get("timed_out")
        return (*super().ways(node), *([] if late is None else [late]))

    def follows_record(self, node: NodeDefinition) -> bool:
        return True

    def enter(self, work: Work, token: Token) -> None:
        settings = work.node(token.node).settings
        if work.world.condition(settings["condition"]):
            go_on(work, token)
        elif "at_most" in settings:
            most = settings["at_most"]
            at = work.world.add(most["amount"], most["unit"], work.now)
            work.put(token, timers=(work.start_timer("wait", at),))

    def timer_fired(self, work: Work, token: Token, kind: str) -> None:
        go_on(work, token, work.node(token.node).settings.get("timed_out"))

    def record_changed(self, work: Work, token: Token) -> None:
        if work.world.condition(work.node(token.node).settings["condition"]):
            go_on(work, token)
