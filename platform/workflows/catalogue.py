"""Field types and types of nodes together, as the checks of whole apps want to ask about them."""

from functools import cache

from joinery.definitions import Catalogue, NodeShapes
from joinery.forms import FieldTypeCatalogue
from joinery.workflows.node_type import NODE_TYPES


class AppCatalogue(FieldTypeCatalogue):
    """The catalogue of field types with that of nodes."""

    def node_shapes(self) -> NodeShapes:
        """All types of nodes by name."""
        return {one.name: one for one in NODE_TYPES}


@cache
def catalogue() -> Catalogue:
    """All that definitions may name."""
    return AppCatalogue()
