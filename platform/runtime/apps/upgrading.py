"""Bring a newer version of a bundled suite into an app, keeping what somebody changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinery.definitions import Merge, Side, merge_documents
from joinery.directory import Actor
from joinery.kernel import Conflict, InvalidDefinition, InvalidInput, Issue, pointer
from joinery.runtime import audit
from joinery.runtime.apps.publishing import preview_publish, publish_app
from joinery.runtime.apps.suites import suite_document
from joinery.runtime.apps.upgrade_report import report_of
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.storage import apps, suites
from joinery.storage import audit as audit_log
from joinery.storage.audit import AuditFilter

Document = Mapping[str, Any]

#: How the audit log names an upgrade; its report stands there.
UPGRADED = "app_upgraded"
#: The newest ones that are listed.
MOST_UPGRADES = 50


class UnknownSuiteVersion(Conflict):
    """Nobody knows which version of the suite the app was made from."""

    code = "unknown_suite_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Upgrade:
    """From `base`, the suite as it was installed, and what was made of it, to `suite`."""

    base: Document
    own: Document
    suite: Document
    merge: Merge

    @property
    def told(self) -> dict[str, Any]:
        """What a person reads about it besides the plan."""
        return {
            "from_version": self.base.get("version"),
            "to_version": self.suite.get("version"),
            **report_of(self.own, self.suite, self.merge),
        }


def preview_upgrade(
    unit: Unit,
    actor: Actor,
    app_key: str,
    *,
    prefer: Side = "own",
    choices: Mapping[str, Side] | None = None,
    base_version: int | None = None,
) -> dict[str, Any]:
    """What `upgrade_app` would do, with the plan of publishing it; raises as that does."""
    upgrade = _find(unit, app_key, prefer, choices or {}, base_version)
    try:
        return {**preview_publish(unit, actor, app_key, upgrade.merge.document), **upgrade.told}
    except InvalidDefinition as error:
        raise _with_conflicts(error, upgrade) from error


def upgrade_app(
    unit: Unit,
    actor: Actor,
    app_key: str,
    *,
    prefer: Side = "own",
    choices: Mapping[str, Side] | None = None,
    plan_id: str | None = None,
    base_version: int | None = None,
) -> dict[str, Any]:
    """Publish the app with all that is new in the bundled suite; a draft takes it over as well.

    Where the app and the suite both changed the same, `prefer` says whose goes on, `choices` the same for
    single places by their paths; each such place stands in `conflicts`. `base_version` is the version of the
    app that was the suite as delivered, where that was not noted when it was installed. Raises NotFound when
    no suite of this key comes with the product, UnknownSuiteVersion, PlanOutOfDate, InvalidInput for a choice
    about no conflict, and InvalidDefinition when the result does not fit together.
    """
    apps.lock(unit, app_key)
    unit.forget_workspace()
    upgrade = _find(unit, app_key, prefer, choices or {}, base_version)
    draft = apps.draft(unit, app_key)
    note = f"↑ {upgrade.suite.get('version')}"
    try:
        answer = publish_app(unit, actor, app_key, upgrade.merge.document, plan_id=plan_id, note=note)
    except InvalidDefinition as error:
        raise _with_conflicts(error, upgrade) from error
    if answer["published"] and draft is not None and isinstance(draft.document, dict):
        merged = merge_documents(upgrade.own, draft.document, upgrade.merge.document).document
        apps.put_draft(unit, app_key, merged, 0, author=draft.author, at=unit.now)
    suites.keep(unit, app_key, upgrade.suite, at=unit.now)
    told = upgrade.told
    if answer["published"]:
        after = {"version": answer["version"], **told}
        audit.record(unit, actor, UPGRADED, subject=app_key, after=after, app=app_key)
    return {**answer, **told}


def list_upgrades(unit: Unit, app_key: str) -> list[dict[str, Any]]:
    """The upgrades of an app, the newest first, each with its report as it was told then."""
    found = audit_log.find(unit, AuditFilter(kinds=(UPGRADED,), text=app_key), MOST_UPGRADES)
    return [
        {"id": one.id, "at": one.at, "by": one.actor_name, **one.data["after"]}
        for one in found
        if one.subject == app_key
    ]


def _find(
    unit: Unit, app_key: str, prefer: Side, choices: Mapping[str, Side], base_version: int | None
) -> _Upgrade:
    current = open_app(unit, app_key).version
    own, suite = apps.document_of(unit, app_key, current), suite_document(app_key)
    if base_version is not None:
        base = apps.document_of(unit, app_key, base_version)
    else:
        # Demo workspaces were always made from the bundled suite, also before that was noted.
        noted = suites.find(unit, app_key)
        if noted is None and not unit.workspace.demo:
            raise UnknownSuiteVersion
        base = noted if noted is not None else apps.document_of(unit, app_key, 1)
    merge = merge_documents(base, own, suite, prefer=prefer, choices=choices)
    if wrong := choices.keys() - {conflict.path for conflict in merge.conflicts}:
        places = [Issue(pointer("choices", path), "upgrade_no_conflict") for path in sorted(wrong)]
        raise InvalidInput(issues=places)
    return _Upgrade(base=base, own=own, suite=suite, merge=merge)


def _with_conflicts(error: InvalidDefinition, upgrade: _Upgrade) -> InvalidDefinition:
    """The same problems, with the places that may be their reason."""
    return InvalidDefinition(issues=error.issues, details={**(error.details or {}), **upgrade.told})
