"""Partner companies and their people, as administrators keep them."""

from typing import Any

from flask import Blueprint

from joinery.runtime.people import external
from joinery.runtime.permissions import external_access
from joinery.web.call import Call, operation

blueprint = Blueprint("external_organisations", __name__, url_prefix="/external-organisations")


@blueprint.get("")
@operation(access="admin", answer="ExternalOrganisations")
def list_external_organisations(call: Call) -> dict[str, Any]:
    """All external organisations with their people."""
    return {"organisations": external.list_organisations(call.unit, call.actor)}


@blueprint.post("")
@operation(access="admin", body="NewExternalOrganisation", answer="ExternalOrganisation", status=201)
def create_external_organisation(call: Call) -> dict[str, Any]:
    """Make an external organisation."""
    return external.create_organisation(call.unit, call.actor, call.body)


@blueprint.patch("/<record_id:organisation_id>")
@operation(access="admin", body="ChangeExternalOrganisation", answer="ExternalOrganisation")
def change_external_organisation(call: Call, organisation_id: int) -> dict[str, Any]:
    """Change the name or kind of an external organisation, or switch it on or off."""
    return external.change_organisation(call.unit, call.actor, organisation_id, call.body)


@blueprint.post("/<record_id:organisation_id>/invitations")
@operation(access="admin", body="InviteContacts", answer="Invited")
def invite_contacts(call: Call, organisation_id: int) -> dict[str, Any]:
    """Add people of an external organisation, each by a link of his own; all of them or nobody."""
    return {
        "invited": external.invite(
            call.unit,
            call.actor,
            organisation_id,
            call.body["people"],
            language=call.body.get("language"),
            address=call.services.settings.address,
        )
    }


@blueprint.get("/<record_id:organisation_id>/access")
@operation(access="admin", answer="ExternalAccess")
def read_external_access(call: Call, organisation_id: int) -> dict[str, Any]:
    """The forms that people of an external organisation may open, and the permission groups that say so."""
    return {"forms": external_access.list_access(call.unit, organisation_id)}
