"""Finding records: everywhere, and inside a list."""

import re

import pytest
from playwright.sync_api import expect

LANGUAGES = ["en", "zh-CN"]


@pytest.fixture
def lead(api):
    """A lead whose company holds two characters that nothing else holds together."""
    # Of the one who looks for it: managers find the leads of their departments.
    made = api("manager@example.com").create(
        "lead", contact_name="寻觅", company="龘靐精密仪器有限公司", mobile="13800001111", source="website"
    )
    yield made
    api("admin@example.com").delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_chinese_characters_find_a_record_from_everywhere(open_page, texts, lead, language):
    text = texts(language)
    page = open_page("manager@example.com", "/a/crm_ltc/product", language=language)
    expect(page.get_by_role("grid")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=text("shell.searchHint")).fill("龘靐")
    expect(page.get_by_role("option", name="寻觅 龘靐精密仪器有限公司")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("寻觅 龘靐精密仪器有限公司")


def test_the_search_leads_to_pages_too(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product")
    page.get_by_role("button", name=re.compile("Search records and pages")).click()
    page.get_by_role("combobox").fill("Competitors")
    expect(page.get_by_role("option", name=re.compile("^Competitors")).first).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Competitors", level=1)).to_be_visible()


def test_escape_closes_the_search_and_nothing_found_is_said(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product")
    expect(page.get_by_role("grid")).to_be_visible()
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("combobox").fill("qqqqzzzz")
    expect(dialog.get_by_role("status")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_searched_with_two_chinese_characters(open_page, texts, lead, language):
    text = texts(language)
    page = open_page("manager@example.com", "/a/crm_ltc/lead?view=all", language=language)
    page.get_by_role("searchbox", name=text("list.search")).fill("龘靐")
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("row")).to_have_count(2)
    expect(grid.get_by_role("gridcell", name="龘靐精密仪器有限公司", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("search=%E9%BE%98"))


def test_a_search_without_result_offers_the_way_back(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account?view=all&search=qqqqzzzz")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.get_by_role("button", name="Show all records").click()
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page).not_to_have_url(re.compile("search="))
