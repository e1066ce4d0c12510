"""People, departments, options and records in cells: how a file may name them, and how an export does."""

import csv
import io

import pytest

from joinery.runtime.lists import exports
from joinery.runtime.people import departments, people

FIELDS = ("one", "many", "place", "places", "kind", "kinds", "product", "products")


class Named:
    """People and departments of whom some share a name, and products of one name; ids by a short word."""

    def __init__(self, shop) -> None:
        self.shop = shop
        self.ids: dict[str, int] = {}
        with shop.unit() as unit:
            for word, name in (("ann", "Ann"), ("lee", "Li Na"), ("na", "Li Na")):
                email = f"{word}.{shop.workspace}@example.com"
                self.ids[word] = people.add_user(
                    unit, email=email, name=name, password="long enough password", roles=[]
                )
            for word, name, above in (
                ("sales", "Sales", None),
                ("service", "Service", None),
                ("north", "North", "sales"),
                ("other", "North", "service"),
            ):
                sent = {"name": name, "parent_id": self.ids.get(above or "")}
                self.ids[word] = departments.create_department(unit, shop.operator, sent)["id"]
        for word, name, code in (("bolt", "Bolt", "B1"), ("bold", "Bolt", "B2"), ("nut", "Nut", None)):
            self.ids[word] = shop.save("product", {"name": name, "code": code}).id

    def text(self, words: str) -> str:
        """With the addresses and numbers of this workspace."""
        for word, number in self.ids.items():
            words = words.replace(f"<{word}>", f"{word}.{self.shop.workspace}@example.com")
            words = words.replace(f"[{word}]", f"#{number}")
        return words


@pytest.fixture
def named(shop) -> Named:
    return Named(shop)


@pytest.mark.parametrize(
    "field, cell, expected",
    [
        ("one", "ann", "ann"),
        ("one", "<LEE>", None),
        ("one", "<lee>", "lee"),
        ("one", "Li Na <<na>>", "na"),
        ("one", "Li Na", None),
        ("one", "[na]", "na"),
        ("many", "Ann; <na>", ["ann", "na"]),
        ("many", "Ann、<lee>", ["ann", "lee"]),
        ("place", "sales", "sales"),
        ("place", "Sales / North", "north"),
        ("place", "service>north", "other"),
        ("place", "North", None),
        ("places", "Sales/North, Service / North", ["north", "other"]),
        ("kind", "new", "new"),
        ("kind", "New 中", "new"),
        ("kind", "OLD, USED", "old"),
        ("kind", "Older", None),
        ("kinds", 'New, "Old, used"', ["new", "old"]),
        ("kinds", "New 中；old", ["new", "old"]),
        ("product", "B2", "bold"),
        ("product", "Nut", "nut"),
        ("product", "Bolt", None),
        ("product", "[bolt]", "bolt"),
        ("products", "b1, Nut", ["bolt", "nut"]),
        ("products", "B1; Bolt", None),
    ],
)
def test_what_a_cell_may_call_it(named, field, cell, expected):
    text = io.StringIO()
    csv.writer(text).writerows([("name", field), ("X", named.text(cell))])
    state = named.shop.run_files(
        named.shop.order("case", text.getvalue(), mapping={"name": "name", field: field})
    )
    assert state.summary["failed"] == (expected is None)
    if field == "products" and expected:
        numbers = ", ".join(f"#{named.ids[word]}" for word in expected)
        assert export(named, "en", "id").splitlines()[1].endswith(f'"{numbers}"')
    elif expected is not None:
        [(found,)] = named.shop.table("case", field)
        words = expected if isinstance(expected, list) else [expected]
        wanted = [named.ids.get(word, word) for word in words]
        assert (list(found) if isinstance(found, list) else [found]) == wanted


def export(named, language, relations):
    query = {"fields": ",".join(("id", "name", *FIELDS)), "sort": "name", "language": language}
    shop = named.shop
    with shop.unit() as unit:
        found = exports.export_records(
            shop.services,
            unit,
            shop.operator,
            "shop",
            "case",
            format="csv",
            query={**query, **({"relations": relations} if relations else {})},
        )
    return b"".join(found.content).decode("utf-8-sig")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("relations", ["key", "id"])
def test_an_export_by_key_or_number_imports_again_unchanged(named, language, relations):
    ids = named.ids
    named.shop.save(
        "case",
        {
            "name": "A",
            "one": ids["lee"],
            "many": [ids["ann"], ids["na"]],
            "place": ids["other"],
            "places": [ids["sales"], ids["north"]],
            "kind": "old",
            "kinds": ["new", "old"],
            "product": ids["bold"],
            "products": [ids["bolt"], ids["nut"]],
        },
    )
    named.shop.save("case", {"name": "B"})
    before = export(named, "en", "id"), named.shop.table("case", "id, revision")
    text = export(named, language, relations)
    rows = list(csv.reader(io.StringIO(text)))
    mapping = dict(zip(rows[0], ("id", "name", *FIELDS), strict=True))
    order = named.shop.order("case", text, mapping=mapping, mode="update", match="id", blank="clear")
    state = named.shop.run_files(order)
    assert named.shop.counts(state) == {"created": 0, "updated": 0, "unchanged": 2, "failed": 0}
    assert (export(named, "en", "id"), named.shop.table("case", "id, revision")) == before


def test_an_export_names_relations_by_title_unless_told_otherwise(named):
    named.shop.save("case", {"name": "A", "product": named.ids["bold"], "products": [named.ids["nut"]]})
    rows = {
        how: list(csv.reader(io.StringIO(export(named, "en", how))))[1][-2:]
        for how in (None, "title", "key", "id")
    }
    assert rows == {
        None: ["Bolt", "Nut"],
        "title": ["Bolt", "Nut"],
        "key": ["B2", named.text("[nut]")],
        "id": [named.text("[bold]"), named.text("[nut]")],
    }
