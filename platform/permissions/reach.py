"""What an actor's own expressions may see behind relations: only what he could open there himself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from joinery.definitions import owner_key
from joinery.directory import Actor, Rights
from joinery.forms import CompiledApp
from joinery.formulas import NOBODY, EvaluationContext, FormNames
from joinery.permissions.groups import access_with
from joinery.permissions.row_scope import NOTHING, RowScope


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """The forms of an app as somebody may follow relations into them.

    `names` are the readable names of each form he may view, `scopes` the rows of each that he may see,
    `veils` the fields of each that he may read on some of these rows only, with those. What the author of the
    app wrote (formula fields, rules, row scopes) is computed with the app's own rights instead, which is a
    Reach of None. `outside` people learn nothing of who is where in the organisation:
    in their own expressions nobody but themselves is anywhere.
    """

    names: Mapping[str, FormNames]
    scopes: Mapping[str, RowScope]
    veils: Mapping[str, Mapping[str, RowScope]]
    outside: bool = False

    def context(self, context: EvaluationContext) -> EvaluationContext:
        """What the actor's own expressions may know of what `context` tells."""
        return replace(context, people=NOBODY) if self.outside else context

    def scope(self, form: str) -> RowScope:
        """The records of a form that a path may lead to."""
        return self.scopes.get(form, NOTHING)

    def veil(self, form: str, key: str) -> RowScope | None:
        """The records of a form on which a field may be read, None where that is all that may be seen."""
        return self.veils.get(form, {}).get(owner_key(key))


def reach_of(actor: Actor, app: CompiledApp) -> Reach:
    """How far the actor may follow relations from any form of the app."""
    return _reach(app, actor.rights)


@lru_cache(maxsize=256)
def _reach(app: CompiledApp, rights: Rights) -> Reach:
    accesses = {key: access_with(rights, form) for key, form in app.forms.items()}
    seen = {key: access for key, access in accesses.items() if access.allows("view")}
    readable = {key: access.queried for key, access in seen.items()}
    names: dict[str, FormNames] = {}
    for key in seen:
        names[key] = app.forms[key].names.only(readable[key], names, readable)
    return Reach(
        names=names,
        scopes={key: access.rows for key, access in seen.items()},
        veils={key: access.veils for key, access in seen.items() if access.veils},
        outside=rights.external is not None,
    )
