"""The rows that SQL returns under a scope are those for which Python finds the scope true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinery.formulas import BOOLEAN, compile_formula
from joinery.permissions import EVERYTHING, RowScope
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.records.open_form import evaluation_context, open_form
from joinery.storage import directory, query_runner
from joinery.storage.query_runner import ListSpec
from tests.api.conftest import Shop, open_shop
from tests.examples import examples

PEOPLE = ("sales", "other", "manager")
CONDITIONS = st.sampled_from(
    [
        "{owner} = ME()",
        '{status} = "new"',
        '{status} <> "won"',
        "{amount} > 50",
        "100 / {amount} > 1",
        "ISBLANK({company})",
        '{company} = "Acme"',
        'HASROLE("sales", {owner})',
        'HASROLE("manager")',
        "{chance} >= 0.5",
        '{account.name} = "Big"',
        "ISBLANK({account})",
    ]
)
SCOPES = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.builds("AND({}, {})".format, inner, inner),
        st.builds("OR({}, {})".format, inner, inner),
        st.builds("NOT({})".format, inner),
        st.builds("IFERROR({}, FALSE)".format, inner),
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def shop(database, tmp_path_factory) -> Shop:
    shop = open_shop(database, tmp_path_factory.mktemp("scopes"), "scopes")
    people = {name: shop.as_user(name) for name in PEOPLE}
    accounts = [people["manager"].create("account", name=name)["id"] for name in ("Big", "Small")]
    rows = (
        {"company": company, "status": status, "amount": amount, "chance": chance, "account": account}
        for company, status in (("Acme", "new"), ("Blue", None))
        for amount, chance in ((0, 0.5), (40, None), (None, 1), (80, 0.25))
        for account in (*accounts, None)
    )
    for place, row in enumerate(rows):
        people["manager"].create("lead", **row, owner=people[PEOPLE[place % 3]].me["user"]["id"])
    return shop


@settings(max_examples=examples(60), deadline=None)
@given(text=SCOPES, name=st.sampled_from(PEOPLE))
def test_sql_and_python_find_the_same_rows(shop, text, name):
    with shop.services.unit(shop.workspace_key) as unit:
        person = directory.load(unit).find_user(shop.email(name))
        actor = directory.load(unit).actor(person.id, language="en", workspace=shop.workspace_key)
        at = open_form(unit, actor, "shop", "lead").as_app()
        condition = compile_formula(text, at.form.names, expects=BOOLEAN)
        scope = RowScope(kind="condition", reason="test", condition=condition)
        evaluation = evaluation_context(unit, actor)
        spec = ListSpec(limit=200, count="exact", sort=(("id", False),))
        everything = query_runner.run_list(unit, at.table, spec, EVERYTHING, evaluation).rows
        found = query_runner.run_list(unit, at.table, spec, scope, evaluation)
        assert [row["id"] for row in found.rows] == [
            row["id"] for row in everything if in_scope(at, scope, row)
        ]
        assert found.count == len(found.rows)
