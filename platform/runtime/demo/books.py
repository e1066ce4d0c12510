"""Reading and storing records of the demo as the platform itself, each on its day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import to_json
from joinery.runtime.demo.past import DemoPast
from joinery.runtime.demo.writing import save_with_past
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.past import Past
from joinery.runtime.unit import Unit

Row = sa.RowMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The forms of the suite in the demo workspace."""

    unit: Unit
    actor: Actor
    app: str
    past: DemoPast

    @classmethod
    def of(cls, unit: Unit, actor: Actor, app: str) -> "Books":
        """Those of a demo workspace that is made now."""
        return cls(unit=unit, actor=actor, app=app, past=DemoPast.of(unit))

    def read(
        self, form: str, condition: Callable[[Any], Any], *fields: str, sort: str = "id"
    ) -> Sequence[Row]:
        """Ids and some fields of the records that meet a condition over their columns."""
        columns = open_form(self.unit, self.actor, self.app, form).table.table.c
        wanted = (columns.id, *(columns[field] for field in fields))
        found = sa.and_(columns.deleted_at.is_(None), condition(columns))
        statement = sa.select(*wanted).where(found).order_by(columns[sort], columns.id)
        return self.unit.connection.execute(statement).mappings().all()

    def write(
        self, form: str, records: Sequence[Mapping[str, Any]], day: str, days: int = 0
    ) -> Sequence[int]:
        """Store records, each so many days before the one in its field `day`; gives their ids."""
        operations = [self._operation(record, record[day] - timedelta(days=days)) for record in records]
        saved = save_with_past(open_form(self.unit, self.actor, self.app, form), operations)
        return [one.id for one in saved]

    def _operation(self, record: Mapping[str, Any], day: date) -> Operation:
        by = record.get("owner") or self.past.person("admin@example.com")
        past = Past(at=self.past.at(min(day, self.past.today), 11, 10), by=by)
        return Operation(values=_sendable(record), past=past)


def _sendable(values: Any) -> Any:
    """What a client would send: JSON without blanks."""
    if isinstance(values, Mapping):
        return {key: _sendable(value) for key, value in values.items() if value is not None}
    if isinstance(values, list | tuple):
        return [_sendable(value) for value in values]
    return to_json(values)
