"""A record on paper: what its reader may see, without the screen around it; for those who may print."""

import re

import pytest
from playwright.sync_api import expect

FORM = "/apps/crm_ltc/forms/competitor/records"


@pytest.fixture
def record(api):
    """A record of the test's own."""
    people = api("admin@example.com")
    made = people.post(FORM, {"name": "Print Works"})
    yield made
    people.delete(f"{FORM}/{made['id']}")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_record_is_printed_without_what_stands_around_it(open_page, record, texts, language):
    text = texts(language)
    page = open_page("admin@example.com", f"/a/crm_ltc/competitor/{record['id']}", language=language)
    page.get_by_role("main").get_by_role("button", name=text("ui.more"), exact=True).click()
    page.get_by_role("menuitem", name=text("record.print"), exact=True).click()
    expect(page).to_have_url(re.compile(rf"/a/crm_ltc/competitor/{record['id']}/print$"))
    sheet = page.get_by_role("article")
    expect(sheet.get_by_role("heading", level=1, name="Print Works")).to_be_visible()
    expect(sheet.locator("footer")).to_contain_text("Ada Admin")
    # On paper nothing is changed, and nothing but the sheet is there.
    expect(sheet.locator(".pencil")).to_have_count(0)
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("button", name=text("print.run"), exact=True)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('#main')).overflow") == "visible"
    page.emulate_media(media="screen")
    page.get_by_role("link", name=text("print.back")).click()
    expect(page.get_by_role("button", name=text("ui.edit"), exact=True)).to_be_visible()


def test_who_may_not_print_is_told_so(open_page, api, texts):
    text = texts("en")
    partner = api("partner@example.com")
    lead = partner.get("/apps/crm_ltc/forms/lead/records?limit=1")["records"][0]
    page = open_page("partner@example.com", f"/a/crm_ltc/lead/{lead['id']}/print")
    expect(page.get_by_role("heading", name=text("print.forbidden"))).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(0)
