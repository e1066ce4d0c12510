"""What the browser is told of a form's expressions, and when it has to ask."""

import pytest

from joinery.definitions import load_app
from joinery.forms import compile_app, live_program

LABEL = {"en": "Label", "zh": "标签"}
MESSAGE = {"en": "No", "zh": "不行"}


def field(kind, **properties):
    return {"type": kind, "label": LABEL, **properties}


def formula(text, result="money"):
    return field("formula", result=result, formula=text)


@pytest.fixture
def form():
    """Builds a form "thing" beside a form "other" from its fields and further properties."""

    def build(fields, **properties):
        other = {"label": LABEL, "fields": {"name": field("text"), "price": field("money")}}
        thing = {"label": LABEL, "fields": fields, **properties}
        forms = {"thing": thing, "other": other}
        document = {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL, "forms": forms}
        return compile_app(load_app(document)).forms["thing"]

    return build


def program_of(form, *hidden):
    return live_program(form, frozenset({*form.fields, *form.system_fields} - set(hidden)))


PRICES = {"price": field("money"), "qty": field("number"), "total": formula("{price} * {qty}")}


def test_a_formula_is_sent_in_its_checked_form(form):
    program = program_of(form(PRICES))
    price, qty = (["zero_if_blank", {"field": key}] for key in ("price", "qty"))
    assert program["formulas"] == [{"field": "total", "value": ["multiply", price, qty]}]
    assert (program["asks"], program["asks_new"], program["complete"]) == ([], [], True)


def test_formulas_come_after_those_they_look_at(form):
    program = program_of(form({"twice": formula("{total} * 2"), **PRICES}))
    assert [one["field"] for one in program["formulas"]] == ["total", "twice"]


@pytest.mark.parametrize(
    "hidden, formulas, asks",
    [
        ("qty", [], ["price"]),
        ("total", [], []),
        ("price", [], ["qty"]),
    ],
)
def test_nothing_is_told_of_hidden_fields(form, hidden, formulas, asks):
    program = program_of(form(PRICES), hidden)
    assert (program["formulas"], program["asks"]) == (formulas, asks)
    assert hidden not in str(program)


@pytest.mark.parametrize(
    "expression",
    ["{other.price} * {qty}", 'IF(REGEXMATCH({name}, "a+"), {qty}, 0)'],
)
def test_what_only_the_server_can_compute_is_asked(form, expression):
    fields = {
        "other": field("relation", form="other"),
        "name": field("text"),
        "qty": field("number"),
        "far": formula(expression),
        "near": formula("{far} + {qty}"),
    }
    program = program_of(form(fields))
    assert [one["field"] for one in program["formulas"]] == ["near"]
    assert program["complete"] is False
    assert set(program["asks"]) == {"qty", *(key for key in ("other", "name") if key in expression)}


def test_what_a_server_s_expression_looks_at_through_formulas_is_asked(form):
    rule = {"validate": 'REGEXMATCH({text}, "^1")', "message": MESSAGE}
    fields = {"qty": field("number"), "text": formula('{qty} & ""', "text"), "free": field("number")}
    program = program_of(form(fields, rules={"odd": rule}))
    assert program["rules"] == []
    assert program["asks"] == ["qty"]


def test_defaults_are_asked_of_new_records_only(form):
    program = program_of(form({"a": field("number"), "b": field("number", default="{a} + 1")}))
    assert (program["asks"], program["asks_new"], program["complete"]) == ([], ["a"], True)


def test_relations_that_choose_or_fill_are_asked(form):
    fields = {
        "other": field("relation", form="other", filter="{price} > {$form.least}", fill={"price": "{price}"}),
        "plain": field("relation", form="other"),
        "price": field("money"),
        "least": field("money"),
    }
    assert program_of(form(fields))["asks"] == ["least", "other"]


def test_conditions_by_field_and_section(form):
    fields = {
        "kind": field("text", required=True),
        "a": field("number", visible='{kind} = "x"', required="{b} > 1", read_only="TRUE"),
        "b": field("number", validate={"{b} > 0": MESSAGE}),
    }
    section = {"section": "more", "label": LABEL, "visible": "{b} = 1", "content": ["a"]}
    rule = {"validate": "OLD({b}) <> {b}", "message": MESSAGE, "fields": ["b"], "when": "{b} > 5"}
    program = program_of(form(fields, layout=["kind", "b", section], rules={"new": rule}))
    is_one = ["equal", {"field": "b"}, {"number": "1"}]
    is_x = ["equal", ["fold_case", {"field": "kind"}], ["fold_case", "x"]]
    assert program["sections"] == {"more": is_one}
    assert program["visible"] == {"a": [is_one, is_x]}
    assert program["required"] == {"kind": True, "a": ["gt", {"field": "b"}, {"number": "1"}]}
    assert program["read_only"] == {"a": True}
    positive = ["gt", {"field": "b"}, {"number": "0"}]
    assert program["validations"] == [{"field": "b", "holds": positive, "message": MESSAGE}]
    changed = ["differ", {"field": "$old.b"}, {"field": "b"}]
    above = ["gt", {"field": "b"}, {"number": "5"}]
    assert program["rules"] == [{"when": above, "holds": changed, "message": MESSAGE, "field": "b"}]


def test_a_condition_half_of_which_is_hidden_is_left_to_the_server(form):
    fields = {"a": field("number", required='{secret} = "x"', visible="{b} > 1"), "b": field("number")}
    program = program_of(form({**fields, "secret": field("text")}), "secret")
    assert (program["required"], program["complete"]) == ({}, False)
    # Whether it is required is told only of a visible field.
    assert program["asks"] == ["b"]


def test_an_expression_that_grows_by_its_names_is_not_sent(form):
    doubled = "{qty}"
    for name in ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"):
        doubled = f"LET(x{name}, {doubled}, x{name} + x{name})"
    program = program_of(form({"qty": field("number"), "huge": formula(doubled, "number")}))
    assert (program["formulas"], program["asks"]) == ([], ["qty"])
