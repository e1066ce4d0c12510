"""Publishing while other publishing is under way, and publishing that comes to nothing."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing, table_jobs
from joinery.storage import apps, filling, schema_plan, table_work
from tests.api.conftest import DOCUMENT

NOTES_AS_NUMBER = {"type": "number", "label": {"en": "Notes", "zh": "备注"}}
LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture
def document() -> dict:
    return copy.deepcopy(DOCUMENT)


@pytest.fixture
def converting(monkeypatch, admin, document, jobs):
    """Notes become numbers in a large table: the job is waiting."""
    monkeypatch.setattr(schema_plan, "SMALL_TABLE", 0)
    monkeypatch.setattr(table_work, "PORTION", 1)
    for notes in ("12", "twelve", "13"):
        admin.create("lead", company="Acme", notes=notes)
    document["forms"]["lead"]["fields"]["notes"] = NOTES_AS_NUMBER
    status, answer = admin.post("/apps/shop/publish", {"document": document})
    assert (status, answer["version"]) == (200, 2)
    [job] = [arguments["job"] for kind, arguments in jobs.deferred if kind == filling.TABLE_WORK]
    return job


def renamed(document: dict) -> dict:
    fields = document["forms"]["lead"]["fields"]
    fields["remarks"] = {**fields.pop("notes"), "was": "notes"}
    return {**document, "version": "1.1.0"}


def notes_of(admin, field: str) -> list:
    return [lead[field] for lead in admin.get(LEADS, sort="no")[1]["records"]]


def test_a_form_under_conversion_is_not_changed_again(admin, document, converting):
    status, problem = admin.post("/apps/shop/publish", {"document": renamed(document)})
    assert (status, problem["code"], problem["job"]) == (409, "table_work_unfinished", converting)
    assert problem["detail"].startswith('The records of "Lead" are still being brought to version 2.')
    assert admin.get("/apps/shop")[1]["version"] == 2


def test_after_the_conversion_it_is_and_nothing_is_lost(shop, services, admin, document, converting):
    table_jobs.run_table_work(services, shop.workspace_key, converting)
    assert notes_of(admin, "notes") == [12, None, 13]
    assert admin.post("/apps/shop/publish", {"document": renamed(document)})[0] == 200
    assert notes_of(admin, "remarks") == [12, None, 13]
    [value] = admin.get("/apps/shop/unconverted")[1]["values"]
    assert value["value"] == "twelve"


def test_other_forms_and_labels_change_meanwhile(shop, services, admin, document, converting):
    document["forms"]["lead"]["fields"]["notes"]["label"] = {"en": "Remarks", "zh": "备注"}
    document["forms"]["account"]["fields"]["fax"] = {"type": "phone", "label": {"en": "Fax", "zh": "传真"}}
    assert admin.post("/apps/shop/publish", {"document": document})[0] == 200
    table_jobs.run_table_work(services, shop.workspace_key, converting)
    assert notes_of(admin, "notes") == [12, None, 13]


def test_a_conversion_that_was_stopped_stops_nobody(admin, document, converting):
    assert admin.post(f"/jobs/{converting}/cancel", {})[0] == 200
    assert admin.post("/apps/shop/publish", {"document": renamed(document)})[0] == 200


class ChangedMind(Exception):
    """Rolls a transaction back."""


def test_what_was_rolled_back_is_not_remembered(shop, services, admin, document):
    """Numbers of versions and stamps are given again after a rollback, for other contents."""
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    document["forms"]["lead"]["fields"]["lost"] = {"type": "text", "label": {"en": "Lost", "zh": "丢失"}}

    def publish_and_roll_back():
        with services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", document)
            assert apps.load(unit, "shop").version == 2
            assert "lost" in apps.load(unit, "shop").compiled.forms["lead"].fields
            raise ChangedMind

    with pytest.raises(ChangedMind):
        publish_and_roll_back()
    assert admin.get("/apps/shop")[1]["version"] == 1
    fields = document["forms"]["lead"]["fields"]
    fields["kept"] = fields.pop("lost")
    assert admin.post("/apps/shop/publish", {"document": document})[1]["version"] == 2
    assert admin.create("lead", company="Acme", kept="yes")["kept"] == "yes"
    described = admin.get("/apps/shop/forms/lead/describe")[1]["fields"]
    assert "kept" in described
    assert "lost" not in described
