"""How values are compared: one table of cases, asked of the database as it is done when saving."""

from typing import Any

import pytest
import sqlalchemy as sa

from joinery.forms import normal_form
from joinery.kernel import DuplicateValue
from joinery.storage.match_keys import find_by_key

#: How values are compared, two ways to write one, and whether they count as the same.
CASES: list[tuple[str, str, str, bool]] = [
    ("exact", "Acme", "Acme", True),
    ("exact", "Acme", "acme", False),
    ("any_case", "Acme", "aCME", True),
    ("any_case", "Acme", "Ac me", False),
    ("text", "A-101 (b)", "a101b", True),
    ("text", "ＡＢＣ１２３", "abc123", True),  # full-width
    ("text", "二〇二六", "二二六", False),  # 〇 is a numeral
    ("text", "一、二。三", "一二三", True),
    ("company", "华为技术有限公司", "华为技术", True),
    ("company", "华为技术有限公司", "华为技术股份有限公司", True),
    ("company", "北京小米科技有限责任公司", "北京小米科技", True),
    ("company", "上海（中国）贸易有限公司", "上海(中国)贸易有限公司", True),  # full-width brackets
    ("company", "华为 技术 有限公司", "华为技术有限公司", True),
    ("company", "华为技术有限公司深圳分公司", "华为技术有限公司", False),  # a branch is another place
    ("company", "某某投资合伙企业（有限合伙）", "某某投资合伙企业", True),
    ("company", "有限公司", "股份有限公司", False),  # nothing but a legal form is a name
    ("company", "株式会社トヨタ", "トヨタ", True),
    ("company", "Acme Co., Ltd.", "ACME", True),
    ("company", "Acme, Inc.", "Acme Incorporated", True),
    ("company", "Acme GmbH & Co. KG", "acme", True),
    ("company", "Ａｃｍｅ Ｌｔｄ", "Acme Limited", True),
    ("company", "Acme S.A.", "ACME SA", True),
    ("company", "Zinc", "Z", False),  # a legal form is a word of its own
    ("company", "Inc", "Ltd", False),
    ("company", "3M Company", "3M", True),
    ("phone", "+86 138 1234 5678", "13812345678", True),
    ("phone", "(0086)138-1234-5678", "138 1234 5678", True),
    ("phone", "8613812345678", "13812345678", True),
    ("phone", "１３８１２３４５６７８", "13812345678", True),
    ("phone", "010-62345678", "+86 10 6234 5678", True),
    ("phone", "+44 20 7946 0958", "0044 20 7946 0958", True),
    ("phone", "13812345678", "13812345679", False),
    ("email", " Li.Na@Example.COM", "li.na@example.com", True),
    ("email", "li.na@example.com", "lina@example.com", False),
]


@pytest.mark.parametrize(("how", "one", "other", "same"), CASES)
def test_values_are_compared(site: Any, how: str, one: str, other: str, same: bool) -> None:
    with site.unit() as unit:
        text = normal_form(how, "written")
        given = sa.values(sa.column("written", sa.Text), name="given").data([(one,), (other,)])
        statement = sa.select(sa.literal_column(text, sa.Text)).select_from(given)
        [first, second] = unit.connection.execute(statement).scalars()
    assert (first == second) is same, (first, second)


def _forms(**rule: Any) -> dict[str, Any]:
    return {
        "bill": {
            "title": "{name}",
            "fields": {
                "name": {"type": "text"},
                "period": {"type": "number"},
                "status": {
                    "type": "choice",
                    "options": {key: {"label": {"en": key, "zh": key}} for key in ("void", "paid")},
                },
            },
            "unique": {"once": {"fields": [{"field": "name", "as": "company"}, "period"], **rule}},
        }
    }


def test_the_database_guards_several_fields_while_the_condition_holds(site: Any) -> None:
    site.publish(_forms(when='AND({status} <> "void", {name} <> "100%")'))
    site.insert("bill", {"name": "Acme Ltd", "period": 1, "status": "paid"})
    site.insert("bill", {"name": "Acme", "period": 2}, {"name": "Acme", "period": None})
    site.insert("bill", {"name": "ACME", "period": 1, "status": "void"})
    site.insert("bill", {"name": "100%", "period": 1}, {"name": "100%", "period": 1})
    with pytest.raises(DuplicateValue) as caught:
        site.insert("bill", {"name": "acme, inc.", "period": 1})
    assert [(issue.code, issue.params["key"]) for issue in caught.value.issues] == [
        ("duplicate_under_rule", "once")
    ]


def test_a_statement_finds_records_for_many_keys_by_the_index(site: Any) -> None:
    site.publish(_forms())
    ids = site.insert("bill", *({"name": f"Acme {n} Ltd", "period": n} for n in range(300)))
    table = site.table("bill")
    key = table.form.unique[0].parts
    wanted = [("acme 7", 7), ("ACME-299 GmbH", 299), ("acme 7", 8), ("...", 1)]
    with site.unit() as unit:
        found = find_by_key(unit, table, key, key, wanted, site.context())
    assert [one.ids for one in found] == [(ids[7],), (ids[299],), (), ()]
    assert [one.is_complete for one in found] == [True, True, True, False]
