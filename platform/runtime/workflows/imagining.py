"""The engine's world about a record as it would be at another moment; nothing is stored."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from joinery.forms import prepare_record
from joinery.kernel import InvalidRecord
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.checks import as_told
from joinery.runtime.records.context import record_context
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.workflows.world import RecordWorld

Values = Mapping[str, Any]


class ImaginedRecord(RecordWorld):
    """A record that is thought of; its people are those of the workspace, its time is told."""

    def __init__(self, at: OpenForm, values: Values, initiator: int | None, now: datetime) -> None:
        super().__init__(at, values, initiator)
        self._now = now
        self._evaluation = replace(self._evaluation, now=now)

    @property
    def now(self) -> datetime:
        """The imagined moment."""
        return self._now

    def imagine(self, values: Values, now: datetime) -> "ImaginedRecord":
        """The same record at a moment, where these fields have other values and formulas follow them."""
        found = imagined_values(self._at, self.values, {}, values) if values else self.values
        return ImaginedRecord(self._at, found, self._initiator, now)

    def fill_in(self, sent: Values) -> "ImaginedRecord":
        """The same record after somebody gave fields values; raises InvalidRecord."""
        return ImaginedRecord(
            self._at, imagined_values(self._at, self.values, sent, {}), self._initiator, self._now
        )


def imagined_values(at: OpenForm, before: Values | None, sent: Values, given: Values) -> Values:
    """The values that a record would have, some `sent` as the API takes them, some `given` as values.

    Raises InvalidRecord for values that cannot be read; what a stored record needs besides is not asked for.
    """
    number = None if before is None else before.get("id")
    operation = Operation(values=sent, record_id=number, given=given)
    stored = {number: before} if number is not None and before is not None else {}
    context = record_context(at, [operation], stored, FarValues(at))
    draft = prepare_record(at.form, before, sent, context, given=given)
    wrong = [
        issue for issue in draft.issues if issue.code != "rule" and issue.path[1:].partition("/")[0] in sent
    ]
    if wrong:
        raise InvalidRecord(issues=[as_told(at, issue).under("/values") for issue in wrong])
    return draft.values
