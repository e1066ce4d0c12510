"""One instance at work in one transaction: the engine says what happens, this carries it out and keeps it.

Records are locked before instances, everywhere: whoever saves and whoever decides never wait for each other
in a circle. All that one event leads to is one transaction: it is there as a whole or not at all.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from joinery.definitions import WorkflowDefinition
from joinery.directory import Actor
from joinery.kernel import Conflict, Issue, NotFound, pointer, to_json
from joinery.permissions import EVERYTHING
from joinery.runtime.kinds import INSTANCE, RECORD
from joinery.runtime.records.open_form import OpenForm, open_unchecked
from joinery.runtime.records.operations import Operation, Saved
from joinery.runtime.unit import Unit
from joinery.runtime.workflows import keeping
from joinery.runtime.workflows.definitions import at_version, newest
from joinery.runtime.workflows.effects import SOURCE, perform
from joinery.runtime.workflows.proposals import (
    ChangedMeanwhile,
    base_of,
    conflicts,
    proposed_record,
    proposer_at,
)
from joinery.runtime.workflows.templates import fill
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import records, workflow_instances, workflow_proposals
from joinery.storage.workflow_instances import StoredInstance
from joinery.storage.workflow_proposals import Proposal
from joinery.workflows import (
    Cancelled,
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
#: How many runs may follow on each other, each started by the one before.
MOST_DEPTH = 20

#: The runs of workflows, each as (id, key), in which something happens, the innermost last.
Runs = tuple[tuple[int, str], ...]


class Save(Protocol):
    """The one write path: `save_many` of the records."""

    def __call__(
        self,
        at: OpenForm,
        operations: Sequence[Operation],
        *,
        source: str | None = None,
        confirmed: bool = False,
    ) -> list[Saved]: ...


class NotThereYet(Conflict):
    """A step needs the record, which is stored only when it is approved."""

    code = "record_not_there_yet"


class WithoutEnd(Conflict):
    """Workflows start each other again and again; `params["most"]` is how many may follow on each other."""

    code = "workflows_without_end"


class Runner:
    """An instance that this transaction holds, with its record.

    `at` is the form with the rights of the app, `record` what is stored, None of a new record that waits for
    approval. `proposal` are the values that wait, if any do. `save` stores records.
    """

    def __init__(
        self,
        at: OpenForm,
        workflow: WorkflowDefinition,
        instance: Instance,
        record: Values | None,
        save: Save,
        *,
        outer: Runs = (),
        parent: int | None = None,
        proposal: Proposal | None = None,
    ) -> None:
        self.at = at.as_anybody()
        self.workflow = workflow
        self.instance = instance
        self.record = record
        self.proposal = proposal
        self.world = RecordWorld(self.at, self._seen(), instance.initiator)
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
        """What the record is now; where values wait for approval, what it would be with them."""
        return self.world.values

    @property
    def record_id(self) -> int:
        """The id of the record; raises NotThereYet of one that waits for approval itself."""
        found: int = self.stored["id"]
        return found

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

    @property
    def stored(self) -> Values:
        """The record as it is stored; raises NotThereYet."""
        if self.record is None:
            raise NotThereYet()
        return self.record

    def set_fields(self, values: Values) -> None:
        """Give fields of the record values by the one write path, as this run.

        Fields for which values wait, and all of a record that waits itself, get them among those.
        """
        waiting = self.waiting
        mine = {
            key: to_json(value)
            for key, value in values.items()
            if waiting is not None and (self.record is None or key in waiting.values)
        }
        if mine and waiting is not None:
            self.amend(mine)
        given = {key: value for key, value in values.items() if key not in mine}
        if given and self.record is not None:
            operation = Operation(given=given, values={}, record_id=self.record_id, runs=self.runs)
            [saved] = self.save(self.at, [operation], source=SOURCE)
            self.take(saved.values)

    @property
    def waiting(self) -> Proposal | None:
        """The values that wait for this run to end as approved."""
        return self.proposal if self.instance.holds_back else None

    def amend(self, values: Values) -> None:
        """Let other values wait, as the API takes them, whatever who proposed may write."""
        waiting = self.waiting
        assert waiting is not None, "only what waits is amended"
        base = base_of(self.at, self.record, values) if self.record is not None else {}
        self.proposal = replace(
            waiting,
            values={**waiting.values, **values},
            base={**waiting.base, **base},
            granted=tuple(sorted({*waiting.granted, *values})),
        )
        self.instance = replace(self.instance, proposal=tuple(self.proposal.values))
        workflow_proposals.change(self.unit, self.proposal)
        self.take(self.record)

    def take(self, record: Values | None) -> None:
        """Go on with the record as it is stored now."""
        self.record = record
        self.world.values = self._seen()

    def _seen(self) -> Values:
        if self.waiting is not None:
            return proposed_record(self.at, self.record, self.waiting)
        return self.record if self.record is not None else {}

    def apply(self, *, anyway: bool) -> None:
        """Save the values that wait, with the rights of who proposed them.

        Raises ChangedMeanwhile unless `anyway`, Forbidden where he has left, and what saving raises.
        """
        waiting = self.waiting
        assert waiting is not None, "only a run that holds values back applies them"
        changed = () if anyway else tuple(conflicts(self.at, self.record, waiting))
        if changed:
            raise ChangedMeanwhile(
                issues=[
                    Issue(pointer(field.key), "proposal_field_changed", {"label": field.label})
                    for field in changed
                ]
            )
        operation = Operation(
            values=waiting.values,
            granted=frozenset(waiting.granted),
            record_id=None if self.record is None else self.record_id,
            runs=self.runs,
        )
        there, confirmed = proposer_at(self.at, waiting), waiting.confirmed or anyway
        [saved] = self.save(there, [operation], source=SOURCE, confirmed=confirmed)
        self.proposal = replace(waiting, applied_at=self.unit.now)
        workflow_proposals.change(self.unit, self.proposal)
        if self.record is None:
            workflow_instances.save(self.unit, self.instance.id, record_id=saved.id)
        self.instance = replace(self.instance, record=saved.id, applied=True)
        self.take(_reread(self.at, saved.id))

    def start_child(self, there: OpenForm, key: str, values: Values, wait: bool) -> Instance | None:
        """Start another workflow on a record; None where one of it runs there already.

        With `wait` this instance learns when that has ended.
        """
        parent = self.instance.id if wait else None
        child = begin(there, key, values, self.instance.initiator, self.save, outer=self.runs, parent=parent)
        if there.form.key == self.at.form.key and values["id"] == self.record_id:
            self.take(_reread(self.at, values["id"]))
        return None if child is None else child.instance

    def give_up(self, children: Iterable[int]) -> None:
        """Cancel those of the instances this one waited for that have not ended."""
        for number in children:
            found = workflow_instances.get(self.unit, number)
            if found is None or found.ended_at is not None:
                continue
            child = hold_found(self.unit, self.at.actor, found, self.save, outer=self.runs)
            if child.instance.ended_at is None:
                child.advance(Cancelled(None))
            same = (found.app, found.form, found.record_id) == self._place
            if same and found.record_id is not None:
                self.take(_reread(self.at, found.record_id))

    @property
    def _place(self) -> tuple[str, str, int | None]:
        return self.at.form.app, self.at.form.key, self.instance.record

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
    record: Values | None,
    initiator: int | None,
    save: Save,
    *,
    outer: Runs = (),
    parent: int | None = None,
    proposal: Proposal | None = None,
    comment: str | None = None,
) -> Runner | None:
    """Start an instance of the newest version of a workflow on a record that this transaction holds.

    With a `proposal` its values wait for the end, for a new record where `record` is None. None where an
    instance of the workflow runs on the record already. Raises WithoutEnd.
    """
    depth = _depth(at.unit, outer)
    version = newest(at.unit, at.app)[key]
    workflow, _ = at_version(at.unit, version.id)
    instance = new_instance(
        id=workflow_instances.reserve_id(at.unit),
        workflow=workflow,
        number=version.number,
        record=None if record is None else record["id"],
        initiator=initiator,
        now=at.unit.now,
        proposal=() if proposal is None else tuple(proposal.values),
        depth=depth,
    )
    if proposal is not None:
        proposal = replace(proposal, instance_id=instance.id)
    runner = Runner(at, workflow, instance, record, save, outer=outer, parent=parent, proposal=proposal)
    stored = StoredInstance(
        id=instance.id,
        version_id=version.id,
        app=at.form.app,
        workflow=key,
        form=at.form.key,
        record_id=instance.record,
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
    if proposal is not None:
        workflow_proposals.add(at.unit, proposal)
    runner.advance(Started(initiator, comment))
    return runner


def _depth(unit: Unit, outer: Runs) -> int:
    """How many runs lead to one that is started within these; raises WithoutEnd."""
    if not outer:
        return 0
    above = workflow_instances.get(unit, outer[-1][0])
    depth: int = 1 + (above.state.get("depth", 0) if above is not None else 0)
    if depth > MOST_DEPTH:
        raise WithoutEnd(most=MOST_DEPTH)
    return depth


def title_of(world: RecordWorld, workflow: WorkflowDefinition) -> str:
    """What an instance is called: the workflow's template filled in, or the record's title."""
    if workflow.title is None:
        return str(world.values.get("title") or "")
    return fill(workflow.title, world.text)[:MAXIMUM_TITLE]


def hold(unit: Unit, actor: Actor, instance_id: int, save: Save, *, outer: Runs = ()) -> Runner:
    """An instance with its record, both locked until this transaction ends; raises NotFound."""
    found = workflow_instances.get(unit, instance_id)
    if found is None:
        raise NotFound(kind=INSTANCE)
    return hold_found(unit, actor, found, save, outer=outer)


def hold_found(unit: Unit, actor: Actor, found: StoredInstance, save: Save, *, outer: Runs = ()) -> Runner:
    """The same of an instance that was read before."""
    at = open_unchecked(unit, actor, found.app, found.form)
    record = None
    if found.record_id is not None:
        record = records.get(
            unit, at.table, found.record_id, EVERYTHING, at.evaluation, for_update=True, lines=True
        )
        if record is None:
            raise NotFound(kind=RECORD)
    return running(at, found.id, record, save, outer=outer)


def _reread(at: OpenForm, record_id: int) -> Values:
    found = records.get(at.unit, at.table, record_id, EVERYTHING, at.evaluation, lines=True)
    assert found is not None, "this transaction holds it"
    return found


def running(at: OpenForm, instance_id: int, record: Values | None, save: Save, *, outer: Runs = ()) -> Runner:
    """An instance of a record that this transaction holds already; waits for whoever has the instance."""
    stored = workflow_instances.get(at.unit, instance_id, lock=True)
    if stored is None:
        raise NotFound(kind=INSTANCE)
    if stored.record_id is not None and record is None:
        # The record was made between the two looks at it.
        record = _reread(at, stored.record_id)
    workflow, _ = at_version(at.unit, stored.version_id)
    instance = read_instance(stored.state)
    proposal = proposal_of(at.unit, instance)
    return Runner(
        at,
        workflow,
        instance,
        record,
        save,
        outer=outer,
        parent=stored.parent_id,
        proposal=proposal,
    )


def proposal_of(unit: Unit, instance: Instance) -> Proposal | None:
    """The values that wait, or waited, for an instance to end as approved."""
    if not instance.proposal:
        return None
    return workflow_proposals.of_instances(unit, [instance.id]).get(instance.id)
