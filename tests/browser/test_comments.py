"""Comments on a record, people mentioned in them, and the timeline they stand in."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def account(api):
    people = api("admin@example.com")
    made = people.create("account", name="Talked About")
    yield made
    people.delete(f"/apps/crm_ltc/forms/account/records/{made['id']}")


def test_a_comment_mentions_somebody_who_is_told(open_page, account):
    path = f"/a/crm_ltc/account/{account['id']}"
    page = open_page("manager@example.com", path)
    box = page.get_by_role("combobox", name="Comment")
    box.fill("Look at this, @Ada")
    box.press("End")
    page.get_by_role("option", name="Ada Admin").wait_for()
    box.press("Enter")
    expect(box).to_have_value("Look at this, @Ada Admin ")
    box.press("Control+Enter")
    activity = page.get_by_role("complementary", name="Activity")
    newest = activity.locator("ol > li").first
    expect(newest).to_contain_text("Look at this, @Ada Admin")
    expect(box).to_have_value("")
    newest.hover()
    newest.get_by_role("button", name="Edit comment").click()
    newest.get_by_role("combobox", name="Comment").fill("Look again, @Ada Admin")
    newest.get_by_role("button", name="Save").click()
    expect(newest).to_contain_text("edited")
    told = open_page("admin@example.com", "/")
    told.get_by_role("link", name=re.compile("unread mention")).click()
    expect(told.get_by_role("heading", name="Mentions of me", level=1)).to_be_visible()
    told.get_by_role("link", name="Talked About").first.click()
    expect(told.get_by_role("complementary", name="Activity")).to_contain_text("Look again")
    told.get_by_role("button", name="Comments", exact=True).click()
    expect(told.locator(".timeline ol > li")).to_have_count(1)
    newest.hover()
    newest.get_by_role("button", name="Delete comment").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(activity).not_to_contain_text("Look again")


def test_an_input_method_sends_nothing(open_page, account):
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}", language="zh-CN")
    box = page.get_by_role("combobox", name="评论")
    box.fill("你好")
    box.evaluate(
        "(e) => e.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true}))"
    )
    expect(box).to_have_value("你好")
    expect(page.locator(".timeline ol > li.comment")).to_have_count(0)


def test_a_phone_has_the_activity_in_a_tab(open_page, account):
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}?tab=history", width=390)
    expect(page.get_by_role("tab", name="Activity")).to_have_attribute("aria-selected", "true")
    box = page.get_by_role("combobox", name="Comment")
    box.fill("From the road")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".timeline ol > li").first).to_contain_text("From the road")
