"""What publishing changes about permissions, form by form, in the audit log: before and after."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import AppDefinition, FormDefinition
from joinery.directory import Actor
from joinery.runtime import audit
from joinery.runtime.unit import Unit

#: Stands for a form without groups.
_OPEN: Mapping[str, Any] = {"everybody": True}


def note_permissions(unit: Unit, actor: Actor, old: AppDefinition | None, new: AppDefinition) -> None:
    """Keep for every form whose groups differ those groups as they were and as they are.

    An app that is new has none to compare with: that it was published says it all.
    """
    if old is None:
        return
    for form in dict.fromkeys((*old.forms, *new.forms)):
        before, after = old.forms.get(form), new.forms.get(form)
        if (before and before.permissions) == (after and after.permissions):
            continue
        told = [
            _tell(document, form, definition, set(_differing(before, after)))
            for document, definition in ((old.document, before), (new.document, after))
        ]
        audit.record(
            unit,
            actor,
            "permissions_changed",
            subject=f"{new.key}.{form}",
            before=told[0],
            after=told[1],
            app=new.key,
        )


def _differing(before: FormDefinition | None, after: FormDefinition | None) -> Iterator[str]:
    ours, theirs = ((form and form.permissions) or {} for form in (before, after))
    yield from (key for key in {**ours, **theirs} if ours.get(key) != theirs.get(key))


def _tell(
    document: Mapping[str, Any], form: str, definition: FormDefinition | None, keys: set[str]
) -> Mapping[str, Any] | None:
    """The groups of these keys as the document has them; None where there is no form."""
    if definition is None:
        return None
    groups = document["forms"][form].get("permissions")
    if groups is None:
        return _OPEN
    return {"groups": {key: group for key, group in groups.items() if key in keys}}
