"""Formulas that are remembered together give what each of them gives by itself."""

from decimal import Decimal

import pytest

from joinery.forms import prepare_record
from joinery.forms.computing import compute_formulas
from joinery.forms.from_blank import FromBlank
from joinery.forms.work import Work
from joinery.formulas.remembering import PATIENCE

FORM = {
    "price": {"type": "number"},
    "count": {"type": "number"},
    "note": {"type": "text"},
    "net": {"type": "formula", "result": "money", "formula": "{price} * {count} / 3"},
    "share": {"type": "formula", "result": "number", "formula": "{price} / {count}"},
    "kind": {"type": "formula", "result": "text", "formula": 'IF({net} > 10, "large", "small")'},
    "known": {"type": "formula", "result": "number", "formula": "COUNTA({price}, {note}, {kind})"},
    "huge": {"type": "formula", "result": "number", "formula": "10 ^ ({count} * 8)"},
}
FORMULAS = ("net", "share", "kind", "known", "huge")

RECORDS = [
    {"price": 12, "count": 3},
    {"price": 12, "count": 3, "note": "a"},
    {"price": 12, "count": 0},
    {"count": 5, "note": "b"},
    {},
    {"price": 12, "count": 3, "note": "another"},
]


@pytest.fixture
def form(form_of):
    return form_of(FORM)


def one_by_one(form, sent, context):
    work = Work(form, None, context)
    work.values |= {key: Decimal(value) if isinstance(value, int) else value for key, value in sent.items()}
    compute_formulas(work, form.plan.formulas)
    return {key: work.values[key] for key in FORMULAS}, work.problems


def test_the_formulas_of_a_form_are_one_run(form):
    assert [[key for key, _, _ in run.steps] for run in form.plan.formula_runs] == [
        [key for key, _, _ in form.plan.formulas]
    ]
    # What is computed in the run itself follows from the rest.
    memory = form.plan.formula_runs[0].memory
    assert (set(memory.keys), set(memory.marked)) == ({"price", "count"}, {"note"})


def test_together_gives_the_same_as_one_by_one_however_often(form, context):
    for sent in RECORDS * 3:
        draft = prepare_record(form, None, sent, context)
        values, problems = one_by_one(form, sent, context)
        assert {key: draft.values[key] for key in FORMULAS} == values, sent
        assert draft.problems == problems, sent


def test_also_when_values_never_come_again(form, context):
    for number in range(PATIENCE + 3):
        sent = {"price": number, "count": 2}
        draft = prepare_record(form, None, sent, context)
        assert draft.values["share"] == Decimal(number) / 2


def test_a_formula_over_the_day_stands_apart(form_of):
    form = form_of(
        {
            "due": {"type": "date", "visible": "{late} = TRUE"},
            "n": {"type": "number"},
            "a": {"type": "formula", "result": "number", "formula": "{n} * 2 + 1"},
            "late": {"type": "formula", "result": "boolean", "formula": "{due} < TODAY()"},
        }
    )
    apart = {key for run in form.plan.formula_runs if run.memory is None for key, _, _ in run.steps}
    assert apart == {"late"}


def test_a_default_that_is_an_error_value_is_told_for_each_record(form_of, context):
    form = form_of({"b": {"type": "number", "default": "1 / 0"}})
    for _ in range(2):
        draft = prepare_record(form, None, {}, context)
        assert draft.values["b"] is None
        assert draft.problems["b"].code == "#DIV/0!"


def test_what_a_new_record_changed_are_its_filled_fields():
    changed = FromBlank({"a": 1, "b": None, "c": False, "id": 7}, dict.fromkeys("abc"))
    assert dict(changed) == {"a": (None, 1), "c": (None, False)}
    assert (len(changed), "a" in changed, "b" in changed, "id" in changed) == (2, True, False, False)
    assert (changed.get("a"), changed.get("b"), changed.get("id", 5)) == ((None, 1), None, 5)
    with pytest.raises(KeyError):
        changed["b"]
