"""End: where a way ends."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.kernel import Issue
from joinery.workflows.effects import ApplyProposal
from joinery.workflows.model import Token
from joinery.workflows.moving import end
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import NAME
from joinery.workflows.work import Work

Json = Mapping[str, Any]

#: Words that an own result cannot be called by.
TAKEN = ("running", "cancelled", "stuck")


@NODE_TYPES.register
class End(NodeType):
    """The instance ends when no other way is gone any more, or at once when `everything` ends here."""

    name, icon, group = "end", "circle-check", "way"
    label: ClassVar[Label] = {"en": "End", "zh": "结束"}
    help: ClassVar[Label] = {"en": "The workflow ends here.", "zh": "流程到此结束。"}
    leads = "nowhere"
    settings: ClassVar[Mapping[str, Any]] = {
        "result": {
            **NAME,
            "default": "approved",
            "pattern": "^[a-z][a-z0-9_]{0,39}$(?!\\n)",
            "label": {"en": "Result: approved, rejected, withdrawn or an own word", "zh": "结果（可自定义）"},
        },
        "everything": {
            "type": "boolean",
            "label": {"en": "Ends all other ways too", "zh": "同时结束其他路径"},
        },
    }

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        if settings.get("result") in TAKEN:
            yield Issue("/result", "definition_result_taken", {"name": settings["result"]})

    def enter(self, work: Work, token: Token) -> None:
        settings = work.node(token.node).settings
        result = settings.get("result", "approved")
        everything = settings.get("everything", result in ("rejected", "withdrawn"))
        last = everything or len(work.tokens) == 1
        if work.instance.holds_back and result == "approved" and last:
            key = work.key()
            work.wish(ApplyProposal(key=key, anyway=work.instance.insisted))
            work.put(token, waits=key)
        else:
            end(work, token, result, everything=everything)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        work.note("applied", token)
        work.change(applied=True)
        self.enter(work, token)
