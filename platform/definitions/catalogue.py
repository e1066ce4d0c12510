"""What the checks need to know of field types and types of nodes, which live in higher layers."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from joinery.definitions.model import Label
from joinery.kernel import Issue

if TYPE_CHECKING:
    from joinery.definitions.node_shapes import NodeShapes
    from joinery.formulas import Type


class Catalogue(Protocol):
    """All registered field types by name; `joinery.forms` provides it, `joinery.workflows` with nodes too.

    Every method but `names` is asked about a name that `names` gave.
    """

    def names(self) -> tuple[str, ...]:
        """The names of all field types, sorted."""

    def label(self, type_name: str) -> Label:
        """What people call the type."""

    def settings_schema(self, type_name: str) -> Mapping[str, Any]:
        """JSON Schema of the type's own settings: `{"properties": {...}, "required": [...]}`."""

    def settings_issues(self, type_name: str, settings: Mapping[str, Any]) -> Iterable[Issue]:
        """What a schema cannot say, such as an order of options naming one that does not exist.

        Asked only about settings that fit the schema; paths start at the field ("/option_order/2").
        """

    def formula_type(self, type_name: str, settings: Mapping[str, Any]) -> "Type | None":
        """The type a field's value has in expressions; None: it cannot be used there.

        Asked only about settings that have what the schema requires.
        """

    def is_searchable(self, type_name: str) -> bool:
        """Whether text search can look into it."""

    def is_sortable(self, type_name: str) -> bool:
        """Whether records can be sorted by it."""

    def is_groupable(self, type_name: str) -> bool:
        """Whether records can be grouped by it."""

    def node_shapes(self) -> "NodeShapes":
        """The types of nodes by name; none where workflows are of no interest."""

    def is_computed(self, type_name: str) -> bool:
        """Whether the platform makes the value, so that nobody can enter it."""
