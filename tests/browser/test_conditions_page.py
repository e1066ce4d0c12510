"""An administrator's page of conditions: one is found, changed, checked in its place, kept in the draft."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

PAGE = "/a/crm_ltc/design/conditions"
RULE = "/forms/campaign/rules/dates/validate"


def validation(document: dict) -> str:
    return document["forms"]["campaign"]["rules"]["dates"]["validate"]


@pytest.fixture
def admin(api):
    """The administrator's API; afterwards the rule is as it was, and without a draft."""
    people = api("admin@example.com")
    before = validation(people.get("/apps/crm_ltc/definition"))
    yield people
    draft = people.get("/apps/crm_ltc/draft")
    if draft["changed"]:
        change = {"path": RULE, "value": before}
        people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})
        people.publish_draft()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_rule_is_found_changed_by_keyboard_and_kept_in_the_draft(open_page, admin, texts, language):
    text = texts(language)
    page: Page = open_page("admin@example.com", PAGE, language=language)
    expect(page.get_by_role("heading", name=text("design.conditions.title"), level=1)).to_be_visible()
    page.get_by_role("textbox", name=text("design.conditions.search")).fill(
        "OR(ISBLANK({end_on}), {end_on} >="
    )
    row = page.locator(".condition-open")
    expect(row).to_have_count(1)
    row.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_role("textbox")
    expect(box).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("{start_on}")
    expect(dialog.locator(".x-problem")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("{end_on} >= {start_on}")
    expect(dialog.locator(".x-problem")).to_have_count(0)
    dialog.get_by_role("button", name=text("design.conditions.save")).click()
    expect(dialog).to_have_count(0)
    eventually(lambda: validation(admin.get("/apps/crm_ltc/draft")["document"]), "{end_on} >= {start_on}")
    expect(page.get_by_role("button", name=text("design.draft.publish"))).to_be_visible()


def test_nobody_else_is_led_to_it(open_page):
    page = open_page("sales@example.com", "/a/crm_ltc/lead")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link", name="Leads")).to_be_visible()
    expect(menu.get_by_role("link", name="Conditions")).to_have_count(0)
