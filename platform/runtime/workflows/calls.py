"""Calls whose answer got lost: said once more under the same key, they are not done again."""

from joinery.runtime.unit import Unit
from joinery.storage import workflow_instances


def is_first(unit: Unit, user: int, what: str, key: str | None) -> bool:
    """Whether somebody asks for this the first time under a key of his own; without a key he always does.

    Of two calls at once the later one waits for what becomes of the first.
    """
    return key is None or workflow_instances.claim_effect(unit, f"call:{user}:{what}:{key}", unit.now)
