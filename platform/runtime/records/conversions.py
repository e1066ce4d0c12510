"""Make other records out of one: what would be made, and making it, all at once by the one write path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.directory import Actor
from joinery.forms import Conversion, Target
from joinery.formulas import Checked, FormulaProblem, evaluate
from joinery.kernel import (
    AlreadyConverted,
    DuplicateRecord,
    DuplicateValue,
    Forbidden,
    InvalidInput,
    InvalidRecord,
    Issue,
    NotFound,
    PossibleDuplicates,
    StaleRevision,
    pointer,
)
from joinery.permissions import EVERYTHING
from joinery.runtime.formulas.far_values import FarValues, in_scope, values_for
from joinery.runtime.kinds import CONVERSION, RECORD
from joinery.runtime.records.actions import show_with_actions
from joinery.runtime.records.batch import EDIT_RECORD, save_many
from joinery.runtime.records.buttons import standing
from joinery.runtime.records.conversion_json import (
    conversion_json,
    conversions_of,
    label_of,
    target_preview,
)
from joinery.runtime.records.conversion_links import (
    SOURCE,
    Moving,
    children,
    pointed,
    sent,
    stored_json,
)
from joinery.runtime.records.duplicates import BY_APP, CONFIRM_DUPLICATES, problem_of
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.records.rehearsing import rehearse
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import conversions, records
from joinery.storage.conversions import StoredConversion

Values = Mapping[str, Any]


def list_conversions(unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int) -> dict[str, Any]:
    """The conversions that are `possible` for a record now, `done`, and those that it was `made_by`.

    Raises NotFound.
    """
    at = open_form(unit, actor, app_key, form_key)
    stored = require_record(at, record_id)
    done = conversions.of_record(unit, app_key, form_key, record_id)
    return {"possible": _possible(at, stored, done), **conversions_of(at, record_id, done)}


def preview(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    key: str,
    values: Values,
    targets: Mapping[str, Values],
) -> dict[str, Any]:
    """What a conversion would make of a record that also had `values`; writes nothing.

    `targets` has what was typed for what is made, as in `convert`. Raises NotFound, Forbidden, and
    AlreadyConverted.
    """
    at, conversion = _open(unit, actor, app_key, form_key, key)
    stored = _require(at, conversion, require_record(at, record_id))
    changed = rehearse(at, Operation(path="/values", values=values, record_id=record_id))
    state = {**stored, **(changed.draft.values if changed.draft else {})}
    required = [*conversion.definition.require]
    return {
        "revision": stored["revision"],
        "required": [key for key in required if key in on_record(at, stored).access.readable],
        "issues": [*changed.issues, *_missing(conversion, state)],
        "targets": [
            _preview_target(at, target, state, targets.get(target.key, {}).get("values", {}))
            for target in conversion.targets
        ],
        "moved": [
            {"list": name, "count": len(children(at, name, record_id).ids)}
            for name in conversion.definition.move
        ],
    }


def convert(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    key: str,
    revision: int,
    *,
    values: Values,
    targets: Mapping[str, Values],
    confirm: str | None = None,
) -> dict[str, Any]:
    """Convert a record that was read at `revision`; answers with it and what was made.

    `values` are for the record itself, `targets` says by key which record to `use`, what `values` a new one
    has besides or to `skip` it. Raises AlreadyConverted, and what saving the records one by one would raise:
    the issues of all of them, with the paths /values/... and /targets/<key>/values/...
    """
    at, conversion = _open(unit, actor, app_key, form_key, key)
    stored = records.get(unit, at.table, record_id, at.access.rows, at.evaluation, for_update=True)
    if stored is None:
        raise NotFound(kind=RECORD)
    _require(at, conversion, stored)
    if stored["revision"] != revision:
        raise StaleRevision(details={"id": record_id, "revision": stored["revision"]})
    _check_choices(at, conversion, targets)
    run = _Run(at=at, conversion=conversion, stored=stored, confirmed=confirm == CONFIRM_DUPLICATES)
    run.change(values)
    for target in conversion.targets:
        run.make(target, targets.get(target.key, {}))
    run.finish_making()
    moved = run.move()
    changes = run.close()
    conversions.add(
        unit,
        app_key,
        form_key,
        record_id,
        key,
        at=unit.now,
        by=actor.user_id,
        targets=run.made,
        changes=changes,
        moved=moved,
    )
    done = next(one for one in conversions.of_record(unit, app_key, form_key, record_id) if one.key == key)
    return {"conversion": conversion_json(at, done), "record": shown_record(at, record_id)}


def shown_record(at: OpenForm, record_id: int) -> dict[str, Any] | None:
    """The record as the actor may see it now; None when it has left what he may see."""
    try:
        return show_with_actions(at, require_record(at, record_id))
    except NotFound:
        return None


@dataclass(kw_only=True)
class _Run:
    """A conversion on its way: what was made so far and everything that is wrong."""

    at: OpenForm
    conversion: Conversion
    stored: Values
    confirmed: bool
    ids: dict[str, tuple[str, int]] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    matches: list[Mapping[str, Any]] = field(default_factory=list)

    def change(self, values: Values) -> None:
        """Fill in what the record itself lacks."""
        if values:
            operation = Operation(path="/values", values=values, record_id=self.stored["id"])
            self._save(self.at, operation, way=None)
            self.stored = records.get_many(
                self.at.unit, self.at.table, [self.stored["id"]], EVERYTHING, self.at.evaluation
            )[self.stored["id"]]
        self.issues += _missing(self.conversion, self.stored)

    def make(self, target: Target, choice: Values) -> None:
        """Take the record that was chosen, or make a new one; nothing when it is left out."""
        if choice.get("skip"):
            return
        there = self.at.beside(target.form)
        if (chosen := choice.get("use")) is not None:
            visible = records.titles(
                there.unit, there.table, [chosen], there.access.rows, there.evaluation, lock=True
            )
            if chosen not in visible or not there.access.allows("view"):
                params = {"label": label_of(there, target)}
                self.issues.append(
                    Issue(pointer("targets", target.key, "use"), "related_record_missing", params)
                )
                return
            made = chosen
        else:
            operation = _operation(self.at, target, self.stored, choice.get("values", {}), self.ids)
            made = self._make(there, target, operation)
            if made is None:
                return
        self.ids[target.key] = (target.form, made)
        self.made.append({"key": target.key, "form": target.form, "id": made, "created": chosen is None})

    def finish_making(self) -> None:
        """Raise everything that is wrong with what was to be made."""
        if error := problem_of(self.issues, self.matches):
            raise error

    def move(self) -> list[dict[str, Any]]:
        """Turn the records of related lists to what was made."""
        moved: list[dict[str, Any]] = []
        source = (self.at.form.key, self.stored["id"])
        for name, links in self.conversion.definition.move.items():
            targets = {relation: self.ids[key] for relation, key in links.items() if key in self.ids}
            found = children(self.at, name, self.stored["id"])
            moved += Moving(children=found, source=source, targets=targets).run()
        return moved

    def close(self) -> dict[str, Any]:
        """Give the record what the conversion sets; old and new value by field."""
        definition = self.conversion.definition
        given = _values(self.at, self.conversion.set, self.stored)
        given |= {
            relation: sent(pointed(self.at.form.fields[relation], self.stored[relation], self.ids[key], None))
            for relation, key in definition.links.items()
            if key in self.ids
        }
        if not given:
            return {}
        operation = Operation(values={}, given=given, record_id=self.stored["id"])
        [saved] = save_many(self.at.as_anybody(), [operation], source=SOURCE, way=BY_APP)
        return {
            key: [stored_json(self.stored[key]), stored_json(saved.values[key])]
            for key in given
            if self.stored[key] != saved.values[key]
        }

    def _make(self, there: OpenForm, target: Target, operation: Operation) -> int | None:
        if not there.access.allows("create"):
            issue = Issue(
                pointer("targets", target.key), "conversion_cannot_create", {"label": label_of(there, target)}
            )
            self.issues.append(issue)
            return None
        if self.issues:
            # Nothing will be stored any more; what else is wrong shall be told at once.
            found = rehearse(there, operation, way="convert", confirmed=self.confirmed)
            self.issues += _apart_from_links(target, found.issues)
            self.matches += found.matches
            return None
        return self._save(there, operation, way="convert")

    def _save(self, there: OpenForm, operation: Operation, way: str | None) -> int | None:
        """Store one record; its id, or None when something is wrong with its values."""
        try:
            [saved] = save_many(there, [operation], source=SOURCE, way=way, confirmed=self.confirmed)
        except (InvalidRecord, DuplicateValue, DuplicateRecord, PossibleDuplicates) as error:
            if error.__cause__ is not None:
                raise  # The database refused it: this transaction is over.
            self.issues += error.issues
            self.matches += error.details.get("matches", ())
            return None
        return saved.id


def _open(unit: Unit, actor: Actor, app_key: str, form_key: str, key: str) -> tuple[OpenForm, Conversion]:
    at = open_form(unit, actor, app_key, form_key, "edit")
    conversion = at.form.conversions.get(key)
    if conversion is None:
        raise NotFound(kind=CONVERSION)
    return at, conversion


def _require(at: OpenForm, conversion: Conversion, stored: Values) -> Values:
    """The record, when it may be converted by the actor now."""
    for done in conversions.of_record(at.unit, at.form.app, at.form.key, stored["id"]):
        if done.key == conversion.key:
            raise AlreadyConverted(details={"conversion": conversion_json(at, done)})
    if not in_scope(at, at.access.rows_for("edit"), stored):
        raise Forbidden(action=EDIT_RECORD)
    if conversion.key not in _possible(at, stored, []):
        raise Forbidden(action=conversion.definition.label)
    return stored


def _possible(at: OpenForm, stored: Values, done: list[StoredConversion]) -> list[str]:
    """The conversions of which a button stands on the record."""
    buttons = (action.definition.conversion for action in standing(at, stored, done))
    return list(dict.fromkeys(key for key in buttons if key is not None))


def _missing(conversion: Conversion, values: Values) -> list[Issue]:
    """What must be filled in first."""
    return [
        Issue(pointer("values", key), "rule", {"text": message})
        for key, message in conversion.definition.require.items()
        if values.get(key) is None
    ]


def _check_choices(at: OpenForm, conversion: Conversion, choices: Mapping[str, Values]) -> None:
    """Raise InvalidInput for what was said about targets and cannot be."""
    by_key = {target.key: target for target in conversion.targets}
    issues = []
    for key, choice in choices.items():
        path, target = pointer("targets", key), by_key.get(key)
        if target is None:
            issues.append(Issue(path, "conversion_no_target", {"name": key[:60]}))
        elif sum(bool(choice.get(name)) for name in ("use", "skip", "values")) > 1:
            issues.append(Issue(path, "conversion_use_or_values"))
        elif choice.get("skip") and not target.definition.optional:
            params = {"label": label_of(at.beside(target.form), target)}
            issues.append(Issue(path, "conversion_not_optional", params))
    if issues:
        raise InvalidInput(issues=issues)


def _values(at: OpenForm, expressions: Mapping[str, Checked], stored: Values) -> dict[str, Any]:
    """The results of expressions over the record; blanks and error values are left out."""
    far = FarValues(at)
    found: dict[str, Any] = {}
    for key, checked in expressions.items():
        value = evaluate(checked, values_for(at, checked, stored, far), at.evaluation)
        if value is not None and not isinstance(value, FormulaProblem):
            found[key] = value
    return found


def _operation(
    at: OpenForm, target: Target, stored: Values, typed: Values, ids: Mapping[str, tuple[str, int]]
) -> Operation:
    """The new record of a target: what the person typed goes before what the definition gives."""
    given = _values(at, target.values, stored)
    fields = at.app.compiled.forms[target.form].fields
    links = {
        relation: sent(pointed(fields[relation], None, ids[key], None))
        for relation, key in target.definition.links.items()
        if key in ids
    }
    return Operation(
        path=pointer("targets", target.key, "values"),
        values={key: value for key, value in typed.items() if key not in links},
        given={**{key: value for key, value in given.items() if key not in typed}, **links},
    )


def _apart_from_links(target: Target, issues: Sequence[Issue]) -> list[Issue]:
    """Without what is only wrong because the records linked to are not there yet."""
    at = pointer("targets", target.key, "values")
    links = {at + pointer(relation) for relation in target.definition.links}
    return [issue for issue in issues if issue.path not in links]


def _preview_target(at: OpenForm, target: Target, state: Values, typed: Values) -> dict[str, Any]:
    there = at.beside(target.form)
    operation = _operation(at, target, state, typed, {})
    found = rehearse(there, operation, way="convert", confirmed=True)
    issues = _apart_from_links(target, found.issues)
    return {**target_preview(at, target, found, issues), "issues": issues}
