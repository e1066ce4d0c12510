"""What somebody keeps for his tasks: delegations for the time he is away, and phrases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue, LimitExceeded, NotFound, pointer
from joinery.runtime.kinds import DELEGATION, PHRASE
from joinery.runtime.records.open_form import viewable_everywhere
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.people import person
from joinery.runtime.workflows.words import MAILED
from joinery.storage import directory, own_workflow_settings
from joinery.storage.own_workflow_settings import Delegation

Json = dict[str, Any]

MOST_PHRASES = 50

PHRASES = {"en": "number of phrases", "zh": "常用语数量"}


def list_delegations(unit: Unit, actor: Actor) -> Json:
    """Who decides for the actor, and for whom he does, now or later."""
    own = own_workflow_settings.delegations(unit, of=_person(actor))
    others = own_workflow_settings.delegations(unit, to=_person(actor))
    return {
        "delegations": [_json(unit, one) for one in own],
        "for_me": [_json(unit, one) for one in others],
    }


def add_delegation(unit: Unit, actor: Actor, body: Mapping[str, Any]) -> Json:
    """Let somebody decide for the actor; raises InvalidInput naming everything that is wrong with it."""
    wanted, issues = _read(unit, actor, body)
    if not issues and any(
        one.to_user_id == actor.user_id and one.overlaps(wanted)
        for one in own_workflow_settings.delegations(unit, of=wanted.to_user_id)
    ):
        issues.append(Issue("/to", "delegation_ring"))
    if issues:
        raise InvalidInput(issues=issues)
    number = own_workflow_settings.add_delegation(unit, wanted)
    return _json(unit, replace(wanted, id=number))


def drop_delegation(unit: Unit, actor: Actor, delegation_id: int) -> None:
    """End a delegation that the actor gave; raises NotFound."""
    if not own_workflow_settings.drop_delegation(unit, _person(actor), delegation_id):
        raise NotFound(kind=DELEGATION)


def read_mails(unit: Unit, actor: Actor) -> Json:
    """About which kinds of notifications the actor gets mails."""
    chosen = own_workflow_settings.mails_of(unit, [_person(actor)])
    return {"mail": {kind: chosen.get((_person(actor), kind), usual) for kind, usual in MAILED.items()}}


def set_mails(unit: Unit, actor: Actor, mail: Mapping[str, bool]) -> Json:
    """Choose it; raises InvalidInput for a kind that is none."""
    issues = [
        Issue(f"/mail{pointer(kind)}", "not_one_of", {"allowed": ", ".join(MAILED)})
        for kind in mail
        if kind not in MAILED
    ]
    if issues:
        raise InvalidInput(issues=issues)
    own_workflow_settings.set_mails(unit, _person(actor), mail)
    return read_mails(unit, actor)


def list_phrases(unit: Unit, actor: Actor) -> dict[str, Any]:
    """The sentences that the actor often writes."""
    found = own_workflow_settings.phrases_of(unit, _person(actor))
    return {"phrases": [{"id": number, "text": text} for number, text in found]}


def add_phrase(unit: Unit, actor: Actor, text: str) -> dict[str, Any]:
    """Keep a phrase; one that is there already is not kept twice. Raises InvalidInput, LimitExceeded."""
    cleaned = " ".join(text.split())
    if not cleaned:
        raise InvalidInput(issues=[Issue("/text", "member_required", {"name": "text"})])
    kept = own_workflow_settings.phrases_of(unit, _person(actor))
    known = next((number for number, one in kept if one == cleaned), None)
    if known is None and len(kept) >= MOST_PHRASES:
        raise LimitExceeded(limit=PHRASES, maximum=MOST_PHRASES)
    number = known or own_workflow_settings.add_phrase(unit, _person(actor), cleaned)
    return {"id": number, "text": cleaned}


def drop_phrase(unit: Unit, actor: Actor, phrase_id: int) -> None:
    """Forget a phrase of one's own; raises NotFound."""
    if not own_workflow_settings.drop_phrase(unit, _person(actor), phrase_id):
        raise NotFound(kind=PHRASE)


def _read(unit: Unit, actor: Actor, body: Mapping[str, Any]) -> tuple[Delegation, list[Issue]]:
    """A delegation as it was sent, and what is wrong with it."""
    issues: list[Issue] = []
    user = directory.load(unit).known_to(actor).user(body["to"])
    if user is None or not user.active or user.service or user.id == actor.user_id:
        issues.append(Issue("/to", "delegation_to_nobody"))
    app, forms = body.get("app"), body.get("forms")
    known = {at.form.key for at in viewable_everywhere(unit, actor) if at.form.app == app}
    if app is not None and not known:
        issues.append(Issue("/app", "unknown_app", {"app": app[:60]}))
    for place, form in enumerate(forms or ()):
        if form not in known:
            issues.append(Issue(f"/forms/{place}", "unknown_form", {"form": form[:60]}))
    days = {name: _day(body.get(name)) for name in ("from", "until")}
    for name, day in days.items():
        if body.get(name) and day is None:
            issues.append(Issue(f"/{name}", "not_a_day"))
    first, last = days["from"] or unit.now.date(), days["until"]
    if last is not None and last < first:
        issues.append(Issue("/until", "period_ends_before_it_begins"))
    wanted = Delegation(
        user_id=_person(actor),
        to_user_id=body["to"],
        app=app,
        forms=tuple(forms) if forms else None,
        from_day=first,
        until_day=last,
    )
    return wanted, issues


def _json(unit: Unit, one: Delegation) -> Json:
    people = directory.load(unit)
    today = unit.now.astimezone(ZoneInfo(unit.workspace.time_zone)).date()
    return {
        "id": one.id,
        "of": person(people, one.user_id),
        "to": person(people, one.to_user_id),
        "app": one.app,
        "forms": list(one.forms) if one.forms is not None else None,
        "from": one.from_day.isoformat(),
        "until": one.until_day.isoformat() if one.until_day else None,
        "active": one.from_day <= today and (one.until_day is None or today <= one.until_day),
    }


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _person(actor: Actor) -> int:
    assert actor.user_id is not None, "only people who are signed in have settings"
    return actor.user_id
