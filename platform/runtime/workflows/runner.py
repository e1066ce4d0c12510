"""One instance at work in one transaction: the engine says what happens, this carries it out and keeps it.

Records are locked before instances, everywhere: whoever saves and whoever decides never wait for each other
in a circle. All that one event leads to is one transaction: it is there as a whole or not at all.
"""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from joinery.definitions import WorkflowDefinition
from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.permissions import EVERYTHING
from joinery.runtime.kinds import INSTANCE, RECORD
from joinery.runtime.records.open_form import OpenForm, open_unchecked
from joinery.runtime.records.operations import Operation, Saved
from joinery.runtime.unit import Unit
from joinery.runtime.workflows import keeping
from joinery.runtime.workflows.definitions import at_version, newest
from joinery.runtime.workflows.effects import perform
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import records, workflow_instances
from joinery.storage.workflow_instances import StoredInstance
from joinery.workflows import (
    ChildEnded,
    Event,
    Instance,
    Notify,
    Started,
    Step,
    instance_json,
    new_instance,
    read_instance,
    step,
)

Values = Mapping[str, Any]

MAXIMUM_TITLE = 255
_PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")

#: The runs of workflows, each as (id, key), in which something happens, the innermost last.
Runs = tuple[tuple[int, str], ...]


class Save(Protocol):
    """The one write path: `save_many` of the records."""

    def __call__(
        self, at: OpenForm, operations: Sequence[Operation], *, source: str | None = None
    ) -> list[Saved]: ...


class Runner:
    """An instance that this transaction holds, with its record.

    `at` is the form with the rights of the app, `values` what the record is now. `save` stores records.
    """

    def __init__(
        self,
        at: OpenForm,
        workflow: WorkflowDefinition,
        instance: Instance,
        values: Values,
        save: Save,
        *,
        outer: Runs = (),
        parent: int | None = None,
    ) -> None:
        self.at = at.as_anybody()
        self.workflow = workflow
        self.instance = instance
        self.world = RecordWorld(self.at, values, instance.initiator)
        self.save = save
        self.runs: Runs = (*outer, (instance.id, workflow.key))
        self.parent = parent
        self._kept = instance
        self._steps: list[Step] = []
        self._told: list[Notify] = []

    @property
    def unit(self) -> Unit:
        """The transaction."""
        return self.at.unit

    @property
    def values(self) -> Values:
        """What the record is now."""
        return self.world.values

    def advance(self, *events: Event) -> None:
        """Let these events happen, and all that follows from them; then keep where the instance is.

        Raises what the engine refuses, with nothing kept.
        """
        waiting = deque(events)
        while waiting:
            outcome = step(self.workflow, self.instance, waiting.popleft(), self.world)
            self._steps += outcome.instance.steps
            self.instance = replace(outcome.instance, steps=())
            for effect in outcome.effects:
                if isinstance(effect, Notify):
                    self._told.append(effect)
                else:
                    waiting.extend(perform(self, effect))
        keeping.keep(self.unit, self._kept, self.instance, self._steps, self._told, self.at)
        self._kept, self._steps, self._told = self.instance, [], []

    def store(self, operation: Operation) -> None:
        """Save the record itself by the one write path, as this run."""
        [saved] = self.save(self.at, [replace(operation, runs=self.runs)], source="workflow")
        self.world.values = saved.values

    def start_child(self, there: OpenForm, key: str, values: Values, wait: bool) -> Instance | None:
        """Start another workflow on a record; None where one of it runs there already.

        With `wait` this instance learns when that has ended.
        """
        parent = self.instance.id if wait else None
        child = begin(there, key, values, self.instance.initiator, self.save, outer=self.runs, parent=parent)
        if there.form.key == self.at.form.key and values["id"] == self.values["id"]:
            self.world.values = _reread(self.at, values["id"])
        return None if child is None else child.instance

    def end_for_parent(self) -> None:
        """Tell the instance that waits for this one, once this has ended."""
        if self.parent is None or self.instance.ended_at is None:
            return
        above = hold(self.unit, self.at.actor, self.parent, self.save)
        above.advance(ChildEnded(self.instance.id, self.instance.status))
        above.end_for_parent()


def begin(
    at: OpenForm,
    key: str,
    values: Values,
    initiator: int | None,
    save: Save,
    *,
    outer: Runs = (),
    parent: int | None = None,
    comment: str | None = None,
) -> Runner | None:
    """Start an instance of the newest version of a workflow on a record that this transaction holds.

    None where one of it runs there already.
    """
    version = newest(at.unit, at.app)[key]
    workflow, _ = at_version(at.unit, version.id)
    instance = new_instance(
        id=workflow_instances.reserve_id(at.unit),
        workflow=workflow,
        number=version.number,
        record=values["id"],
        initiator=initiator,
        now=at.unit.now,
    )
    runner = Runner(at, workflow, instance, values, save, outer=outer, parent=parent)
    stored = StoredInstance(
        id=instance.id,
        version_id=version.id,
        app=at.form.app,
        workflow=key,
        form=at.form.key,
        record_id=values["id"],
        status=instance.status,
        initiator=initiator,
        title=title_of(runner.world, workflow),
        started_at=at.unit.now,
        ended_at=None,
        state=instance_json(instance),
        parent_id=parent,
    )
    if not workflow_instances.add(at.unit, stored):
        return None
    runner.advance(Started(initiator))
    return runner


def title_of(world: RecordWorld, workflow: WorkflowDefinition) -> str:
    """What an instance is called: the workflow's template filled in, or the record's title."""
    if workflow.title is None:
        return str(world.values.get("title") or "")
    pieces = _PLACE.split(workflow.title)
    # Texts and paths take turns in what `split` gives.
    told = [world.text(piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return "".join(told)[:MAXIMUM_TITLE]


def hold(unit: Unit, actor: Actor, instance_id: int, save: Save, *, outer: Runs = ()) -> Runner:
    """An instance with its record, both locked until this transaction ends; raises NotFound."""
    found = workflow_instances.get(unit, instance_id)
    if found is None:
        raise NotFound(kind=INSTANCE)
    return hold_found(unit, actor, found, save, outer=outer)


def hold_found(unit: Unit, actor: Actor, found: StoredInstance, save: Save, *, outer: Runs = ()) -> Runner:
    """The same of an instance that was read before."""
    at = open_unchecked(unit, actor, found.app, found.form)
    values = records.get(
        unit, at.table, found.record_id, EVERYTHING, at.evaluation, for_update=True, lines=True
    )
    if values is None:
        raise NotFound(kind=RECORD)
    return running(at, found.id, values, save, outer=outer)


def _reread(at: OpenForm, record_id: int) -> Values:
    found = records.get(at.unit, at.table, record_id, EVERYTHING, at.evaluation, lines=True)
    assert found is not None, "this transaction holds it"
    return found


def running(at: OpenForm, instance_id: int, values: Values, save: Save, *, outer: Runs = ()) -> Runner:
    """An instance of a record that this transaction holds already; waits for whoever has the instance."""
    stored = workflow_instances.get(at.unit, instance_id, lock=True)
    if stored is None:
        raise NotFound(kind=INSTANCE)
    return runner_of(at, stored, values, save, outer=outer)


def runner_of(
    at: OpenForm, stored: StoredInstance, values: Values, save: Save, *, outer: Runs = ()
) -> Runner:
    """A stored instance at work."""
    workflow, _ = at_version(at.unit, stored.version_id)
    return Runner(
        at, workflow, read_instance(stored.state), values, save, outer=outer, parent=stored.parent_id
    )
