"""What an editor of expressions asks for: names, checks, steps, functions; and that it is told no secrets."""

import copy
import json
from pathlib import Path

import pytest

from joinery.directory import Actor
from joinery.formulas import FUNCTIONS
from joinery.runtime.apps import publishing
from tests.api.conftest import DOCUMENT

FAR = json.loads((Path(__file__).parent / "far_app.json").read_text(encoding="utf-8"))
WHERE = {"app": "shop", "form": "lead"}


def names_of(client, form: str = "lead", **query):
    status, answer = client.get("/formulas/names", app="shop", form=form, **query)
    assert status == 200, answer
    return answer


@pytest.fixture
def chinese(shop):
    client = shop.as_user("other")
    client.patch("/me", {"language": "zh-CN"})
    return client


def test_names_lead_along_relations_in_both_directions(manager):
    answer = names_of(manager)
    assert set(answer["forms"]) == {"lead", "account", "note"}
    lead, account = (answer["forms"][key]["names"] for key in ("lead", "account"))
    assert lead["account"] == {
        "label": {"en": "Account", "zh": "客户"},
        "type": "record",
        "leads_to": "account",
        "many": False,
    }
    assert (account["leads"]["label"]["zh"], account["leads"]["leads_to"]) == ("线索", "lead")
    assert account["leads"]["many"] is True
    assert lead["status"]["options"]["won"] == {"en": "Won", "zh": "成交"}
    assert (lead["amount"]["type"], lead["expected"]["type"]) == ("money", "money")
    assert lead["owner"]["label"] == {"en": "Owner", "zh": "负责人"}
    assert "papers" not in lead
    assert answer["types"]["money"] == {"en": "money", "zh": "金额"}


def test_names_stand_in_the_order_of_the_form(manager):
    found = list(names_of(manager)["forms"]["lead"]["names"])
    assert found[:4] == ["no", "company", "status", "reason"]


def test_hidden_fields_and_forms_are_no_names(sales, shop):
    answer = names_of(sales)
    assert "secret" not in answer["forms"]["lead"]["names"]
    assert "credit" not in answer["forms"]["account"]["names"]
    guest = shop.as_user("guest")
    assert guest.get("/formulas/names", app="shop", form="lead")[0] == 404
    assert guest.get("/formulas/names", app="shop", form="jackal")[0] == 404


def test_without_a_form_all_that_may_be_seen_are_told(manager, shop):
    _, answer = manager.get("/formulas/names", app="shop")
    assert (answer["form"], set(answer["forms"])) == (None, {"lead", "account", "note"})
    assert shop.as_user("guest").get("/formulas/names", app="shop")[1]["forms"] == {}
    assert manager.get("/formulas/names", app="nothing")[0] == 404


@pytest.fixture
def hidden_relation(shop):
    document = copy.deepcopy(DOCUMENT)
    document["forms"]["lead"]["permissions"]["sales"]["hidden_fields"] = ["secret", "account"]
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", document)


def test_the_other_end_of_a_hidden_relation_is_hidden(hidden_relation, sales):
    assert "leads" not in names_of(sales, "account")["forms"]["account"]["names"]
    asked = {"formula": "COUNTA({leads})", "app": "shop", "form": "account"}
    assert sales.post("/formulas/check", asked)[1]["issues"][0]["code"] == "formula_unknown_field"
    assert sales.post("/formulas/evaluate", asked)[0] == 422


@pytest.mark.parametrize(
    ("formula", "expects", "kind", "problems"),
    [
        ("{amount} * 2", None, "money", []),
        ("{amount} > 2", "boolean", "boolean", []),
        ("{amount} * 2", "number", "money", []),
        ("{company}", "boolean", "text", [("formula_wrong_result", 0, 9)]),
        ("1 + {amonut}", "number", None, [("formula_unknown_field", 4, 8)]),
        (
            "SUM({amonut}, {companny})",
            None,
            None,
            [("formula_unknown_field", 4, 8), ("formula_unknown_field", 14, 10)],
        ),
        ("LEN({company}", "number", None, [("formula_open_bracket", 13, 0)]),
        ('{status} = "wno"', "boolean", "boolean", [("definition_unknown_option", 11, 5)]),
        ('{status} = "won"', "boolean", "boolean", []),
        ('COUNTIFS({account.leads.status}, "wno")', None, "number", [("definition_unknown_option", 33, 5)]),
    ],
)
def test_a_check_says_the_type_and_where_the_problems_are(manager, formula, expects, kind, problems):
    expected = {"expects": expects} if expects else {}
    _, answer = manager.post("/formulas/check", {"formula": formula, **WHERE, **expected})
    found = [(one["code"], one.get("position"), one.get("length")) for one in answer["issues"]]
    assert (answer["type"], found) == (kind, problems)


def test_problems_come_in_the_readers_words(chinese):
    _, answer = chinese.post("/formulas/check", {"formula": "{company}", **WHERE, "expects": "boolean"})
    assert answer["issues"][0]["message"] == "结果是文本，但需要是/否。"


def test_an_unknown_kind_of_result_is_refused(manager):
    asked = {"formula": "1", "expects": "file"}
    assert manager.post("/formulas/check", asked)[0] == 422


def steps_of(client, formula: str, **where):
    status, answer = client.post("/formulas/evaluate", {"formula": formula, "steps": True, **where})
    assert status == 200, answer
    texts = [formula[step["position"] : step["position"] + step["length"]] for step in answer["steps"]]
    return answer, dict(zip(texts, answer["steps"], strict=True))


def test_every_part_of_an_expression_has_its_value(manager):
    lead = manager.create("lead", company="Acme", amount=1000, chance=0.25)
    answer, steps = steps_of(
        manager, "ROUND({amount} * {chance}, 2) + LEN({company})", **WHERE, record=lead["id"]
    )
    assert list(steps) == [
        "{amount}",
        "{chance}",
        "{amount} * {chance}",
        "ROUND({amount} * {chance}, 2)",
        "{company}",
        "LEN({company})",
        "ROUND({amount} * {chance}, 2) + LEN({company})",
    ]
    assert [step["value"] for step in steps.values()] == [1000, 0.25, 250, 250, "Acme", 4, 254]
    assert (steps["{amount}"]["type"], answer["value"]) == ("money", 254)


def test_a_part_that_fails_says_why(manager):
    _, steps = steps_of(manager, "IFERROR(1 / 0, 7)")
    assert steps["1 / 0"]["error"]["code"] == "#DIV/0!"
    assert steps["1 / 0"]["error"]["message"] == "Division by zero."
    assert steps["IFERROR(1 / 0, 7)"]["value"] == 7


def test_names_given_by_let_have_values_too(manager):
    _, steps = steps_of(manager, "LET(a, 2 * 3, a + 1)")
    assert [steps[text]["value"] for text in ("2 * 3", "a", "a + 1")] == [6, 6, 7]


def test_lists_of_related_records_are_arrays(manager):
    account = manager.create("account", name="Acme")
    leads = [manager.create("lead", company=f"L{n}", amount=n, account=account["id"]) for n in (1, 2, 3)]
    formula = "SUM(FILTER({leads.amount}, {leads.amount} > 1)) + COUNTA({leads})"
    answer, steps = steps_of(manager, formula, app="shop", form="account", record=account["id"])
    assert answer["value"] == 8
    assert (steps["{leads.amount}"]["value"], steps["{leads.amount}"]["count"]) == ([1, 2, 3], 3)
    assert steps["{leads.amount} > 1"]["value"] == [False, True, True]
    assert steps["FILTER({leads.amount}, {leads.amount} > 1)"]["value"] == [2, 3]
    assert steps["{leads}"]["value"][0] == {"id": leads[0]["id"], "title": leads[0]["title"]}


def test_people_come_with_their_names(manager):
    lead = manager.create("lead", company="Acme")
    _, steps = steps_of(manager, "{owner} = ME()", **WHERE, record=lead["id"])
    assert steps["{owner}"]["value"] == {"id": manager.me["user"]["id"], "name": "Manager"}


def test_long_lists_and_long_expressions_are_cut(manager):
    listed = f"LENGTH(LIST({', '.join(map(str, range(80)))}))"
    _, steps = steps_of(manager, listed)
    inner = steps[listed.removeprefix("LENGTH(").removesuffix(")")]
    assert (len(inner["value"]), inner["count"]) == (50, 80)
    long = " + ".join(f"ABS({n})" for n in range(80))
    answer, _ = steps_of(manager, long)
    assert len(answer["steps"]) == 60
    assert answer["steps"][-1]["length"] == len(long)


def test_steps_tell_no_record_that_may_not_be_seen(shop, sales, other):
    account = sales.create("account", name="Acme")
    own = sales.create("lead", company="Own", account=account["id"], amount=1)
    other.create("lead", company="Foreign", account=account["id"], amount=2)
    where = {"app": "shop", "form": "account", "record": account["id"]}
    answer, steps = steps_of(sales, "SUM({leads.amount}) + COUNTA({leads})", **where)
    assert (answer["value"], steps["{leads.amount}"]["value"]) == (2, [1])
    assert [one["id"] for one in steps["{leads}"]["value"]] == [own["id"]]
    assert sales.post("/formulas/evaluate", {"formula": "{credit}", "steps": True, **where})[0] == 422


def test_functions_come_with_help_in_the_readers_language(manager, chinese):
    english = {one["name"]: one for one in manager.get("/formulas/functions")[1]["functions"]}
    chosen = english["ROUND"]
    assert (chosen["category"], chosen["category_label"]) == ("number", "Numbers")
    assert chosen["help"].startswith("The number rounded")
    assert chosen["parameters"][1] == {
        "name": "digits",
        "type": "number",
        "optional": True,
        "repeated": False,
    }
    assert {"formula", "value"} == set(chosen["examples"][0])
    translated = {one["name"]: one for one in chinese.get("/formulas/functions")[1]["functions"]}
    told = (translated["PI"]["category_label"], translated["PI"]["help"])
    assert told == ("数字", "圆周率，精确到 20 位小数。")
    assert set(english) == set(translated) == set(FUNCTIONS.names())


@pytest.fixture
def draft(admin):
    document = copy.deepcopy(DOCUMENT)
    fields = document["forms"]["lead"]["fields"]
    fields["weight"] = {"type": "number", "label": {"en": "Weight", "zh": "重量"}}
    fields["broken"] = {"type": "formula", "result": "number", "formula": "{nothing} +", "label": "x"}
    fields["odd"] = 17
    document["forms"]["rubbish"] = []
    admin.call("PUT", "/apps/shop/draft", {"document": document, "revision": 0})


def test_an_administrator_asks_about_the_draft_with_all_its_mistakes(admin, draft):
    lead = names_of(admin, draft="true")["forms"]["lead"]["names"]
    assert lead["weight"]["label"]["zh"] == "重量"
    assert "weight" not in names_of(admin)["forms"]["lead"]["names"]
    asked = {"formula": "{weight} * 2", **WHERE, "expects": "number"}
    assert admin.post("/formulas/check", {**asked, "draft": True})[1]["issues"] == []
    assert admin.post("/formulas/check", asked)[1]["issues"][0]["code"] == "formula_unknown_field"


def test_nobody_else_is_told_of_the_draft(draft, manager):
    assert manager.get("/formulas/names", **WHERE, draft="true")[0] == 403
    assert manager.post("/formulas/check", {"formula": "{weight}", **WHERE, "draft": True})[0] == 403


def test_the_computed_fields_of_an_app_are_listed(admin, manager):
    _, answer = admin.get("/apps/shop/formulas")
    found = {(one["form"], one["field"]): one for one in answer["fields"]}
    assert set(found) == {("lead", "expected"), ("lead", "age")}
    assert found["lead", "expected"] == {
        "form": "lead",
        "field": "expected",
        "stored": True,
        "database": True,
        "follows": [],
        "job": None,
    }
    assert (found["lead", "age"]["stored"], found["lead", "age"]["follows"]) == (False, ["today"])
    assert manager.get("/apps/shop/formulas")[0] == 403
    assert admin.get("/apps/nothing/formulas")[0] == 404


AT_LEAD = "/forms/lead/fields"


@pytest.fixture
def conditions(admin):
    """A draft with one expression of each sort of names."""
    document = copy.deepcopy(DOCUMENT)
    fields = document["forms"]["lead"]["fields"]
    fields["reason"]["visible"] = '{status} = "lost"'
    fields["account"] |= {"filter": "{name} <> {$form.company}", "fill": {"notes": "{name}"}}
    admin.call("PUT", "/apps/shop/draft", {"document": document, "revision": 0})
    _, answer = admin.get("/apps/shop/draft/expressions")
    return {one["path"]: one for one in answer["expressions"]}


def test_every_expression_but_formula_fields_is_listed_with_its_place(conditions):
    assert not any(one["kind"] == "formula" for one in conditions.values())
    shown = conditions[f"{AT_LEAD}/reason/visible"]
    assert shown["text"] == '{status} = "lost"'
    assert [label["en"] for label in shown["place"]] == ["Lead", "Reason"]
    assert (shown["kind"], shown["form"], shown["record"], shown["expects"]) == (
        "visible",
        "lead",
        None,
        "boolean",
    )
    chosen = conditions[f"{AT_LEAD}/account/filter"]
    assert (chosen["form"], chosen["record"]) == ("account", "lead")
    filled = conditions[f"{AT_LEAD}/account/fill/notes"]
    assert (filled["kind"], filled["expects"]) == ("fill", "text")
    assert [label["en"] for label in filled["place"]] == ["Lead", "Account", "Notes"]


@pytest.mark.parametrize(
    ("place", "formula", "codes"),
    [
        ("reason/visible", 'OLD({status}) = "lost"', []),
        ("reason/visible", "{due}", ["formula_wrong_result"]),
        ("reason/visible", "{name} = 1", ["formula_unknown_field"]),
        ("account/filter", "{name} = {$form.company}", []),
        ("account/filter", "{name} = {company}", ["formula_unknown_field"]),
        ("account/filter", 'RMBCAP({credit}) = "x"', ["definition_not_in_queries"]),
        ("account/fill/notes", "{name}", []),
    ],
)
def test_an_expression_is_checked_for_the_place_it_is_to_stand_in(admin, conditions, place, formula, codes):
    asked = {"formula": formula, **WHERE, "place": f"{AT_LEAD}/{place}"}
    _, answer = admin.post("/formulas/check", asked)
    assert [issue["code"] for issue in answer["issues"]] == codes


def test_the_record_in_hand_is_a_name_in_what_chooses_others(admin, conditions):
    _, answer = admin.get("/formulas/names", app="shop", form="account", record="lead", draft="true")
    this = answer["forms"]["account"]["names"]["$form"]
    assert (this["label"]["zh"], this["leads_to"]) == ("当前记录", "lead")
    assert "company" in answer["forms"]["lead"]["names"]


def test_only_administrators_see_the_expressions_of_an_app(manager, admin):
    assert manager.get("/apps/shop/draft/expressions")[0] == 403
    assert admin.get("/apps/nothing/draft/expressions")[0] == 404
    asked = {"formula": "TRUE", **WHERE, "place": f"{AT_LEAD}/reason/visible"}
    assert manager.post("/formulas/check", asked)[0] == 403
    assert admin.post("/formulas/check", {**asked, "place": "/forms/lead/nowhere"})[0] == 404
