"""Numbers that are given out one after the other, without gaps among committed transactions."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import counter

_TAKE = pg.insert(counter).values(
    app=sa.bindparam("app"),
    form=sa.bindparam("form"),
    field=sa.bindparam("field"),
    period=sa.bindparam("period"),
    value=sa.bindparam("n"),
)
_NEXT = _TAKE.on_conflict_do_update(
    index_elements=["app", "form", "field", "period"], set_={"value": counter.c.value + _TAKE.excluded.value}
).returning(counter.c.value)


def next(unit: UnitOfWork, app: str, form: str, field: str, period: str, n: int = 1) -> int:
    """Take `n` numbers of a counter and return the last of them; others wait until this transaction ends.

    `period` names the stretch after which counting begins again ("" for never).
    """
    parameters = {"app": app, "form": form, "field": field, "period": period, "n": n}
    last: int = unit.connection.execute(_NEXT, parameters).scalar_one()
    return last
