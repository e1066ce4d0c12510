"""One call of the API as its view sees it, and the decorator that prepares it.

`operation` is the frame every view of the API stands in: it checks the session, the CSRF token and
the request against the documented shapes, opens one transaction, runs the view, and answers with
JSON. What it is told about a view is also what `openapi.json` says about it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, cast

from flask import Response, current_app, request

from joinery.directory import Actor
from joinery.kernel import Forbidden, NotFound, NotSignedIn, ReadOnly
from joinery.runtime.again import ATTEMPTS, again
from joinery.runtime.kinds import APP
from joinery.runtime.people.sessions import KeyUse, Session
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.web.answers import json_answer
from joinery.web.auth import api_key, check_csrf, check_origin, session_unit
from joinery.web.body import read_body, read_query

#: Who may call: somebody who is about to sign in (any session is ignored and the view opens its own
#: transactions); anybody, signed in or not; somebody signed in; an administrator of any kind, of the app in
#: the address, of some departments (the use case asks whether it is this one), or of the whole workspace.
Access = Literal["signing_in", "public", "signed_in", "some_admin", "app_admin", "people_admin", "admin"]

#: Largest uploaded file with its wrapping, in bytes.
MAXIMUM_UPLOAD = 50_100_000

ADMINISTER = {"en": "administer this workspace", "zh": "管理此工作区"}
ADMINISTER_APP = {"en": "administer this app", "zh": "管理此应用"}
ADMINISTER_PEOPLE = {"en": "manage people", "zh": "管理成员"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What is documented about one view: `body` and `answer` name schemas of `schemas.json`.

    `query` maps the names of query parameters to JSON Schemas. `body` "multipart" is a form with a
    file and the `parts`, for which a call may instead send JSON of the schema `or_json`. `answer` None is
    an empty answer, "file" a download of one of the `media` types. `in_preview` calls may write while an
    administrator looks on as somebody else. `session_only` calls refuse API keys: they decide who comes in,
    and as whom. `noted` calls read, and write only that they did: a key that may read may make them, and a
    preview may not. `accepted` is the schema of the answer 202: what was sent waits for something.
    """

    summary: str
    access: Access
    body: str | None
    answer: str | None
    query: Mapping[str, Mapping[str, Any]]
    status: int
    parts: Mapping[str, Mapping[str, Any]]
    or_json: str | None
    media: Sequence[str]
    in_preview: bool
    session_only: bool
    noted: bool
    accepted: str | None


class NeedsSession(Forbidden):
    """An API key was used for what only somebody who signed in may do."""

    code = "needs_session"


class KeyReadsOnly(Forbidden):
    """An API key that may only read was used to write."""

    code = "key_reads_only"


class NotedInPreview(ReadOnly):
    """A call that the log would note under the name of whom an administrator looks on as."""

    code = "noted_in_preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that was checked.

    `body` and `query` hold only documented members, of the documented types; members that were not
    sent are missing. A public call may lack a session, and then its unit lacks a workspace.
    """

    services: Services
    body: dict[str, Any]
    query: dict[str, Any]
    open_unit: Unit | None = None
    session: Session | None = None

    @property
    def unit(self) -> Unit:
        """The call's transaction: committed when the view returns, rolled back when it raises."""
        assert self.open_unit is not None, "a view for those who sign in opens its own transactions"
        return self.open_unit

    @property
    def actor(self) -> Actor:
        """Who asks; raises NotSignedIn when nobody is signed in."""
        if self.session is None:
            raise NotSignedIn()
        return self.session.actor


View = Callable[..., Any]


def operation(
    *,
    access: Access = "signed_in",
    body: str | None = None,
    answer: str | None = None,
    query: Mapping[str, Mapping[str, Any]] | None = None,
    status: int = 200,
    parts: Mapping[str, Mapping[str, Any]] | None = None,
    or_json: str | None = None,
    media: Sequence[str] = ("application/octet-stream",),
    in_preview: bool = False,
    session_only: bool = False,
    noted: bool = False,
    accepted: str | None = None,
) -> Callable[[View], Callable[..., Response]]:
    """Frame a view: it takes a Call and the parts of the address, and returns JSON values or a Response.

    The transaction is committed before the answer leaves; any error rolls it back.
    """

    def frame(view: View) -> Callable[..., Response]:
        documented = Operation(
            summary=(view.__doc__ or view.__name__).strip(),
            access=access,
            body=body,
            answer=answer,
            query=query or {},
            status=status,
            parts=parts or {},
            or_json=or_json,
            media=media,
            in_preview=in_preview,
            session_only=session_only,
            noted=noted,
            accepted=accepted,
        )

        @wraps(view)
        def run(**address: Any) -> Response:
            check_origin()
            result = _run(view, documented, address)
            return result if isinstance(result, Response) else _answer(result, status)

        run.operation = documented  # type: ignore[attr-defined]
        return run

    return frame


def _answer(result: Any, status: int) -> Response:
    """The JSON answer; that of something new says where it is."""
    answer = json_answer(result, status)
    if status == 201:
        answer.headers["Location"] = f"{request.path.rstrip('/')}/{result['id']}"
    return answer


def _run(view: View, documented: Operation, address: Mapping[str, Any]) -> Any:
    services = cast(Services, current_app.extensions["joinery"])
    if documented.access == "signing_in":
        return view(_call(services, documented), **address)
    # What was uploaded can be read only once.
    attempts = 1 if documented.body == "multipart" else ATTEMPTS
    try:
        return again(lambda: _run_once(services, view, documented, address), attempts)
    except ReadOnly as error:
        if api_key() is not None:
            raise KeyReadsOnly() from error
        raise


def _run_once(services: Services, view: View, documented: Operation, address: Mapping[str, Any]) -> Any:
    with session_unit(services, public=documented.access == "public") as (unit, session):
        unit.address = request.remote_addr
        if session is not None:
            check_csrf(session)
            if session.key is not None:
                _limit_key(unit, session.key, documented, address)
            elif session.previewed_by is not None and not documented.in_preview:
                _limit_preview(unit, documented)
        if session is not None:
            _check_access(session.actor, documented.access, address)
        return view(_call(services, documented, unit, session), **address)


def _check_access(actor: Actor, access: Access, address: Mapping[str, Any]) -> None:
    """Raise Forbidden unless the actor is an administrator such as the call needs."""
    match access:
        case "admin":
            action, may = ADMINISTER, actor.is_admin
        case "app_admin":
            action, may = ADMINISTER_APP, actor.administers(address["app"])
        case "people_admin":
            action, may = ADMINISTER_PEOPLE, actor.administers_people
        case "some_admin":
            action, may = ADMINISTER, actor.administers_something
        case _:
            return
    if not may:
        raise Forbidden(action=action)


def _limit_preview(unit: Unit, documented: Operation) -> None:
    """Whoever looks on as somebody else changes nothing, and leaves no trace under the other's name."""
    if documented.noted:
        raise NotedInPreview()
    unit.read_only()


def _limit_key(unit: Unit, key: KeyUse, documented: Operation, address: Mapping[str, Any]) -> None:
    """What an API key may not do though its person may.

    Calls that belong to no app are limited by `Actor.apps` instead: forms of other apps do not open.
    """
    if documented.session_only:
        raise NeedsSession()
    app = address.get("app")
    if key.apps is not None and app is not None and app not in key.apps:
        raise NotFound(kind=APP)
    if key.apps is not None and app is None and documented.access.endswith("admin"):
        raise Forbidden(action=ADMINISTER)
    if not key.writes and not documented.noted:
        unit.read_only()


def _call(
    services: Services, documented: Operation, unit: Unit | None = None, session: Session | None = None
) -> Call:
    if documented.body == "multipart":
        request.max_content_length = MAXIMUM_UPLOAD
    return Call(
        services=services,
        body=read_body(documented.body),
        query=read_query(documented.query),
        open_unit=unit,
        session=session,
    )
