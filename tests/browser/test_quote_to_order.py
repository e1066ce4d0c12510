"""From a quote to a placed order, through the hands of four people, each at a screen of his own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually
from tests.browser.test_tasks import open_task, path, stop, task

SELLER, LEAD, FINANCE, EXECUTIVE = (
    f"{name}@example.com" for name in ("sales", "manager", "finance", "executive")
)
NAME = "Quote to order"


@pytest.fixture
def deal(api):
    """An opportunity of the salesperson's, and a product that has a lowest price."""
    sales, admin = api(SELLER), api()
    [product] = admin.records("product", limit="1", filter='AND({minimum_price} > 1, {status} = "on_sale")')
    account = sales.create("account", name=NAME)
    made = sales.create(
        "opportunity", name=NAME, account=account["id"], expected_close="2027-03-01", amount=900
    )
    yield {**made, "product": product}
    for form in ("order", "quote", "opportunity"):
        for one in admin.records(form, filter=f"{{account}} = {account['id']}"):
            stop(admin, form, one)
            admin.delete(path(form, one))
    admin.delete(path("account", account))


def quote_of(api, deal) -> dict:
    """The one quote of the deal."""
    [found] = api(SELLER).records("quote", filter=f"{{opportunity}} = {deal['id']}")
    return found


def draw_up(page: Page, api, deal) -> dict:
    """Offer one piece for next to nothing, and 35 % off on top."""
    page.locator('[data-field="discount"] input').first.fill("35")
    page.get_by_role("grid", name="Lines").focus()
    page.keyboard.type(deal["product"]["title"])
    option = page.locator(".ant-select-dropdown:visible .ant-select-item-option-active")
    expect(option).to_have_text(re.compile(re.escape(deal["product"]["title"])))
    page.keyboard.press("Enter")
    price = page.locator('[role="gridcell"][data-row="0"][data-column="1"]')
    expect(price).to_have_text(re.compile(r"\d"))
    price.click()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator('[data-field="special_price"]').get_by_role("img", name="Yes")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".record-facts")).to_contain_text("Draft")
    return quote_of(api, deal)


def press(page: Page, name: str) -> None:
    """Press a button of the record that is open."""
    page.locator(".record-actions").get_by_role("button", name=name, exact=True).click()


def approve(page: Page, record: dict, comment: str) -> None:
    """Open the task about a record and agree to it."""
    open_task(page, re.escape(record["title"]))
    task(page).locator(".task-bar").get_by_role("button", name="Approve", exact=True).click()
    dialog = page.get_by_role("dialog", name="Approve")
    dialog.get_by_role("textbox", name=re.compile("Comment")).fill(comment)
    dialog.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".j-toasts")).to_contain_text(record["title"])


def test_a_quote_below_the_floor_price_becomes_a_placed_order(open_page, api, deal):
    sales = api(SELLER)
    seller = open_page(SELLER, f"/a/crm_ltc/quote/new?set.opportunity={deal['id']}")
    quote = draw_up(seller, api, deal)
    press(seller, "Submit for approval")
    expect(seller.get_by_role("note")).to_contain_text("Quote approval")
    sales.expect_record("quote", quote["id"], status="in_approval")

    approve(open_page(EXECUTIVE, "/tasks"), quote, "A customer we want")
    sales.expect_record("quote", quote["id"], status="in_approval")
    approve(open_page(FINANCE, "/tasks"), quote, "The margin is noted")
    sales.expect_record("quote", quote["id"], status="approved")

    seller.reload()
    press(seller, "Mark as sent")
    sales.expect_record("quote", quote["id"], status="sent")
    press(seller, "Make an order")
    dialog = seller.get_by_role("dialog")
    expect(dialog.get_by_role("grid", name="Lines")).to_contain_text(deal["product"]["title"])
    dialog.get_by_role("button", name="Save", exact=True).click()
    orders = f"{{quote}} = {quote['id']}"
    eventually(lambda: [one["status"] for one in sales.records("order", filter=orders)], ["draft"])
    [order] = sales.records("order", filter=orders)

    seller.goto(f"/a/crm_ltc/order/{order['id']}")
    press(seller, "Submit special price")
    expect(seller.get_by_role("note")).to_contain_text("Order placement")
    approve(open_page(LEAD, "/tasks"), order, "This once")
    sales.expect_record("order", order["id"], status="placed")
    seller.reload()
    expect(seller.locator(".record-facts")).to_contain_text("Placed")
    seller.goto(f"/a/crm_ltc/quote/{quote['id']}?tab=workflow")
    told = seller.get_by_role("region", name="Progress")
    expect(told).to_contain_text("A customer we want")
    expect(told).to_contain_text("The margin is noted")
