"""What the entry form shows while somebody types."""

import pytest

from joinery.definitions import load_app
from joinery.forms import compile_app, live_rules, prepare_record

LABEL = {"en": "Label", "zh": "标签"}


@pytest.fixture
def form():
    fields = {
        "kind": {"type": "text", "label": LABEL, "required": True},
        "price": {"type": "money", "label": LABEL, "required": '{kind} = "sale"'},
        "count": {"type": "number", "label": LABEL, "default": "1"},
        "total": {"type": "formula", "label": LABEL, "result": "money", "formula": "{price} * {count}"},
        "late": {"type": "formula", "label": LABEL, "result": "boolean", "formula": "{day} < TODAY()"},
        "day": {"type": "date", "label": LABEL, "visible": '{kind} = "sale"'},
        "inner": {"type": "text", "label": LABEL, "required": True},
        "locked": {"type": "text", "label": LABEL, "read_only": "{price} > 100"},
    }
    section = {"section": "more", "label": LABEL, "visible": "{count} > 1", "content": ["inner"]}
    rule = {
        "validate": "NOT({price} >= 1000)",
        "message": {"en": "Too dear", "zh": "太贵"},
        "fields": ["price"],
    }
    body = {"label": LABEL, "fields": fields, "layout": ["kind", section], "rules": {"dear": rule}}
    document = {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL, "forms": {"thing": body}}
    return compile_app(load_app(document)).forms["thing"]


def test_an_untouched_form(form, context):
    state = live_rules(form, None, {}, context)
    assert state.values == {"count": 1, "total": 0, "late": False}
    assert state.sections == {"more": False}
    assert not list(state.issues)
    assert state.fields["kind"] == {"visible": True, "required": True, "read_only": False}
    assert state.fields["day"]["visible"] is False
    assert state.fields["inner"] == {"visible": False, "required": False, "read_only": False}
    assert state.fields["total"]["read_only"] is True


def test_states_follow_what_is_typed(form, context):
    state = live_rules(form, None, {"kind": "sale", "price": 200, "count": 2, "day": "2026-03-31"}, context)
    assert state.values == {"total": 400, "late": True}
    assert state.sections == {"more": True}
    assert state.fields["price"]["required"] is True
    assert state.fields["day"]["visible"] is True
    assert state.fields["inner"] == {"visible": True, "required": True, "read_only": False}
    assert state.fields["locked"]["read_only"] is True


def test_what_is_wrong_shows_at_once_but_not_what_is_missing(form, context):
    state = live_rules(form, None, {"price": 5000, "count": "many"}, context)
    assert [(issue.path, issue.code) for issue in state.issues] == [
        ("/count", "value_not_number"),
        ("/price", "rule"),
    ]


def test_fields_the_actor_may_not_write_are_read_only(form, context):
    state = live_rules(form, None, {}, context, writable=frozenset({"kind"}))
    assert not state.fields["kind"]["read_only"]
    assert state.fields["price"]["read_only"]


def test_a_field_in_a_hidden_section_is_not_demanded(form, context):
    paths = [issue.path for issue in prepare_record(form, None, {"kind": "x"}, context).issues]
    assert paths == []
    paths = [issue.path for issue in prepare_record(form, None, {"kind": "x", "count": 2}, context).issues]
    assert paths == ["/inner"]
