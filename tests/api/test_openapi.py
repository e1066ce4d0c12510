"""The description of the API is valid, complete, and says what the server does."""

from collections import Counter

import pytest
from openapi_spec_validator import validate

from joinery.web.openapi import documented_rules


@pytest.fixture
def description(manager):
    status, found = manager.get("/openapi.json")
    assert status == 200
    return found


def test_the_description_is_valid(description):
    validate(description)


def test_every_call_is_described(app, description):
    described = {(path, method) for path, found in description["paths"].items() for method in found}
    for rule, method, _ in documented_rules(app):
        path = rule.rule.removeprefix("/api/v1").replace("record_id:", "").replace("<", "{").replace(">", "}")
        assert (path, method) in described


def test_every_route_of_the_api_is_framed_as_an_operation(app):
    undescribed = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not hasattr(app.view_functions[rule.endpoint], "operation")
    ]
    assert undescribed == []


def test_operation_ids_are_unique(description):
    ids = [
        operation["operationId"]
        for found in description["paths"].values()
        for method, operation in found.items()
        if method != "parameters"
    ]
    assert [name for name, number in Counter(ids).items() if number > 1] == []


def test_a_form_is_described_with_the_fields_the_reader_may_see(description, sales):
    assert description["components"]["schemas"]["record_shop_lead"]["properties"]["secret"]
    mine = sales.get("/openapi.json")[1]["components"]["schemas"]["record_shop_lead"]["properties"]
    assert "secret" not in mine
    assert mine["score"]["readOnly"] is True


def test_strangers_read_the_calls_but_no_forms(anonymous):
    _, found = anonymous.get("/openapi.json")
    validate(found)
    assert not [name for name in found["components"]["schemas"] if name.startswith("record_")]
