"""Delay: a while passes, or a moment is waited for."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.kernel import Issue
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import DURATION

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
