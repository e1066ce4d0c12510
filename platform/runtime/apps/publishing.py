"""Publish an app: check, show what will happen to the tables, do it in one transaction."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from joinery.definitions import Change, changes_between, check_app, load_app
from joinery.directory import Actor
from joinery.forms import compile_app
from joinery.kernel import (
    InvalidDefinition,
    InvalidInput,
    Issue,
    Issues,
    NotFound,
    PlanOutOfDate,
    dump_json,
    is_key,
)
from joinery.runtime import audit
from joinery.runtime.apps.rehearsing import require_rehearsed
from joinery.runtime.apps.suites import is_bundled, suite_document
from joinery.runtime.apps.table_jobs import require_finished, start_table_work
from joinery.runtime.bus import announce
from joinery.runtime.kinds import APP
from joinery.runtime.permissions.gone import forget_gone_groups
from joinery.runtime.permissions.log import note_permissions
from joinery.runtime.records.open_form import current_version
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.named_secrets import secret_issues
from joinery.storage import apps, events, schema_apply, suites, workflow_versions
from joinery.storage.events import StoredEvent
from joinery.storage.repetitions import BrokenUniqueness, find_repetitions
from joinery.storage.schema_plan import SchemaPlan, plan_schema
from joinery.workflows import catalogue

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What publishing `document` over `version` (0: the app is new) would do.

    `id` stands for all of it: a person who looked at a plan publishes exactly that plan.
    """

    app: str
    version: int
    document: Document
    changes: tuple[Change, ...]
    plan: SchemaPlan

    @property
    def id(self) -> str:
        """A fingerprint of the current version, the new document and the steps."""
        text = f"{self.app} {self.version} {self.plan.id} {dump_json(self.document)}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def check_definition(document: Any, app_key: str | None = None) -> Issues:
    """Everything that is wrong with a document, for the app of this key."""
    issues = check_app(document, catalogue())
    if app_key is not None and isinstance(document, Mapping) and document.get("app", app_key) != app_key:
        issues.add("/app", "other_app", app=app_key)
    return issues


def preview_publish(
    unit: Unit, actor: Actor, app_key: str, document: Document | None = None
) -> dict[str, Any]:
    """What publishing would do; without a `document` with the draft. Raises InvalidDefinition."""
    publication = _plan(unit, app_key, document)
    return {
        "app": app_key,
        "version": publication.version,
        "plan": plan_json(publication, find_repetitions(unit, publication.plan)),
        "published": False,
    }


def publish_app(
    unit: Unit,
    actor: Actor,
    app_key: str,
    document: Document | None = None,
    *,
    plan_id: str | None = None,
    note: str = "",
) -> dict[str, Any]:
    """Publish a document, or the draft; the new version holds when the transaction is committed.

    Raises InvalidDefinition (with the records in `repetitions` where values shall be unique and are not),
    PlanOutOfDate when `plan_id` names a plan that is not the one that would be
    carried out now, and TableWorkUnfinished while a job of an earlier version works on the same tables.
    """
    _require_key(app_key)
    apps.lock(unit, app_key)
    # Whoever held the lock may have published: what was read of the workspace before is old now.
    unit.forget_workspace()
    publication = _plan(unit, app_key, document)
    if plan_id is not None and plan_id != publication.id:
        raise PlanOutOfDate(details={"plan": plan_json(publication)})
    if publication.version and not publication.changes:
        return _answer(publication, publication.version, published=False)
    if publication.plan.old is not None:
        steps, old = publication.plan.steps, publication.plan.old.forms
        # Work on a table that is renamed goes by its former name.
        former = {step.was: old[step.form] for step in steps if step.kind == "rename_table"}
        touched = {step.form for step in steps} | former.keys()
        require_finished(unit, app_key, {**old, **former}, touched)
    changes = [_change_json(change) for change in publication.changes]
    version = apps.add_version(
        unit, app_key, publication.document, changes, actor.user_id, _printable(note), at=unit.now
    )
    workflows = publication.document.get("workflows", {})
    workflow_versions.keep(unit, app_key, workflows, by=actor.user_id, at=unit.now)
    later = schema_apply.apply_plan(unit, publication.plan, version=version, at=unit.now)
    start_table_work(unit, actor, later)
    apps.drop_draft(unit, app_key)
    fact = StoredEvent(
        at=unit.now, kind="app_published", app=app_key, actor=actor.user_id, data={"version": version}
    )
    events.add(unit, fact)
    announce(unit, [fact])
    after = {"version": version, "changes": changes}
    audit.record(unit, actor, "app_published", subject=app_key, after=after, app=app_key)
    before = publication.plan.old
    note_permissions(unit, actor, before.definition if before else None, publication.plan.new.definition)
    forget_gone_groups(unit, actor, publication.plan.new.definition)
    return _answer(publication, version, published=True)


def install_suite(
    unit: Unit, actor: Actor, document: Document | None = None, suite: str | None = None
) -> dict[str, Any]:
    """Publish the app of a suite: the bundled one of this key, or a document.

    Raises NotFound for a key of nothing, and InvalidDefinition.
    """
    if (document is None) == (suite is None):
        raise InvalidInput(issues=[Issue("", "document_or_suite")])
    chosen = suite_document(suite) if suite is not None else document
    key = chosen.get("app") if isinstance(chosen, Mapping) else None
    if chosen is None or not isinstance(key, str) or not is_key(key):
        raise InvalidDefinition(issues=check_definition(chosen))
    answer = publish_app(unit, actor, key, chosen)
    if is_bundled(key, chosen):
        suites.keep(unit, key, chosen, at=unit.now)
    return answer


def plan_json(publication: Publication, broken: Sequence[BrokenUniqueness] = ()) -> dict[str, Any]:
    """A plan as a person reads it; `broken` is what shall be unique and is not, which stands in its way."""
    return {
        "id": publication.id,
        "changes": [_change_json(change) for change in publication.changes],
        "steps": [
            {
                "kind": step.kind,
                "form": step.form,
                "field": step.field,
                "description": step.description,
                "safety": step.safety,
                "later": step.later,
            }
            for step in publication.plan.steps
        ],
        "repetitions": [one.json for uniqueness in broken for one in uniqueness.repetitions],
        "broken": [uniqueness.json for uniqueness in broken],
    }


def _plan(unit: Unit, app_key: str, document: Document | None) -> Publication:
    _require_key(app_key)
    if document is None:
        draft = apps.draft(unit, app_key)
        if draft is None:
            raise InvalidInput(issues=[Issue("/document", "nothing_to_publish")])
        document = draft.document
        # What comes from elsewhere may be there before its secrets are.
        issues = [*check_definition(document, app_key), *secret_issues(unit, document)]
    else:
        issues = [*check_definition(document, app_key)]
    if issues:
        raise InvalidDefinition(issues=issues)
    version = current_version(unit, app_key)
    current = apps.load_version(unit, app_key, version) if version else None
    old = current.compiled if current else None
    new = compile_app(load_app(document))
    require_rehearsed(unit, new)
    changes = changes_between(old.definition if old else None, new.definition)
    counts = schema_apply.row_counts(unit, current.tables) if current else {}
    return Publication(
        app=app_key,
        version=version,
        document=document,
        changes=changes,
        plan=plan_schema(changes, old, new, counts),
    )


def _require_key(app_key: str) -> None:
    if not is_key(app_key):
        raise NotFound(kind=APP)


def _answer(publication: Publication, version: int, *, published: bool) -> dict[str, Any]:
    return {
        "app": publication.app,
        "version": version,
        "plan": plan_json(publication),
        "published": published,
    }


def _change_json(change: Change) -> dict[str, Any]:
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(change).__name__).lower()
    return {"kind": kind, **asdict(change)}


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char == "\n").strip()
