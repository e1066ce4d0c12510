"""Lines of a record: typed by keyboard, pasted from a spreadsheet, on cards on a phone, and read."""

import copy

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

FORM = "test_offer"
NEW = f"/a/crm_ltc/{FORM}/new"
LANGUAGES = ["en", "zh-CN"]


def label(en: str, zh: str) -> dict:
    return {"en": en, "zh": zh}


OFFER = {
    "label": label("Offer", "报价"),
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": label("Name", "名称"), "required": True},
        "rate": {"type": "percent", "label": label("Discount", "折扣")},
        "lines": {
            "type": "subform",
            "label": label("Lines", "明细"),
            "max_lines": 5,
            "fields": {
                "product": {
                    "type": "relation",
                    "form": "product",
                    "label": label("Product", "产品"),
                    "required": True,
                    "fill": {"price": "{price}"},
                },
                "kind": {
                    "type": "choice",
                    "label": label("Kind", "类型"),
                    "options": {
                        "sale": {"label": label("Sale", "销售")},
                        "gift": {"label": label("Gift", "赠品")},
                    },
                },
                "price": {"type": "money", "label": label("Price", "单价")},
                "qty": {
                    "type": "number",
                    "label": label("Quantity", "数量"),
                    "default": "1",
                    "validate": {"{qty} > 0": label("The quantity must be positive.", "数量必须大于 0。")},
                },
                "due": {"type": "date", "label": label("Delivery", "交货日期")},
                "who": {"type": "user", "label": label("Person", "负责人")},
                "reason": {
                    "type": "text",
                    "label": label("Reason", "原因"),
                    "visible": '{kind} = "gift"',
                    "required": '{kind} = "gift"',
                },
                "amount": {
                    "type": "formula",
                    "result": "money",
                    "label": label("Amount", "金额"),
                    "formula": "ROUND({price} * {qty} * (1 - {$parent.rate}), 2)",
                },
            },
        },
        "total": {
            "type": "formula",
            "result": "money",
            "label": label("Total", "合计"),
            "formula": "SUM({lines.amount})",
        },
    },
}


#: The same with as many lines as there may be, and sums over some of them.
LONG_FORM = "test_long_offer"
LONG = copy.deepcopy(OFFER)
LONG["fields"]["lines"]["max_lines"] = MANY = 1000
LONG["fields"]["gifts"] = {
    "type": "formula",
    "result": "money",
    "label": label("Gifts", "赠品"),
    "formula": 'SUMIFS({lines.amount}, {lines.kind}, "gift")',
}


@pytest.fixture(scope="module")
def offers(api):
    """The administrator's API to an app with a form that has lines; afterwards the app is as it was."""
    people = api("admin@example.com")
    with people.changing_app() as document:
        document["forms"] |= {FORM: OFFER, LONG_FORM: LONG}
        people.post("/apps/crm_ltc/publish", {"document": document})
        yield people


@pytest.fixture
def page_of(offers, open_page):
    def opened(path: str = NEW, **how) -> Page:
        page = open_page("admin@example.com", path, **how)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        return page

    return opened


def rows(page: Page):
    return page.locator(".line-row")


def cell(page: Page, row: int, column: int):
    return page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')


def total(page: Page):
    return page.locator('[data-field="total"]')


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def expect_lines(offers, offer: dict, one: str, other: str, wanted: list[tuple]) -> None:
    """Wait until the lines that are stored hold these pairs of values."""
    eventually(
        lambda: [(line[one], line[other]) for line in offers.record(FORM, offer["id"])["lines"]], wanted
    )


def two_products(offers) -> tuple[dict, dict]:
    found = offers.records("product", limit=2)
    return found[0], found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_typed_by_keyboard_alone_and_counted_at_once(page_of, offers, texts, language):
    product, _ = two_products(offers)
    page = page_of(language=language)
    page.locator('[data-field="name"] input').fill("By keyboard")
    page.locator('[data-field="rate"] input').fill("10")
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("Tab")  # in a grid without lines it adds one
    expect(rows(page)).to_have_count(1)
    page.keyboard.type(product["title"])
    option = page.locator(".ant-select-dropdown:visible .ant-select-item-option-active")
    expect(option).to_have_text(product["title"])
    with page.expect_response(lambda answer: answer.url.endswith("/records/prepare")):
        page.keyboard.press("Enter")
    expect(cell(page, 0, 3)).to_have_text("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("19.99")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    expect(total(page)).to_contain_text("53.97")  # while the quantity is being typed
    page.keyboard.press("Escape")
    expect(total(page)).to_contain_text("17.99")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(total(page)).to_contain_text("35.98")
    page.keyboard.press("Control+d")
    expect(rows(page)).to_have_count(2)
    expect(total(page)).to_contain_text("71.96")
    page.keyboard.press("Control+z")
    expect(rows(page)).to_have_count(1)
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/records")
    ):
        page.keyboard.press("Control+s")
    expect(page.locator(".lines-table tbody tr")).to_have_count(1)
    expect(page.locator('.lines-table [data-total="amount"]')).to_contain_text("35.98")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_a_spreadsheet_fill_lines_and_what_cannot_be_read_is_marked(page_of, offers, texts, language):
    one, other = two_products(offers)
    text = texts(language)
    page = page_of(language=language)
    page.get_by_role("grid").focus()
    paste(
        page,
        f"{one['title']}\t赠品\t1,234.50\t2\t2026/1/31\tAda Admin\n"
        f"{other['title']}\tsale\tmany\t1\t1月\tadmin@example.com\n"
        "No such thing\tSale\t¥5\t1\t2026年3月1日\t",
    )
    expect(rows(page)).to_have_count(3)
    expect(cell(page, 0, 4)).to_have_text("Jan 31, 2026" if language == "en" else "2026-01-31")
    expect(cell(page, 1, 5)).to_contain_text("Ada Admin")
    expect(cell(page, 0, 0)).to_have_text(one["title"])
    for row, column, key, value in (
        (1, 2, "money", "many"),
        (1, 4, "date", "1月"),
        (2, 0, "relation", "No such thing"),
    ):
        expect(cell(page, row, column)).to_have_attribute("aria-invalid", "true")
        expect(cell(page, row, column)).to_contain_text(text(f"lines.unreadable.{key}", text=value, field=""))
    expect(page.locator(".lines-note")).to_contain_text(text("lines.paste.unreadable_other", count=3))
    expect(total(page)).to_contain_text("2,474.00")
    page.keyboard.press("Control+z")
    expect(rows(page)).to_have_count(0)


def test_copied_cells_come_back_and_lines_move(page_of):
    page = page_of()
    page.get_by_role("grid").focus()
    paste(page, "\tsale\t5\t1\n\tgift\t7\t2")
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert [line.split("\t") for line in copied.split("\n")] == [
        ["", "Sale", "5", "1"],
        ["", "Gift", "7", "2"],
    ]
    cell(page, 0, 2).click()
    page.keyboard.press("Alt+ArrowDown")
    expect(cell(page, 0, 2)).to_contain_text("7.00")
    expect(cell(page, 1, 2)).to_contain_text("5.00")
    page.keyboard.press("Control+Delete")
    expect(rows(page)).to_have_count(1)
    paste(page, "1\n2\n3\n4\n5\n6")
    expect(rows(page)).to_have_count(5)
    expect(page.locator(".lines-note")).to_be_visible()


@pytest.mark.parametrize("language, required", [("en", "Reason is required."), ("zh-CN", "原因")])
def test_what_the_server_refuses_stands_in_its_cell(page_of, offers, language, required):
    product, _ = two_products(offers)
    page = page_of(language=language, refusals={422})
    page.locator('[data-field="name"] input').fill("Refused")
    page.get_by_role("grid").focus()
    paste(page, f"{product['title']}\tgift\t5\t1")
    expect(cell(page, 0, 0)).to_have_text(product["title"])
    page.keyboard.press("Control+s")
    expect(cell(page, 0, 6)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".lines-problems")).to_contain_text(required)
    page.locator(".lines-problems li button").first.click()
    page.keyboard.type("A thank you")
    page.keyboard.press("Enter")
    expect(page.locator(".lines-problems")).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 201):
        page.keyboard.press("Control+s")


def test_stored_lines_are_changed_and_sent_with_their_ids(page_of, offers):
    one, other = two_products(offers)
    made = offers.create(
        FORM,
        name="Stored",
        lines=[{"product": one["id"], "price": 5, "qty": 1}, {"product": other["id"], "price": 7, "qty": 2}],
    )
    page = page_of(f"/a/crm_ltc/{FORM}/{made['id']}?edit=1")
    expect(rows(page)).to_have_count(2)
    cell(page, 0, 3).dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(total(page)).to_contain_text("34.00")
    page.keyboard.press("Alt+ArrowUp")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+s")
    expect_lines(offers, made, "id", "qty", [(made["lines"][1]["id"], 2), (made["lines"][0]["id"], 4)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_lines_are_cards_that_open_to_a_form(page_of, texts, language):
    text = texts(language)
    page = page_of(width=390, language=language)
    add = page.locator('[data-field="lines"]').get_by_role("button", name=text("lines.add"))
    add.click()
    form = page.get_by_role("dialog")
    form.locator('[data-line-field="price"] input').fill("12.5")
    form.locator('[data-line-field="qty"] input').fill("2")
    expect(form.locator('[data-line-field="amount"]')).to_contain_text("25.00")
    form.get_by_role("button", name=text("lines.done")).click()
    expect(page.locator(".line-cards > ol > li")).to_have_count(1)
    page.get_by_role("button", name=text("lines.actions", number=1)).click()
    page.get_by_role("menuitem", name=text("lines.action.duplicate")).click()
    expect(page.locator(".line-cards > ol > li")).to_have_count(2)
    expect(total(page)).to_contain_text("50.00")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(
    "language, told", [("en", "Line 2: Quantity 1 → 3"), ("zh-CN", "第 2 行：数量 1 → 3")]
)
def test_the_record_shows_its_lines_and_its_history_what_happened_to_them(page_of, offers, language, told):
    one, other = two_products(offers)
    lines = [{"product": one["id"], "price": 5}, {"product": other["id"], "price": 7}]
    made = offers.create(FORM, name="Read", lines=lines)
    ids = [line["id"] for line in made["lines"]]
    offers.change(FORM, made["id"], lines=[{"id": ids[0]}, {"id": ids[1], "qty": 3}])
    page = page_of(f"/a/crm_ltc/{FORM}/{made['id']}", language=language)
    expect(page.locator(".lines-table tbody tr")).to_have_count(2)
    expect(page.locator(".lines-table").get_by_role("link", name=other["title"], exact=True)).to_be_visible()
    expect(page.locator('.lines-table [data-total="amount"]')).to_contain_text("26.00")
    expect(page.locator(".history")).to_contain_text(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_who_save_lines_see_line_by_line_what_each_did(page_of, offers, texts, language):
    product, _ = two_products(offers)
    text = texts(language)
    lines = [{"product": product["id"], "price": price, "qty": 1} for price in (10, 20)]
    made = offers.create(FORM, name="Both", lines=lines)
    first, _ = offers.record(FORM, made["id"])["lines"]
    page = page_of(f"/a/crm_ltc/{FORM}/{made['id']}?edit=1", language=language, refusals={409})
    grid = page.get_by_role("grid")
    expect(rows(page)).to_have_count(2)
    grid.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    expect(total(page)).to_contain_text("31.00")
    offers.change(FORM, made["id"], lines=[{"id": first["id"], "qty": 5}])
    page.get_by_role("button", name=text("ui.save"), exact=True).click()
    dialog = page.get_by_role("dialog", name=text("record.conflict.title"))
    mine, theirs = dialog.locator(".conflict-lines").first, dialog.locator(".conflict-lines").last
    expect(mine).to_contain_text("11.00")
    expect(theirs).to_contain_text("20.00")
    dialog.get_by_role("button", name=text("record.conflict.save")).click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".lines-table tbody tr")).to_have_count(2)
    expect_lines(offers, made, "price", "qty", [(11, 1), (20, 1)])
    page.close()
    offers.delete(f"/apps/crm_ltc/forms/{FORM}/records/{made['id']}")


def test_a_thousand_lines_are_pasted_changed_moved_and_saved(page_of, offers):
    product, _ = two_products(offers)
    page = page_of(f"/a/crm_ltc/{LONG_FORM}/new")
    page.locator('[data-field="name"] input').fill("A thousand")
    page.locator('[data-field="rate"] input').fill("0")
    page.get_by_role("grid").focus()
    kinds = ["gift" if number % 10 == 0 else "sale" for number in range(MANY)]
    paste(page, "\n".join(f"{product['title']}\t{kinds[n]}\t{n + 1}\t1\t\t\tR{n}" for n in range(MANY)))
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(MANY + 2))
    expect(total(page)).to_contain_text("500,500.00")
    expect(page.locator('[data-field="gifts"]')).to_contain_text("49,600.00")
    assert rows(page).count() < 60, "only what is seen is drawn"
    page.keyboard.press("Control+End")
    expect(cell(page, MANY - 1, 2)).to_contain_text("1,000.00")
    cell(page, MANY - 1, 2).dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("2000")
    expect(total(page)).to_contain_text("501,500.00")  # while it is being typed
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowUp")
    expect(cell(page, MANY - 2, 2)).to_contain_text("2,000.00")
    page.keyboard.press("Control+d")  # there is no room for another line
    expect(grid).to_have_attribute("aria-rowcount", str(MANY + 2))
    page.locator('[data-field="rate"] input').fill("50")
    expect(total(page)).to_contain_text("250,750.00")
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: not url.endswith("/new"))
    expect(page.locator('.lines-table [data-total="amount"]')).to_contain_text("250,750.00")
    [saved] = offers.records(LONG_FORM, sort="-id", limit=1)
    lines = offers.record(LONG_FORM, saved["id"])["lines"]
    assert [line["price"] for line in lines] == [*range(1, MANY - 1), 2000, MANY - 1]
    offers.delete(f"/apps/crm_ltc/forms/{LONG_FORM}/records/{saved['id']}")
