"""A stored record as the actor may reach it."""

from typing import Any

from joinery.kernel import NotFound
from joinery.runtime.kinds import RECORD
from joinery.runtime.records.open_form import OpenForm
from joinery.storage import records


def require_record(at: OpenForm, record_id: int, *, deleted: bool | None = False) -> dict[str, Any]:
    """All values of a record the actor may see, and its lines; `deleted` None: in the recycle bin or not."""
    places = (False, True) if deleted is None else (deleted,)
    for place in places:
        found = records.get(
            at.unit, at.table, record_id, at.access.rows, at.evaluation, deleted=place, lines=True
        )
        if found is not None:
            return found
    raise NotFound(kind=RECORD)
