"""Counts and sums over the records an actor may see."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import AGGREGATES, Field, ShowContext
from joinery.formulas import Checked
from joinery.kernel import InvalidInput, Issues, is_key, pointer, to_json
from joinery.runtime.lists.conditions import caller_condition
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.sent_records import title_reader
from joinery.runtime.unit import Unit
from joinery.storage.aggregate_runner import AggregateSpec, Grouping, Measure, run_aggregate

#: Measures of one summary.
MOST_MEASURES = 12

#: Types whose groups are periods: by day, month, ...
_PERIODIC = ("date", "datetime")


def aggregate_records(
    unit: Unit, actor: Actor, app_key: str, form_key: str, query: Mapping[str, Any]
) -> dict[str, Any]:
    """One row per group, with the measures by their names.

    `query` holds `group_by` (keys, or {"field", "by"} for periods), `measures` ({name: {"fn", "field"}}),
    `filter` and `search`. A field the actor may not read is unknown: a sum over it would tell it.
    """
    at = open_form(unit, actor, app_key, form_key)
    issues = Issues()
    groups = [_grouping(at, place, item, issues) for place, item in enumerate(query.get("group_by") or ())]
    wanted = query.get("measures") or {"count": {"fn": "count"}}
    measures = [_measure(at, name, item, issues) for name, item in wanted.items()]
    condition = caller_condition(at, query.get("filter"), issues)
    if issues:
        raise InvalidInput(issues=issues)
    spec = AggregateSpec(
        group_by=tuple(group for group in groups if group),
        measures=tuple(measure for measure in measures if measure),
        filter=condition,
        reach=at.reach,
        search=(query.get("search") or "").strip() or None,
        search_in=at.access.queried,
    )
    rows = run_aggregate(unit, at.table, spec, at.access.rows, at.evaluation)
    return {"rows": _show(at, rows, spec)}


def summary_of(
    at: OpenForm, wanted: str, condition: Checked | None, pointing_at: tuple[str, int]
) -> dict[str, Any]:
    """Measures over records that point at one with a relation and meet a condition.

    They go by what they are called in "sum:amount,average:price".

    Raises InvalidInput for a function or a field that the actor cannot ask for.
    """
    issues = Issues()
    measures = {}
    for place, text in enumerate(wanted.split(",")[:MOST_MEASURES]):
        fn, _, key = text.strip().partition(":")
        field = _readable(at, key)
        if fn not in AGGREGATES or field is None or not AGGREGATES[fn].accepts(field):
            issues.add(pointer("summary"), "unknown_measure", fn=fn[:60], field=key[:60] or "-")
        else:
            measures[text.strip()] = Measure(name=f"m{place}", fn=fn, field=key)
    if issues:
        raise InvalidInput(issues=issues)
    spec = AggregateSpec(
        measures=tuple(measures.values()), filter=condition, reach=at.reach, pointing_at=pointing_at
    )
    [row] = run_aggregate(at.unit, at.table, spec, at.access.rows, at.evaluation)
    return {text: to_json(row[measure.name]) for text, measure in measures.items()}


def _grouping(at: OpenForm, place: int, item: str | Mapping[str, str], issues: Issues) -> Grouping | None:
    key = item if isinstance(item, str) else item["field"]
    by: Any = None if isinstance(item, str) else item.get("by")
    field = _readable(at, key)
    if field is None or not field.type.groupable or (by and _kind(field) not in _PERIODIC):
        issues.add(pointer("group_by", place), "unknown_group_field", field=key)
        return None
    return Grouping(field=key, by=by)


def _measure(at: OpenForm, name: str, item: Mapping[str, Any], issues: Issues) -> Measure | None:
    place = pointer("measures", name)
    if not is_key(name):
        issues.add(place, "not_a_key", name=name[:60])
        return None
    function = AGGREGATES[item["fn"]]
    key = item.get("field")
    field = _readable(at, key) if key else None
    fits = field is not None and function.accepts(field) if key else not function.needs_field
    if not fits:
        issues.add(place, "unknown_measure", fn=item["fn"], field=key or "-")
        return None
    return Measure(name=name, fn=item["fn"], field=key)


def _readable(at: OpenForm, key: str) -> Field | None:
    return at.form.field(key) if key in at.access.queried else None


def _kind(field: Field) -> str:
    return field.formula_type.kind if field.formula_type else ""


def _show(at: OpenForm, rows: list[dict[str, Any]], spec: AggregateSpec) -> list[dict[str, Any]]:
    """Groups as the field shows its values, measures as numbers."""
    fields = {group.field: at.form.field(group.field) for group in spec.group_by if not group.by}
    ids: dict[str, set[int]] = {}
    for key, field in fields.items():
        if field and field.references:
            ids.setdefault(field.references, set()).update(row[key] for row in rows if row[key] is not None)
    context = ShowContext(
        directory=at.directory,
        language=at.actor.language,
        time_zone=at.evaluation.time_zone,
        title_of=title_reader(at, ids),
    )

    def shown(name: str, value: Any) -> Any:
        field = fields.get(name)
        return to_json(value) if field is None or value is None else field.type.to_json(field, value, context)

    return [{name: shown(name, value) for name, value in row.items()} for row in rows]
