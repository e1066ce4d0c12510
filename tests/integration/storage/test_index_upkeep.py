"""Workspaces of earlier releases get the indexes that this one chooses, and keep theirs until then."""

from typing import Any

import pytest
import sqlalchemy as sa

from joinery.storage import index_upkeep, schema_plan
from joinery.storage.index_build import build_index

_LABEL = {"en": "x", "zh": "x"}
_OPTIONS = {key: {"label": _LABEL} for key in "ab"}
ROLES = {"sales": {"label": _LABEL}}
PERMISSIONS = {"mine": {"roles": ["sales"], "actions": ["view"], "rows": "own"}}
FIELDS: dict[str, Any] = {"name": {"type": "text"}, "status": {"type": "choice", "options": _OPTIONS}}
FORMS: dict[str, Any] = {"lead": {"fields": FIELDS, "permissions": PERMISSIONS}}


def _there(site: Any) -> set[str]:
    statement = sa.text("SELECT indexname FROM pg_indexes WHERE schemaname = :s AND tablename = 'crm__lead'")
    with site.unit() as unit:
        found = unit.connection.execute(statement, {"s": site.workspace.schema_name}).scalars()
        return {name for name in found if name.startswith("ix_")}


def _wanted(site: Any) -> set[str]:
    return {spec.name for spec in site.table("lead").indexes if not spec.unique}


def _as_before(site: Any) -> None:
    """What an earlier release left: plain indexes on owner and status, and no word on rules."""
    schema = site.workspace.schema_name
    with site.unit() as unit:
        for spec in site.table("lead").indexes:
            if spec.carried:
                plain = spec.name.partition("_with_")[0]
                unit.connection.exec_driver_sql(f'DROP INDEX "{schema}"."{spec.name}"')
                unit.connection.exec_driver_sql(
                    f'CREATE INDEX "{plain}" ON "{schema}".crm__lead ({", ".join(spec.parts)})'
                )
        unit.connection.exec_driver_sql(f'UPDATE "{schema}".schema_version SET index_rules = 0')


def test_a_new_workspace_goes_by_the_rules_of_now(site: Any) -> None:
    site.publish(FORMS, roles=ROLES)
    with site.unit() as unit:
        assert not index_upkeep.are_indexes_outdated(unit)
        assert list(index_upkeep.missing_indexes(unit, site.app())) == []


def test_indexes_that_are_missing_are_built_and_take_the_place_of_others(site: Any) -> None:
    site.publish(FORMS, roles=ROLES)
    _as_before(site)
    before = _there(site)
    with site.unit() as unit:
        assert index_upkeep.are_indexes_outdated(unit)
        works = list(index_upkeep.missing_indexes(unit, site.app()))
        index_upkeep.note_index_rules(unit)
    assert {work.index for work in works} == _wanted(site) - before
    first, *others = works
    assert others
    build_index(site.database, site.workspace.schema_name, site.table("lead"), first.index)
    assert _there(site) == before | {first.index}
    for work in others:
        build_index(site.database, site.workspace.schema_name, site.table(work.form), work.index)
    assert _there(site) == _wanted(site)
    with site.unit() as unit:
        assert not index_upkeep.are_indexes_outdated(unit)


def test_an_index_of_a_large_table_serves_until_its_successor_is_there(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema_plan, "SMALL_TABLE", 0)
    site.publish(FORMS, roles=ROLES)
    site.insert("lead", {"name": "one"})
    before = _there(site)
    source = {"source": {"type": "choice", "options": _OPTIONS}}
    left = site.publish({"lead": {**FORMS["lead"], "fields": {**FIELDS, **source}}}, roles=ROLES)
    owner = {name for name in before if "_owner_with" in name}
    assert owner
    assert owner <= _there(site) - _wanted(site)
    for work in left:
        assert work.kind == "build_index"
        build_index(site.database, site.workspace.schema_name, site.table("lead"), work.index)
    assert _there(site) == _wanted(site)
