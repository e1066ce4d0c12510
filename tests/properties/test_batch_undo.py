"""Whatever a batch edit does to whatever records: undoing it gives back exactly what was there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.conftest import Client, open_shop
from tests.examples import examples

LEADS = "/apps/shop/forms/lead/records"
NEVER_THE_SAME = ("revision", "updated_at")
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["new", "won", None]),
        "amount": st.none() | st.decimals(0, 10_000, places=2).map(float),
        "chance": st.none() | st.sampled_from([0, 0.25, 1]),
        "due": st.none() | st.dates().filter(lambda day: day.year >= 1900).map(str),
        "met": st.none() | st.sampled_from(["2026-01-31T08:30:00Z", "2025-12-31T23:59:59Z"]),
        "notes": st.none() | st.text(alphabet="a\"\\', 甲\n", max_size=8),
        "score": st.none() | st.integers(0, 100),
    },
)
EXPRESSIONS = st.dictionaries(
    st.sampled_from(["amount", "score"]),
    st.sampled_from(["{amount} * 1.1", "100 / {amount}", "ROUND({chance} * 100)", "{score} + 1"]),
)


@pytest.fixture(scope="module")
def manager(database, tmp_path_factory) -> Client:
    return open_shop(database, tmp_path_factory.mktemp("undo"), "batch_undo").as_user("manager")


def records(client: Client) -> list[dict]:
    found = client.get(LEADS, sort="id", limit=200)[1]["records"]
    return [{key: value for key, value in one.items() if key not in NEVER_THE_SAME} for one in found]


@settings(max_examples=examples(25), deadline=None)
@given(rows=st.lists(VALUES, min_size=1, max_size=6), values=VALUES, compute=EXPRESSIONS)
def test_an_edit_and_its_undoing_leave_everything_as_it_was(manager, rows, values, compute):
    for one in records(manager):
        manager.delete(f"{LEADS}/{one['id']}")
    for place, row in enumerate(rows):
        manager.post(LEADS, {"company": f"No. {place}", **row})
    before = records(manager)
    kept = {key: value for key, value in values.items() if key not in compute}
    status, done = manager.post(f"{LEADS}/batch-edit", {"values": kept, "compute": compute, "partly": True})
    if status != 200 or done["batch"] is None:
        assert records(manager) == before
        return
    changed = [one["id"] for one, was in zip(records(manager), before, strict=True) if one != was]
    assert len(changed) == done["changed"]
    status, undone = manager.post(f"{LEADS}/batches/{done['batch']}/undo", {})
    assert (status, undone["undone"], undone["issues"]) == (200, done["changed"], [])
    assert records(manager) == before
