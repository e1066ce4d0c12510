"""Imports that name other records: found, told, made; several files as one; undoing it."""

from decimal import Decimal

import pytest

from joinery.kernel import InvalidInput
from joinery.runtime.importing import run as import_run
from joinery.runtime.importing.order import ColumnChoice
from joinery.runtime.importing.past_imports import list_imports
from joinery.runtime.importing.undo import ImportNotUndoable
from joinery.runtime.importing.values import unknown_values

MAKE = ColumnChoice(create_missing=True)


def counts(state):
    assert state.state == "done", state.error
    names = ("created", "updated", "unchanged", "skipped", "failed")
    return tuple(state.summary[name] for name in names)


def reasons(state, part=0):
    return [(one["column"], one["code"], one["count"]) for one in state.summary["parts"][part]["reasons"]]


def links(shop):
    return shop.table(
        "deal",
        "code, (SELECT name FROM ws_test1.shop__product p WHERE p.id = product)".replace(
            "ws_test1", shop_schema(shop)
        ),
        "code",
    )


def shop_schema(shop):
    with shop.unit() as unit:
        return unit.schema


def test_a_record_is_found_by_a_unique_value_the_title_or_the_field_that_was_chosen(shop):
    shop.save("product", {"name": "Glass", "code": "G1", "maker": "Hill"})
    shop.save("product", {"name": "Steel", "code": "Glass 2", "maker": "Dale"})
    state = shop.run_files(shop.order("deal", "code,product\n1,g1\n2,GLASS\n3,Glass 2\n4,#1\n5,Dale\n"))
    assert counts(state) == (4, 0, 0, 0, 1)
    assert reasons(state) == [("product", "value_unknown_record", 1)]
    by_maker = {"product": ColumnChoice(find_by="maker")}
    state = shop.run_files(shop.order("deal", "code,product\n6,dale\n7,Glass\n", columns=by_maker))
    assert counts(state) == (1, 0, 0, 0, 1)
    assert links(shop) == [("1", "Glass"), ("2", "Glass"), ("3", "Steel"), ("4", "Glass"), ("6", "Steel")]


def test_a_name_that_several_records_have_is_told_and_not_guessed(shop):
    shop.save("product", {"name": "Glass"})
    shop.save("product", {"name": "Glass"})
    state = shop.run_files(shop.order("deal", "code,product\n1,Glass\n", columns={"product": MAKE}))
    assert counts(state) == (0, 0, 0, 0, 1)
    assert reasons(state) == [("product", "value_several_records", 1)]
    assert len(shop.table("product", "id")) == 2


def test_missing_records_are_made_once_each_and_only_for_rows_that_are_right(shop, monkeypatch):
    monkeypatch.setattr(import_run, "PORTION", 3)
    rows = "1,Glass,1\n2,glass,2\n3,Steel,x\n4,Wood,4\n5,GLASS,5\n6,Wood,6\n"
    order = shop.order("deal", "code,product,amount\n" + rows, columns={"product": MAKE})
    state = shop.run_files(order)
    assert counts(state) == (5, 0, 0, 0, 1)
    assert state.summary["related"] == {"product": 2}
    assert shop.table("product", "name") == [("Glass",), ("Wood",)]


def test_a_record_that_its_form_does_not_take_is_said_in_the_dry_run(shop):
    order = shop.order("deal", "code,region\n1,North\n2,North\n", dry_run=True, columns={"region": MAKE})
    state = shop.run_files(order)
    assert counts(state) == (0, 0, 0, 0, 2)
    [reason] = state.summary["parts"][0]["reasons"]
    assert (reason["column"], reason["code"], reason["row"]) == ("region", "import_cannot_create", 2)
    assert "Size" in reason["message"]


def test_making_records_needs_the_right_to(shop):
    seller = shop.person("sales")
    with pytest.raises(InvalidInput) as refusal:
        shop.run_files(
            shop.order("deal", "code,region\n1,North\n", seller, columns={"region": MAKE}), actor=seller
        )
    assert [(one.path, one.code) for one in refusal.value.issues] == [
        ("/files/0/columns/region/create_missing", "import_may_not_create")
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_the_dry_run_of_several_files_counts_what_the_import_does(shop, monkeypatch, at_once):
    monkeypatch.setattr(import_run, "PORTION", 3)
    monkeypatch.setattr(import_run, "REHEARSED_AT_ONCE", 1000 if at_once else 0)
    files = {
        "deal": "code,account,product\n1,Acme,Glass\n2,Beta,Steel\n3,Nobody,Glass\n1,Acme,Wood\n",
        "account": "name,parent\nAcme,Beta\nBeta,\nAcme,\n",
        "product": "name\nGlass\n",
    }
    options = {"deal": {"columns": {"product": MAKE}}, "account": {}, "product": {}}

    def orders(dry_run):
        return [shop.order(form, text, dry_run=dry_run, **options[form]) for form, text in files.items()]

    rehearsed = shop.run_files(*orders(True))
    assert [shop.table(form, "id") for form in files] == [[], [], []]
    done = shop.run_files(*orders(False))
    assert counts(rehearsed) == counts(done) == (5, 0, 0, 0, 3)
    assert rehearsed.summary["related"] == done.summary["related"] == {"product": 1}
    assert rehearsed.summary["parts"] == [
        {**part, "file": other["file"]} if "file" in part else part
        for part, other in zip(done.summary["parts"], rehearsed.summary["parts"], strict=True)
    ]
    # What is named goes in before what names it.
    assert [part["form"] for part in done.summary["parts"]] == ["account", "product", "deal"]


#: Files of talks, and how many of their rows are created and fail.
TALKS = {
    "a record of one form": (
        "name,about\n1,Acme\n2,Wood\n3,product: Wood\n4,account: Wood\n5,Nobody\n", 3, 2,
    ),
    "a number that no record has": ("name,about\n1,#7\n2,product: #9999\n", 0, 2),
    "a name in two forms": ("name,about\n1,Both\n2,product: Both\n3,account: Both\n", 2, 1),
    "a name that a stored record has in another form": (
        "name,about\n1,Old\n2,account: Old\n3,product: Old\n4,\n", 3, 1,
    ),
    "a name that a stored record has in the same form": ("name,about\n1,Twin\n2,product: Twin\n", 0, 2),
    "a name that two new records have": ("name,about\n1,Same\n2,product: Same\n", 0, 2),
    "a row of the same file": ("name,about\n1,\n2,9\n3,talk: 1\n4,Acme\n5,6\n6,3\n7,7\n", 5, 2),
    "a row that is about two rows": ("name,about\nx,\n2,Acme\n3,Acme\n4,Acme\nx,\n6,Acme\n7,x\n", 6, 1),
    "lines": ("name,points.of\n1,Acme\n,Wood\n2,Wood\n,Both\n3,\n4,account: Both\n", 3, 2),
    "a list of stored and new ones": ("name,products\n1,\"Wood, Stone\"\n2,\"Stone, None\"\n3,Wood\n", 2, 1),
}  # fmt: skip


@pytest.mark.parametrize("at_once", [True, False])
def test_the_dry_run_follows_rows_of_a_form_that_name_each_other(shop, monkeypatch, at_once):
    monkeypatch.setattr(import_run, "PORTION", 3)
    monkeypatch.setattr(import_run, "REHEARSED_AT_ONCE", 1000 if at_once else 0)
    text = "name,parent\n1,\n2,3\n3,1\n4,5\n5,1\n6,4\n7,8\n8,9\n9,7\n"
    rehearsed, done = (shop.run_files(shop.order("account", text, dry_run=one)) for one in (True, False))
    assert counts(rehearsed) == counts(done) == (6, 0, 0, 0, 3)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("text, created, failed", TALKS.values(), ids=TALKS)
def test_the_dry_run_knows_what_names_of_several_forms_will_mean(
    shop, monkeypatch, text, created, failed, at_once
):
    monkeypatch.setattr(import_run, "PORTION", 3)
    monkeypatch.setattr(import_run, "REHEARSED_AT_ONCE", 1000 if at_once else 0)
    for name in ("Old", "Stone", "Twin"):
        shop.save("product", {"name": name})
    files = {
        "talk": text,
        "account": "name\nAcme\nBoth\nOld\n",
        "product": "name\nWood\nBoth\nSame\nSame\nTwin\n",
    }

    def run(dry_run):
        options = {"talk": {"match": "name"}} if "points" in text else {}
        return shop.run_files(
            *(
                shop.order(form, rows, dry_run=dry_run, **options.get(form, {}))
                for form, rows in files.items()
            )
        )

    rehearsed, done = run(True), run(False)
    assert counts(rehearsed) == counts(done)
    talks = [state.summary["parts"][2] for state in (rehearsed, done)]
    assert [(one["form"], one["created"], one["failed"]) for one in talks] == [("talk", created, failed)] * 2
    assert talks[0]["reasons"] == talks[1]["reasons"]


def test_rows_find_records_by_several_fields_together(shop):
    shop.save("product", {"name": "Glass", "maker": "Hill"})
    shop.save("product", {"name": "Glass", "maker": "Dale"})
    shop.save("product", {"name": "Glass"})
    text = "name,maker,code\nGLASS,dale,B\nGlass,Hill,A\nGlass,,C\nWood,Hill,D\n"
    order = shop.order("product", text, mode="add_or_update", match=("name", "maker"))
    assert counts(shop.run_files(order)) == (1, 3, 0, 0, 0)
    assert shop.table("product", "maker, code") == [("Hill", "A"), ("dale", "B"), (None, "C"), ("Hill", "D")]


@pytest.mark.parametrize(
    "several, expected", [("fail", (0, 0, 0, 0, 1)), ("skip", (0, 0, 0, 1, 0)), ("first", (0, 1, 0, 0, 0))]
)
def test_what_happens_to_a_row_that_several_records_match_is_chosen(shop, several, expected):
    shop.save("product", {"name": "Glass"})
    shop.save("product", {"name": "Glass"})
    order = shop.order("product", "name,maker\nGlass,Hill\n", mode="update", match="name", several=several)
    assert counts(shop.run_files(order)) == expected


def test_adding_with_a_key_skips_what_is_there(shop):
    shop.save("product", {"name": "Glass", "code": "A"})
    order = shop.order("product", "name,code\nOther,a\nNew,B\nNewer,b\n", match="code")
    assert counts(shop.run_files(order)) == (1, 0, 0, 2, 0)


@pytest.mark.parametrize("blank, expected", [("keep", "Hill"), ("clear", None)])
def test_blank_cells_keep_or_clear(shop, blank, expected):
    shop.save("product", {"name": "Glass", "code": "A", "maker": "Hill"})
    text = "name,code,maker\nGlass,A,\n"
    state = shop.run_files(shop.order("product", text, mode="update", match="code", blank=blank))
    assert counts(state) == ((0, 1, 0, 0, 0) if blank == "clear" else (0, 0, 1, 0, 0))
    assert shop.table("product", "maker") == [(expected,)]


def test_values_are_replaced_and_unknown_ones_left_blank_are_counted(shop):
    columns = {
        "stage": ColumnChoice(values={"GEWONNEN": "won", "offen": ""}),
        "owner": ColumnChoice(unknown="blank"),
        "product": ColumnChoice(unknown="blank"),
    }
    text = "code,stage,owner,product\n1,gewonnen,Nobody,Glass\n2,offen,Somebody,\n3,lost,,\n4,odd,,\n"
    state = shop.run_files(shop.order("deal", text, columns=columns))
    assert counts(state) == (3, 0, 0, 0, 1)
    assert state.summary["parts"][0]["left_blank"] == {"owner": 2, "product": 1}
    assert shop.table("deal", "code, stage") == [("3", "lost"), ("1", "won"), ("2", None)]


@pytest.mark.parametrize(
    "field, cells, stored",
    [
        ("amount", ["1.234,56", "12,5", "-3"], ["1234.56", "12.50", "-3"]),
        ("amount", ["1,234.56", "€ 12.5", "¥3"], ["1234.56", "12.5", "3"]),
        ("amount", ["€ 1.234,56", "1.000.000", "2,25 EUR"], ["1234.56", "1000000", "2.25"]),
        ("share", ["12,5 %", "100%", "0,5"], ["0.125", "1", "0.5"]),
        ("day", ["12/31/2024", "01/02/2024", "2024年1月5日"], ["2024-12-31", "2024-01-02", "2024-01-05"]),
        ("day", ["31.12.2024", "1.2.2024", "45292"], ["2024-12-31", "2024-02-01", "2024-01-01"]),
        ("done", ["是", "no", "TRUE"], ["True", "False", "True"]),
    ],
)
def test_a_columns_numbers_and_dates_are_understood_together(shop, field, cells, stored):
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells))
    state = shop.run_files(shop.order("deal", f"code,{field}\n{rows}"))
    assert counts(state) == (3, 0, 0, 0, 0), state.summary
    found = [value for (value,) in shop.table("deal", field, "code")]
    expected = [
        Decimal(one) if isinstance(value, Decimal) else one for one, value in zip(stored, found, strict=True)
    ]
    assert [value if isinstance(value, Decimal) else str(value) for value in found] == expected


def test_nothing_is_learnt_by_matching_records_one_may_not_see(shop):
    """A hidden record's value and one that nobody has are answered alike, by key and by name."""
    seller = shop.person("sales")
    shop.save("product", {"name": "Secret", "code": "S"})
    shop.save("deal", {"code": "HIDDEN"})

    def told(text, **options):
        state = shop.run_files(shop.order("deal", text, seller, **options), actor=seller)
        return counts(state), reasons(state)

    for word in ("Secret", "S", "Nothing"):
        assert told(f"product,amount\n{word},1\n") == (
            (0, 0, 0, 0, 1),
            [("product", "value_unknown_record", 1)],
        )
    for code in ("HIDDEN", "NOTHING"):
        assert told(f"code,amount\n{code},1\n", mode="update", match="code") == (
            (0, 0, 0, 0, 1),
            [("code", "import_no_match", 1)],
        )
    with shop.unit() as unit:
        [found] = unknown_values(unit, seller, [shop.order("deal", "code,product\n1,Secret\n", seller)])
    [column] = found["columns"]
    assert (column["values"], column["candidates"]) == (
        [{"value": "Secret", "count": 1, "suggestion": None}],
        [],
    )


def test_unknown_values_are_told_with_what_was_meant(shop):
    shop.save("product", {"name": "GTX Pro"})
    deals = shop.order("deal", "code,product,stage,account\n1,GTXPro,Wonn,Acme\n2,GTX Pro,won,Acme\n")
    accounts = shop.order("account", "name\nAcme\n")
    with shop.unit() as unit:
        found = unknown_values(unit, shop.operator, [deals, accounts])
    columns = {one["column"]: one for one in found[0]["columns"]}
    assert columns["product"]["values"] == [{"value": "GTXPro", "count": 1, "suggestion": "GTX Pro"}]
    assert columns["stage"]["values"] == [{"value": "Wonn", "count": 1, "suggestion": "won"}]
    assert set(columns) == {"product", "stage"}


def test_an_import_is_undone_as_far_as_nobody_has_touched_what_it_did(shop):
    kept = shop.save("deal", {"code": "K", "amount": "5"})
    edited = shop.save("deal", {"code": "E", "amount": "5"})
    text = "code,amount,product\nK,6,Glass\nE,7,Wood\nA,1,Glass\nB,2,Wood\nC,3,Stone\nK,8,\n"
    order = shop.order("deal", text, mode="add_or_update", match="code", columns={"product": MAKE})
    state = shop.run_files(order)
    assert counts(state) == (3, 3, 0, 0, 0)
    ids = dict(shop.table("deal", "code, id"))
    shop.save("deal", {"amount": "99"}, edited.id)
    shop.save("deal", {"amount": "98"}, ids["B"])
    undone = shop.undo(state.id)
    assert undone.state == "done", undone.error
    assert shop.table("deal", "code, amount, product IS NULL", "code") == [
        ("B", Decimal(98), False),
        ("E", Decimal(99), False),
        ("K", Decimal(5), True),
    ]
    # Wood is still in use; the others that the import made are gone with it.
    assert shop.table("product", "name") == [("Wood",)]
    summary = undone.summary
    assert (summary["deleted"], summary["related"], summary["left"]) == (2, 2, 3)
    assert {(one["code"], one["count"]) for one in summary["reasons"]} == {
        ("undo_changed", 2),
        ("undo_in_use", 1),
    }
    assert shop.table("deal", "id", "id")[0] == (kept.id,)
    listed = list_listed(shop)
    assert (listed[0]["undo"]["id"], listed[0]["files"]) == (undone.id, ["deal.csv"])
    with pytest.raises(ImportNotUndoable):
        shop.undo(state.id)


def list_listed(shop):
    with shop.unit() as unit:
        return list_imports(unit, shop.operator, "shop", form="deal")["imports"]


def test_undoing_takes_parents_and_children_together(shop, monkeypatch):
    monkeypatch.setattr(import_run, "PORTION", 2)
    accounts = shop.order("account", "name,parent\nA,B\nB,\nC,A\nD,A\n")
    deals = shop.order("deal", "code,account\n1,A\n2,D\n")
    state = shop.run_files(deals, accounts)
    assert counts(state) == (6, 0, 0, 0, 0)
    undone = shop.undo(state.id)
    assert (undone.summary["deleted"], undone.summary["left"]) == (6, 0), undone.summary
    assert (shop.table("account", "id"), shop.table("deal", "id")) == ([], [])


def test_records_that_are_made_along_the_way_come_in_by_the_import(shop):
    shop.save("agent", {"name": "Hill"})
    text, columns = "code,agent\n1,Hill Ltd.\n", {"agent": MAKE}
    state = shop.run_files(shop.order("deal", text, columns=columns))
    assert (counts(state), reasons(state)) == ((0, 0, 0, 0, 1), [("agent", "import_cannot_create", 1)])
    state = shop.run_files(shop.order("deal", text, columns=columns, confirm_duplicates=True))
    assert counts(state) == (1, 0, 0, 0, 0)
    assert sorted(shop.table("agent", "name")) == [("Hill",), ("Hill Ltd.",)]
