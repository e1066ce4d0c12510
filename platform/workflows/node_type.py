"""What a type of node is: its settings, how one leaves it, and what happens there.

A new type is one file in `node_types/`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, Leads
from joinery.kernel import Issue, Registry

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


NODE_TYPES: Registry[NodeType] = Registry("node type")
