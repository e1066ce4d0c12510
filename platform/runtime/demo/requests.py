"""Pre-sales requests and projects of the demo: some wait for somebody, some have come to an end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from joinery.directory import Actor
from joinery.runtime.demo.approvals import happening, person, stored
from joinery.runtime.demo.books import Books
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.deciding import decide
from joinery.runtime.workflows.runner import begin
from joinery.storage import workflow_tasks

Values = Mapping[str, Any]

_SELLER, _ENGINEER = "sales@example.com", "presales@example.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A record, the workflow it was submitted to days ago, and what was decided since, days after that."""

    form: str
    workflow: str
    values: Values
    ago: float
    decided: tuple[tuple[float, str, Values], ...] = ()


def write_requests(unit: Unit, actor: Actor, app: str) -> None:
    """Let the demo's salesperson ask for support and hand in projects about his deals."""
    books = Books.of(unit, actor, app)
    seller, engineer = (books.past.person(email) for email in (_SELLER, _ENGINEER))
    deals = books.read("opportunity", lambda deal: deal.owner == seller, "account")
    for case, deal in zip(_cases(engineer, unit.now.date()), deals, strict=False):
        about = {"opportunity": deal["id"], "account": deal["account"]}
        _go(unit, person(unit, seller), app, case, about)


def _cases(engineer: int | None, today: date) -> Sequence[_Case]:
    later, shown, done = (str(today + timedelta(days=days)) for days in (21, -5, -17))
    assign: Values = {"engineer": engineer}
    work: Values = {"work": "Shown on site. 现场演示完成。", "done_on": shown, "hours": 6}
    review: Values = {"feasibility": "Feasible. 可行。", "estimated_days": 20, "manager": engineer}
    delivered: Values = {"delivered_on": done, "actual_days": 22, "progress": 1}
    request, project = ("presales_request", "presales_support"), ("project", "project_intake")

    def ask(subject: str, kind: str, ago: float, *decided: tuple[float, str, Values]) -> _Case:
        values = {"subject": subject, "kind": kind, "needed_on": later, "need": subject}
        return _Case(form=request[0], workflow=request[1], values=values, ago=ago, decided=decided)

    def hand_in(name: str, budget: int, ago: float, *decided: tuple[float, str, Values]) -> _Case:
        values = {"name": name, "scope": name, "budget": budget}
        return _Case(form=project[0], workflow=project[1], values=values, ago=ago, decided=decided)

    small = (
        (0.4, "approve", review),
        (1.2, "approve", {"presales_opinion": "As shown. 与演示一致。"}),
        (2.1, "approve", {"technical_opinion": "One team. 一个小组。"}),
    )
    return (
        ask("Demonstration for the board", "demo", 0.2),
        ask("Proof of concept with their data", "poc", 1.3, (0.5, "approve", assign)),
        ask(
            "Answers to the tender",
            "tender",
            9,
            (0.3, "approve", assign),
            (4, "submit", work),
            (6.5, "submit", {"rating": 5}),
        ),
        hand_in("Roll-out in the north", 180_000, 0.6),
        hand_in("Connection to the warehouse", 60_000, 6, *small),
        hand_in(
            "Training of the key users",
            40_000,
            48,
            *small,
            (31, "submit", delivered),
            (32.5, "approve", {"audit_note": "Complete. 资料齐全。"}),
            (40, "submit", {"collected": True}),
        ),
    )


def _go(unit: Unit, seller: Actor, app: str, case: _Case, about: Values) -> None:
    started = unit.now - timedelta(days=case.ago)
    with happening(unit, started):
        at = open_form(unit, seller, app, case.form)
        [saved] = save_many(at, [Operation(values={**about, **case.values})])
        begin(at, case.workflow, stored(unit, seller, app, case.form, saved.id), seller.user_id, save_many)
    for later, decision, values in case.decided:
        with happening(unit, started + timedelta(days=later)):
            task = workflow_tasks.open_of_record(unit, app, case.form, saved.id)[0]
            decide(unit, person(unit, task.user_id), task.id, {"decision": decision, "values": values})
