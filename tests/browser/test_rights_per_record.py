"""What is open on one record and closed on another, as a salesperson meets it."""

import pytest
from playwright.sync_api import expect

MOBILE = "13800007777"
MASKED = "138****7777"


@pytest.fixture
def pooled(api):
    """A lead in the pool, and what it was found by."""
    people = api("admin@example.com")
    made = people.create("lead", contact_name="Pia Pooled", mobile=MOBILE, source="self", status="unassigned")
    yield made
    people.delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


def test_a_number_in_the_pool_is_masked_until_the_lead_is_claimed(open_page, api, pooled):
    page = open_page("sdr@example.com", f"/a/crm_ltc/lead/{pooled['id']}")
    mobile = page.locator('[data-field="mobile"]')
    expect(mobile).to_contain_text(MASKED)
    # What is shown of a number is none that can be called.
    expect(mobile.get_by_role("link")).to_have_count(0)
    page.get_by_role("button", name="Claim", exact=True).click()
    expect(mobile.get_by_role("link", name=MOBILE)).to_be_visible()
    api("admin@example.com").expect_record("lead", pooled["id"], status="pending", mobile=MOBILE)


@pytest.fixture
def owned(api):
    """A lead of the SDR's own."""
    made = api("sdr@example.com").create(
        "lead", contact_name="Pia Pooled Twin", mobile="13800008888", source="self"
    )
    yield made
    api("admin@example.com").delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


@pytest.mark.usefixtures("pooled", "owned")
def test_a_list_has_both_kinds_of_cells(open_page):
    page = open_page("sdr@example.com", "/a/crm_ltc/lead?view=all&search=Pia+Pooled")
    cells = page.locator('[role="gridcell"]')
    masked, open_one = cells.filter(has_text=MASKED), cells.filter(has_text="13800008888")
    expect(masked).to_have_attribute("aria-readonly", "true")
    expect(open_one).to_have_attribute("aria-readonly", "false")
    masked.dblclick()
    expect(page.locator(".grid-editor")).to_have_count(0)
    open_one.dblclick(position={"x": 3, "y": 3})
    expect(page.locator(".grid-editor")).to_be_visible()
    page.keyboard.press("Escape")
    page.close()
