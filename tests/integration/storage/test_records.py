"""Writing and reading records."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from joinery.formulas import compile_formula
from joinery.kernel import DuplicateValue, NotFound, StaleRevision
from joinery.permissions import EVERYTHING, NOTHING, RowScope
from joinery.storage import records
from joinery.storage.counters import next as next_number
from joinery.storage.match_keys import find_by_key

FORMS: dict[str, Any] = {
    "account": {"title": "{name}", "fields": {"name": {"type": "text", "unique": True}}},
    "lead": {
        "title": "{name}",
        "fields": {
            "name": {"type": "text"},
            "amount": {"type": "money"},
            "tags": {"type": "multi_choice", "options": {"a": {"label": {"en": "A", "zh": "A"}}}},
            "place": {"type": "address"},
            "due": {"type": "date"},
            "account": {
                "type": "relation",
                "form": "account",
                "inverse": {"key": "leads", "label": {"en": "L", "zh": "L"}},
            },
            "late": {"type": "formula", "result": "boolean", "formula": "{due} < TODAY()"},
            "twice": {"type": "formula", "result": "number", "formula": "{amount} * 2"},
        },
    },
}


@pytest.mark.parametrize("count", [1, 2, 300])
def test_inserted_records_are_read_back(site: Any, count: int) -> None:
    site.publish(FORMS)
    (account,) = site.insert("account", {"name": "华为"})
    values = {
        "name": "科技 O'Neil \\ \t\n",
        "amount": Decimal("12345678901234567890.12"),
        "tags": ("a",),
        "place": {"province": "广东", "city": "深圳"},
        "due": site.now.date() - timedelta(days=1),
        "account": account,
        "twice": Decimal("2"),
    }
    ids = site.insert("lead", *[values] * count)
    assert len(set(ids)) == count
    found = site.get("lead", ids[-1])
    assert {key: found[key] for key in values} == values
    assert found["late"] is True
    assert (found["id"], found["revision"], found["created_at"]) == (ids[-1], 1, site.now)


def _update(site: Any, record_id: int, revision: int, **changed: Any) -> int:
    table = site.table("lead")
    with site.unit() as unit:
        before = records.get(unit, table, record_id, EVERYTHING, site.context(), for_update=True)
        return records.update(
            unit,
            table,
            record_id,
            {**(before or {"title": ""}), **changed},
            changed,
            revision,
            actor=None,
            at=site.now,
            show=site.show(),
        )


def test_an_update_with_an_old_revision_changes_nothing(site: Any) -> None:
    site.publish(FORMS)
    (lead,) = site.insert("lead", {"name": "one"})
    assert _update(site, lead, 1, name="two") == 2
    with pytest.raises(StaleRevision):
        _update(site, lead, 1, name="three")
    assert site.get("lead", lead)["name"] == "two"
    assert [row["id"] for row in site.list("lead", search="two").rows] == [lead]
    with pytest.raises(NotFound):
        _update(site, 99, 1, name="three")


def test_deleted_records_are_in_the_recycle_bin_only(site: Any) -> None:
    site.publish(FORMS)
    first, second = site.insert("lead", {"name": "one"}, {"name": "two"})
    table = site.table("lead")
    with site.unit() as unit:
        records.soft_delete(unit, table, [first], actor=None, at=site.now)
    assert site.get("lead", first) is None
    binned = site.get("lead", first, deleted=True)
    assert (binned["name"], binned["revision"]) == ("one", 2)
    with pytest.raises(NotFound), site.unit() as unit:
        records.soft_delete(unit, table, [first, second], actor=None, at=site.now)
    assert [row["id"] for row in site.list("lead").rows] == [second]
    assert [row["id"] for row in site.list("lead", deleted=True).rows] == [first]
    with site.unit() as unit:
        assert records.restore(unit, table, first, actor=None, at=site.now) == 3
    assert site.get("lead", first)["revision"] == 3


def test_unique_values_are_compared_in_any_case_and_only_among_records_in_use(site: Any) -> None:
    site.publish(FORMS)
    table = site.table("account")
    (first,) = site.insert("account", {"name": "Acme"})
    with pytest.raises(DuplicateValue) as caught:
        site.insert("account", {"name": "ACME"})
    assert [issue.path for issue in caught.value.issues] == ["/name"]
    with site.unit() as unit:
        key = table.form.unique[0].parts
        found = find_by_key(unit, table, key, key, [("aCME",), ("other",), ("acme",)], site.context())
        assert [one.ids for one in found] == [(first,), (), (first,)]
        records.soft_delete(unit, table, [first], actor=None, at=site.now)
    site.insert("account", {"name": "ACME"})
    with pytest.raises(DuplicateValue), site.unit() as unit:
        records.restore(unit, table, first, actor=None, at=site.now)


def test_references_are_found_and_titles_follow_the_scope(site: Any) -> None:
    site.publish(FORMS)
    one, two = site.insert("account", {"name": "one"}, {"name": "two"})
    leads = site.insert("lead", {"account": one}, {"account": one}, {"account": two})
    account, lead = site.table("account"), site.table("lead")
    condition = compile_formula('{name} = "two"', account.form.names)
    some = RowScope(kind="condition", reason="test", condition=condition)
    with site.unit() as unit:
        assert records.referring_ids(unit, lead, "account", [one, two]) == leads
        context = site.context()
        assert records.titles(unit, account, [one, two, 99], EVERYTHING, context) == {one: "one", two: "two"}
        assert records.titles(unit, account, [one, two], some, context) == {two: "two"}
        assert records.titles(unit, account, [one, two], NOTHING, context) == {}


def test_counters_give_each_number_once_per_period(site: Any) -> None:
    with site.unit() as unit:
        assert next_number(unit, "crm", "lead", "no", "2026-03") == 1
        assert next_number(unit, "crm", "lead", "no", "2026-03", 10) == 11
        assert next_number(unit, "crm", "lead", "no", "2026-04") == 1


def test_whether_a_record_is_still_pointed_at_is_looked_up(site: Any) -> None:
    """The database asks so for every record that is deleted for good, of records in the recycle bin too."""
    site.publish(FORMS)
    site.insert("lead", *({"name": f"n{number}"} for number in range(3000)))
    name = f'"{site.workspace.schema_name}"."{site.table("lead").table.name}"'
    asked = f"EXPLAIN SELECT 1 FROM ONLY {name} x WHERE 5 = account FOR KEY SHARE OF x"
    with site.unit() as unit:
        unit.connection.exec_driver_sql(f"ANALYZE {name}")
        plan = list(unit.connection.exec_driver_sql(asked).scalars())
    assert any("Index Cond: (account = 5)" in line or "(5 = account)" in line for line in plan), plan
