"""What a type of node is: its settings, how one leaves it, and what happens there.

A new type is one file in `node_types/`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from joinery.definitions import Label, Leads, NodeDefinition
from joinery.kernel import Issue, Registry

if TYPE_CHECKING:
    from joinery.workflows.model import Token
    from joinery.workflows.work import Work
    from joinery.workflows.world import World

Json = Mapping[str, Any]


class NodeType:
    """The base of all types of nodes; one instance of each is in NODE_TYPES."""

    name: ClassVar[str]
    label: ClassVar[Label]
    #: What it does, in a sentence.
    help: ClassVar[Label]
    icon: ClassVar[str]
    #: Place in the palette: "people", "way", "data" or "time".
    group: ClassVar[str]
    #: JSON Schema `properties` of the settings; each carries a `label` in both languages.
    settings: ClassVar[Mapping[str, Any]] = {}
    required_settings: ClassVar[tuple[str, ...]] = ()
    leads: ClassVar[Leads] = "next"
    asks: ClassVar[bool] = False
    joins: ClassVar[bool] = False

    @property
    def settings_schema(self) -> dict[str, Any]:
        """The JSON Schema of the settings; draws the designer's panel too."""
        return {"type": "object", "properties": dict(self.settings), "required": list(self.required_settings)}

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        """What a schema cannot say; asked about any settings, paths start at the node."""
        return ()

    def splits(self, settings: Json) -> bool:
        """Whether several of its ways may be gone at once."""
        return False

    def ways(self, node: NodeDefinition) -> tuple[str, ...]:
        """The nodes that may come directly after it."""
        return (node.next,) if node.next is not None else ()

    def expected(self, node: NodeDefinition, world: "World") -> tuple[str, ...]:
        """The ways that will probably be gone, judged now."""
        return self.ways(node)[:1]

    def follows_record(self, node: NodeDefinition) -> bool:
        """Whether it matters there that the record is saved: `record_changed` is asked only then."""
        return False

    def enter(self, work: "Work", token: "Token") -> None:
        """A token has come: go on, wait, or ask somebody."""
        raise NotImplementedError

    def effect_done(self, work: "Work", token: "Token", result: Any) -> None:
        """The effect that the token rested for was carried out."""

    def effect_failed(self, work: "Work", token: "Token", key: str, message: Label) -> bool:
        """The effect that the token rested for was refused; whether the token has gone on all the same.

        Otherwise it is stuck.
        """
        return False

    def child_ended(self, work: "Work", token: "Token", status: str) -> None:
        """An instance that the token waited for has ended."""

    def timer_fired(self, work: "Work", token: "Token", kind: str) -> None:
        """A timer of the token fired; `kind` is what it was started as."""

    def record_changed(self, work: "Work", token: "Token") -> None:
        """The record was saved while the token was here."""


NODE_TYPES: Registry[NodeType] = Registry("node type")
