"""Set fields: the record gets values."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.value_settings import values_setting


@NODE_TYPES.register
class SetFields(NodeType):
    """Fields of the record get the values of expressions over it."""

    name, icon, group = "set_fields", "forms", "data"
    label: ClassVar[Label] = {"en": "Set fields", "zh": "更新字段"}
    help: ClassVar[Label] = {"en": "Gives fields of the record values.", "zh": "更新本记录的字段值。"}
    settings: ClassVar[Mapping[str, Any]] = {"values": values_setting("own field", "values")}
    required_settings = ("values",)
