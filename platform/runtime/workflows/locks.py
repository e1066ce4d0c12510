"""What running workflows lock: nobody but their own tasks changes these fields of a record meanwhile."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joinery.definitions import Label, LockDefinition
from joinery.kernel import Conflict
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.workflows.definitions import at_version, newest, run_is_shown
from joinery.runtime.workflows.people import person, persons
from joinery.storage import workflow_instances, workflow_tasks

#: What a workflow is called for those to whom it is not shown.
SOME_WORKFLOW: Label = {"en": "A workflow", "zh": "流程"}


class LockedByWorkflow(Conflict):
    """A workflow that runs locks what was to be changed; `details["locked"]` says which, and who has it."""

    code = "locked_by_workflow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What one instance locks of a record."""

    instance: int
    workflow: Label
    definition: LockDefinition
    key: str
    initiator: int | None
    since: datetime
    #: Whether the actor may know which workflow it is.
    shown: bool
    #: Fields whose new values wait for it.
    proposed: frozenset[str] = frozenset()

    def holds(self, field: str) -> bool:
        """Whether nobody else changes a field now."""
        return field in self.proposed or self.definition.holds(field)

    def error(self, at: OpenForm) -> LockedByWorkflow:
        """The refusal."""
        people = self._people(at)
        names = ", ".join(person["name"] for person in people) or "–"
        return LockedByWorkflow(workflow=self.workflow, people=names, details={"locked": self.json(at)})

    def json(self, at: OpenForm) -> dict[str, Any]:
        """The lock as the API tells it: `fields` are keys that the actor may read, or "all"."""
        readable = at.access.readable_somewhere
        shown = [key for key in at.form.fields if key in readable and self.holds(key)]
        whole = self.definition.fields is None and not self.definition.apart_from
        return {"workflow": self.workflow, "fields": "all" if whole else shown, "people": self._people(at)}

    def waiting_json(self, at: OpenForm) -> dict[str, Any]:
        """What waits for it: by whom, since when, and for which fields that the actor may know."""
        return {
            "instance": self.instance,
            "workflow": self.workflow,
            "by": person(at.directory, self.initiator),
            "at": self.since,
            "fields": [key for key in at.form.fields if key in self.proposed and at.access.shows(key)],
        }

    def _people(self, at: OpenForm) -> list[dict[str, Any]]:
        """Those whose turn it is."""
        tasks = workflow_tasks.of_instances(at.unit, [self.instance])
        return persons(at.directory, (task.user_id for task in tasks if task.state == "open"))


Locks = Mapping[int, Sequence[Lock]]


def may_be_locked(at: OpenForm) -> bool:
    """Whether any workflow has ever been about the form."""
    return any(one.definition["form"] == at.form.key for one in newest(at.unit, at.app).values())


def locks_of(at: OpenForm, record_ids: Collection[int]) -> Locks:
    """The locks on these records, by record."""
    if not record_ids or not may_be_locked(at):
        return {}
    running = workflow_instances.of_records(at.unit, at.form.app, at.form.key, record_ids)
    found: dict[int, list[Lock]] = {}
    for one in running:
        workflow, _ = at_version(at.unit, one.version_id)
        shown = run_is_shown(at, one)
        lock = Lock(
            instance=one.id,
            workflow=workflow.label if shown else SOME_WORKFLOW,
            definition=workflow.lock,
            key=workflow.key,
            initiator=one.initiator,
            since=one.started_at,
            shown=shown,
            proposed=frozenset(one.state.get("proposal", ())),
        )
        found.setdefault(one.record_id or 0, []).append(lock)
    return found


def refusal(
    at: OpenForm, locks: Locks, operation: Operation, changed: Iterable[str]
) -> LockedByWorkflow | None:
    """Why a change of these fields is refused; what a run saves is not locked by that run."""
    sent = {*operation.values, *operation.given}.intersection(changed)
    own = {number for number, _ in operation.runs}
    for lock in locks.get(operation.record_id or 0, ()):
        if lock.instance not in own and any(lock.holds(key) for key in sent):
            return lock.error(at)
    return None


def refuse_deletion(at: OpenForm, record_ids: Collection[int]) -> None:
    """Raise LockedByWorkflow when a workflow runs on one of these records."""
    for locks in locks_of(at, record_ids).values():
        raise locks[0].error(at)
