"""Relations that a conversion turns to what it made: their new values, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.definitions import JOINT, owner_key
from joinery.forms import Field, Form, Inverse, RecordRef
from joinery.kernel import pointer, to_json
from joinery.permissions import EVERYTHING
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.duplicates import BY_APP
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.storage import records
from joinery.storage.lines import records_of

Values = Mapping[str, Any]
#: Old and new value of relations by field, as JSON.
Changes = Mapping[str, Sequence[Any]]

#: Where history says that a conversion did it.
SOURCE = "conversion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """The records of a related list, whoever may see them; of a list by lines the records around these."""

    inverse: Inverse
    at: OpenForm
    ids: Sequence[int]
    #: The lines that point here.
    lines: frozenset[int] = frozenset()
    subform: str = ""

    @property
    def own(self) -> str:
        """The relation that makes the list, as the definition names it."""
        key = owner_key(self.inverse.field)
        return f"{self.subform}{JOINT}{key}" if self.subform else key


def children(at: OpenForm, name: str, record_id: int) -> Children:
    """The records of a related list of a record."""
    inverse = next(found for found in at.form.inverses if found.key == name)
    there = at.beside(inverse.form)
    ids = records.referring_ids(at.unit, there.table, inverse.field, [record_id])
    if there.form.parent is None:
        return Children(inverse=inverse, at=there, ids=ids)
    around = sorted(set(records_of(at.unit, there.table, ids).values()))
    return Children(
        inverse=inverse,
        at=there.beside(there.form.parent),
        ids=around,
        lines=frozenset(ids),
        subform=there.form.subform,
    )


def pointed(relation: Field, before: Any, target: tuple[str, int], instead: tuple[str, int] | None) -> Any:
    """The value of a relation that also points at `target`: in place of the record `instead`, if it did so.

    A relation to one record that points at something else stays as it is.
    """
    form, record_id = target
    new = RecordRef(form, record_id) if relation.branches else record_id
    if not relation.type.several:
        held = () if before is None else relation.type.records_in(relation, before)
        return new if not held or instead in held else before
    kept = [record_id if (relation.references, one) == instead else one for one in before or ()]
    return [*dict.fromkeys([*kept, record_id])]


def sent(value: Any) -> Any:
    """The value of a relation as records take it."""
    return {"form": value.form, "id": value.id} if isinstance(value, RecordRef) else value


def stored_json(value: Any) -> Any:
    """The value of a field as JSON that can be compared with what a record has later."""
    return to_json(sent(value))


@dataclass(kw_only=True)
class Moving:
    """Children on their way from the converted record to what was made of it."""

    children: Children
    source: tuple[str, int]
    targets: Mapping[str, tuple[str, int]]
    moved: list[dict[str, Any]] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)

    def run(self) -> list[dict[str, Any]]:
        """Store them; what was changed, for undoing."""
        at = self.children.at
        stored = records.get_many(
            at.unit, at.table, self.children.ids, EVERYTHING, at.evaluation, for_update=True, lines=True
        )
        for record_id, values in stored.items():
            self._move(record_id, values)
        save_many(at.as_anybody(), self.operations, source=SOURCE, way=BY_APP)
        return self.moved

    def _move(self, record_id: int, values: Values) -> None:
        own, fields = self.children.own, self.children.at.form.fields
        plain = {key: target for key, target in self.targets.items() if JOINT not in key}
        instead = {key: self.source if key == own else None for key in plain}
        given = _changed(fields, values, plain, instead)
        changes: dict[str, Any] = {key: [stored_json(values[key]), sent(new)] for key, new in given.items()}
        shown: dict[str, Any] = {}
        lines: dict[str, Any] = {}
        if self.children.subform and own in self.targets:
            subform = self.children.subform
            shown[subform], lines = self._moved_lines(values[subform] or ())
        if not changes and not lines:
            return
        self.operations.append(
            Operation(
                path=pointer("move", self.children.inverse.key),
                values={**unfilled_lines(self.children.at.form, values, given), **shown},
                given=with_kept(self.children.at.form, values, given),
                record_id=record_id,
            )
        )
        moved = {"form": self.children.at.form.key, "id": record_id, "changes": changes}
        self.moved.append({**moved, "lines": {self.children.subform: lines}} if lines else moved)

    def _moved_lines(self, lines: Sequence[Values]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """All lines of a record as they are sent, and by id what changed in those that point here."""
        form = self.children.at.form.line_forms[self.children.subform]
        own = owner_key(self.children.inverse.field)
        shown = []
        changes: dict[str, Any] = {}
        for line in lines:
            new = {}
            if line["id"] in self.children.lines:
                target = {own: self.targets[self.children.own]}
                new = _changed(form.fields, line, target, {own: self.source})
                changes[str(line["id"])] = {
                    key: [stored_json(line[key]), sent(value)] for key, value in new.items()
                }
            shown.append({"id": line["id"], **to_json(with_kept(form, line, new))})
        return shown, changes


def with_kept(form: Form, values: Values, given: Values) -> dict[str, Any]:
    """New values of relations as they are sent, with what these would fill in as it is.

    Nobody chose anything anew: what a record noted of the one it was about stays noted.
    """
    filled = {key for one in form.relations.values() if one.owner in given for key in one.fill}
    kept = {key: sent(values[key]) for key in filled if values[key] is not None}
    return {**kept, **{key: sent(value) for key, value in given.items()}}


def unfilled_lines(form: Form, values: Values, given: Values) -> dict[str, Any]:
    """The lines of subforms that new values of relations would fill in, as they are."""
    filled = {key for one in form.relations.values() if one.owner in given for key in one.fill_lines}
    return {key: [{"id": line["id"]} for line in values[key] or ()] for key in filled}


def _changed(
    fields: Mapping[str, Field],
    values: Values,
    targets: Mapping[str, tuple[str, int]],
    instead: Mapping[str, tuple[str, int] | None],
) -> dict[str, Any]:
    """The relations that get another value."""
    found = {key: pointed(fields[key], values[key], target, instead[key]) for key, target in targets.items()}
    return {key: new for key, new in found.items() if stored_json(new) != stored_json(values[key])}


def put_back(there: OpenForm, moved: Mapping[int, Mapping[str, Any]]) -> None:
    """Give fields their old values where they still have those that the conversion gave them.

    `moved` has by record its `changes`, and `lines` those of lines by subform and id.
    """
    found = records.get_many(
        there.unit, there.table, sorted(moved), EVERYTHING, there.evaluation, for_update=True, lines=True
    )
    operations = []
    for record_id, values in found.items():
        back = given_back(there.form.fields, values, moved[record_id]["changes"])
        given = with_kept(there.form, values, back)
        shown = unfilled_lines(there.form, values, back)
        for subform, lines in moved[record_id].get("lines", {}).items():
            if subform in there.form.line_forms:
                form = there.form.line_forms[subform]
                shown |= _lines_given_back(subform, form, values[subform] or (), lines)
        if given or shown:
            operations.append(Operation(values=shown, given=given, record_id=record_id))
    save_many(there.as_anybody(), operations, source=SOURCE, way=BY_APP)


def given_back(fields: Mapping[str, Field], values: Values, changes: Changes) -> dict[str, Any]:
    """The old values of fields that nobody changed since.

    Of a list that was changed, what the conversion added goes and what it took away returns.
    """
    given = {}
    for key, (old, new) in changes.items():
        if key not in values or key not in fields:
            continue
        current = stored_json(values[key])
        if current == new:
            given[key] = old
        elif fields[key].type.several and fields[key].references:
            before, after, now = old or [], new or [], current or []
            kept = [one for one in now if one not in after or one in before]
            returned = [one for one in before if one not in after and one not in kept]
            if (back := [*kept, *returned]) != now:
                given[key] = back
    return given


def _lines_given_back(
    subform: str, form: Form, stored: Sequence[Values], changes: Mapping[str, Changes]
) -> dict[str, Any]:
    back = {
        line["id"]: to_json(with_kept(form, line, given_back(form.fields, line, changes[str(line["id"])])))
        for line in stored
        if str(line["id"]) in changes
    }
    if not any(back.values()):
        return {}
    return {subform: [{"id": line["id"], **back.get(line["id"], {})} for line in stored]}
