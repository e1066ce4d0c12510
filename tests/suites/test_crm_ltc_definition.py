"""The lead-to-cash suite as a definition: complete, consistent, and fit for what is imported into it."""

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from joinery.definitions import MenuItem, check_app, expressions_in, load_app
from joinery.directory import Actor, Directory, User
from joinery.forms import FIELD_TYPES, RecordContext, compile_app, prepare_record
from joinery.formulas import EvaluationContext, evaluate
from joinery.permissions import access_for, matches
from joinery.workflows import catalogue, rehearse, simulation, step
from tests.unit.workflows.play import reloaded

DOCUMENT = json.loads((files("joinery.suites") / "crm_ltc.json").read_text(encoding="utf-8"))
APP = load_app(DOCUMENT)
FORMS = compile_app(APP).forms
CONTEXT = RecordContext(
    evaluation=EvaluationContext(
        now=datetime(2026, 3, 10, 2, 0, tzinfo=UTC), time_zone="Asia/Shanghai", user_id=1
    ),
    directory=Directory([User(id=1, name="Anna Snelling", email="anna@example.com")]),
    next_number=lambda field, period: 7,
    # Every relation that a file names leads somewhere.
    find_record=lambda form, title: 42,
)


def prepared(form, cells=True, **values):
    return prepare_record(FORMS[form], None, values, CONTEXT, cells=cells)


def problems(draft):
    return {issue.path for issue in draft.issues}


def icons_in(value):
    """Every icon that the document names."""
    if isinstance(value, list):
        for part in value:
            yield from icons_in(part)
    elif isinstance(value, dict):
        if isinstance(value.get("icon"), str):
            yield value["icon"]
        for part in value.values():
            yield from icons_in(part)


LABELS = {"label", "plural", "help", "placeholder", "description", "message"}


def labels_in(value, *path):
    """Every label of the document with its path."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from labels_in(part, *path, index)
    if not isinstance(value, dict):
        return
    named = bool(LABELS & set(path[-1:])) or path[-2:-1] == ("validate",)
    if named and all(isinstance(part, str) for part in value.values()):
        yield path, value
        return
    for name, part in value.items():
        yield from labels_in(part, *path, name)


def test_it_has_no_mistakes():
    assert list(check_app(DOCUMENT, catalogue())) == []


#: From the offer to the money.
SOLD = {
    "price_book", "quote", "contract", "order", "payment_plan", "receipt",
    "refund", "bad_debt", "platform_commission", "invoice", "performance_split",
}  # fmt: skip


def test_it_has_the_forms_from_the_lead_to_the_cash():
    assert set(APP.forms) == {
        "campaign", "lead_pool", "lead", "follow_up", "account",
        "contact", "opportunity", "competitor", "product_category", "product",
        "presales_request", "project",
    } | SOLD  # fmt: skip


def test_every_field_type_is_shown_at_work():
    found = {field.type.name for form in FORMS.values() for field in form.fields.values()}
    assert found == set(FIELD_TYPES.names())


def test_every_label_is_in_both_languages():
    found = list(labels_in(DOCUMENT))
    assert len(found) > 500
    for path, label in found:
        assert set(label) == {"en", "zh"}, path
        assert all(text == text.strip() and text for text in label.values()), path
        assert not any("\u4e00" <= character <= "\u9fff" for character in label["en"]), path


def test_labels_are_told_apart():
    for form in APP.forms.values():
        for language in ("en", "zh"):
            named = [field.label[language] for field in form.fields.values()]
            assert len(named) == len(set(named)), (form.key, sorted(named))


def test_every_form_is_in_the_menu_and_has_an_icon():
    listed = [
        item for entry in APP.menu for item in ([entry] if isinstance(entry, MenuItem) else entry.items)
    ]
    assert sorted(item.form for item in listed) == sorted(APP.forms)
    assert all(form.icon and form.color and form.description for form in APP.forms.values())


@pytest.mark.parametrize("form", APP.forms.values(), ids=lambda form: form.key)
def test_every_form_is_finished(form):
    assert form.views, "people need a view to start from"
    assert form.permissions, "without permission groups everybody could do everything"
    assert form.facts
    assert "all" in form.views
    for view in form.views.values():
        assert view.columns
        assert view.kind == "kanban" or view.sort
    named = {role for group in form.permissions.values() for role in group.roles}
    assert named <= set(APP.roles)


def test_everybody_who_works_with_a_form_may_see_it():
    for role in APP.roles:
        seen = {
            form.key
            for form in APP.forms.values()
            if any(role in group.roles and "view" in group.actions for group in form.permissions.values())
        }
        assert {"campaign", "competitor", "product", "product_category"} <= seen, role


def test_the_views_of_leads_stand_in_the_order_of_work():
    assert list(APP.forms["lead"].views)[:6] == [
        "my_quality", "due_today", "again_today", "mine", "going_back", "claimable",
    ]  # fmt: skip


def test_the_interface_has_every_icon():
    source = (Path(__file__).parents[2] / "designer_ui/src/ui/IconByName.tsx").read_text(encoding="utf-8")
    table = source.partition("const ICONS")[2].partition("};")[0]
    known = {quoted or bare for quoted, bare in re.findall(r'(?:"([a-z0-9-]+)"|\b([a-z0-9]+)): Icon', table)}
    assert {"building-store", "cash"} <= known
    assert sorted(set(icons_in(DOCUMENT)) - known) == []


def test_options_have_colours():
    for form in APP.forms.values():
        for field in form.fields.values():
            for key, option in field.settings.get("options", {}).items():
                assert "color" in option or field.key == "stage_then", (form.key, field.key, key)


def test_expressions_are_short_enough_to_be_read():
    longest = max(expressions_in(DOCUMENT), key=lambda expression: len(expression.text))
    assert len(longest.text) <= 700, longest.path


STAGES = [
    ("requirement", "0.1"), ("demo", "0.3"), ("proposal", "0.5"), ("testing", "0.7"),
    ("negotiation", "0.9"), ("won", "1"), ("lost", "0"), ("on_hold", "0"),
]  # fmt: skip


@pytest.mark.parametrize("stage, probability", STAGES)
def test_win_probability_follows_the_stage(stage, probability):
    values = prepared("opportunity", external_id="X", stage=stage, amount="200").values
    assert float(values["win_probability"]) == float(probability)
    assert float(values["weighted_amount"]) == 200 * float(probability)


def test_an_own_estimate_counts_until_the_deal_is_closed():
    def probability(stage):
        draft = prepared("opportunity", external_id="X", stage=stage, probability_override="80%")
        return float(draft.values["win_probability"])

    assert (probability("demo"), probability("won"), probability("lost")) == (0.8, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        {"external_id": "1C1I7A6R", "stage": "Won", "account": "Cancity", "started_on": "2016-10-20",
         "closed_on": "2017-03-01", "amount": "1054"},
        {"external_id": "EC4QE1BX", "stage": "Lost", "account": "Cancity", "started_on": "2016-10-25",
         "closed_on": "2017-03-07", "amount": "0"},
        {"external_id": "ABCDEFGH", "stage": "Product demo", "account": "", "started_on": "2016-11-25"},
        {"external_id": "IJKLMNOP", "stage": "Need confirmed", "account": "", "started_on": ""},
    ],
    ids=["won", "lost", "in progress without an account", "just begun"],
)  # fmt: skip
def test_imported_opportunities_may_be_incomplete(row):
    draft = prepared("opportunity", product="GTX Pro", owner="Anna Snelling", **row)
    assert list(draft.issues) == []


def test_own_opportunities_must_be_complete_when_it_counts():
    assert problems(prepared("opportunity")) == {"/name", "/expected_close"}
    offered = prepared("opportunity", name="CRM", expected_close="2026-05-01", stage="Proposal")
    assert problems(offered) == {"/account", "/amount"}
    lost = prepared("opportunity", name="CRM", stage="Lost")
    assert problems(lost) == {"/closed_on", "/lost_reason"}


SECTORS = """
technology medical retail software entertainment marketing telecommunications finance employment services
制造业 政府与公共事业
"""


@pytest.mark.parametrize("sector", SECTORS.split())
def test_accounts_of_every_sector_can_be_imported(sector):
    draft = prepared(
        "account",
        name="Acme Corporation",
        industry=sector,
        year_established="1996",
        annual_revenue="1100.04",
        employees="2822",
        office_location="United States",
        parent="Sonron",
    )
    assert list(draft.issues) == []


def test_a_good_lead_is_a_quality_lead():
    good = prepared(
        "lead", contact_name="王伟", mobile="13800138000", source="展会", industry="software",
        company_size="giant", budget="600000", decision_role="决策者", interest="5", behaviour="申请演示",
    )  # fmt: skip
    assert list(good.issues) == []
    assert (good.values["fit_score"], good.values["intent_score"], good.values["score"]) == (100, 85, 94)
    assert (good.values["grade"], good.values["is_quality"]) == ("A", True)
    poor = prepared("lead", contact_name="Joe", email="joe@example.com", source="Exhibition")
    assert (poor.values["score"], poor.values["grade"], poor.values["is_quality"]) == (0, "D", False)
    assert float(poor.values["completeness"]) == 0.1


@pytest.mark.parametrize(
    "values, expected",
    [
        ({"mobile": ""}, {"/mobile"}),  # no way to reach them
        ({"status": "invalid"}, {"/invalid_reason"}),
        ({"status": "returned"}, {"/return_reason"}),
        ({"status": "converted"}, {"/converted_account"}),
        ({"last_follow_at": "2026-03-09 10:00", "next_follow_at": "2026-03-08 10:00"}, {"/next_follow_at"}),
        ({"budget": "-1"}, {"/budget"}),
    ],
)
def test_rules_of_leads(values, expected):
    lead = {"contact_name": "Ann", "mobile": "13800138000", "source": "Exhibition"} | values
    assert problems(prepared("lead", **lead)) == expected


def test_a_follow_up_needs_somebody_it_is_about():
    followed = {"content": "Asked for prices", "result": "Interested"}
    assert problems(prepared("follow_up", **followed)) == {"/about"}
    assert list(prepared("follow_up", about="lead: Ann", **followed).issues) == []


#: What formulas say about a record of which nothing is known; the others stay blank.
OF_NOTHING = {
    "campaign": {"over_budget": False},
    "lead": {
        "fit_score": 0, "intent_score": 0, "score": 0, "grade": "D", "is_quality": False, "completeness": 0,
        "silent_days": 0, "overdue": False,
    },
    "account": {
        "completeness": 0, "silent_days": 0, "open_deals": 0, "open_amount": 0,
        "won_deals": 0, "won_amount": 0, "ordered_amount": 0, "received_amount": 0, "outstanding_amount": 0,
        "overdue_amount": 0,
    },
    "opportunity": {"win_probability": 0, "stalled": False, "overdue": False, "silent_days": 0},
    "price_book": {"valid_now": False, "products": 0},
    "quote": {"expired": False, "subtotal": 0, "tax_total": 0, "total": 0, "special_price": False},
    "quote.lines": {"special": False},
    "contract": {"ending": False, "lines_amount": 0, "ordered": 0, "received": 0},
    "order": {
        "subtotal": 0, "tax_total": 0, "amount": 0, "special_price": False, "planned": 0, "received": 0,
        "refunded": 0, "written_off": 0, "outstanding": 0, "invoiced": 0, "commission": 0, "net_received": 0,
        "overdue_amount": 0, "performance": 0,
    },
    "order.lines": {"special": False},
    "payment_plan": {"allocated": 0, "open_amount": 0, "overdue": False},
    "receipt": {"allocated": 0},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key)
def test_formulas_of_an_empty_record_claim_nothing(form):
    record = dict.fromkeys((*form.fields, *form.system_fields)) | {"created_at": CONTEXT.evaluation.now}
    for field in form.formula_order:
        record[field.key] = evaluate(field.formula, record, CONTEXT.evaluation)
    known = {field.key: record[field.key] for field in form.formula_order if record[field.key] is not None}
    assert known == OF_NOTHING.get(form.key, {})


def test_a_deal_without_an_amount_has_no_discount():
    values = prepared("opportunity", external_id="X", stage="demo", list_price="100").values
    assert (values["list_amount"], values["discount"], values["weighted_amount"]) == (100, None, None)
    values = prepared("opportunity", external_id="X", stage="demo", list_price="100", amount="90").values
    assert [float(values[key]) for key in ("discount", "weighted_amount")] == [0.1, 27]


SHARED = {
    "account": "collaborators",
    "contact": "collaborators",
    "lead": "collaborators",
    "opportunity": "team",
    "order": "team",
}


@pytest.mark.parametrize("form, field", SHARED.items())
def test_sales_people_see_what_they_help_with(form, field):
    access = access_for(Actor(user_id=1, name="Anna", roles=frozenset({"sales"})), FORMS[form])
    record = dict.fromkeys((*FORMS[form].fields, *FORMS[form].system_fields)) | {"owner": 2}
    assert not matches(access.rows, record, CONTEXT.evaluation)
    assert matches(access.rows, record | {field: (3, 1)}, CONTEXT.evaluation)


def fields_in(layout):
    """The fields that a layout places."""
    for part in layout:
        if isinstance(part, str):
            yield part
        else:
            yield from fields_in(part.get("content", ()))


@pytest.mark.parametrize("form", [key for key, form in DOCUMENT["forms"].items() if "layout" in form])
def test_every_field_has_its_place_in_the_layout(form):
    fields, layout = (DOCUMENT["forms"][form][part] for part in ("fields", "layout"))
    assert sorted(set(fields) - set(fields_in(layout))) == []


def test_its_workflows_go_the_same_way_when_a_run_is_stored_between_all_steps(monkeypatch):
    app = compile_app(APP)
    scenarios = [
        (workflow, scenario) for workflow in APP.workflows.values() for scenario in workflow.tests.values()
    ]
    assert len(scenarios) > 10
    straight = [rehearse(app, *scenario, CONTEXT.evaluation) for scenario in scenarios]
    assert [one.issues for one in straight] == [()] * len(scenarios)
    monkeypatch.setattr(
        simulation, "step", lambda workflow, run, event, world: step(workflow, reloaded(run), event, world)
    )
    assert [rehearse(app, *scenario, CONTEXT.evaluation) for scenario in scenarios] == straight
