"""From an app definition to forms that are ready to run."""

from datetime import date

import pytest

from joinery.definitions import load_app
from joinery.forms import compile_app
from joinery.kernel import InvalidDefinition


def test_formulas_stand_after_those_they_depend_on(form_of):
    fields = {
        "c": {"type": "formula", "result": "number", "formula": "{b} + 1"},
        "b": {"type": "formula", "result": "number", "formula": "{a} + 1"},
        "a": {"type": "number"},
    }
    assert [field.key for field in form_of(fields).formula_order] == ["b", "c"]


def test_a_formula_over_a_volatile_one_is_volatile_and_has_no_column(form_of):
    fields = {
        "day": {"type": "date"},
        "late": {"type": "formula", "result": "boolean", "formula": "{day} < TODAY()"},
        "word": {"type": "formula", "result": "text", "formula": 'IF({late}, "late", "fine")'},
        "year": {"type": "formula", "result": "number", "formula": "YEAR({day})"},
    }
    form = form_of(fields)
    assert {key for key, field in form.fields.items() if field.volatile} == {"late", "word"}
    assert [field.type.columns(field) for field in (form.fields["late"], form.fields["word"])] == [(), ()]
    assert form.fields["year"].column == "year"
    assert [key for key, _, _ in form.plan.formulas] == ["year"]


def test_a_volatile_formula_is_computed_on_save_where_a_rule_looks_at_it(form_of):
    fields = {
        "day": {"type": "date"},
        "late": {"type": "formula", "result": "boolean", "formula": "{day} < TODAY()"},
        "why": {"type": "text", "required": "{late}"},
    }
    assert [key for key, _, _ in form_of(fields).plan.formulas] == ["late"]


def test_both_ends_of_a_relation(compile_forms):
    inverse = {"key": "contacts", "label": {"en": "Contacts", "zh": "联系人"}, "columns": ["name"]}
    forms = compile_forms(
        {
            "account": {
                "fields": {"name": {"type": "text"}, "parent": {"type": "relation", "form": "account"}}
            },
            "contact": {
                "fields": {
                    "name": {"type": "text"},
                    "account": {"type": "relation", "form": "account", "inverse": inverse},
                }
            },
        }
    )
    (found,) = forms["account"].inverses
    assert (found.key, found.form, found.field, found.columns) == (
        "contacts",
        "contact",
        "account",
        ("name",),
    )
    assert forms["contact"].fields["account"].references == "account"
    assert forms["contact"].inverses == ()
    assert forms["contact"].table_name == "test__contact"


def test_every_wrong_expression_is_named(form_of):
    fields = {
        "a": {"type": "number", "default": "{b} +"},
        "b": {"type": "formula", "result": "number", "formula": "{nothing} + 1"},
        "c": {"type": "text", "visible": "{a} + 1 = "},
    }
    with pytest.raises(InvalidDefinition) as caught:
        form_of(fields)
    assert {issue.path for issue in caught.value.issues} == {
        "/forms/thing/fields/a/default",
        "/forms/thing/fields/b/formula",
        "/forms/thing/fields/c/visible",
    }


def test_formulas_in_a_circle_are_refused(form_of):
    fields = {
        "a": {"type": "formula", "result": "number", "formula": "{b} + 1"},
        "b": {"type": "formula", "result": "number", "formula": "{a} + 1"},
    }
    with pytest.raises(InvalidDefinition) as caught:
        form_of(fields)
    assert [issue.code for issue in caught.value.issues] == ["form_formula_cycle"]


def test_a_form_without_rules_needs_no_live_state(form_of):
    assert form_of({"a": {"type": "text"}}).live is False
    assert form_of({"a": {"type": "text", "default": '"x"'}}).live is True


def test_an_empty_app_compiles():
    label = {"en": "x", "zh": "x"}
    app = compile_app(load_app({"joinery": 1, "app": "x", "version": "1.0.0", "label": label, "forms": {}}))
    assert app.key == "x"
    assert app.forms == {}


DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    "pattern, counter, number, period",
    [
        ([{"counter": 4}], 7, "0007", ""),
        ([{"counter": 2}], 12345, "12345", ""),
        ([{"text": "LD-"}, {"date": "yyyyMMdd"}, {"text": "-"}, {"counter": 3, "reset": "day"}], 1,
         "LD-20260131-001", "2026-01-31"),
        ([{"date": "yy/MM"}, {"counter": 1, "reset": "month"}], 1, "26/011", "2026-01"),
        ([{"text": "yyyy "}, {"counter": 1, "reset": "year"}], 3, "yyyy 3", "2026"),
    ],
)  # fmt: skip
def test_autonumbers(field_of, pattern, counter, number, period):
    field = field_of("autonumber", pattern=pattern)
    periods = []

    def next_number(key: str, of: str) -> int:
        periods.append(of)
        return counter

    assert field.type.assign(field, DAY, next_number) == number
    assert periods == [period]
