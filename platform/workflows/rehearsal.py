"""The scenarios of a workflow, played in a company that is imagined.

Whoever is wanted is there: each role, manager and field has somebody of its own. So a scenario tells about
the workflow alone, in every workspace the same, whoever works there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from joinery.definitions import WorkflowDefinition
from joinery.directory import Directory, User
from joinery.forms import CompiledApp, Draft, Form, RecordContext, prepare_record
from joinery.formulas import EvaluationContext, FormulaProblem, compile_formula, evaluate
from joinery.kernel import InvalidRecord, Issue, issue_message, pointer
from joinery.workflows.imagined_records import ImaginedRecords, unreadable
from joinery.workflows.model import Instance
from joinery.workflows.simulation import Move, Simulation, simulate

Json = Mapping[str, Any]

#: People are imagined under these ids, the initiator first.
INITIATOR = 1_000_001
PLACES = 200

#: What a working day has.
_WORKED_HOURS = 8

#: Decisions that name somebody.
_NAMING = frozenset({"reassign", "add_approver", "ask"})

#: Nodes that a path may leave out.
_UNNAMED = frozenset({"branch", "join"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """How a scenario went: the nodes that were entered, where it stands and how, and with `issues` what went
    otherwise than expected; their paths start at the scenario.
    """

    path: tuple[str, ...]
    at: tuple[str, ...]
    status: str
    issues: tuple[Issue, ...]


def rehearsal_issues(app: CompiledApp, context: EvaluationContext) -> Iterator[Issue]:
    """What goes otherwise than the scenarios of an app's workflows expect, at the places that say so.

    `context` gives the moment, the time zone and the working calendar.
    """
    for key, workflow in app.definition.workflows.items():
        for name, scenario in workflow.tests.items():
            at = pointer("workflows", key, "tests", name)
            for issue in rehearse(app, workflow, scenario, context).issues:
                yield issue.under(at)


def rehearse(
    app: CompiledApp, workflow: WorkflowDefinition, scenario: Json, context: EvaluationContext
) -> Rehearsal:
    """Play one scenario of a workflow of the app."""
    label = scenario["label"]
    role = scenario.get("initiator", {}).get("role")
    known = replace(context, user_id=INITIATOR, roles=() if role is None else (role,))
    world = ImaginedCompany.of(app, workflow.form, scenario.get("record", {}), known)
    if world.issues:
        issues = tuple(
            Issue(f"/record{issue.path}", "workflow_test_record", {"label": label, "reason": _reason(issue)})
            for issue in world.issues
        )
        return Rehearsal(path=(), at=(), status="running", issues=issues)
    moves = [_move(world, place, one) for place, one in enumerate(scenario.get("decisions", ()))]
    played = simulate(workflow, world, INITIATOR, moves)
    stands = _names(workflow, [token.node for token in played.instance.tokens])
    found = [
        Issue(
            "/".join(issue.path.split("/")[:3]),
            "workflow_test_decision",
            {"reason": _reason(issue), "found": stands},
        )
        for issue in played.issues
    ] or _differences(workflow, scenario["expect"], played)
    return Rehearsal(
        path=tuple(_entered(played)),
        at=tuple(sorted(token.node for token in played.instance.tokens)),
        status=played.instance.status,
        issues=tuple(replace(issue, params={"label": label, **issue.params}) for issue in found),
    )


def _entered(played: Simulation) -> list[str]:
    return [one.node for one in played.steps if one.event == "entered" and one.node is not None]


def _move(world: "ImaginedCompany", place: int, decided: Json) -> Move:
    """A decision of a scenario; whom it names nobody for is somebody who has no other part in it."""
    named = decided.get("people", ({},) if decided["decision"] in _NAMING else ())
    people = tuple(world.person(one, f"guest {place} {number}") for number, one in enumerate(named))
    return Move(
        node=decided["node"],
        decision=decided["decision"],
        to=decided.get("to"),
        then=decided.get("then"),
        people=people,
        where=decided.get("where"),
        signed=decided.get("signature", False),
        values=decided.get("values", {}),
        after=decided.get("after"),
        until=decided.get("until", "next"),
        alone=decided.get("alone", False),
    )


def _differences(workflow: WorkflowDefinition, expected: Json, played: Simulation) -> Iterator[Issue]:
    entered = _entered(played)
    if "path" in expected:
        named = frozenset(expected["path"])
        path = [key for key in entered if key in named or not _is_unnamed(workflow, key)]
        if path != expected["path"]:
            yield _other("/expect/path", "workflow_test_path", workflow, expected["path"], path)
    for place, key in enumerate(expected.get("not", ())):
        if key in entered:
            yield Issue(f"/expect/not/{place}", "workflow_test_entered", {"name": workflow.nodes[key].label})
    at = sorted(token.node for token in played.instance.tokens)
    if "at" in expected and sorted(expected["at"]) != at:
        yield _other("/expect/at", "workflow_test_at", workflow, expected["at"], at)
    status = played.instance.status
    if expected.get("status", status) != status:
        params = {"expected": expected["status"], "found": status}
        yield Issue("/expect/status", "workflow_test_status", params)


def _is_unnamed(workflow: WorkflowDefinition, key: str) -> bool:
    node = workflow.nodes.get(key)
    return node is not None and node.type in _UNNAMED


def _other(
    path: str, code: str, workflow: WorkflowDefinition, wanted: Sequence[str], found: Sequence[str]
) -> Issue:
    return Issue(path, code, {"expected": _names(workflow, wanted), "found": _names(workflow, found)})


def _names(workflow: WorkflowDefinition, keys: Sequence[str]) -> dict[str, str]:
    """Nodes one after the other, in words of each language."""
    labels = [workflow.nodes[key].label if key in workflow.nodes else _START for key in keys]
    return {language: " → ".join(label[language] for label in labels) or "–" for language in ("en", "zh")}


_START = {"en": "Start", "zh": "发起"}


def _reason(issue: Issue) -> dict[str, str]:
    return {"en": issue_message(issue, "en"), "zh": issue_message(issue, "zh-CN")}


class ImaginedCompany:
    """A world in which everybody who is wanted is there, about a record that is nowhere stored."""

    def __init__(self, form: Form, record: Draft, context: RecordContext, known: dict[str, int]) -> None:
        self._form = form
        self._draft = record
        self._context = context
        self._known = known
        self.issues: tuple[Issue, ...] = ()

    @classmethod
    def of(cls, app: CompiledApp, key: str, record: Json, context: EvaluationContext) -> "ImaginedCompany":
        """The world about a record of the form `key` with these values as the API takes them.

        In place of the numbers of related records the values may describe them. See `issues` for mistakes.
        """
        form, around = app.forms[key], ImaginedRecords.around(app, _record_context(context))
        sent = around.described(form, record)
        draft = prepare_record(form, None, sent, around.context)
        world = cls(form, draft, around.context, {"initiator": INITIATOR})
        world.issues = (*around.issues, *unreadable(draft, sent))
        return world

    @property
    def now(self) -> datetime:
        """The imagined moment."""
        return self._context.evaluation.now

    def imagine(self, values: Json, now: datetime) -> "ImaginedCompany":
        """The same company at a moment, with other values in the record."""
        context = self._context.as_of(now)
        # What is computed may follow the moment as well as the values.
        draft = prepare_record(self._form, self._draft.values, {}, context, given=values)
        return ImaginedCompany(self._form, draft, context, self._known)

    def fill_in(self, sent: Json) -> "ImaginedCompany":
        """The same company after somebody gave fields values; raises InvalidRecord."""
        draft = prepare_record(self._form, self._draft.values, sent, self._context)
        if issues := unreadable(draft, sent):
            raise InvalidRecord(issues=[issue.under("/values") for issue in issues])
        return ImaginedCompany(self._form, draft, self._context, self._known)

    def condition(self, text: str) -> bool:
        """Whether a condition holds."""
        return self.evaluate(text) is True

    def evaluate(self, text: str) -> Any:
        """The value of an expression; what other records would say that nobody described is blank."""
        checked = compile_formula(text, self._form.names)
        found = evaluate(checked, self._draft.names_for(checked), self._context.evaluation)
        return None if isinstance(found, FormulaProblem) else found

    def people(self, rule: Json, instance: Instance) -> tuple[int, ...]:
        """Those whom a rule names: somebody for each thing it names."""
        level = rule.get("level", 1)
        match rule["by"]:
            case "users":
                return tuple(rule["users"])
            case "initiator":
                return (INITIATOR,)
            case "manager_chain":
                up_to = rule["up_to"]
                levels = range(1, up_to.get("level", 1) + 1)
                chain = tuple(self._somebody(f"manager {one}") for one in levels)
                return (*chain, self._somebody(up_to["role"])) if "role" in up_to else chain
            case "decider_of":
                done = (task for task in instance.tasks if task.node == rule["node"] and task.state == "done")
                return tuple(dict.fromkeys(task.user for task in done))
            case "role" | "role_in_department":
                return (self._somebody(rule["role"]),)
            case "field" | "organisation":
                return _ids(self._value(rule["field"])) or (self._somebody(rule["field"]),)
            case "expression":
                return _ids(self.evaluate(rule["expression"]))
            case other:
                return (self._somebody(f"{other} {level}"),)

    def person(self, named: Json, otherwise: str) -> int:
        """Somebody of a role, the user of an id, or whoever is only known as `otherwise`."""
        return int(named["user"]) if "user" in named else self._somebody(named.get("role", otherwise))

    def deputy(self, user: int) -> None:
        """Nobody is away."""

    def administrators(self) -> tuple[int, ...]:
        """One administrator."""
        return (self._somebody("administrator"),)

    def is_active(self, user: int) -> bool:
        """Everybody is there."""
        return True

    def works_with(self, user: int, other: int) -> bool:
        """Everybody works with everybody."""
        return True

    def day_begins(self, day: Any) -> datetime:
        """Midnight where the workspace is."""
        return datetime.combine(day, datetime.min.time(), ZoneInfo(self._context.evaluation.time_zone))

    def add(self, amount: int, unit: str, start: datetime) -> datetime:
        """The moment after a duration; working hours are those of days of eight."""
        if unit == "working_hours":
            days, hours = divmod(amount, _WORKED_HOURS)
            return self.add(days, "working_days", start) + timedelta(hours=hours)
        if unit == "working_days":
            day = self._context.evaluation.calendar.moved(start.date(), amount)
            return start + (day - start.date())
        return start + timedelta(**{unit: amount})

    def _value(self, path: str) -> Any:
        return self.evaluate(f"{{{path}}}")

    def _somebody(self, name: str) -> int:
        return self._known.setdefault(name, INITIATOR + len(self._known))


def _record_context(context: EvaluationContext) -> RecordContext:
    users = [
        User(id=INITIATOR + place, name=f"Person {place}", email="", is_admin=False)
        for place in range(PLACES)
    ]
    return RecordContext(evaluation=context, directory=Directory(users))


def _ids(value: Any) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    return tuple(one for one in value if isinstance(one, int)) if isinstance(value, tuple | list) else ()
