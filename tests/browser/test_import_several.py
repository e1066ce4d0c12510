"""A data set goes in from the screen: files that name each other's records, in one run, and out again."""

import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import eventually

DEMO = Path(__file__).parents[2] / "suites" / "demo"
FILES = [DEMO / f"{name}.csv" for name in ("sales_pipeline", "accounts", "products", "sales_teams")]
#: Thousands of records are written, and deleted again, on whatever machine this is.
LONG_MS = 180_000
SECTORS = ["medical", "retail", "software", "entertainment", "marketing", "finance", "employment", "services"]


#: By form, how many records the files of the demo add.
ADDED = {"Accounts": "85", "Products": "7", "Sales team": "35", "Sales pipeline": "8,800"}


def label(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def choice(text: str, *options: str) -> dict:
    return {
        "type": "choice",
        "label": label(text),
        "options": {option: {"label": label(option.capitalize())} for option in options},
    }


def field(kind: str, text: str, **more) -> dict:
    return {"type": kind, "label": label(text), **more}


def form(text: str, plural: str, title: str, **fields: dict) -> dict:
    return {"label": label(text), "plural": label(plural), "title": title, "fields": fields}


NAME = {"required": True, "unique": True}
FORMS = {
    "agent": form(
        *("Sales agent", "Sales team", "{name}"),
        name=field("text", "Sales agent", **NAME),
        manager=field("text", "Manager"),
        office=choice("Regional office", "central", "east", "west"),
    ),
    "product": form(
        *("Product", "Products", "{name}"),
        name=field("text", "Product", **NAME),
        series=field("text", "Series"),
        price=field("money", "Sales price"),
    ),
    "account": form(
        *("Account", "Accounts", "{name}"),
        name=field("text", "Account", **NAME),
        sector=choice("Sector", "technology", "telecommunications", *SECTORS),
        year=field("number", "Year established"),
        revenue=field("number", "Revenue"),
        employees=field("number", "Employees"),
        office=field("text", "Office location"),
        parent=field("relation", "Subsidiary of", form="account"),
    ),
    "opportunity": form(
        *("Opportunity", "Sales pipeline", "{external_id}"),
        external_id=field("text", "Opportunity ID", **NAME),
        agent=field("relation", "Sales agent", form="agent"),
        product=field("relation", "Product", form="product"),
        account=field("relation", "Account", form="account"),
        stage=choice("Deal stage", "prospecting", "engaging", "won", "lost"),
        engaged=field("date", "Engage date"),
        closed=field("date", "Close date"),
        amount=field("money", "Close value"),
    ),
    "order": form(
        *("Order", "Orders", "{number}"),
        number=field("text", "Order number", **NAME),
        account=field("relation", "Account", form="account"),
        lines=field(
            "subform",
            "Lines",
            fields={
                "product": field("relation", "Product", form="product"),
                "qty": field("number", "Quantity"),
            },
        ),
    ),
}


class Deals:
    """A new app without records, and what is stored in it."""

    def __init__(self, api) -> None:
        self._api = api
        # A key of its own: choices of an earlier run would be remembered.
        self.app = f"deals_{uuid.uuid4().hex[:8]}"
        document = {
            "joinery": 1,
            "app": self.app,
            "version": "1.0.0",
            "label": label("Deals"),
            "forms": FORMS,
        }
        api.post(f"/apps/{self.app}/publish", {"document": document})

    def rows(self, form: str, group: str | None = None, total: str | None = None, **more) -> dict:
        """Number of records, or (number, sum), by the value of a field."""
        measures = {"n": {"fn": "count"}} | ({"sum": {"fn": "sum", "field": total}} if total else {})
        body = {"group_by": [group] if group else [], "measures": measures, **more}
        found = self._api.post(f"/apps/{self.app}/forms/{form}/records/aggregate", body)["rows"]
        return {
            named(row.get(group)) if group else None: (row["n"], row["sum"]) if total else row["n"]
            for row in found
        }

    def one(self, form: str, where: str) -> dict:
        path = f"/apps/{self.app}/forms/{form}/records"
        [found] = self._api.get(path, filter=where)["records"]
        return self._api.get(f"{path}/{found['id']}")


def named(value) -> str | None:
    return value.get("title", value.get("name")) if isinstance(value, dict) else value


@pytest.fixture
def deals(api) -> Deals:
    return Deals(api("admin@example.com"))


def test_four_files_go_in_linked_by_name_and_out_again(open_page, deals):
    page = open_page("admin@example.com", f"/a/{deals.app}/-/import")
    page.locator('input[type="file"]').set_input_files(FILES)
    order = page.locator(".import-sequence li")
    expect(order).to_contain_text(["Accounts", "Products", "Sales team", "Sales pipeline"])
    expect(order).to_have_count(4)
    check = page.get_by_role("button", name="Check", exact=True)
    check.click()
    for name, written, meant in (
        ("Accounts: column sector", "technolgy", "Technology"),
        ("Sales pipeline: column product", "GTXPro", "GTX Pro"),
    ):
        values = page.get_by_role("region", name=name).get_by_role("listitem")
        expect(values).to_have_count(1)
        expect(values).to_contain_text(written)
        expect(values).to_contain_text(meant)
    check.click()
    expect(page.get_by_text("Everything can be imported.")).to_be_visible(timeout=LONG_MS)
    expect_by_file(page, ADDED)
    assert deals.rows("account") == {None: 0}
    page.get_by_role("button", name="Import 8,927 records").click()
    expect(page.locator(".job-state")).to_have_text("Finished", timeout=LONG_MS)
    expect_by_file(page, ADDED)
    everything_is_there(deals)
    undo(page)
    eventually(lambda: [deals.rows(form) for form in FORMS], [{None: 0}] * len(FORMS))


def expect_by_file(page: Page, wanted: dict[str, str]) -> None:
    """The records to add, or added, by form, as the screen shows them."""
    rows = page.get_by_role("region", name="Files").locator("tbody tr")
    read = """(rows) => Object.fromEntries(rows.map((row) =>
        [row.querySelector("th").innerText, row.querySelectorAll("td")[1].innerText]))"""
    eventually(lambda: rows.evaluate_all(read), wanted)


def everything_is_there(deals: Deals) -> None:
    """The figures of the data set, and its links."""
    stages = deals.rows("opportunity", "stage", total="amount")
    assert {stage: count for stage, (count, _) in stages.items()} == {
        "won": 4238,
        "lost": 2473,
        "engaging": 1589,
        "prospecting": 500,
    }
    assert stages["won"][1] == 10_005_534
    assert deals.rows("opportunity", "product")["GTX Pro"] == 1480
    assert deals.rows("opportunity", filter="ISBLANK({account})") == {None: 1425}
    assert deals.rows("opportunity", filter="ISBLANK({agent})") == {None: 0}
    assert deals.rows("account", "sector")["technology"] == 12
    assert deals.rows("account", "parent")["Sonron"] == 3
    first = deals.one("opportunity", '{external_id} = "1C1I7A6R"')
    assert (first["engaged"], first["closed"]) == ("2016-10-20", "2017-03-01")
    assert (first["agent"]["title"], first["account"]["title"]) == ("Moses Frase", "Cancity")


def undo(page: Page) -> None:
    """From the result to the list of imports, and there back to the beginning."""
    page.get_by_role("navigation", name="Where to").get_by_role("link", name="Imports").click()
    row = page.get_by_role("row").filter(has_text="accounts.csv")
    expect(row).to_contain_text("8,927 added")
    expect(row).to_contain_text("Ada Admin")
    row.get_by_role("button", name="Undo import").click()
    question = page.get_by_role("dialog", name="Undo this import?")
    expect(question).to_contain_text("8,927 records it added go to the recycle bin.")
    question.get_by_role("button", name="Undo import").click()
    expect(row.get_by_role("link", name="Undone", exact=True)).to_be_visible(timeout=LONG_MS)
    expect(row.get_by_role("button")).to_have_count(0)
    row.get_by_role("link", name="Undone", exact=True).click()
    expect(page.get_by_role("heading", name="Undo of an import")).to_be_visible()
    expect(page.locator(".import-counts")).to_contain_text("8,927")


def test_records_are_updated_by_key_and_missing_ones_made(open_page, api, deals):
    """Two keys, a relation to a record that is made, an unknown value that is left blank; all by keyboard."""
    people = api("admin@example.com")
    path = f"/apps/{deals.app}/forms"
    people.post(f"{path}/product/records", {"name": "Lamp", "series": "A", "price": 10})
    people.post(f"{path}/product/records", {"name": "Lamp 2", "series": "B", "price": 20})
    page = open_page("admin@example.com", f"/a/{deals.app}/product/import")
    send(page, "products.csv", "Product;Series;Sales price\nLamp;A;1.100,50\nLamp;B;7\nDesk;C;3\n")
    card = page.get_by_role("region", name="products.csv")
    expect(card).to_contain_text("1.100,50 is 1,100.5")
    card.get_by_role("radio", name="Only update them, leave other rows out").press("Space")
    keys = card.get_by_role("combobox", name="Recognise them by")
    keys.press("Enter")
    page.get_by_role("option", name="Series").wait_for(state="attached")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("Escape")
    expect(card.locator(".ant-select-selection-item").filter(has_text="Series").last).to_be_visible()
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.get_by_text("2 rows cannot be imported.")).to_be_visible()
    page.get_by_role("button", name="Import 1 record").press("Enter")
    expect(page.locator(".job-state")).to_have_text("Finished")
    eventually(lambda: deals.one("product", '{name} = "Lamp"')["price"], 1100.5)

    page.goto(f"/a/{deals.app}/opportunity/import")
    send(
        page,
        "more.csv",
        "Opportunity ID,Product,Sales agent,Deal stage\nX1,Chair,Nobody Yet,Wan\nX2,Lamp,,\n",
    )
    row = page.get_by_role("row", name=re.compile("Chair"))
    row.get_by_role("checkbox", name="Make missing ones").press("Space")
    expect(row.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    agents = page.get_by_role("region", name="Sales pipeline: column Sales agent")
    answer = agents.get_by_role("combobox", name="Instead of Nobody Yet")
    answer.press("Enter")
    answer.press_sequentially("Leave blank")
    answer.press("Enter")
    expect(agents.get_by_role("listitem")).to_contain_text("Leave blank")
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.get_by_text("Makes records in other forms: Products: 1")).to_be_visible()
    page.get_by_role("button", name="Import 2 records").press("Enter")
    expect(page.locator(".job-state")).to_have_text("Finished")
    made = deals.one("opportunity", '{external_id} = "X1"')
    assert (made["product"]["title"], made["agent"], made["stage"]) == ("Chair", None, "won")


def test_rows_become_the_lines_of_their_records(open_page, deals):
    """Rows that repeat their order are held together; then a file changes one line and leaves the other."""
    page = open_page("admin@example.com", f"/a/{deals.app}/order/import")
    rows = ["A1,Cancity,Lamp,2", "A1,Cancity,Desk,1", "A2,Cancity,Lamp,5"]
    send(page, "orders.csv", "\n".join(["Order number,Account,Product,Quantity", *rows]))
    expect(page.get_by_role("radio", name="Leave them as they are, add the other rows")).to_be_checked()
    expect(page.get_by_text("with the same Order number")).to_be_visible()
    for sample in ("Cancity", "Desk"):
        page.get_by_role("row", name=re.compile(sample)).get_by_role("checkbox").check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Lines: 3 added")).to_be_visible()
    page.get_by_role("button", name="Import 2 records").click()
    expect(page.locator(".job-state")).to_have_text("Finished")

    page.goto(f"/a/{deals.app}/order/import")
    send(page, "change.csv", "Order number,Product,Quantity\nA1,Lamp,9\n")
    page.get_by_role("radio", name="Only update them, leave other rows out").check()
    options = page.get_by_role("group", name="Rows of one record")
    choose(page, options, "Lines that are there", "Are only updated")
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_disabled()
    choose(page, options, "Recognise them by", "Product")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Lines: 1 updated")).to_be_visible()
    page.get_by_role("button", name="Import 1 record").click()
    expect(page.locator(".job-state")).to_have_text("Finished")
    order = deals.one("order", '{number} = "A1"')
    assert [(line["product"]["title"], line["qty"]) for line in order["lines"]] == [("Lamp", 9), ("Desk", 1)]


def choose(page: Page, group: Locator, box: str, option: str) -> None:
    group.get_by_role("combobox", name=box).click()
    page.locator(".ant-select-dropdown:visible").get_by_text(option, exact=True).click()
    expect(group.locator(".import-options")).to_contain_text(option)


def send(page: Page, name: str, text: str) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_role("region", name=name).get_by_role("table")).to_be_visible()
