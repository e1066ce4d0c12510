"""What a change of records does to the formulas of others that look at them.

Right in the transaction of the change when few records are concerned, else as a job that people can watch.
A result that changes is a change like one that somebody typed: it has history and an event, and others may
look at it in turn. One that stays the same leaves no trace. The revision of a record stays: whoever edits it
at this moment shall not have to start again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.directory import Actor
from joinery.forms import Back, CompiledApp, Field, RecordContext, recompute_record
from joinery.formulas import Link
from joinery.permissions import EVERYTHING
from joinery.runtime import jobs
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.notes import note_changes
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.unit import Unit
from joinery.storage import records
from joinery.storage.affected import Way, affected_ids, lock_records
from joinery.storage.job_states import JobState

Values = Mapping[str, Any]

#: The kind of the jobs that bring many records up to date.
RECOMPUTE = "recompute"
#: More records than this are left to a job.
AT_ONCE = 2000

#: How the history names the reason of such a change.
SOURCE = "formula"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A record of one form before and after; None where it was not in use."""

    id: int
    before: Values | None
    after: Values | None


def propagate(
    at: OpenForm, changes: Sequence[Change], *, quietly: bool = False, settled: bool = False
) -> None:
    """Bring formulas of other records up to date with changes that this transaction has stored.

    `quietly` is for records that bring a past along: what others showed at that time is not known. `settled`
    says that records and their lines were computed together, so that none of these waits for another.
    """
    for form, ways in _ways(at, changes, settled=settled).items():
        ids = affected_ids(at.unit, at.app.tables, form, ways, limit=AT_ONCE + 1)
        if len(ids) > AT_ONCE:
            _leave_to_a_job(at, form, ways)
        elif ids:
            recompute(at.beside(form), ids, quietly=quietly)


def recompute(at: OpenForm, ids: Sequence[int], *, quietly: bool = False) -> None:
    """Compute the formulas of stored records anew, whoever may see them, and go on from what changed."""
    # The records are held first and what they look at is read afterwards: see `lock_along`.
    stored = records.get_many(at.unit, at.table, ids, EVERYTHING, at.evaluation, for_update=True)
    far = FarValues(at, lock=True)
    far.prefetch(stored.values(), at.form.plan.computed_from)
    context = RecordContext(
        evaluation=at.evaluation,
        directory=at.directory,
        language=at.unit.workspace.language,
        far=far.get,
    )
    drafts = {key: recompute_record(at.form, values, context) for key, values in stored.items()}
    changed = {key: draft for key, draft in drafts.items() if draft.changed}
    show = context.showing
    records.update_computed(
        at.unit, at.table, {key: (draft.values, draft.changed) for key, draft in changed.items()}, show
    )
    if not quietly:
        note_changes(at, {key: (stored[key], draft) for key, draft in changed.items()}, show, source=SOURCE)
    further = [Change(id=key, before=stored[key], after=drafts[key].values) for key in changed]
    propagate(at, further, quietly=quietly)


def recompute_everything(unit: Unit, actor: Actor, app: str, form: str) -> JobState:
    """Let a job compute the formulas of all records of a form anew, as after a change of the calendar."""
    return jobs.start_job(unit, actor, RECOMPUTE, {"app": app, "form": form, "ways": None})


def ways_json(ways: Sequence[Way]) -> list[dict[str, Any]]:
    """Ways as a job carries them."""
    return [
        {
            "back": [
                {
                    "form": step.form,
                    "to": step.link.form,
                    "field": step.link.field,
                    "many": step.link.many,
                    "inverse": step.link.inverse,
                    "linked": step.link.linked,
                }
                for step in back
            ],
            "ids": list(ids),
        }
        for back, ids in ways
    ]


def ways_of(params: Iterable[Mapping[str, Any]], app: CompiledApp) -> list[Way]:
    """Ways from a job's parameters; those along relations that are gone by now are left out."""
    found: list[Way] = []
    for way in params:
        back = tuple(Back(form=step["form"], link=_link_of(step)) for step in way["back"])
        if all(_is_there(app, step) for step in back):
            found.append((back, way["ids"]))
    return found


def _link_of(step: Mapping[str, Any]) -> Link:
    many = step["many"]
    return Link(
        form=step["to"],
        field=step["field"],
        many=many,
        # Jobs of an earlier version of the platform knew only one relation to many: the other end of one.
        inverse=step.get("inverse", many),
        linked=step.get("linked", False),
    )


def _is_there(app: CompiledApp, step: Back) -> bool:
    holder = app.forms.get(step.link.form if step.link.inverse else step.form)
    if holder is None or step.form not in app.forms:
        return False
    relation = holder.relations.get(step.link.field)
    return relation is not None and relation.type.several == step.link.linked


def _ways(at: OpenForm, changes: Sequence[Change], *, settled: bool) -> dict[str, list[Way]]:
    """From what changed to the records of other forms that look at it, by form."""
    begin: dict[tuple[str, tuple[Back, ...]], set[int]] = defaultdict(set)
    parents: dict[str, set[int]] = defaultdict(set)
    for dependence in at.app.compiled.dependences.get(at.form.key, ()):
        if settled and dependence.within:
            continue
        if dependence.member:
            relation = at.form.relations[dependence.watched]
            ids = set(_parents(changes, relation))
            parents[relation.references or ""] |= ids
        else:
            ids = set(_changed(changes, dependence.watched))
        if ids:
            begin[dependence.form, dependence.back] |= ids
    for form, ids in sorted(parents.items()):
        if ids:
            lock_records(at.unit, at.app.tables[form], ids)
    found: dict[str, list[Way]] = defaultdict(list)
    for (form, back), ids in begin.items():
        found[form].append((back, sorted(ids)))
    return found


def _changed(changes: Iterable[Change], key: str) -> Iterator[int]:
    """Records in use before and after in which a field differs."""
    for change in changes:
        both = change.before is not None and change.after is not None
        if both and (change.before or {}).get(key) != (change.after or {}).get(key):
            yield change.id


def _parents(changes: Iterable[Change], relation: Field) -> Iterator[int]:
    """The records that a relation pointed at or points at now, where that differs."""
    for change in changes:
        old, new = (set(relation.ids_in(values or {})) for values in (change.before, change.after))
        yield from old ^ new


def _leave_to_a_job(at: OpenForm, form: str, ways: Sequence[Way]) -> None:
    params = {"app": at.form.app, "form": form, "ways": ways_json(ways)}
    jobs.start_job(at.unit, at.actor, RECOMPUTE, params)
