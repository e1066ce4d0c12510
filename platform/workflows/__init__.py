"""Move an instance through its workflow; what the world has to do for it comes out as effects."""

from joinery.workflows.catalogue import catalogue
from joinery.workflows.node_type import NODE_TYPES, NodeType

NODE_TYPES.discover("joinery.workflows.node_types")

__all__ = ["NODE_TYPES", "NodeType", "catalogue"]
