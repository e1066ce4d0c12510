"""Join: the ways of a branch become one again."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.workflows.model import Token
from joinery.workflows.moving import park
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.work import Work


@NODE_TYPES.register
class Join(NodeType):
    """Waits until every way of the branch that is still gone has arrived here, or ended; with `enough` until
    so many have arrived: then the others are given up.
    """

    name, icon, group = "join", "arrows-join", "way"
    label: ClassVar[Label] = {"en": "Join", "zh": "汇合"}
    help: ClassVar[Label] = {"en": "Waits for all ways of a branch.", "zh": "等待分支的所有路径到达。"}
    joins = True
    settings: ClassVar[Mapping[str, Any]] = {
        "enough": {
            "type": "integer",
            "minimum": 1,
            "maximum": 30,
            "label": {"en": "Goes on as soon as so many ways have arrived", "zh": "到达多少条路径即继续"},
        },
    }

    def enter(self, work: Work, token: Token) -> None:
        park(work, token)
