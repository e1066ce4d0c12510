"""From signing in to a saved change without a mouse."""

import pytest
from playwright.sync_api import Page, expect


def tab_to(page: Page, wanted) -> None:
    """Press Tab until the wanted element has the focus, as somebody without a mouse does."""
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the element was never reached with Tab")


@pytest.fixture
def account(api):
    people = api("admin@example.com")
    api("manager@example.com").patch("/me", {"language": "en"})
    made = people.create("account", name="Aaa Keyboard Walk", employees=1)
    yield made
    people.delete(f"/apps/crm_ltc/forms/account/records/{made['id']}")


def test_sign_in_open_change_and_save(open_page, api, account):
    page = open_page(None, "/signin")
    # The cursor stands in the first field.
    expect(page.get_by_role("textbox", name="E-mail")).to_be_focused()
    page.keyboard.type("manager@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("joinery-demo")
    page.keyboard.press("Enter")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_visible()

    accounts = menu.get_by_role("link", name="Accounts")
    tab_to(page, accounts)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()

    everything = page.get_by_role("tab", name="All accounts")
    tab_to(page, page.locator('[role="tab"][aria-selected="true"]'))
    for name in (
        "Key accounts",
        "Not contacted for 30 days",
        "Open accounts",
        "By life cycle",
        "All accounts",
    ):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name)).to_be_focused()
    expect(everything).to_have_attribute("aria-selected", "true")

    grid = page.get_by_role("grid")
    expect(grid.get_by_role("gridcell", name="Aaa Keyboard Walk", exact=True)).to_be_visible()
    tab_to(page, grid)
    active = page.locator(f'[id="{grid.get_attribute("aria-activedescendant")}"]')
    expect(active).to_have_attribute("data-row", "0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Aaa Keyboard Walk", level=1)).to_be_visible()

    tab_to(page, page.get_by_role("button", name="Edit", exact=True))
    page.keyboard.press("Enter")
    form = page.get_by_role("form", name="Edit Aaa Keyboard Walk")
    expect(form.locator('[data-field="name"] input')).to_be_focused()
    tab_to(page, form.locator('[data-field="short_name"] input'))
    page.keyboard.type("Walked")
    tab_to(page, form.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Short name")).to_contain_text("Walked")
    api("admin@example.com").expect_record("account", account["id"], short_name="Walked")


def test_the_first_tab_skips_to_the_content(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product")
    expect(page.get_by_role("grid")).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_menus_open_move_and_close_with_keys(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product")
    expect(page.get_by_role("grid")).to_be_visible()
    button = page.get_by_role("button", name="Theme")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemradio", name="Light")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitemradio", name="Dark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
