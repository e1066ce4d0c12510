"""What the engine may ask about the record it works on, the people, and the moment."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from joinery.directory import Actor
from joinery.forms import Form
from joinery.formulas import BOOLEAN, Checked, EvaluationContext, FormulaProblem, compile_formula, evaluate
from joinery.runtime.formulas.far_values import FarValues, in_scope, values_for
from joinery.runtime.records.open_form import OpenForm, evaluation_context
from joinery.runtime.workflows.other_record import OtherRecord
from joinery.runtime.workflows.working_time import add_working_hours
from joinery.storage import own_workflow_settings
from joinery.storage.own_workflow_settings import Delegation
from joinery.workflows import Instance

Values = Mapping[str, Any]
Rule = Mapping[str, Any]


class RecordWorld:
    """The engine's view of one record, read with the rights of the app; `ME()` is the initiator.

    `values` are those of the record at this moment; whoever saves it gives the new ones.
    """

    def __init__(self, at: OpenForm, values: Values, initiator: int | None) -> None:
        self._at = at.as_anybody()
        self.values = values
        self._initiator = initiator
        self._evaluation = _as_seen_by(self._at, initiator)
        self._zone = ZoneInfo(self._evaluation.time_zone)
        self._away: list[Delegation] | None = None

    @property
    def now(self) -> datetime:
        """The moment of this transaction."""
        return self._at.unit.now

    def condition(self, text: str) -> bool:
        """Whether a condition holds for the record; one that cannot be computed does not."""
        return self._evaluate(_compiled(self._at.form, text, True)) is True

    def evaluate(self, text: str) -> Any:
        """The value of an expression over the record; None where it cannot be computed."""
        return self._evaluate(_compiled(self._at.form, text, False))

    def beside(self, there: OpenForm, values: Values) -> OtherRecord:
        """Another record, seen by the same person with the rights of the app; `$form` is this one."""
        other = there.as_anybody()
        return OtherRecord(
            there=other, values=values, here=self._at, own=self.values, evaluation=self._evaluation
        )

    def text(self, path: str) -> str:
        """What stands at a path in words; "" where nothing does."""
        return str(self.evaluate(f'{{{path}}} & ""') or "")

    def people(self, rule: Rule, instance: Instance) -> tuple[int, ...]:
        """The active people whom an assignee rule names, each once, in order."""
        found = _RULES[rule["by"]](self, rule, instance)
        return tuple(dict.fromkeys(user for user in found if self.is_active(user)))

    @property
    def team(self) -> Mapping[str, Sequence[int]]:
        """The people beside the owner by their part, "edit" or "read", where the form has a team."""
        return {
            part: [user for key in keys for user in _ids(self.values.get(key))]
            for part, keys in self._at.form.definition.team.items()
        }

    def deputy(self, user: int) -> int | None:
        """Who decides for somebody about this form now; None when he decides himself."""
        if self._away is None:
            # All who are away at once: a node may ask very many people.
            day = self.now.astimezone(self._zone).date()
            kept = own_workflow_settings.delegations(self._at.unit, on=day)
            app, form = self._at.form.app, self._at.form.key
            self._away = [one for one in kept if one.holds(day, app, form)]
        named = (one.to_user_id for one in self._away if one.user_id == user)
        return next((one for one in named if self.is_active(one)), None)

    def administrators(self) -> tuple[int, ...]:
        """The active administrators of the workspace."""
        people = self._at.directory.own_people
        return tuple(user.id for user in people if user.active and user.is_admin and not user.service)

    def is_active(self, user: int) -> bool:
        """Whether somebody can be asked at all."""
        found = self._at.directory.user(user)
        return found is not None and found.active and not found.service

    def works_with(self, user: int, other: int) -> bool:
        """Whether the other is in a department of the user, or in one below it."""
        people = self._at.directory
        return any(people.is_in(other, department) for department in people.departments_of(user))

    def day_begins(self, day: date) -> datetime:
        """The moment at which a day begins in the workspace."""
        return datetime.combine(day, time(), self._zone)

    def add(self, amount: int, unit: str, start: datetime) -> datetime:
        """The moment so many minutes, hours, days, working hours or days after (or before) another."""
        local = start.astimezone(self._zone)
        calendar = self._evaluation.calendar
        match unit:
            case "working_hours":
                return add_working_hours(calendar, local, amount).astimezone(start.tzinfo)
            case "working_days" if len(calendar.weekend) < 7:
                day = calendar.moved(local.date(), amount)
                return datetime.combine(day, local.time(), self._zone).astimezone(start.tzinfo)
            case _:
                return start + timedelta(**{unit.removeprefix("working_"): amount})

    def _evaluate(self, checked: Checked) -> Any:
        seen = values_for(self._at, checked, self.values, FarValues(self._at))
        value = evaluate(checked, seen, self._evaluation)
        return None if isinstance(value, FormulaProblem) else value

    def read(self, path: str) -> tuple[str, tuple[int, ...]]:
        """The people, departments or organisations at a path: their kind and ids."""
        checked = _compiled(self._at.form, f"{{{path}}}", False)
        kind = checked.type.item.kind if checked.type.item is not None else checked.type.kind
        return kind, _ids(self._evaluate(checked))

    def departments(self, of: str) -> tuple[int, ...]:
        """The departments of `of`: its own, or the main ones of its people."""
        if of == "initiator":
            kind, found = "user", _ids(self._initiator)
        else:
            kind, found = self.read(of)
        if kind == "department":
            return found
        own = (self._at.directory.departments_of(user) for user in found)
        return tuple(departments[0] for departments in own if departments)

    def users(self, of: str) -> tuple[int, ...]:
        """The people of `of`."""
        if of == "initiator":
            return _ids(self._initiator)
        kind, found = self.read(of)
        if kind == "department":
            return tuple(head for one in found for head in self._at.directory.heads_of(one))
        if kind == "organisation":
            return tuple(user.id for one in found for user in self._at.directory.contacts(one))
        return found

    def shared_with(self) -> list[str]:
        """The fields of the form that name several people."""
        return [key for key, field in self._at.form.fields.items() if field.type.name == "users"]

    def may_edit(self, user: int) -> bool:
        """Whether somebody may change the record."""
        unit = self._at.unit
        person = self._at.directory.actor(
            user, language=unit.workspace.language, workspace=unit.workspace.key
        )
        if person is None:
            return False
        at = self._at.seen_by(person)
        return at.access.allows("edit") and in_scope(at, at.access.rows_for("edit"), self.values)


def _as_seen_by(at: OpenForm, user: int | None) -> EvaluationContext:
    """What expressions know when somebody looks; he may have left since."""
    found = None if user is None else at.directory.user(user)
    if found is None:
        return replace(at.evaluation, user_id=user, department_ids=(), roles=(), organisation_id=None)
    person = Actor(
        user_id=found.id,
        name=found.name,
        roles=found.roles,
        department_ids=found.department_ids,
        organisation_id=found.organisation_id,
    )
    return evaluation_context(at.unit, person)


@lru_cache(maxsize=4096)
def _compiled(form: Form, text: str, condition: bool) -> Checked:
    return compile_formula(text, form.names, expects=BOOLEAN if condition else None)


def _ids(value: Any) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if isinstance(value, list | tuple | frozenset | set):
        return tuple(one for one in value if isinstance(one, int) and not isinstance(one, bool))
    return ()


def _by_users(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    return tuple(rule["users"])


def _by_role(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    return [user.id for user in world._at.directory.holders(rule["role"])]


def _by_role_in_department(world: RecordWorld, rule: Rule, instance: Instance) -> Iterator[int]:
    for department in world.departments(rule.get("of", "initiator")):
        for user in world._at.directory.holders(rule["role"], department):
            yield user.id


def _by_department_head(world: RecordWorld, rule: Rule, instance: Instance) -> Iterator[int]:
    for department in world.departments(rule.get("of", "initiator")):
        yield from world._at.directory.heads_of(department, rule.get("level", 1))


def _by_initiator(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    return world.users("initiator")


def _by_manager(world: RecordWorld, rule: Rule, instance: Instance) -> Iterator[int]:
    for user in world.users(rule.get("of", "initiator")):
        manager = world._at.directory.manager(user, rule.get("level", 1))
        if manager is not None:
            yield manager


def _by_manager_chain(world: RecordWorld, rule: Rule, instance: Instance) -> Iterator[int]:
    up_to = rule.get("up_to", {})
    for user in world.users(rule.get("of", "initiator")):
        for level, manager in enumerate(world._at.directory.manager_chain(user), start=1):
            yield manager
            found = world._at.directory.user(manager)
            if level >= up_to.get("level", 100) or (found and up_to.get("role") in found.roles):
                break


def _by_field(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    return world.users(rule["field"])


def _by_decider_of(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    decided = (task for task in instance.tasks if task.node == rule["node"] and task.state == "done")
    return [task.user for task in decided if task.decision in ("approve", "submit", "reject")]


def _by_collaborators(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    owner, part = _ids(world.values.get("owner")), rule.get("part")
    if part == "owner":
        return owner
    if "field" not in rule and world.team:
        helpers = [user for one, users in world.team.items() if part in (None, one) for user in users]
        return helpers if part else (*owner, *helpers)
    named = [rule["field"]] if "field" in rule else world.shared_with()
    helpers = [user for path in named for user in world.users(path)]
    if part is None:
        return (*owner, *helpers)
    return [user for user in helpers if user not in owner and world.may_edit(user) is (part == "edit")]


def _by_expression(world: RecordWorld, rule: Rule, instance: Instance) -> Iterable[int]:
    return _ids(world.evaluate(rule["expression"]))


_RULES: Mapping[str, Callable[[RecordWorld, Rule, Instance], Iterable[int]]] = {
    "users": _by_users,
    "role": _by_role,
    "role_in_department": _by_role_in_department,
    "department_head": _by_department_head,
    "initiator": _by_initiator,
    "manager": _by_manager,
    "manager_chain": _by_manager_chain,
    "field": _by_field,
    "decider_of": _by_decider_of,
    "collaborators": _by_collaborators,
    "organisation": _by_field,
    "expression": _by_expression,
}
