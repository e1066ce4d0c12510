"""Looking at the workspace as somebody else: an administrator's session shows it so, and changes nothing."""

from joinery.kernel import Forbidden, InvalidInput, Issue
from joinery.runtime.people import sessions
from joinery.runtime.people.organising import note
from joinery.runtime.people.sessions import Session
from joinery.runtime.unit import Unit
from joinery.storage import directory

PREVIEW = {"en": "look at the workspace as somebody else", "zh": "以他人身份预览工作区"}


def start_preview(unit: Unit, session: Session, user_id: int) -> None:
    """Show this session the workspace as a person sees it, until it is ended; noted in the log.

    Raises Forbidden for all but administrators, and while another preview runs; InvalidInput for people who
    are not here.
    """
    if session.previewed_by is not None or not session.actor.is_admin:
        raise Forbidden(action=PREVIEW)
    person = directory.load(unit).user(user_id)
    if person is None or not person.active:
        raise InvalidInput(issues=[Issue("/user_id", "no_such_person", {"id": user_id})])
    if user_id == session.user.id:
        raise InvalidInput(issues=[Issue("/user_id", "preview_of_oneself")])
    sessions.set_preview(unit, session, user_id)
    note(unit, session.actor, "preview_started", None, {"id": user_id, "name": person.name})


def end_preview(unit: Unit, session: Session) -> None:
    """Show this session the workspace as its own person sees it again; nothing when it does so already."""
    if session.previewed_by is None:
        return
    sessions.set_preview(unit, session, None)
    by = directory.load(unit).actor(
        session.previewed_by.id, language=session.user.language, workspace=session.workspace.key
    )
    if by is not None:
        note(unit, by, "preview_ended", {"id": session.user.id, "name": session.user.name}, None)
