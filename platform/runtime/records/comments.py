"""Comments on records: who may see a record may read them, and be mentioned in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from joinery.definitions import Label
from joinery.directory import Actor, User
from joinery.forms import StoredFile
from joinery.kernel import Forbidden, InvalidInput, Issue, NotFound, pointer
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.kinds import COMMENT
from joinery.runtime.records.open_form import OpenForm, open_form, viewable_everywhere
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import comments, events, files, records
from joinery.storage.comments import Comment
from joinery.storage.events import StoredEvent

#: Characters of one comment.
LONGEST = 10_000
MOST_MENTIONS = 50
MOST_FILES = 20
#: People that are offered at once, and those among whom they are looked for.
OFFERED = 20
_LOOKED_AT = 500

_MENTION = re.compile(r"@\[(\d{1,18})\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

COMMENT_HERE: Label = {"en": "comment on this record", "zh": "评论此记录"}
CHANGE_COMMENT: Label = {"en": "change somebody else's comment", "zh": "修改他人的评论"}
DELETE_COMMENT: Label = {"en": "delete somebody else's comment", "zh": "删除他人的评论"}


def add_comment(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    text: str,
    file_ids: Sequence[int] = (),
) -> dict[str, Any]:
    """Say something about a record, with files of one's own; raises NotFound, Forbidden, InvalidInput."""
    at, values = _open(unit, actor, app_key, form_key, record_id)
    attached = _attached(at, file_ids, ())
    cleaned, mentioned = _checked(at, values, text, may_be_blank=bool(attached))
    comment_id = comments.add(
        unit,
        app=app_key,
        form=form_key,
        record_id=record_id,
        author=_person(actor),
        at=unit.now,
        text=cleaned,
    )
    comments.set_mentioned(unit, comment_id, mentioned - {_person(actor)})
    comments.set_files(unit, comment_id, attached)
    events.add(
        unit,
        StoredEvent(
            at=unit.now,
            kind="record_commented",
            app=app_key,
            form=form_key,
            record_id=record_id,
            actor=actor.user_id,
            data={"comment": comment_id, "mentions": sorted(mentioned)},
        ),
    )
    return _answer(at, comment_id)


def change_comment(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    comment_id: int,
    text: str,
    file_ids: Sequence[int] | None = None,
) -> dict[str, Any]:
    """Give one's own comment another text, and other files unless they are None.

    Raises NotFound, Forbidden, InvalidInput.
    """
    at, values = _open(unit, actor, app_key, form_key, record_id)
    found = _require(at, record_id, comment_id)
    if found.author != actor.user_id:
        raise Forbidden(action=CHANGE_COMMENT)
    held = [one.id for one in comments.files_of(unit, [comment_id]).get(comment_id, ())]
    attached = held if file_ids is None else _attached(at, file_ids, held)
    cleaned, mentioned = _checked(at, values, text, may_be_blank=bool(attached))
    if cleaned != found.text or attached != held:
        comments.change(unit, comment_id, cleaned, unit.now)
        comments.set_mentioned(unit, comment_id, mentioned - {_person(actor)})
        comments.set_files(unit, comment_id, attached)
    return _answer(at, comment_id)


def delete_comment(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, comment_id: int
) -> None:
    """Delete a comment of one's own; administrators delete anybody's."""
    at = open_form(unit, actor, app_key, form_key)
    require_record(at, record_id)
    found = _require(at, record_id, comment_id)
    if found.author != actor.user_id and not actor.administers(app_key):
        raise Forbidden(action=DELETE_COMMENT)
    comments.delete(unit, comment_id)


def people_who_see(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, search: str
) -> list[dict[str, Any]]:
    """The active people who may see a record, whose name or address holds `search`: whom one may mention."""
    at = open_form(unit, actor, app_key, form_key)
    values = require_record(at, record_id)
    wanted = search.strip().casefold()
    fitting = [
        user
        for user in _mentionable(at, values).values()
        if user.active and (wanted in user.name.casefold() or wanted in user.email.split("@")[0].casefold())
    ]
    found: list[dict[str, Any]] = []
    for user in sorted(fitting, key=lambda user: user.name)[:_LOOKED_AT]:
        if len(found) < OFFERED and _may_see(at, user, values):
            organisation = at.directory.organisation(user.organisation_id or 0)
            told = {"id": user.id, "name": user.name, "organisation": organisation and organisation.name}
            found.append(told)
    return found


def _mentionable(at: OpenForm, values: Mapping[str, Any]) -> Mapping[int, User]:
    """The people whom the actor may know, if they may see the record: for people of an external organisation
    those of it, and the owner whom the record shows them."""
    found = {user.id: user for user in at.lookup.users}
    shown = values.get("owner") and "owner" in on_record(at, values).access.readable
    owner = at.directory.user(values["owner"]) if shown else None
    return {**found, owner.id: owner} if owner else found


def my_mentions(unit: Unit, actor: Actor, *, unread: bool = False, limit: int = 50) -> dict[str, Any]:
    """Comments that mention the actor, on records that he may still see, and how many he has not read."""
    person = _person(actor)
    found = comments.mentions_of(unit, person, unread=unread, limit=limit)
    forms = {(at.form.app, at.form.key): at for at in viewable_everywhere(unit, actor)}
    titles = _titles(forms, [one for one, _ in found])
    attached = comments.files_of(unit, [one.id for one, _ in found])
    shown = [
        {
            **show_comment(forms[one.app, one.form], one, attached.get(one.id, ())),
            "app": one.app,
            "form": one.form,
            "form_label": forms[one.app, one.form].form.label,
            "record": {"id": one.record_id, "title": titles[one.app, one.form, one.record_id]},
            "read": read_at is not None,
        }
        for one, read_at in found
        if (one.app, one.form, one.record_id) in titles
    ]
    return {"mentions": shown, "unread": sum(not one["read"] for one in shown)}


def read_mentions(unit: Unit, actor: Actor, comment_ids: list[int] | None) -> None:
    """Note that the actor saw these mentions of him; all when None."""
    comments.mark_read(unit, _person(actor), comment_ids, unit.now)


def show_comment(at: OpenForm, one: Comment, attached: Iterable[StoredFile]) -> dict[str, Any]:
    """A comment with the names of its people and its files."""
    names = at.directory.user_names()
    ids = dict.fromkeys(mentioned_in(one.text))
    return {
        "id": one.id,
        "at": one.at,
        "edited_at": one.edited_at,
        "author": {"id": one.author, "name": names.get(one.author, f"#{one.author}")},
        "text": one.text,
        "mentions": [{"id": user_id, "name": names.get(user_id, f"#{user_id}")} for user_id in ids],
        "files": [
            {"id": file.id, "name": file.name, "size": file.size, "type": file.type} for file in attached
        ],
        "mine": one.author == at.actor.user_id,
    }


def mentioned_in(text: str) -> Iterable[int]:
    """The ids of the people a text mentions, in its order."""
    return [int(found) for found in _MENTION.findall(text)]


def _open(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int
) -> tuple[OpenForm, Mapping[str, Any]]:
    at = open_form(unit, actor, app_key, form_key, "comment")
    values = require_record(at, record_id)
    if not in_scope(at, at.access.rows_for("comment"), values):
        raise Forbidden(action=COMMENT_HERE)
    return at, values


def _attached(at: OpenForm, file_ids: Sequence[int], held: Sequence[int]) -> list[int]:
    """The files that a comment may have: its author's own uploads, and those it has already."""
    wanted = list(dict.fromkeys(file_ids))
    if len(wanted) > MOST_FILES:
        raise InvalidInput(issues=[Issue("/files", "comment_files", {"maximum": MOST_FILES})])
    own = files.infos(at.unit, wanted, created_by=_person(at.actor))
    unknown = [place for place, one in enumerate(wanted) if one not in own and one not in held]
    if unknown:
        raise InvalidInput(issues=[Issue(pointer("files", place), "value_unknown_file") for place in unknown])
    return wanted


def _checked(
    at: OpenForm, values: Mapping[str, Any], text: str, *, may_be_blank: bool
) -> tuple[str, set[int]]:
    cleaned = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not cleaned and not may_be_blank:
        raise InvalidInput(issues=[Issue("/text", "comment_blank")])
    if len(cleaned) > LONGEST:
        raise InvalidInput(issues=[Issue("/text", "comment_too_long", {"maximum": LONGEST})])
    ids = set(mentioned_in(cleaned))
    if len(ids) > MOST_MENTIONS:
        raise InvalidInput(issues=[Issue("/text", "comment_mentions", {"maximum": MOST_MENTIONS})])
    mentionable = _mentionable(at, values) if ids else {}
    for user_id in sorted(ids):
        user = mentionable.get(user_id)
        if user is None or not user.active or not _may_see(at, user, values):
            name = user.name if user else f"#{user_id}"
            raise InvalidInput(issues=[Issue("/text", "comment_mention_unseen", {"name": name})])
    return cleaned, ids


def _may_see(at: OpenForm, user: User, values: Mapping[str, Any]) -> bool:
    """Whether somebody else may see a record."""
    actor = at.directory.actor(user.id, language=at.actor.language, workspace=at.actor.workspace)
    if actor is None:
        return False
    other = at.seen_by(actor)
    return other.access.allows("view") and in_scope(other, other.access.rows, values)


def _titles(
    forms: Mapping[tuple[str, str], OpenForm], found: Iterable[Comment]
) -> dict[tuple[str, str, int], str | None]:
    """The titles of the records that comments are about, of those the actor may see."""
    ids: dict[tuple[str, str], set[int]] = {}
    for one in found:
        if (one.app, one.form) in forms:
            ids.setdefault((one.app, one.form), set()).add(one.record_id)
    titles: dict[tuple[str, str, int], str | None] = {}
    for (app, form), wanted in ids.items():
        at = forms[app, form]
        seen = records.titles(at.unit, at.table, sorted(wanted), at.access.rows, at.evaluation)
        titles.update({(app, form, record_id): title for record_id, title in seen.items()})
    return titles


def _require(at: OpenForm, record_id: int, comment_id: int) -> Comment:
    found = comments.get(at.unit, comment_id)
    if found is None or (found.app, found.form, found.record_id) != (at.form.app, at.form.key, record_id):
        raise NotFound(kind=COMMENT)
    return found


def _answer(at: OpenForm, comment_id: int) -> dict[str, Any]:
    found = comments.get(at.unit, comment_id)
    assert found is not None, "it was stored in this transaction"
    return show_comment(at, found, comments.files_of(at.unit, [comment_id]).get(comment_id, ()))


def _person(actor: Actor) -> int:
    assert actor.user_id is not None, "only people who are signed in comment"
    return actor.user_id
