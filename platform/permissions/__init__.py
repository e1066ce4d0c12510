"""Which actions, rows and fields an actor has on a form."""

from joinery.permissions.access import ACTIONS, FormAccess
from joinery.permissions.adding_up import rights_of
from joinery.permissions.audience import is_shown_to
from joinery.permissions.groups import access_for, access_in_draft
from joinery.permissions.masking import masked
from joinery.permissions.memberships import Membership, memberships
from joinery.permissions.reach import Reach, reach_of
from joinery.permissions.record_rights import IN_GROUPS
from joinery.permissions.row_scope import EVERYTHING, NOTHING, RowScope, matches

__all__ = [
    "ACTIONS",
    "EVERYTHING",
    "IN_GROUPS",
    "NOTHING",
    "FormAccess",
    "Membership",
    "Reach",
    "RowScope",
    "access_for",
    "access_in_draft",
    "is_shown_to",
    "masked",
    "matches",
    "memberships",
    "reach_of",
    "rights_of",
]
