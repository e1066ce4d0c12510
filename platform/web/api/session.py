"""Signing in and out, and the person who is signed in."""

from typing import Any

from flask import Blueprint, Response

from joinery.kernel import NotFound
from joinery.runtime.demo.workspace import WORKSPACE as DEMO_WORKSPACE
from joinery.runtime.kinds import SESSION
from joinery.runtime.people import own_password, password_links, people, sessions, sign_in, workspaces
from joinery.runtime.permissions import preview
from joinery.web.answers import json_answer
from joinery.web.auth import caller_origin, clear_session_cookie, set_session_cookie
from joinery.web.call import Call, operation

blueprint = Blueprint("session", __name__)


@blueprint.post("/session")
@operation(access="signing_in", body="SignIn", answer="Me")
def sign_in_by_password(call: Call) -> Response:
    """Sign in with e-mail address and password."""
    token = sign_in.sign_in(call.services, call.body["email"], call.body["password"], caller_origin())
    return _signed_in(call, token)


@blueprint.post("/setup")
@operation(access="signing_in", body="Setup", answer="Me")
def set_up(call: Call) -> Response:
    """Make the first administrator by the operator's one-time link, and sign in."""
    token = sign_in.create_first_admin(call.services, origin=caller_origin(), **call.body)
    return _signed_in(call, token)


@blueprint.post("/password")
@operation(access="signing_in", body="ChoosePassword", answer="Me")
def choose_password(call: Call) -> Response:
    """Choose a password by a one-time link, and sign in; all other sessions end."""
    token = password_links.choose_password(call.services, origin=caller_origin(), **call.body)
    return _signed_in(call, token)


@blueprint.post("/password/forgot")
@operation(access="signing_in", body="ForgotPassword", status=204)
def forgot_password(call: Call) -> None:
    """Mail a link for a new password, if somebody signs in with the address; the answer is the same."""
    password_links.forgot_password(call.services, call.body["email"], caller_origin())


@blueprint.post("/password/link")
@operation(access="signing_in", body="ReadPasswordLink", answer="PasswordLinkInfo")
def read_password_link(call: Call) -> dict[str, Any]:
    """Whom a one-time link is for."""
    return password_links.read_link(call.services, call.body["token"])


def _signed_in(call: Call, token: str) -> Response:
    with call.services.session_unit(token) as (_, session):
        assert session is not None, "the session was opened a moment ago"
        return set_session_cookie(json_answer(people.me(session)), token)


@blueprint.get("/session")
@operation(access="public", answer="SessionState")
def session_state(call: Call) -> dict[str, Any]:
    """Who is signed in, if anybody, and what a sign-in page needs to know."""
    known = people.me(call.session) if call.session else dict.fromkeys(people.ME)
    demo = call.services.settings.demo and caller_origin().loopback
    return {
        **known,
        "demo": demo,
        "demo_users": _demo_users(call) if demo else [],
        "setup_needed": sign_in.setup_needed(call.unit),
        "several_workspaces": call.session is not None
        and len(workspaces.list_own_workspaces(call.unit, call.session)) > 1,
    }


def _demo_users(call: Call) -> list[dict[str, Any]]:
    try:
        with call.services.unit(DEMO_WORKSPACE) as unit:
            return people.demo_sign_ins(unit)
    except NotFound:
        return []


@blueprint.delete("/session")
@operation(access="public", status=204, in_preview=True, session_only=True)
def end_session(call: Call) -> Response:
    """Sign out."""
    if call.session:
        sign_in.sign_out(call.unit, call.session)
    return clear_session_cookie(Response(status=204))


@blueprint.put("/session/preview")
@operation(access="admin", body="StartPreview", answer="Me", session_only=True)
def start_preview(call: Call) -> dict[str, Any]:
    """Look at the workspace as somebody else, without changing anything, until it is ended; it is logged."""
    assert call.session is not None, "somebody is signed in"
    preview.start_preview(call.unit, call.session, call.body["user_id"])
    return _reloaded(call)


@blueprint.delete("/session/preview")
@operation(answer="Me", in_preview=True, session_only=True)
def end_preview(call: Call) -> dict[str, Any]:
    """Look at the workspace as oneself again."""
    assert call.session is not None, "somebody is signed in"
    preview.end_preview(call.unit, call.session)
    return _reloaded(call)


def _reloaded(call: Call) -> dict[str, Any]:
    assert call.session is not None, "somebody is signed in"
    found = sessions.reload(call.unit, call.session, call.unit.now)
    return people.me(sessions.with_rights(call.unit, found))


@blueprint.get("/me/workspaces")
@operation(answer="OwnWorkspaces", session_only=True)
def list_workspaces(call: Call) -> dict[str, Any]:
    """The workspaces one belongs to."""
    assert call.session is not None, "somebody is signed in"
    return {"workspaces": workspaces.list_own_workspaces(call.unit, call.session)}


@blueprint.put("/session/workspace")
@operation(body="SwitchWorkspace", answer="Me", session_only=True)
def switch_workspace(call: Call) -> Response:
    """Go to another of one's own workspaces; the session before ends, the answer is a new one's."""
    assert call.session is not None, "somebody is signed in"
    token = workspaces.switch_workspace(
        call.services, call.unit, call.session, call.body["key"], caller_origin()
    )
    opened = sessions.session_of(call.unit, token, call.unit.now)
    assert opened is not None, "the session was opened a moment ago"
    return set_session_cookie(json_answer(people.me(opened)), token)


@blueprint.get("/me")
@operation(answer="Me")
def who_am_i(call: Call) -> dict[str, Any] | None:
    """Who is signed in."""
    return people.me(call.session) if call.session else None


@blueprint.patch("/me")
@operation(body="ChangeMe", answer="Me", session_only=True)
def change_me(call: Call) -> dict[str, Any] | None:
    """Change one's own name, language or theme."""
    people.change_me(call.unit, call.actor, call.body)
    return _reloaded(call)


@blueprint.post("/me/password")
@operation(body="ChangePassword", status=204, session_only=True)
def change_password(call: Call) -> None:
    """Change one's own password; all other sessions end."""
    assert call.session is not None, "somebody is signed in"
    own_password.change_password(call.services, call.session, **call.body)


@blueprint.get("/me/sessions")
@operation(answer="Sessions", session_only=True)
def list_sessions(call: Call) -> dict[str, Any]:
    """Where one is signed in."""
    assert call.session is not None, "somebody is signed in"
    return {"sessions": sessions.list_sessions(call.unit, call.session, call.unit.now)}


@blueprint.delete("/me/sessions")
@operation(status=204, session_only=True)
def end_other_sessions(call: Call) -> None:
    """Sign out everywhere but here."""
    assert call.session is not None, "somebody is signed in"
    sessions.end_other_sessions(call.unit, call.session)


@blueprint.delete("/me/sessions/<key>")
@operation(status=204, session_only=True)
def end_one_session(call: Call, key: str) -> None:
    """Sign out at one of the places."""
    assert call.session is not None, "somebody is signed in"
    if not key.isalnum() or not sessions.end_session(call.unit, call.session, key):
        raise NotFound(kind=SESSION)
