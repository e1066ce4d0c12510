"""What the people of an external organisation may open, and which permission groups say so."""

from typing import Any

from joinery.directory import Directory, ExternalOrganisation, Rights
from joinery.forms import Form
from joinery.kernel import NotFound
from joinery.permissions import memberships
from joinery.runtime.kinds import ORGANISATION
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory


def list_access(unit: Unit, organisation_id: int) -> list[dict[str, Any]]:
    """Each form that everybody of the organisation may open, with the groups that let him; raises NotFound.

    What single people of it were given by name is not told.
    """
    known = directory.load(unit)
    organisation = known.organisation(organisation_id)
    if organisation is None:
        raise NotFound(kind=ORGANISATION)
    rights = _rights_of(known, organisation)
    found = []
    for installed in apps.list_apps(unit):
        compiled = apps.load(unit, installed.key).compiled
        for form in compiled.forms.values():
            if form.parent is None and (told := _tell(form, rights)):
                found.append({"app": installed.key, "app_label": compiled.definition.label, **told})
    return found


def _rights_of(known: Directory, organisation: ExternalOrganisation) -> Rights:
    mine = (one for one in known.group_members if one.kind == "organisation" and one.id == organisation.id)
    return Rights(
        is_admin=False,
        roles=frozenset(),
        department_roles=frozenset(),
        groups=frozenset(one.group for one in mine),
        external=organisation.kind,
    )


def _tell(form: Form, rights: Rights) -> dict[str, Any] | None:
    held = [one.group for one in memberships(form, rights) if one.group.actions]
    if not held:
        return None
    return {
        "form": form.key,
        "label": form.definition.plural,
        "groups": [
            {
                "key": group.key,
                "label": group.label,
                "actions": sorted(group.actions),
                "rows": group.rows,
                "by_kind": rights.external in group.external,
            }
            for group in held
        ],
    }
