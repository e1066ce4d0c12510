"""From what was sent to a record that may be stored."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from joinery.forms import prepare_record

STATUS = {
    "type": "choice",
    "options": {key: {"label": {"en": key.title(), "zh": key}} for key in ("new", "won", "lost")},
}
LEAD = {
    "no": {
        "type": "autonumber",
        "pattern": [{"text": "L-"}, {"date": "yyyyMM"}, {"counter": 3, "reset": "month"}],
    },
    "company": {"type": "text", "required": True},
    "status": {**STATUS, "default": '"new"'},
    "reason": {"type": "text", "visible": '{status} = "lost"', "required": True},
    "price": {"type": "money"},
    "count": {"type": "number", "validate": {"{count} > 0": {"en": "Positive, please", "zh": "须为正数"}}},
    "double": {"type": "formula", "result": "money", "formula": "{total} * 2"},
    "total": {"type": "formula", "result": "money", "formula": "{price} * {count}"},
    "fixed": {"type": "text", "read_only": '{status} = "won"'},
    "people": {"type": "users"},
}
RULE = {
    "won_needs_price": {
        "when": '{status} = "won"',
        "validate": "{price} > 0",
        "message": {"en": "No price", "zh": "没有价格"},
        "fields": ["price"],
    }
}


@pytest.fixture
def lead(form_of):
    return form_of(LEAD, title="{no} {company}", rules=RULE)


def found(draft):
    return {(issue.path, issue.code) for issue in draft.issues}


@pytest.fixture
def stored(lead, context):
    sent = {"company": "Acme", "price": 10, "count": 2, "people": [1, 2], "fixed": "a"}
    draft = prepare_record(lead, None, sent, context)
    assert not found(draft)
    return {**draft.values, "id": 1}


def test_a_new_record_is_complete(stored):
    now = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    expected = {
        "title": "L-202604001 Acme",
        "no": "L-202604001",
        "status": "new",
        "total": 20,
        "double": 40,
        "people": (1, 2),
        "reason": None,
        "revision": 1,
        "owner": 1,
        "created_at": now,
        "created_by": 1,
        "updated_at": now,
        "updated_by": 1,
    }
    assert {key: stored[key] for key in expected} == expected


def test_everything_filled_is_a_change_of_a_new_record(lead, context):
    draft = prepare_record(lead, None, {"company": "Acme"}, context)
    assert {key: new for key, (_, new) in draft.changed.items()} == {
        "no": "L-202604001",
        "company": "Acme",
        "status": "new",
        "total": 0,
        "double": 0,
        "owner": 1,
    }


def test_changes_hold_old_and_new_and_the_computed(lead, context, stored):
    draft = prepare_record(lead, stored, {"count": 3, "company": "Acme"}, context)
    assert draft.changed == {
        "count": (Decimal(2), Decimal(3)),
        "total": (Decimal(20), Decimal(30)),
        "double": (Decimal(40), Decimal(60)),
    }
    assert draft.to_write.keys() == {"count", "total", "double", "title", "updated_at", "updated_by"}


def test_nothing_changed_writes_nothing(lead, context, stored):
    draft = prepare_record(lead, stored, {"company": " Acme "}, context)
    assert draft.changed == {}
    assert draft.to_write == {}


@pytest.mark.parametrize(
    "sent, expected",
    [
        ({}, {("/company", "record_required")}),
        ({"company": "A", "compani": 1}, {("/compani", "record_unknown_field")}),
        ({"company": "A", "price": "x"}, {("/price", "value_not_number")}),
        ({"company": "A", "count": 0}, {("/count", "rule")}),
        ({"company": "A", "status": "lost"}, {("/reason", "record_required")}),
        ({"company": "A", "status": "lost", "reason": "dear"}, set()),
        ({"company": "A", "status": "won"}, {("/price", "rule")}),
        ({"company": "A", "status": "won", "price": "x"}, {("/price", "value_not_number")}),
        ({"company": "A", "status": "won", "price": 1, "fixed": "b"}, {("/fixed", "record_read_only_field")}),
        ({"company": "A", "no": "L-1"}, {("/no", "record_computed_field")}),
        ({"company": "A", "total": 5}, {("/total", "record_computed_field")}),
        ({"company": "A", "created_by": 2}, {("/created_by", "record_read_only_field")}),
        ({"company": "A", "id": 5}, {("/id", "record_read_only_field")}),
        ({"company": "A", "owner": 5}, {("/owner", "value_inactive_user")}),
        ({"company": "A", "owner": None}, set()),
        ({"company": "A", "a/b~c": 1}, {("/a~1b~0c", "record_unknown_field")}),
        (
            {"company": "", "price": "x", "count": -1},
            {
                ("/company", "record_required"),
                ("/price", "value_not_number"),
                ("/count", "rule"),
            },
        ),
    ],
)
def test_issues_of_a_new_record(lead, context, sent, expected):
    assert found(prepare_record(lead, None, sent, context)) == expected


@pytest.mark.parametrize(
    "sent",
    [
        {
            "no": "L-202604001",
            "total": 20,
            "created_by": {"id": 1, "name": "Ann Lee"},
            "title": "L-202604001 Acme",
        },
        {"created_at": "2026-03-31T16:30:00Z", "id": 1, "revision": 1},
        {"people": [{"id": 1, "name": "?"}, {"id": 2}]},
    ],
)
def test_what_the_record_already_says_may_be_sent_back(lead, context, stored, sent):
    draft = prepare_record(lead, stored, sent, context)
    assert not found(draft)
    assert draft.changed == {}


def test_a_value_that_would_no_longer_be_accepted_may_stay(lead, context, stored):
    before = {**stored, "owner": 5, "status": "removed", "people": (5,)}
    sent = {"owner": {"id": 5, "name": "Gone"}, "status": "removed", "people": [5], "company": "New"}
    draft = prepare_record(lead, before, sent, context)
    assert not found(draft)
    assert draft.changed.keys() == {"company"}


def test_a_required_field_cannot_be_emptied_but_an_invisible_one_keeps_its_value(lead, context, stored):
    lost = {**stored, "status": "lost", "reason": "dear"}
    assert found(prepare_record(lead, lost, {"reason": ""}, context)) == {("/reason", "record_required")}
    draft = prepare_record(lead, lost, {"status": "new"}, context)
    assert not found(draft)
    assert draft.values["reason"] == "dear"


def test_what_the_actor_may_not_write_is_refused_and_not_demanded(lead, context, stored):
    writable = frozenset({"price"})
    refused = prepare_record(lead, stored, {"count": 5, "price": 1}, context, writable=writable)
    assert found(refused) == {("/count", "record_read_only_field")}
    assert not found(prepare_record(lead, stored, {"count": 2, "price": 1}, context, writable=writable))
    assert not found(prepare_record(lead, None, {"price": 1}, context, writable=writable))


@pytest.mark.parametrize("guess", [2, 3])
def test_a_hidden_field_is_answered_like_an_unknown_one(lead, context, stored, guess):
    limits = {"writable": frozenset({"price"}), "readable": frozenset({"price", "company"})}
    draft = prepare_record(lead, stored, {"count": guess}, context, **limits)
    assert found(draft) == {("/count", "record_unknown_field")}
    assert [issue.params["suggestion"] for issue in draft.issues] == [None]


def test_no_number_is_used_up_by_values_that_are_refused(lead, make_context):
    counted = []
    context = make_context(next_number=lambda field, period: counted.append((field, period)) or len(counted))
    prepare_record(lead, None, {"company": "A", "price": "x"}, context)
    assert counted == []
    prepare_record(lead, None, {"company": "A"}, context)
    assert counted == [("no", "2026-04")]


def test_cells_are_read_as_people_write_them(lead, context):
    row = {"company": "Acme", "price": "￥1,000.50", "status": "", "people": "Ann Lee、王伟", "owner": "王伟"}
    draft = prepare_record(lead, None, row, context, cells=True)
    assert not found(draft)
    assert draft.values["price"] == Decimal("1000.50")
    assert draft.values["status"] == "new"
    assert (draft.values["people"], draft.values["owner"]) == ((1, 2), 2)


def test_a_failing_formula_is_blank_and_says_why(form_of, context):
    fields = {"a": {"type": "number"}, "b": {"type": "formula", "result": "number", "formula": "1 / {a}"}}
    draft = prepare_record(form_of(fields), None, {"a": 0}, context)
    assert draft.values["b"] is None
    assert draft.problems["b"].code == "#DIV/0!"
    assert not found(draft)


def test_computed_numbers_are_rounded_like_entered_ones(form_of, context):
    fields = {
        "third": {"type": "formula", "result": "number", "formula": "1 / 3", "decimals": 3},
        "price": {"type": "formula", "result": "money", "formula": "2.345"},
        "share": {"type": "formula", "result": "percent", "formula": "1 / 3"},
    }
    draft = prepare_record(form_of(fields), None, {}, context)
    assert [draft.values[key] for key in fields] == [Decimal("0.333"), Decimal("2.35"), Decimal("0.3333")]


def test_defaults_follow_each_other(form_of, context):
    fields = {
        "c": {"type": "number", "default": "{b} + 1"},
        "b": {"type": "number", "default": "{a} + 1"},
        "a": {"type": "number", "default": "1"},
        "me": {"type": "user", "default": "{owner}"},
        "bad": {"type": "number", "default": "1 / 0", "maximum": 5},
        "high": {"type": "number", "default": "9", "maximum": 5},
    }
    draft = prepare_record(form_of(fields), None, {"b": 10}, context)
    assert {key: draft.values[key] for key in fields} == {
        "c": 11, "b": 10, "a": 1, "me": 1, "bad": None, "high": None,
    }  # fmt: skip
    assert prepare_record(form_of(fields), None, {"a": None}, context).values["b"] == 1


def test_choosing_a_related_record_fills_in(compile_forms, make_context):
    forms = compile_forms(
        {
            "account": {"fields": {"name": {"type": "text"}, "level": {"type": "number"}}},
            "deal": {
                "fields": {
                    "account": {
                        "type": "relation",
                        "form": "account",
                        "fill": {"who": "{name}", "owner": "{owner}"},
                        "filter": "{level} >= {$form.least}",
                    },
                    "who": {"type": "text", "default": '"nobody"'},
                    "least": {"type": "number"},
                }
            },
        }
    )
    accounts = {1: {"name": "Acme", "level": 3, "owner": 2}, 2: {"name": "Low", "level": 0, "owner": None}}
    context = make_context(related=lambda form, number: accounts.get(number))
    deal = forms["deal"]
    new = prepare_record(deal, None, {"account": 1, "least": 2}, context)
    assert (new.values["who"], new.values["owner"]) == ("Acme", 2)
    assert prepare_record(deal, None, {}, context).values["who"] == "nobody"
    assert prepare_record(deal, None, {"account": 1, "who": "Me"}, context).values["who"] == "Me"
    assert found(prepare_record(deal, None, {"account": 2, "least": 2}, context)) == {
        ("/account", "record_relation_filter")
    }
    other = prepare_record(deal, new.values, {"account": 2, "least": 0}, context)
    assert (other.values["who"], other.values["owner"]) == ("Low", None)
    assert prepare_record(deal, {**new.values, "who": "Me"}, {"account": 1}, context).changed == {}
    assert prepare_record(deal, new.values, {"account": None}, context).values["who"] == "Acme"


def test_what_the_actor_may_not_read_of_a_related_record_fills_in_nothing(compile_forms, make_context):
    relation = {"type": "relation", "form": "account", "fill": {"who": "{name}", "size": "{level}"}}
    number, text = {"type": "number"}, {"type": "text"}
    forms = compile_forms(
        {
            "account": {"fields": {"name": text, "level": number}},
            "deal": {"fields": {"account": relation, "who": text, "size": number}},
        }
    )
    context = make_context(related=lambda form, number: {"name": "Acme"})
    before = {**prepare_record(forms["deal"], None, {"size": 7}, context).values, "id": 1}
    draft = prepare_record(forms["deal"], before, {"account": 1}, context)
    assert (draft.values["who"], draft.values["size"]) == ("Acme", 7)


@pytest.mark.parametrize(
    "template, values, title",
    [
        ("{a} - {b}", {"a": "x", "b": "y"}, "x - y"),
        ("{a} - {b}", {"a": "x"}, "x"),
        ("{a} - {b}", {"b": "y"}, "y"),
        ("{a} - {b}", {"c": "words"}, "words"),
        ("{a} - {b}", {}, ""),
        ("{a} ({b})", {"a": "x"}, "x"),
        ("{a} ({b})", {"a": "x", "b": "y"}, "x (y)"),
        ("{a}", {"a": "Acme (China)"}, "Acme (China)"),
        ("{s} {a}", {"s": "won", "a": "x"}, "Won x"),
        ("{a}", {"a": "x" * 250, "b": "y"}, "x" * 250),
        (None, {"a": "first", "b": "second"}, "first"),
    ],
)
def test_titles(form_of, context, template, values, title):
    fields = {"s": STATUS, "a": {"type": "text"}, "b": {"type": "text"}, "c": {"type": "long_text"}}
    form = form_of(fields, **({"title": template} if template else {}))
    assert prepare_record(form, None, values, context).values["title"] == title
