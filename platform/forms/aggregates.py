"""The functions that sum up a field over many records, for lists, kanban heads and dashboards."""

from collections.abc import Callable
from dataclasses import dataclass

from joinery.definitions import Label
from joinery.forms.form import Field

_NUMBERS = frozenset({"number", "money", "percent"})
_ORDERED = _NUMBERS | {"date", "datetime", "time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """One way to sum up.

    `accepts(field)` says whether it makes sense for a field; counting records needs no field. `result` is
    the type of the outcome: "number", or "same" as the field's.
    """

    name: str
    label: Label
    accepts: Callable[[Field], bool]
    result: str
    needs_field: bool = True


def _of_kind(*kinds: str) -> Callable[[Field], bool]:
    return lambda field: field.formula_type is not None and field.formula_type.kind in kinds


def _stored(field: Field) -> bool:
    return field.stored or field.volatile


def _groupable(field: Field) -> bool:
    return field.type.groupable


AGGREGATES = {
    aggregate.name: aggregate
    for aggregate in (
        Aggregate(
            name="count",
            label={"en": "Count", "zh": "计数"},
            accepts=_stored,
            result="number",
            needs_field=False,
        ),
        Aggregate(name="sum", label={"en": "Sum", "zh": "求和"}, accepts=_of_kind(*_NUMBERS), result="same"),
        Aggregate(
            name="average",
            label={"en": "Average", "zh": "平均值"},
            accepts=_of_kind(*_NUMBERS),
            result="same",
        ),
        Aggregate(
            name="min", label={"en": "Smallest", "zh": "最小值"}, accepts=_of_kind(*_ORDERED), result="same"
        ),
        Aggregate(
            name="max", label={"en": "Largest", "zh": "最大值"}, accepts=_of_kind(*_ORDERED), result="same"
        ),
        Aggregate(
            name="count_distinct",
            label={"en": "Count of different values", "zh": "去重计数"},
            accepts=_groupable,
            result="number",
        ),
    )
}
