"""Update records: those of a related list, or the one that a relation names, get values."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.kernel import Issue
from joinery.workflows.effects import UpdateRecords as Update
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.value_settings import LIST, RELATION, values_setting
from joinery.workflows.work import Work

Json = Mapping[str, Any]


@NODE_TYPES.register
class UpdateRecords(NodeType):
    """Records of a related list, or the one behind a relation, get the values of expressions over them.

    `$form` is this record. A relation that names nothing leaves nothing to do.
    """

    name, icon, group = "update_records", "files", "data"
    label: ClassVar[Label] = {"en": "Update related records", "zh": "更新关联记录"}
    help: ClassVar[Label] = {
        "en": "Gives the records of a related list, or of a relation, values.",
        "zh": "更新关联列表或关联字段中的记录。",
    }
    settings: ClassVar[Json] = {
        "list": LIST,
        "relation": RELATION,
        "when": {
            "type": "string",
            "minLength": 1,
            "maxLength": 10000,
            "expression": "listed condition",
            "label": {"en": "Only those", "zh": "仅限"},
        },
        "values": values_setting("listed field", "listed values"),
    }
    required_settings = ("values",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        if ("list" in settings) == ("relation" in settings):
            yield Issue("", "definition_one_of", {"names": "list, relation"})

    def enter(self, work: Work, token: Token) -> None:
        key = work.key()
        work.wish(Update(key=key, node=token.node))
        work.put(token, waits=key)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        work.note("updated", token, result=result)
        go_on(work, token)
