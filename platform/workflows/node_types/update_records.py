"""Update records: those of a related list get values."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.workflows.effects import UpdateRecords as Update
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.value_settings import LIST, values_setting
from joinery.workflows.work import Work


@NODE_TYPES.register
class UpdateRecords(NodeType):
    """Records of a related list get the values of expressions over them; `$form` is this record."""

    name, icon, group = "update_records", "files", "data"
    label: ClassVar[Label] = {"en": "Update related records", "zh": "更新关联记录"}
    help: ClassVar[Label] = {"en": "Gives records of a related list values.", "zh": "更新关联列表中的记录。"}
    settings: ClassVar[Mapping[str, Any]] = {
        "list": LIST,
        "when": {
            "type": "string",
            "minLength": 1,
            "maxLength": 10000,
            "expression": "listed condition",
            "label": {"en": "Only those", "zh": "仅限"},
        },
        "values": values_setting("listed field", "listed values"),
    }
    required_settings = ("list", "values")

    def enter(self, work: Work, token: Token) -> None:
        key = work.key()
        work.wish(Update(key=key, node=token.node))
        work.put(token, waits=key)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        work.note("updated", token, result=result)
        go_on(work, token)
