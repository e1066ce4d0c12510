"""An instance as JSON, and back: all but its history, which is kept entry by entry."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from joinery.workflows.model import Instance, Task, Token

Json = Mapping[str, Any]

_MOMENTS = frozenset({"entered_at", "opened_at", "decided_at", "due_at", "started_at", "ended_at"})
_TUPLES = frozenset({"fork", "after", "children", "timers", "proposal"})


def instance_json(instance: Instance) -> dict[str, Any]:
    """The JSON of an instance, without its steps."""
    return {
        **{
            name: value
            for name, value in _plain(instance).items()
            if name not in ("tokens", "tasks", "steps")
        },
        "tokens": [_plain(token) for token in instance.tokens],
        "tasks": [_plain(task) for task in instance.tasks],
    }


def read_instance(state: Json) -> Instance:
    """The instance that `instance_json` gave."""
    return Instance(
        **{
            **_read(state, Instance),
            "tokens": tuple(Token(**_read(token, Token)) for token in state["tokens"]),
            "tasks": tuple(Task(**_read(task, Task)) for task in state["tasks"]),
            # Earlier versions kept with each node the splits it was inside of.
            "visited": tuple(one if isinstance(one, str) else one[0] for one in state["visited"]),
        }
    )


def _plain(value: Any) -> dict[str, Any]:
    """The properties of a value as JSON values."""
    found = ((part.name, getattr(value, part.name)) for part in fields(value))
    return {name: _sent(one) for name, one in found}


def _sent(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _read(body: Json, cls: type) -> dict[str, Any]:
    """The properties that a class has, from JSON; what an older state lacks takes its default."""
    names = {part.name for part in fields(cls)}
    return {name: _received(name, value) for name, value in body.items() if name in names}


def _received(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    return tuple(value) if name in _TUPLES else value
