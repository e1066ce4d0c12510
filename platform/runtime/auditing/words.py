"""What an entry of the audit log says, for people who know labels and names but no keys and ids.

Labels and names are those of this moment; what is gone since goes by what was recorded.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any

from joinery.directory import Directory
from joinery.forms import CompiledApp, Form
from joinery.kernel import label_key
from joinery.runtime.people.organising import app_roles
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory
from joinery.storage.audit import AuditEntry


def _words(name: str) -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = json.loads(text)
    return found


NAMES = _words("names.json")
WORDS = _words("words.json")

#: Changes told of one publication; the count tells of all.
MOST_CHANGES = 20
#: Told by another name beside it, or by the entry itself.
_UNTOLD = frozenset({"id", "manager", "batches", "instance"})
_NOTHING = "—"
#: Moments are told as they are recorded, and marked, so that each reader sees them in his time zone.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_PEOPLE = frozenset({"user_id", "manager_id", "head_ids", "users", "turn_of"})
#: What is noted under the id of a person alone.
_ABOUT_PEOPLE = frozenset({"user_invited", "password_link_made"})
#: What is about a run of a workflow: "app.form: title of the record".
_ABOUT_RUNS = frozenset(
    {
        *("workflow_cancelled", "workflow_moved", "workflow_reassigned"),
        *("workflow_retried", "workflow_reactivated"),
    }
)
_DEPARTMENTS = frozenset({"department_ids", "parent_id"})
_FIELDS = frozenset({"fields", "hidden_fields", "read_only_fields", "writable_fields"})


class AuditWords:
    """Entries of a workspace in words of one `language`; what is looked up for one serves all."""

    def __init__(self, unit: Unit, language: str) -> None:
        self._unit = unit
        self._language = label_key(language)
        self._known: Directory = directory.load(unit)

    def subject(self, entry: AuditEntry) -> str | None:
        """What an entry is about; apps, forms and permission groups go by their labels."""
        subject = entry.subject
        if subject is not None and subject.isdigit() and entry.kind in _ABOUT_PEOPLE:
            return self._person(int(subject))
        if subject is None or "app" not in entry.data:
            return subject
        place, _, title = subject.partition(": ") if entry.kind in _ABOUT_RUNS else (subject, "", "")
        parts = place.replace(" / ", ".").split(".")
        form = self._form(parts[0], parts[1]) if len(parts) > 1 else None
        told = [self._app(parts[0]), *parts[1:]]
        if form is not None:
            told[1] = self._label(form.label) or parts[1]
            group = (form.definition.permissions or {}).get(parts[2]) if len(parts) > 2 else None
            told[2:] = [self._label(group.label) or parts[2]] if group else parts[2:]
        return " › ".join([*told, *filter(None, [title])])

    def details(self, entry: AuditEntry) -> list[dict[str, Any]]:
        """What was before and after, each by a `label`: texts, None where there was nothing; `moment` says
        that they are moments (ISO 8601)."""
        before, after = (
            {
                place: (label, text)
                for place, label, text in self._flat(entry, entry.data.get(side) or {}, (), ())
            }
            for side in ("before", "after")
        )
        nothing = ("", None)
        told = []
        for place in dict.fromkeys((*before, *after)):
            was, now = before.get(place, nothing)[1], after.get(place, nothing)[1]
            if (was or _NOTHING) != (now or _NOTHING):
                moment = any(_MOMENT.fullmatch(one) for one in (was, now) if one)
                label = (after.get(place) or before[place])[0]
                told.append({"label": label, "before": was, "after": now, "moment": moment})
        return told

    def _flat(
        self, entry: AuditEntry, values: Mapping[str, Any], place: tuple[str, ...], above: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """Each value with its place in the data, the words for that place, and its own."""
        for name, value in values.items():
            if name in _UNTOLD or (name == "label" and above):
                continue
            if name == "groups" and isinstance(value, Mapping):
                for key, group in value.items():
                    label = self._label(group.get("label")) or key
                    yield from self._flat(entry, group, (*place, key), (*above, label))
            else:
                path = (*above, self._name(entry, name))
                yield (*place, name), " › ".join(path), self._text(entry, name, value)

    def _name(self, entry: AuditEntry, name: str) -> str:
        if name in NAMES:
            return NAMES[name][self._language]
        # A place in records that was handed over: "app.form.field".
        app, _, rest = name.partition(".")
        form, _, field = rest.partition(".")
        if field and (found := self._form(app, form)) is not None:
            return f"{self._label(found.label)} › {self._field(found, field)}"
        return name

    def _text(self, entry: AuditEntry, name: str, value: Any) -> str:
        if value is None:
            return self._word("everything") if name == "apps" else _NOTHING
        if isinstance(value, bool):
            return self._word("true" if value else "false")
        if name == "changes":
            return self._changes(entry, value)
        if isinstance(value, Mapping):
            return self._mapping(entry, name, value)
        if name == "people" and isinstance(value, list):
            # A department counts its people, a role names them.
            name = "users"
        if isinstance(value, Sequence) and not isinstance(value, str):
            return self._word("separator").join(self._text(entry, name, one) for one in value) or _NOTHING
        return self._one(entry, name, value)

    def _one(self, entry: AuditEntry, name: str, value: Any) -> str:
        """One key, id or plain value."""
        if name in _PEOPLE and isinstance(value, int):
            return self._person(value)
        if name in _DEPARTMENTS and isinstance(value, int):
            return self._department(value)
        if name == "organisation_id" and isinstance(value, int):
            organisation = self._known.organisation(value)
            return organisation.name if organisation else f"#{value}"
        if name in ("roles", "role"):
            return self._role(value)
        if name == "apps":
            return self._app(value)
        if name == "forms" and (form := self._form(entry.data.get("app"), value)):
            return self._label(form.label) or value
        if name in _FIELDS:
            return self._field(self._form_of(entry), value)
        if name == "workflow":
            return self._workflow(entry.data.get("app"), value)
        if name == "buttons" and (form := self._form_of(entry)) and value in form.actions:
            return self._label(form.actions[value].definition.label) or value
        wider = "kind" if name == "external" else name
        return self._word(f"{wider}.{value}", str(value))

    def _mapping(self, entry: AuditEntry, name: str, value: Mapping[str, Any]) -> str:
        if name == "department_roles":
            words = {
                "role": self._role(value["role"]),
                "department": self._department(value["department_id"]),
            }
            return self._word("role_in").format(**words)
        if name == "members":
            return self._member(value)
        if name == "masked_fields":
            form = self._form_of(entry)
            return self._word("separator").join(self._field(form, key) for key in value) or _NOTHING
        if name == "days":
            return self._day(value)
        if label := self._label(value):
            return label
        return json.dumps(value, ensure_ascii=False)

    def _day(self, one: Mapping[str, Any]) -> str:
        """A day of the working calendar that is not as its week says."""
        kind = self._word("day.working" if one["working"] else "day.free")
        return self._word("day").format(day=one["day"], name=one["name"] or "", kind=kind).replace("  ", " ")

    def _member(self, one: Mapping[str, Any]) -> str:
        tellers: Mapping[str, Callable[[int], str]] = {
            "user": self._person,
            "department": self._department,
        }
        if one["kind"] == "organisation":
            found = self._known.organisation(one["id"])
            return found.name if found else f"#{one['id']}"
        told = tellers[one["kind"]](one["id"])
        return self._word("with_below").format(name=told) if one.get("with_below") else told

    def _changes(self, entry: AuditEntry, changes: Sequence[Mapping[str, Any]]) -> str:
        told = []
        for change in changes[:MOST_CHANGES]:
            what = self._word(f"changes.{change['kind']}", change["kind"])
            form = self._form(change.get("app"), change.get("form"))
            where = [self._label(form.label) if form else change.get("form")]
            if change.get("field"):
                where.append(self._field(form, change["field"]))
            place = " › ".join(part for part in where if part)
            told.append(f"{what}{self._word('colon')}{place}" if place else what)
        more = len(changes) - len(told)
        return self._word("separator").join([*told, *([f"+{more}"] if more else [])]) or _NOTHING

    def _person(self, user_id: int) -> str:
        user = self._known.user(user_id)
        return user.name if user else f"#{user_id}"

    def _department(self, department_id: int) -> str:
        path = self._known.tree.name_path(department_id)
        return " / ".join(path) or f"#{department_id}"

    def _role(self, key: str) -> str:
        return self._label(self._roles.get(key)) or key

    def _app(self, key: str) -> str:
        found = self._apps.get(key)
        return self._label(found.definition.label) or key if found else key

    def _workflow(self, app: str | None, key: str) -> str:
        found = self._apps.get(app or "")
        workflow = found.definition.workflows.get(key) if found else None
        return (self._label(workflow.label) if workflow else None) or key

    def _form_of(self, entry: AuditEntry) -> Form | None:
        """The form that an entry about permissions is about: its subject is "app.form"."""
        app, _, form = (entry.subject or "").partition(".")
        return self._form(app, form.partition(".")[0])

    def _form(self, app: str | None, form: str | None) -> Form | None:
        found = self._apps.get(app or "")
        return found.forms.get(form or "") if found else None

    def _field(self, form: Form | None, key: str) -> str:
        field = (form.fields.get(key) or form.system_fields.get(key)) if form else None
        return (self._label(field.label) if field else None) or key

    def _label(self, label: Any) -> str | None:
        if not isinstance(label, Mapping) or not label.keys() <= {"en", "zh"}:
            return None
        found = label.get(self._language) or next(iter(label.values()), None)
        return found if isinstance(found, str) else None

    def _word(self, key: str, other: str = "") -> str:
        return WORDS[key][self._language] if key in WORDS else other

    @cached_property
    def _roles(self) -> Mapping[str, Mapping[str, str]]:
        return {**{key: role.label for key, role in self._known.roles.items()}, **app_roles(self._unit)}

    @cached_property
    def _apps(self) -> Mapping[str, CompiledApp]:
        return {one.key: apps.load(self._unit, one.key).compiled for one in apps.list_apps(self._unit)}
