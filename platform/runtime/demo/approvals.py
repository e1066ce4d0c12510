"""Quotes on their way through the approval of the demo: whoever signs in finds something to decide.

What happened happened at moments of its own, so that durations, deadlines and histories read well.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.permissions import EVERYTHING
from joinery.runtime.demo.books import Books
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.deciding import decide
from joinery.runtime.workflows.runner import begin
from joinery.storage import directory, records, workflow_tasks

_WORKFLOW, _SELLER = "quote_approval", "sales@example.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is taken off a quote, how many hours ago it was submitted, and what was said so much later."""

    discount: str
    ago: float
    said: tuple[tuple[float, str], ...] = ()


_FIRST = "A large first order, and they will come back. 首单金额大，后续有复购。"
_CASES = (
    _Case(discount="0.12", ago=3),
    _Case(discount="0.1", ago=26),
    _Case(discount="0.22", ago=5),
    _Case(discount="0.35", ago=30, said=((7, _FIRST),)),
    _Case(discount="0.08", ago=46, said=((2, "Fine. 同意。"),)),
    _Case(discount="0.14", ago=44, said=((21, "As agreed with them. 已与客户商定。"),)),
    _Case(discount="0.2", ago=40, said=((4.5, "Their competitor is at 18 %. 竞品让利 18%。"),)),
    _Case(
        discount="0.33",
        ago=42,
        said=((3, "We want this one. 志在必得。"), (16, "Noted. 已知悉。")),
    ),
    _Case(discount="0.04", ago=20),
)


def write_approvals(unit: Unit, actor: Actor, app: str) -> None:
    """Let sellers submit some of their drafts, the demo's salesperson first; some are further than others."""
    books = Books.of(unit, actor, app)
    sam = books.past.person(_SELLER)
    found = books.read(
        "quote", lambda quote: sa.and_(quote.status == "draft", quote.owner.is_not(None)), "owner"
    )
    drafts = sorted(found, key=lambda draft: draft["owner"] != sam)
    for draft, case in zip(drafts, _CASES, strict=False):
        started = unit.now - timedelta(hours=case.ago)
        with happening(unit, started):
            _submit(unit, person(unit, draft["owner"]), app, draft["id"], case.discount)
        for later, comment in case.said:
            with happening(unit, started + timedelta(hours=later)):
                _approve(unit, app, draft["id"], comment)


@contextmanager
def happening(unit: Unit, moment: datetime) -> Iterator[None]:
    """Let what is done meanwhile have happened at a moment (aware); what is yet to come happens now."""
    now = unit.now
    unit.now = min(moment, now)
    try:
        yield
    finally:
        unit.now = now


def _submit(unit: Unit, seller: Actor, app: str, quote: int, discount: str) -> None:
    at = open_form(unit, seller, app, "quote")
    [saved] = save_many(at, [Operation(values={"discount": discount}, record_id=quote)])
    begin(at, _WORKFLOW, stored(unit, seller, app, "quote", saved.id), seller.user_id, save_many)


def _approve(unit: Unit, app: str, quote: int, comment: str) -> None:
    """Let whoever is asked about a quote agree."""
    waiting = workflow_tasks.open_of_record(unit, app, "quote", quote)
    if waiting:
        decider = person(unit, waiting[0].user_id)
        decide(unit, decider, waiting[0].id, {"decision": "approve", "comment": comment})


def stored(unit: Unit, actor: Actor, app: str, form: str, record: int) -> Mapping[str, Any]:
    """A record of this transaction, held."""
    at = open_form(unit, actor, app, form)
    found = records.get(unit, at.table, record, EVERYTHING, at.evaluation, for_update=True, lines=True)
    assert found is not None, "it was stored in this transaction"
    return found


def person(unit: Unit, user_id: int | None) -> Actor:
    """Somebody of the demo as the one who acts; raises NotFound."""
    actor = None
    if user_id is not None:
        people = directory.load(unit)
        actor = people.actor(user_id, language="en", workspace=unit.workspace.key)
    if actor is None:
        raise NotFound(kind={"en": "person of the demo", "zh": "演示成员"})
    return actor
