"""Files that are imported where workflows start when a record is saved, or have to approve it before."""

import copy
import json
from io import BytesIO

import pytest

from joinery.runtime.importing.run import run_import
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, publish, todo

shop = approvals.shop

ROWS = b"no,amount,discount\nI1,100,0.1\nI2,9000,0.25\nI3,100,0.3\n"
COLUMNS = {"no": "no", "amount": "amount", "discount": "discount"}


@pytest.fixture
def imported(shop, sales):
    """Import the rows; what is told of the job."""

    def run():
        data = {"file": (BytesIO(ROWS), "quotes.csv"), "mapping": json.dumps(COLUMNS)}
        path = "/apps/shop/forms/quote/import"
        status, answer = sales.call("POST", path, data=data, content_type="multipart/form-data")
        assert status == 202, answer
        run_import(shop.services, shop.workspace_key, answer["job"]["id"])
        return sales.get(f"/jobs/{answer['job']['id']}")[1]

    return run


def stored(client):
    records = client.get(QUOTES)[1]["records"]
    return {one["no"]: one["status"] for one in records}


def test_rows_start_workflows_as_records_that_are_typed_do(imported, sales, manager):
    assert imported()["summary"]["created"] == 3
    assert stored(sales) == {"I1": "draft", "I2": "in_approval", "I3": "in_approval"}
    tasks = todo(manager)
    assert {task["record"]["title"] for task in tasks} == {"I2", "I3"}
    assert {task["initiator"]["name"] for task in tasks} == {"Sales"}


def test_rows_that_have_to_be_approved_first_come_back_with_the_reason(shop, imported, sales, manager):
    held = copy.deepcopy(APPROVAL)
    held["starts"] = [{"on": "create", "when": "{amount} >= 5000", "save": "when_approved"}]
    publish(shop, approval=held)
    job = imported()
    assert (job["summary"]["created"], job["summary"]["failed"]) == (2, 1), job
    assert stored(sales) == {"I1": "draft", "I3": "draft"}
    assert todo(manager) == []
    [reason] = job["summary"]["parts"][0]["reasons"]
    assert (reason["row"], reason["code"]) == (3, "needs_approval")
