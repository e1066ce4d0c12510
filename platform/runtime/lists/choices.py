"""The records that a relation may point at, for somebody who fills in a form that is not saved yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field, check_filter, usable_sort
from joinery.formulas import PARENT_RECORD, THIS_RECORD, Checked, Path, put_values
from joinery.kernel import InvalidInput, Issues
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.lists.listing import list_page
from joinery.runtime.lists.recent import recently_used
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.record_rights import lines_on_new, lines_on_record, on_new, on_record
from joinery.runtime.records.sent_values import sent_value
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit

DEFAULT_LIMIT = 50
Values = Mapping[str, Any]


def list_choices(
    unit: Unit, actor: Actor, app_key: str, form_key: str, query: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of the records that the relation `field` ("account", of lines "lines.product") may point at.

    `values` are those of the record in hand as they stand in the form (of a line also "$parent.x"), `id`
    names it when it is stored: its other values are known then. `form` says which of several forms is
    meant. The first page brings the `recent` ones too, unless something is searched. `columns` are those
    of the relation that the actor may read. Raises InvalidInput for a field or form that is not one,
    NotFound for a record that the actor may not see.
    """
    at = open_form(unit, actor, app_key, form_key)
    record_id = query.get("id")
    before = {} if record_id is None else require_record(at, record_id)
    lines = lines_on_new(at) if record_id is None else lines_on_record(at, before)
    at = on_new(at) if record_id is None else on_record(at, before)
    here, field = _relation_of(at, lines, query["field"])
    there = at.beside(_target_of(field, query.get("form")))
    relation = next((one for one in field.branches if one.references == there.form.key), field)
    columns = [key for key in relation.settings.get("columns") or () if key in there.access.queried]
    answer: dict[str, Any] = {"columns": columns, "records": [], "next_cursor": None, "recent": []}
    if not there.access.allows("view"):
        return answer
    condition = _condition(here, there, relation, _InHand(at, query.get("values") or {}, before))
    search = (query.get("search") or "").strip()
    sort = usable_sort(there.form, relation.settings.get("sort"), there.access.queried)
    asked = {
        "filter": condition,
        "search": search or None,
        "sort": None if search else sort,
        "fields": ["title", *columns],
        "limit": query.get("limit") or DEFAULT_LIMIT,
        "cursor": query.get("cursor"),
        "count": "none",
    }
    page = list_page(there, asked)
    answer |= {"records": page["records"], "next_cursor": page["next_cursor"]}
    if not search and not query.get("cursor"):
        checked = None if condition is None else check_filter(there.names, condition)[0]
        answer["recent"] = recently_used(there, checked, ["title", *columns])
    return answer


def _relation_of(at: OpenForm, lines: Mapping[str, OpenForm], key: str) -> tuple[OpenForm, Field]:
    """The form that has the field, and the field; InvalidInput when there is none that the actor may read."""
    subform, _, inner = key.rpartition(".")
    here = at
    if subform and subform in at.access.readable and subform in lines:
        here = lines[subform]
    elif subform:
        inner = ""
    field = here.form.field(inner) if inner in here.access.readable else None
    if field is None or not field.type.targets(field):
        issues = Issues()
        issues.add("/field", "unknown_field", field=key[:60])
        raise InvalidInput(issues=issues)
    return here, field


def _target_of(field: Field, form: str | None) -> str:
    targets = field.type.targets(field)
    if form is None and len(targets) == 1:
        return next(iter(targets))
    if form in targets:
        return form
    issues = Issues()
    issues.add("/form", "unknown_form", form=str(form or "")[:60])
    raise InvalidInput(issues=issues)


def _condition(here: OpenForm, there: OpenForm, relation: Field, record: "_InHand") -> str | None:
    """The relation's condition with the values of the record in hand; None when nothing is narrowed.

    That is so while a value it looks at is blank: what is chosen may fill it in. What the actor may not read
    of the other records counts as blank, as it does when the record is saved.
    """
    checked = relation.filter
    if checked is None:
        return None
    own = {path: record.value_at(here, path) for path in checked.paths if _is_own(path)}
    if any(value in (None, "", ()) for value in own.values()):
        return None
    hidden = {path: None for path in checked.paths if not _is_own(path) and _is_hidden(there, path)}
    try:
        text = put_values(checked, own | hidden)
    except TypeError:
        return None
    found, issues = check_filter(there.names, text)
    return text if _is_usable(found) and not issues else None


def _is_usable(checked: Checked | None) -> bool:
    return checked is not None and checked.sql


def _is_own(path: Path) -> bool:
    return path[0] in (THIS_RECORD, PARENT_RECORD)


def _is_hidden(there: OpenForm, path: Path) -> bool:
    return there.names.type_of(path) is None


@dataclass(frozen=True, slots=True)
class _InHand:
    """The record that is being filled in: what was `sent` of it, and for the rest what is stored."""

    at: OpenForm
    sent: Values
    before: Values

    def value_at(self, here: OpenForm, path: Path) -> Any:
        """What stands at a path in the record of the form `here`, or in the one around it."""
        rest = path[1:] if path[0] == THIS_RECORD else path
        form, prefix = here, ""
        if rest[0] == PARENT_RECORD and here.form.parent is not None:
            form, prefix, rest = self.at, f"{PARENT_RECORD}.", rest[1:]
        field = form.form.field(rest[0]) if rest and rest[0] in form.access.readable else None
        if field is None:
            return None
        stored = self.before if form.form.key == self.at.form.key else {}
        name = prefix + field.key
        value = sent_value(form, field, self.sent[name]) if name in self.sent else stored.get(field.key)
        if len(rest) == 1:
            return value
        start = {**stored, field.key: value}
        return FarValues(form).get(form.form.key, start, {rest}, False)[rest]
