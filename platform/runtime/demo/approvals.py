"""Quotes on their way through the approval of the demo: whoever signs in finds something to decide."""

from collections.abc import Mapping
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

#: What is taken off each quote, and what was said at each node it has passed since.
_QUOTES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("0.12", ()),
    ("0.1", ()),
    ("0.22", ()),
    ("0.35", ("A large first order, and they will come back. 首单金额大，后续有复购。",)),
)


def write_approvals(unit: Unit, actor: Actor, app: str) -> None:
    """Let sellers submit some of their drafts, the demo's salesperson first; some are further than others."""
    books = Books.of(unit, actor, app)
    sam = books.past.person(_SELLER)
    found = books.read(
        "quote", lambda quote: sa.and_(quote.status == "draft", quote.owner.is_not(None)), "owner"
    )
    drafts = sorted(found, key=lambda draft: draft["owner"] != sam)
    for draft, (discount, said) in zip(drafts, _QUOTES, strict=False):
        _submit(unit, person(unit, draft["owner"]), app, draft["id"], discount)
        for comment in said:
            _approve(unit, app, draft["id"], comment)


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
