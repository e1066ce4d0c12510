"""In which order several files go in: what is named before what names it."""

from collections.abc import Sequence
from typing import TypeVar

from joinery.forms import CompiledApp
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.targets import field_of

T = TypeVar("T", bound=tuple[ImportOrder, *tuple[object, ...]])


def in_order(app: CompiledApp, files: Sequence[T]) -> list[T]:
    """The files so that each stands after those whose forms its mapped relations point at.

    Where files name each other in a circle, they stay as they came.
    """
    waiting, done = list(files), []
    while waiting:
        forms = {file[0].form for file in waiting}
        free = [file for file in waiting if not (_named_by(app, file[0]) - {file[0].form}) & forms]
        first = (free or waiting)[0]
        done.append(first)
        waiting.remove(first)
    return done


def _named_by(app: CompiledApp, order: ImportOrder) -> set[str]:
    """The forms that the mapped relations of an order point at."""
    form = app.forms[order.form]
    fields = (field_of(form, name) for name in order.mapping.values())
    return {target for field in fields if field is not None for target in field.type.targets(field)}
