"""Which actions, rows and fields an actor has on a form."""

from joinery.permissions.access import ACTIONS, FormAccess
from joinery.permissions.groups import access_for
from joinery.permissions.reach import Reach, reach_of
from joinery.permissions.row_scope import EVERYTHING, NOTHING, RowScope, matches

__all__ = [
    "ACTIONS",
    "EVERYTHING",
    "NOTHING",
    "FormAccess",
    "Reach",
    "RowScope",
    "access_for",
    "matches",
    "reach_of",
]
