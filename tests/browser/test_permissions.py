"""Everybody sees what they may, and no dead ends beside it."""

import re

import pytest
from playwright.sync_api import expect


def test_finance_has_no_leads_in_its_menu(open_page):
    page = open_page("finance@example.com", "/a/crm_ltc")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link", name="Accounts")).to_be_visible()
    for name in ("Leads", "Lead pools", "Follow-ups", "Contacts"):
        expect(menu.get_by_role("link", name=name, exact=True)).to_have_count(0)


@pytest.mark.parametrize(
    ("email", "form", "allowed"),
    [
        ("finance@example.com", "opportunity", False),
        ("sales@example.com", "product", False),
        ("sales@example.com", "opportunity", True),
        ("sdr@example.com", "lead", True),
        ("marketing@example.com", "contact", False),
    ],
)
def test_new_is_offered_only_to_those_who_may(open_page, email, form, allowed):
    page = open_page(email, f"/a/crm_ltc/{form}?view=all")
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.get_by_role("button", name="New", exact=True)).to_have_count(int(allowed))


def test_what_may_only_be_read_has_no_way_to_edit(open_page, api):
    product = api("sales@example.com").records("product", limit=1)[0]
    page = open_page("sales@example.com", f"/a/crm_ltc/product/{product['id']}")
    expect(page.get_by_role("heading", name=product["title"], level=1)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
    actions = page.locator(".record-actions")
    expect(actions.get_by_role("button")).to_have_count(1)
    actions.locator("[aria-haspopup=menu]").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Print"])


def test_a_link_to_somebody_elses_record_says_not_found(open_page, api):
    own = {one["id"] for one in api("sales@example.com").records("account", limit=1000)}
    all_of_them = {one["id"] for one in api("manager@example.com").records("account", limit=1000)}
    other = min(all_of_them - own)
    page = open_page("sales@example.com", f"/a/crm_ltc/account/{other}", refusals={404})
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/new", "/1", "/bin"])
def test_a_form_one_may_not_see_says_so(open_page, path):
    page = open_page("finance@example.com", f"/a/crm_ltc/lead{path}", refusals={403, 404})
    expect(page.get_by_role("heading", name=re.compile("Not found|Not allowed"))).to_be_visible()


def test_a_salesperson_reads_own_deals_only(open_page, api):
    path = "/apps/crm_ltc/forms/opportunity/records"
    count = api("sales@example.com").get(path, limit=1, count="exact")["count"]["value"]
    everything = api("manager@example.com").get(path, limit=1, count="exact")["count"]["value"]
    assert 0 < count < everything
    page = open_page("sales@example.com", "/a/crm_ltc/opportunity?view=all")
    expect(page.get_by_text(f"{count:,} records")).to_be_visible()
