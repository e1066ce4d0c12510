"""Filters of the task centre that somebody keeps under a name, and the one that a box opens with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue, LimitExceeded, NotFound
from joinery.runtime.kinds import TASK_FILTER
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.tasks import filter_of, user_of
from joinery.storage import task_filters, workflow_tasks
from joinery.storage.task_filters import TaskFilter

Json = dict[str, Any]

MOST_FILTERS = 50

FILTERS = {"en": "number of saved filters", "zh": "已保存筛选的数量"}


def list_filters(unit: Unit, actor: Actor) -> Json:
    """The actor's filters about apps that he may enter, those of what is to do with how much they leave."""
    return {"filters": _shown(unit, actor, task_filters.filters_of(unit, user_of(actor)))}


def add_filter(unit: Unit, actor: Actor, body: Mapping[str, Any]) -> Json:
    """Keep a filter of a box; raises InvalidInput for a name that is none or taken, LimitExceeded."""
    kept = task_filters.filters_of(unit, user_of(actor), lock=True)
    if len(kept) >= MOST_FILTERS:
        raise LimitExceeded(limit=FILTERS, maximum=MOST_FILTERS)
    made = TaskFilter(
        box=body["box"],
        label=_name(body["label"], body["box"], kept),
        query=body["query"],
        first=body.get("first", False),
    )
    if made.first:
        task_filters.make_room(unit, user_of(actor), made.box)
    made = replace(made, id=task_filters.add(unit, user_of(actor), made))
    return _shown(unit, actor, [made])[0]


def change_filter(unit: Unit, actor: Actor, filter_id: int, body: Mapping[str, Any]) -> Json:
    """Give a filter of one's own another name or query, or let its box open with it or no longer.

    Raises NotFound, and InvalidInput for a name that is none or taken.
    """
    kept = task_filters.filters_of(unit, user_of(actor), lock=True)
    own = next((one for one in kept if one.id == filter_id), None)
    if own is None:
        raise NotFound(kind=TASK_FILTER)
    others = [one for one in kept if one.id != filter_id]
    label = _name(body["label"], own.box, others) if "label" in body else own.label
    changed = replace(
        own, label=label, query=body.get("query", own.query), first=body.get("first", own.first)
    )
    if changed.first and not own.first:
        task_filters.make_room(unit, user_of(actor), own.box)
    task_filters.change(unit, changed)
    return _shown(unit, actor, [changed])[0]


def drop_filter(unit: Unit, actor: Actor, filter_id: int) -> None:
    """Forget a filter of one's own; raises NotFound."""
    if not task_filters.drop(unit, user_of(actor), filter_id):
        raise NotFound(kind=TASK_FILTER)


def _name(text: str, box: str, others: Sequence[TaskFilter]) -> str:
    """A name that can be told from those of the other filters of the box."""
    cleaned = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not cleaned:
        raise InvalidInput(issues=[Issue("/label", "member_required", {"name": "label"})])
    if any(one.box == box and one.label.casefold() == cleaned.casefold() for one in others):
        raise InvalidInput(issues=[Issue("/label", "task_filter_name_taken")])
    return cleaned


def _shown(unit: Unit, actor: Actor, filters: Sequence[TaskFilter]) -> list[Json]:
    known = [one for one in filters if actor.apps is None or one.query.get("app") in (None, *actor.apps)]
    counted = [one for one in known if one.box == "todo"]
    wanted = [filter_of(unit, actor, one.query) for one in counted]
    numbers = workflow_tasks.count_each(unit, user_of(actor), wanted)
    counts = {one.id: number for one, number in zip(counted, numbers, strict=True)}
    return [
        {
            "id": one.id,
            "box": one.box,
            "label": one.label,
            "query": dict(one.query),
            "first": one.first,
            "count": counts.get(one.id),
        }
        for one in known
    ]
