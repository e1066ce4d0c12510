"""Delay: a while passes, or a moment is waited for."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, NodeDefinition
from joinery.kernel import Issue
from joinery.workflows.model import Token
from joinery.workflows.moments import moment_of
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import DURATION
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class Delay(NodeType):
    """Goes on after a span of time, or at the moment that an expression over the record gives."""

    name, icon, group = "delay", "clock", "time"
    label: ClassVar[Label] = {"en": "Delay", "zh": "延时"}
    help: ClassVar[Label] = {"en": "Waits for a while or until a moment.", "zh": "等待一段时间或到指定时间。"}
    settings: ClassVar[Mapping[str, Any]] = {
        "after": {**DURATION, "label": {"en": "For", "zh": "等待时长"}},
        "until": {
            "type": "string",
            "minLength": 1,
            "maxLength": 10000,
            "expression": "moment",
            "label": {"en": "Until", "zh": "等待到"},
        },
    }

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        if ("after" in settings) == ("until" in settings):
            yield Issue("", "definition_one_of", {"names": "after, until"})

    def follows_record(self, node: NodeDefinition) -> bool:
        return "until" in node.settings

    def enter(self, work: Work, token: Token) -> None:
        settings = work.node(token.node).settings
        if "after" in settings:
            after = settings["after"]
            at = work.world.add(after["amount"], after["unit"], work.now)
            work.put(token, timers=(work.start_timer("delay", at),))
        else:
            _wait_until(work, token, settings["until"])

    def timer_fired(self, work: Work, token: Token, kind: str) -> None:
        go_on(work, token)

    def record_changed(self, work: Work, token: Token) -> None:
        until = work.node(token.node).settings.get("until")
        if until is not None:
            work.cancel_timers(token.timers)
            _wait_until(work, work.put(token, timers=()), until)


def _wait_until(work: Work, token: Token, until: str) -> None:
    """Wait for the moment that the expression gives now; without one until the record changes."""
    moment = moment_of(until, work.world)
    if moment is not None:
        work.put(token, timers=(work.start_timer("delay", moment),))
