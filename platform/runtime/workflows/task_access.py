"""What a task lets its holder see: that one record, within the fields of its node, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from joinery.definitions import JOINT, NodeDefinition, WorkflowDefinition
from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.permissions import EVERYTHING, FormAccess
from joinery.runtime.kinds import TASK
from joinery.runtime.records.open_form import OpenForm, open_unchecked
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.task_lines import columns_of, lines_of_node
from joinery.storage import records, workflow_tasks
from joinery.storage.workflow_instances import StoredInstance
from joinery.storage.workflow_tasks import StoredTask
from joinery.workflows import START

#: States in which somebody may still act on a task.
OPEN = ("open",)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task of the actor with its record's form, `at`, as the node lets him see and change it."""

    at: OpenForm
    task: StoredTask
    instance: StoredInstance
    workflow: WorkflowDefinition
    node: NodeDefinition | None
    #: Keys of the fields that he may change and those that he must fill in.
    editable: frozenset[str]
    required: frozenset[str]
    #: Subforms of whose lines he may change columns, and add and remove none.
    fixed: frozenset[str]
    #: Columns of lines that must be filled in, as "lines.price".
    needed_columns: frozenset[str]
    #: Whether he may print it: as the node says, else as the form lets him.
    printable: bool


def open_task(unit: Unit, actor: Actor, task_id: int) -> OpenTask:
    """A task of the actor's own; raises NotFound for anybody else's, and for one whose turn has not come."""
    found = workflow_tasks.with_instance(unit, task_id)
    if found is None:
        raise NotFound(kind=TASK)
    task, instance = found
    if task.user_id != actor.user_id or task.state == "queued" or not actor.may_enter(instance.app):
        raise NotFound(kind=TASK)
    workflow, _ = at_version(unit, instance.version_id)
    node = workflow.nodes.get(task.node)
    at = _on_its_record(open_unchecked(unit, actor, instance.app, instance.form), instance.record_id)
    fields: Mapping[str, Any] = node.settings.get("fields", {}) if node is not None else {}
    editable = _editable(at, task, fields)
    access = _access(at.access, at, fields, editable)
    acts = task.state in OPEN and task.kind in ("decide", "fill")
    lines = lines_of_node(at, fields, access.readable, acts=acts)
    columns = columns_of(at, fields, "editable", "required")
    return OpenTask(
        at=replace(at, access=access, lines=lines),
        task=task,
        instance=instance,
        workflow=workflow,
        node=node,
        editable=editable,
        required=_known(at, fields.get("required", ())) & editable,
        fixed=frozenset(one.partition(JOINT)[0] for one in columns)
        - _known(at, (*fields.get("editable", ()), *fields.get("required", ()))),
        needed_columns=columns_of(at, fields, "required") if acts else frozenset(),
        printable=_said(node, "print", at.access.allows("print")),
    )


def _on_its_record(at: OpenForm, record_id: int | None) -> OpenForm:
    """The form with what the holder may do on the record anyway; None: one that only waits."""
    if at.access.varying is None or record_id is None:
        return at
    values = records.get(at.unit, at.table, record_id, EVERYTHING, at.evaluation)
    return on_record(at, values or {})


def _editable(at: OpenForm, task: StoredTask, fields: Mapping[str, Any]) -> frozenset[str]:
    """What the holder may change: fields of the node; what came back to its initiator is his to mend."""
    if task.state not in OPEN or task.kind not in ("decide", "fill"):
        return frozenset()
    if task.node == START:
        return at.access.writable if at.access.allows("edit") else frozenset()
    named = _known(at, (*fields.get("editable", ()), *fields.get("required", ())))
    columns = columns_of(at, fields, "editable", "required")
    around = frozenset(one.partition(JOINT)[0] for one in columns)
    return (named | around) & frozenset(at.form.plan.open)


def _access(own: FormAccess, at: OpenForm, fields: Mapping[str, Any], editable: frozenset[str]) -> FormAccess:
    named = fields.get("visible")
    system = frozenset(at.form.system_fields)
    # Where some are named, others stay hidden unless the node says so: those that are added later, too.
    own_too = fields.get("others", "hidden" if named is not None else "own") == "own"
    readable = _known(at, named or ()) | (own.readable if own_too else own.readable & system)
    readable |= {one.partition(JOINT)[0] for one in columns_of(at, fields, "visible")}
    readable = (readable | editable) - frozenset(fields.get("hidden", ()))
    actions = frozenset({"view", "edit"} if editable else {"view"})
    return FormAccess(
        actions=actions,
        scopes=dict.fromkeys(actions, replace(EVERYTHING, groups=own.rows.groups)),
        readable=readable,
        writable=editable,
        masked={
            key: mask
            for key, mask in own.masked.items()
            if key not in readable and key not in fields.get("hidden", ()) and own_too
        },
        buttons=frozenset(),
    )


def _said(node: NodeDefinition | None, setting: str, usual: bool) -> bool:
    """What a node says with a setting that is true or false."""
    return bool(node.settings.get(setting, usual)) if node is not None else usual


def _known(at: OpenForm, keys: Any) -> frozenset[str]:
    return frozenset(key for key in keys if key in at.form.fields)
