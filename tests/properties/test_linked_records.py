"""Random sequences of edits on both ends of relations of every kind: nothing ever disagrees."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.api.conftest import open_shop
from tests.api.ties import Ties, publish
from tests.examples import examples
from tests.properties.linked_app import DOCUMENT, TIES
from tests.properties.linked_batches import Batches
from tests.properties.linked_checks import check_history, check_lists, check_records

#: How many things are done to the records of one sequence.
STEPS = 12


@pytest.fixture(scope="module")
def ties(database, tmp_path_factory) -> Ties:
    shop = open_shop(database, tmp_path_factory.mktemp("linked"), "linked_records")
    publish(shop, DOCUMENT)
    return Ties(shop, shop.as_user("admin"))


def step(data: Any, steps: Batches) -> None:
    """One thing that somebody may do; nothing where there is no record for it."""
    live, gone = steps.model.live(), sorted(steps.model.gone)
    kinds = [
        "create",
        "relation",
        "relation",
        "end",
        "end",
        "number",
        "lines",
        "delete",
        "delete",
    ]
    kinds += ["restore"] * bool(gone) + ["batch", "convert"] + ["undo"] * bool(steps.batches)
    kinds += ["unconvert"] * bool(steps.conversions)
    kind = data.draw(st.sampled_from(kinds))
    if kind == "create":
        steps.create(data, data.draw(st.sampled_from(sorted(DOCUMENT["forms"]))))
    elif kind == "relation":
        tie = data.draw(st.sampled_from([one for one in TIES if one.subform is None]))
        if found := steps.model.live(tie.form):
            steps.set_relation(data, data.draw(st.sampled_from(found)), tie)
    elif kind == "end":
        tie = data.draw(st.sampled_from([one for one in TIES if one.subform is None]))
        if found := steps.model.live(*tie.ends):
            steps.set_end(data, data.draw(st.sampled_from(found)), tie)
    elif kind == "number":
        if found := steps.model.live("deal", "visit"):
            steps.set_number(data, data.draw(st.sampled_from(found)))
    elif kind == "lines":
        if found := steps.model.live("order"):
            steps.edit_lines(data, data.draw(st.sampled_from(found)))
    elif kind == "delete":
        if live:
            steps.delete(data.draw(st.sampled_from(live)))
    elif kind == "restore":
        steps.restore(data.draw(st.sampled_from(gone)))
    else:
        getattr(steps, kind)(data)


@settings(
    max_examples=examples(3),
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_is_done_both_ends_the_sums_and_the_history_agree(ties, data) -> None:
    steps = Batches(ties)
    for form in (
        "product",
        "account",
        "contact",
        "lead",
        "deal",
        "visit",
        "badge",
        "order",
    ):
        for _ in range(2):
            steps.create(data, form)
    for _ in range(STEPS):
        step(data, steps)
        check_records(steps)
        check_lists(steps)
    steps.lists.clear()
    check_lists(steps)
    check_history(steps)
