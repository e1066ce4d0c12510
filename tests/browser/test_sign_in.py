"""Coming in, going out, and how the page looks for whom."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import eventually

LANGUAGES = ["en", "zh-CN"]
#: The salesperson among the demo users; pre-sales has nearly the same address.
SALES = re.compile(r"\bsales@example\.com")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demo_user_enters_with_one_click(open_page, api, texts, language):
    api("sales@example.com").patch("/me", {"language": language})
    text = texts(language)
    page = open_page(None, "/", language=language)
    expect(page).to_have_url(re.compile("/signin"))
    page.get_by_role("button", name=SALES).click()
    expect(page.get_by_role("navigation", name=text("shell.menu"))).to_be_visible()
    expect(page).to_have_url(re.compile("/a/crm_ltc/lead"))


def test_the_language_chosen_before_signing_in_stays(open_page, api):
    api("marketing@example.com").patch("/me", {"language": "en"})
    page = open_page(None, "/signin")
    page.get_by_role("button", name="简体中文").click()
    page.get_by_role("button", name="marketing@example.com").click()
    expect(page.get_by_role("navigation", name="菜单")).to_be_visible()
    page.reload()
    expect(page.get_by_role("navigation", name="菜单")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_explained(open_page, texts, language):
    text = texts(language)
    page = open_page(None, "/signin", language=language, refusals={401})
    page.get_by_role("textbox", name=text("signin.email")).fill("sales@example.com")
    page.get_by_label(text("signin.password"), exact=True).fill("not this one")
    page.get_by_role("button", name=text("signin.signIn"), exact=True).click()
    message = page.get_by_role("alert")
    expect(message).to_have_text(re.compile("[一-鿿]{4}" if language == "zh-CN" else "password"))
    expect(page).to_have_url(re.compile("/signin"))


def test_the_page_asked_for_comes_after_signing_in(open_page, api):
    api("manager@example.com").patch("/me", {"language": "en"})
    page = open_page(None, "/a/crm_ltc/account?view=all")
    page.get_by_role("button", name="manager@example.com").click()
    expect(page).to_have_url(re.compile(r"/a/crm_ltc/account\?view=all"))
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()


def test_signing_out_leads_back_and_closes_the_door(open_page):
    page = open_page("sales@example.com", "/a/crm_ltc/product")
    page.get_by_role("button", name="Account of Sam Sales").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/signin"))
    page.goto("/a/crm_ltc/product")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_session_that_ends_is_renewed_over_the_page(open_page):
    page = open_page("sales@example.com", "/a/crm_ltc/lead/new", refusals={401})
    contact = page.locator('[data-field="contact_name"]').get_by_role("textbox")
    contact.fill("Typed before the end")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Your session has ended")
    dialog.get_by_role("button", name=SALES).click()
    expect(dialog).to_be_hidden()
    expect(contact).to_have_value("Typed before the end")


def test_the_language_switches_at_once_and_stays(open_page, api):
    page = open_page("finance@example.com", "/a/crm_ltc/product?view=all")
    page.get_by_role("button", name="Language").click()
    page.get_by_role("menuitemradio", name="简体中文").click()
    expect(page.get_by_role("heading", name="产品", level=1)).to_be_visible()
    expect(page.get_by_role("columnheader", name="产品名称")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    eventually(lambda: api("finance@example.com").get("/me")["user"]["language"], "zh-CN")
    page.reload()
    expect(page.get_by_role("tab", name="全部产品")).to_be_visible()
    page.get_by_role("button", name="语言").click()
    page.get_by_role("menuitemradio", name="English").click()
    expect(page.get_by_role("heading", name="Products", level=1)).to_be_visible()


def test_the_theme_switches_at_once_and_stays(open_page, api):
    page = open_page("finance@example.com", "/a/crm_ltc/product")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    eventually(lambda: api("finance@example.com").get("/me")["user"]["theme"], "dark")
    page.reload()
    expect(page.get_by_role("heading", name="Products", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("menuitemradio", name="As the device").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
