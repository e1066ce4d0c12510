"""The rows that SQL returns under a scope are those for which Python finds the scope true."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinery.definitions import PermissionGroupDefinition
from joinery.forms.expressions import ExpressionCompiler
from joinery.forms.permission_groups import compile_groups
from joinery.formulas import BOOLEAN, compile_formula
from joinery.permissions import EVERYTHING, Reach, RowScope, access_in_draft
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.records.open_form import evaluation_context, open_form
from joinery.runtime.records.record_rights import on_record, without_groups
from joinery.storage import directory, query_runner
from joinery.storage.query_runner import ListSpec
from tests.api.conftest import Shop, open_shop
from tests.examples import examples

FIELDS = {"amount", "chance", "company"}
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


GROUPS = st.lists(
    st.tuples(
        st.one_of(st.just("all"), SCOPES),
        st.sets(st.sampled_from(["amount", "chance", "company"])),
        st.sets(st.sampled_from(["amount", "chance", "company"])),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def granting(place, rows, hidden, closed, edits):
    """A permission group of a definition."""
    return PermissionGroupDefinition(
        key=f"g{place}",
        roles=("sales",),
        actions=("view", "edit") if edits else ("view",),
        rows=rows,
        hidden_fields=tuple(sorted(hidden)),
        read_only_fields=tuple(sorted(closed - hidden)),
    )


@settings(max_examples=examples(40), deadline=None)
@given(drawn=GROUPS, name=st.sampled_from(PEOPLE))
def test_the_rights_on_each_row_are_those_of_the_groups_it_is_among(shop, drawn, name):
    """Whatever the groups: the rights on a row that SQL notes are those that Python adds up one by one."""
    with shop.services.unit(shop.workspace_key) as unit:
        person = directory.load(unit).find_user(shop.email(name))
        actor = directory.load(unit).actor(person.id, language="en", workspace=shop.workspace_key)
        at = open_form(unit, actor, "shop", "lead").as_app()
        groups = {one.key: one for place, each in enumerate(drawn) if (one := granting(place, *each))}
        form = replace(
            at.form,
            groups=compile_groups(
                replace(at.form.definition, permissions=groups),
                replace(at.form.definition, permissions=groups),
                at.form.names,
                ExpressionCompiler(),
                "",
            ),
        )
        member = replace(actor, roles=frozenset({"sales"}), is_admin=False)
        access = access_in_draft(member, form)
        evaluation = evaluation_context(unit, member)
        spec = ListSpec(limit=200, sort=(("id", False),))
        everything = query_runner.run_list(unit, at.table, spec, EVERYTHING, evaluation).rows
        seen = query_runner.run_list(unit, at.table, spec, access.rows, evaluation).rows
        here = replace(at, form=form, actor=member, access=access, evaluation=evaluation)
        expected = {}
        for row in everything:
            holding = [
                group
                for group in form.groups
                if group.condition is None
                or in_scope(here, RowScope(kind="condition", reason="t", condition=group.condition), row)
            ]
            if holding:
                editing = [group for group in holding if "edit" in group.actions]
                expected[row["id"]] = (
                    set().union(*({*FIELDS} - group.hidden_fields for group in holding)),
                    set().union(
                        *({*FIELDS} - group.hidden_fields - group.read_only_fields for group in editing)
                    ),
                )
        told = {}
        for row in seen:
            rights = on_record(here, row).access
            assert on_record(here, without_groups(row)).access.readable == rights.readable
            changes = in_scope(here, access.rows_for("edit"), row)
            told[row["id"]] = (rights.readable & FIELDS, rights.writable & FIELDS if changes else set())
        assert told == expected
        # A question sees each value where it may be read, and nowhere else.
        reach = Reach(names={}, scopes={"lead": access.rows}, veils={"lead": access.veils})
        for key in sorted(access.queried & FIELDS):
            condition = compile_formula(f"NOT(ISBLANK({{{key}}}))", form.names, expects=BOOLEAN)
            asked = ListSpec(limit=200, sort=(("id", False),), filter=condition, reach=reach)
            found = query_runner.run_list(unit, at.table, asked, access.rows, evaluation).rows
            assert [row["id"] for row in found] == [
                row["id"] for row in seen if row[key] is not None and key in told[row["id"]][0]
            ]
