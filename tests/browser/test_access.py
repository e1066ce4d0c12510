"""An administrator asks why somebody can, or cannot, see a record."""

from playwright.sync_api import expect

from tests.browser.conftest import sign_in


def test_who_may_see_a_record_and_why(open_page, api):
    [lead] = api("admin@example.com").records("lead", limit=1)
    page = open_page("admin@example.com", f"/a/crm_ltc/lead/{lead['id']}")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Who may see this?").click()
    dialog = page.get_by_role("dialog", name="Who may do what")
    person = dialog.get_by_role("combobox", name="Person")
    person.fill("Mar")
    page.get_by_role("option").first.click()
    expect(dialog.get_by_role("heading", name="Why")).to_be_visible()
    expect(dialog.get_by_text("in this group by role").first).to_be_visible()
    dialog.get_by_role("button", name="Close").last.click()
    expect(dialog).not_to_be_visible()


def test_nobody_else_is_offered_the_question(open_page, api):
    [lead] = api("sales@example.com").records("lead", limit=1)
    page = open_page("sales@example.com", f"/a/crm_ltc/lead/{lead['id']}")
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("menuitem", name="Duplicate")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Who may see this?")).to_have_count(0)


def test_an_administrator_looks_through_somebody_elses_eyes(open_page):
    page = open_page("admin@example.com", "/a/crm_ltc/lead", refusals={403})
    expect(page.get_by_role("button", name="Account of Ada Admin")).to_be_visible()
    page.get_by_role("button", name="Account of Ada Admin").click()
    page.get_by_role("menuitem", name="Preview as…").click()
    dialog = page.get_by_role("dialog", name="See the workspace as somebody else")
    dialog.get_by_role("combobox", name="Person").fill("Sam")
    page.get_by_role("option", name="Sam Sales").click()
    dialog.get_by_role("button", name="Start the preview").click()
    banner = page.get_by_text("You see the workspace as Sam Sales. Nothing can be changed.")
    expect(banner).to_be_visible()
    page.goto("/a/crm_ltc/product/1")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_have_count(0)
    page.goto("/a/crm_ltc/lead/new")
    page.get_by_role("textbox", name="Company").fill("Nobody Ltd")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You are only looking").first).to_be_visible()
    page.goto("/a/crm_ltc/lead")
    page.get_by_role("button", name="End the preview").click()
    expect(page.get_by_role("button", name="Account of Ada Admin")).to_be_visible()
    expect(banner).to_have_count(0)


def test_the_audit_log_is_searched(open_page):
    page = open_page("admin@example.com", "/healthz")
    sign_in(page, "admin@example.com", "en")
    page.goto("/settings/audit")
    expect(page.get_by_role("heading", name="Audit log", level=1)).to_be_visible()
    table = page.get_by_role("region", name="Audit log")
    expect(table.get_by_role("cell", name="signed in", exact=True).first).to_be_visible()
    page.get_by_role("searchbox", name="Search name, subject or address").fill("product_category")
    expect(table.get_by_role("cell", name="signed in", exact=True)).to_have_count(0)
    row = table.get_by_role("row").nth(1)
    expect(row).to_contain_text("started an import")
    row.get_by_text("Details").click()
    expect(row.get_by_role("definition").last).to_contain_text("Product category")
