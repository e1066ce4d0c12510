"""Files that a task shows: whoever holds it reads them, whatever else he may read of the form."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.runtime.files import content_of
from joinery.runtime.kinds import FILE
from joinery.runtime.records.held_files import held_files
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.proposals import proposed_record
from joinery.runtime.workflows.runner import proposal_of
from joinery.runtime.workflows.task_access import OpenTask, open_task
from joinery.runtime.workflows.task_page import stored_record
from joinery.storage.files import FileContent
from joinery.workflows import read_instance


def task_file(unit: Unit, actor: Actor, task_id: int, file_id: int, field: str | None) -> FileContent:
    """A file in a field (in a line "lines.photo") of a task's record as it is, or as it would be.

    Raises NotFound, also for what the step of the task does not show.
    """
    opened = open_task(unit, actor, task_id)
    shown = (one for values in _shown(opened) for one in held_files(opened.at, values))
    if not any(one.id == file_id and one.field == field for one in shown):
        raise NotFound(kind=FILE)
    return content_of(unit, file_id)


def _shown(opened: OpenTask) -> Iterator[Mapping[str, Any]]:
    """The record as it is stored, and with the values that wait for approval."""
    record = stored_record(opened)
    if record is not None:
        yield record
    instance = read_instance(opened.instance.state)
    proposal = proposal_of(opened.at.unit, instance)
    if proposal is not None and (record is None or instance.holds_back):
        yield proposed_record(opened.at, record, proposal)
