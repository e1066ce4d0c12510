"""Counting under row scopes: what somebody sees by several ways is counted once, from indexes alone."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from joinery.formulas import compile_formula
from joinery.permissions import RowScope
from joinery.storage import query_runner
from joinery.storage.list_spec import ListSpec
from joinery.storage.list_statements import list_parts

_LABEL = {"en": "x", "zh": "x"}
_OPTIONS = {key: {"label": _LABEL} for key in "abc"}
#: Somebody whose records these scopes are about, and somebody else.
ME, OTHER = 7, 8

FORMS: dict[str, Any] = {
    "lead": {
        "fields": {
            "name": {"type": "text"},
            "status": {"type": "choice", "options": _OPTIONS},
            "source": {"type": "choice", "options": _OPTIONS},
            "tags": {"type": "multi_choice", "options": _OPTIONS},
            "score": {"type": "number"},
            "helpers": {"type": "users"},
            "team": {"type": "department"},
        },
        "permissions": {
            "mine": {
                "roles": ["sales"],
                "actions": ["view"],
                "rows": "OR({owner} = ME(), HAS({helpers}, ME()))",
            }
        },
    }
}
ROLES = {"sales": {"label": _LABEL}}

#: Scopes with the number of ways in which they are counted.
SCOPES = {
    "{owner} = ME()": 1,
    "OR({owner} = ME(), HAS({helpers}, ME()))": 2,
    'OR({owner} = ME(), HAS({helpers}, ME()), {status} = "a")': 3,
    'OR({owner} = ME(), OR({status} = "a", {source} = "b"))': 3,
    "OR({owner} = ME(), {owner} = ME())": 2,
    # What no index begins with is asked together, after the others.
    'OR({score} > 1, {owner} = ME(), {name} = "x")': 2,
    'OR({score} > 1, {name} = "x")': 1,
    'OR(NOT({owner} = ME()), {status} <> "a")': 2,
    'OR(ISBLANK({owner}), {status} = "a")': 2,
    'AND({owner} = ME(), OR({status} = "a", {status} = "b"))': 1,
    'OR(AND({owner} = ME(), {status} = "a"), HAS({helpers}, ME()))': 2,
    # As the scopes of several permission groups add up.
    "OR(IFERROR({owner} = ME(), FALSE), IFERROR(HAS({helpers}, ME()), FALSE))": 2,
}


@pytest.fixture
def filled(site: Any) -> Any:
    """Records with every mixture of blanks and values."""
    site.publish(FORMS, roles=ROLES)
    mixtures = product(
        [None, ME, OTHER], [None, "a", "b"], [None, [ME], [ME, OTHER]], [None, Decimal(1), Decimal(2)]
    )
    rows = [
        {"owner": owner, "status": status, "helpers": helpers, "score": score, "name": name, "source": source}
        for (owner, status, helpers, score), name, source in zip(
            mixtures, ["x", None, "y"] * 27, ["b", "a", None] * 27, strict=True
        )
    ]
    site.insert("lead", *rows)
    return site


def _scope(site: Any, text: str) -> RowScope:
    names = site.table("lead").form.names
    return RowScope(kind="condition", reason="", condition=compile_formula(text, names))


@pytest.mark.parametrize("filter", [None, '{status} = "a"', "NOT({score} = 1)"])
@pytest.mark.parametrize("text", SCOPES)
def test_each_record_counts_once(filled: Any, text: str, filter: str | None) -> None:
    scope, context = _scope(filled, text), filled.context(ME)
    table = filled.table("lead")
    condition = compile_formula(filter, table.form.names) if filter else None
    spec = ListSpec(filter=condition, limit=200)
    with filled.unit() as unit:
        pages = {
            kind: query_runner.run_list(
                unit, table, ListSpec(filter=condition, limit=200, count=kind), scope, context
            )
            for kind in ("capped", "exact")
        }
        _, parts = list_parts(unit.memory, table, spec, scope, context)
        ways = len(parts.ways)
    seen = {row["id"] for row in pages["exact"].rows}
    assert 0 < len(seen) == len(pages["exact"].rows)
    assert {kind: (page.count, page.exact) for kind, page in pages.items()} == dict.fromkeys(
        pages, (len(seen), True)
    )
    assert ways == SCOPES[text]


def test_the_cap_holds_over_all_ways(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scope, context, table = (
        _scope(filled, next(iter(list(SCOPES)[1:]))),
        filled.context(ME),
        filled.table("lead"),
    )
    monkeypatch.setattr("joinery.storage.list_statements.COUNT_CAP", 40)
    with filled.unit() as unit:
        page = query_runner.run_list(unit, table, ListSpec(limit=5), scope, context)
    assert (page.count, page.exact) == (40, False)


def test_the_recycle_bin_and_searches_are_asked_as_a_whole(filled: Any) -> None:
    table, scope = filled.table("lead"), _scope(filled, "OR({owner} = ME(), HAS({helpers}, ME()))")
    with filled.unit() as unit:
        for spec in (ListSpec(deleted=True), ListSpec(search="x")):
            _, parts = list_parts(unit.memory, table, spec, scope, filled.context(ME))
            assert len(parts.ways) == 1


def _indexes(site: Any) -> dict[str, str]:
    statement = sa.text("SELECT indexdef FROM pg_indexes WHERE schemaname = :s AND tablename = 'crm__lead'")
    with site.unit() as unit:
        found = unit.connection.execute(statement, {"s": site.workspace.schema_name}).scalars()
        texts = [text.partition("USING ")[2].replace('"', "") for text in found]
    return {text.partition("(")[2].partition(" WHERE")[0].rstrip(")"): text for text in texts}


def test_indexes_of_scopes_and_of_filters_carry_each_other(site: Any) -> None:
    forms = {"lead": {"fields": FORMS["lead"]["fields"]}}
    site.publish(forms)
    assert not [text for text in _indexes(site) if "INCLUDE" in text]
    permissions = {"team": {"roles": ["sales"], "actions": ["view"], "rows": "{team} = 1"}}
    forms["lead"]["permissions"] = permissions
    site.publish(forms, roles=ROLES)
    carrying = {text for text in _indexes(site) if "INCLUDE" in text}
    assert carrying == {
        "owner, id) INCLUDE (team, status, source",
        "team, id) INCLUDE (owner, status, source",
        "status, id) INCLUDE (owner, team",
        "source, id) INCLUDE (owner, team",
    }
    permissions["team"]["rows"] = "all"
    site.publish(forms, roles=ROLES)
    assert "team, id" in _indexes(site)
    assert not [text for text in _indexes(site) if "INCLUDE (team" in text or "INCLUDE (owner, team" in text]


def test_views_say_which_choices_are_carried(site: Any) -> None:
    choices = {
        key: {"type": "choice", "options": _OPTIONS} for key in ("one", "two", "three", "four", "five")
    }
    view = {"label": _LABEL, "columns": ["name"], "filter": '{five} = "a"'}
    forms = {
        "lead": {
            **FORMS["lead"],
            "fields": {"name": {"type": "text"}, "helpers": {"type": "users"}, **choices},
        }
    }
    site.publish({"lead": {**forms["lead"], "views": {"v": view}}}, roles=ROLES)
    assert "owner, id) INCLUDE (five, one, two, three" in _indexes(site)


def test_a_field_that_changes_its_type_leaves_the_indexes_that_carried_it(site: Any) -> None:
    site.publish(FORMS, roles=ROLES)
    fields = {**FORMS["lead"]["fields"], "status": {"type": "text"}}
    site.publish({"lead": {**FORMS["lead"], "fields": fields}}, roles=ROLES)
    assert "owner, id) INCLUDE (source" in _indexes(site)
    fields["source"] = {"type": "choice", "options": _OPTIONS, "was": "status"}
    site.publish({"lead": {**FORMS["lead"], "fields": {**FORMS["lead"]["fields"]}}}, roles=ROLES)
    texts = _indexes(site)
    assert "owner, id) INCLUDE (status, source" in texts
    assert not [text for text in texts.values() if "zz_removed" in text]
