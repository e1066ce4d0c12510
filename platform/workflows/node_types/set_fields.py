"""Set fields: the record gets values."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.value_settings import values_setting
from joinery.workflows.work import Work


@NODE_TYPES.register
class SetFields(NodeType):
    """Fields of the record get the values of expressions over it."""

    name, icon, group = "set_fields", "forms", "data"
    label: ClassVar[Label] = {"en": "Set fields", "zh": "更新字段"}
    help: ClassVar[Label] = {"en": "Gives fields of the record values.", "zh": "更新本记录的字段值。"}
    settings: ClassVar[Mapping[str, Any]] = {"values": values_setting("own field", "values")}
    required_settings = ("values",)

    def enter(self, work: Work, token: Token) -> None:
        expressions = work.node(token.node).settings["values"]
        values = {key: work.world.evaluate(text) for key, text in expressions.items()}
        work.put(token, waits=work.set_values(values))

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        go_on(work, token)
