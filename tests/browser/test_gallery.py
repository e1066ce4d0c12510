"""Cards: any list is shown as cards, arrows lead from card to card, and a card leads to its record."""

import pytest
from playwright.sync_api import expect

PRODUCTS = "/a/crm_ltc/product?view=all"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_any_list_is_shown_as_cards(open_page, texts, language):
    text = texts(language)
    page = open_page("manager@example.com", f"{PRODUCTS}&search=GTX", language=language)
    expect(page.get_by_role("grid").get_by_role("row").nth(2)).to_be_visible()
    page.get_by_role("button", name=text("list.view.menu")).click()
    page.get_by_role("menuitem", name=text("list.view.as.gallery")).click()
    expect(page.locator(".gallery-card").first).to_contain_text("GTX")
    page.reload()
    expect(page.locator(".gallery-card").first).to_contain_text("GTX")
    expect(page.locator(".gallery-card").filter(has_text="MG Special")).to_have_count(0)


def test_arrows_lead_from_card_to_card(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account?view=all&as=gallery")
    cards = page.locator(".gallery li")
    cards.first.get_by_role("link").focus()
    page.keyboard.press("ArrowRight")
    expect(cards.nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("End")
    focused = page.locator(".gallery li a:focus")
    expect(focused).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".record-facts, .record-header").first).to_be_visible()


def test_only_cards_near_the_screen_are_drawn(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=all&as=gallery")
    expect(page.locator(".gallery-card").first).to_be_visible()
    top = page.locator('[data-place="0"]')
    page.locator(".gallery").evaluate("element => { element.scrollTop = 4000 }")
    expect(top).to_have_count(0)
    expect(page.locator(".gallery-card").first).to_be_visible()


def test_cards_on_a_phone_stand_in_one_or_two_columns(open_page):
    page = open_page("manager@example.com", f"{PRODUCTS}&as=gallery", width=390)
    expect(page.locator(".gallery-card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
