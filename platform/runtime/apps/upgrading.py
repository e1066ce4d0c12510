"""Bring a newer version of a bundled suite into an app, keeping what somebody changed in it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from joinery.definitions import Merge, Side, merge_documents
from joinery.directory import Actor
from joinery.kernel import Conflict, InvalidDefinition
from joinery.runtime.apps.publishing import preview_publish, publish_app
from joinery.runtime.apps.suites import suite_document
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.storage import apps, suites

Document = Mapping[str, Any]


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
            "conflicts": [asdict(conflict) for conflict in self.merge.conflicts],
        }


def preview_upgrade(
    unit: Unit, actor: Actor, app_key: str, *, prefer: Side = "own", base_version: int | None = None
) -> dict[str, Any]:
    """What `upgrade_app` would do, with the plan of publishing it; raises as that does."""
    upgrade = _find(unit, app_key, prefer, base_version)
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
    plan_id: str | None = None,
    base_version: int | None = None,
) -> dict[str, Any]:
    """Publish the app with all that is new in the bundled suite; a draft takes it over as well.

    Where the app and the suite both changed the same, `prefer` says whose goes on; each such place stands
    in `conflicts`. `base_version` is the version of the app that was the suite as delivered, where that was
    not noted when it was installed. Raises NotFound when no suite of this key comes with the product,
    UnknownSuiteVersion, PlanOutOfDate, and InvalidDefinition when the result does not fit together.
    """
    apps.lock(unit, app_key)
    unit.forget_workspace()
    upgrade = _find(unit, app_key, prefer, base_version)
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
    return {**answer, **upgrade.told}


def _find(unit: Unit, app_key: str, prefer: Side, base_version: int | None) -> _Upgrade:
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
    return _Upgrade(base=base, own=own, suite=suite, merge=merge_documents(base, own, suite, prefer=prefer))


def _with_conflicts(error: InvalidDefinition, upgrade: _Upgrade) -> InvalidDefinition:
    """The same problems, with the places that may be their reason."""
    return InvalidDefinition(issues=error.issues, details={**(error.details or {}), **upgrade.told})
