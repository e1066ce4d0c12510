"""Files in and out: the wizard from the file to the rows left out, and the export."""

import csv
import io
import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

ACCOUNTS = Path(__file__).parents[2] / "suites" / "demo" / "accounts.csv"
LANGUAGES = ["en", "zh-CN"]

#: Two good rows, one without a name, one whose employees are not a number, one name twice.
MIXED = """account,sector,year_established,employees
Wizard Glass,retail,1999,12
威扎德玻璃,medical,2004,30
,retail,2001,4
Wizard Steel,retail,2001,many
Wizard Glass,retail,2001,7
"""


def figures(page: Page) -> dict[str, str]:
    """The counts on the screen, by their names, as they stand at one moment."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".import-counts dt")].map((term) =>
            [term.innerText, term.parentElement.querySelector("dd").innerText]))"""
    )


@pytest.fixture
def clean(api):
    """Takes what a test imported away again."""
    yield
    people = api("admin@example.com")
    for search in ("Wizard", "威扎德"):
        for one in people.records("account", search=search):
            people.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")


def test_the_real_accounts_are_recognised_and_checked(open_page):
    """The file the demo came from: every row is found again by its name."""
    page = open_page("manager@example.com", "/a/crm_ltc/account")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Import", exact=True).click()
    page.locator('input[type="file"]').set_input_files(ACCOUNTS)
    expect(page.get_by_role("region", name="accounts.csv")).to_contain_text("85 rows")
    table = page.get_by_role("table", name="Columns")
    expect(table.get_by_role("row", name=re.compile("Betasoloin"))).to_contain_text("Name")
    expect(table.get_by_role("row", name=re.compile("year_established"))).to_contain_text("Founded in")
    expect(table.get_by_role("row", name=re.compile("office_location"))).to_contain_text("Country or office")
    page.get_by_role("radio", name="Only update them, leave other rows out").check()
    page.get_by_role("button", name="Check", exact=True).click()
    # "technolgy" is not a sector; what was probably meant is filled in.
    values = page.get_by_role("region", name="Accounts: column sector")
    expect(values.get_by_role("listitem").filter(has_text="technolgy")).to_contain_text("Technology")
    page.get_by_role("button", name="Check", exact=True).click()
    verdict = page.get_by_role("status").filter(has_text=re.compile("can be imported|cannot be imported"))
    expect(verdict).to_be_visible()
    counted = figures(page)
    assert sum(int(value) for value in counted.values()) == 85
    assert counted["To add"] == "0"
    page.get_by_role("list", name="Steps").get_by_role("button", name="Columns").click()
    expect(page.get_by_role("combobox", name="Field for account")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_with_faults_goes_in_as_far_as_it_can(open_page, texts, api, clean, language):
    text = texts(language)
    page = open_page("manager@example.com", "/a/crm_ltc/account/import", language=language)
    page.locator('input[type="file"]').set_input_files(
        {"name": "mixed.csv", "mimeType": "text/csv", "buffer": MIXED.encode()}
    )
    expect(page.get_by_role("combobox", name=text("import.match.fieldOf", column="account"))).to_be_visible()
    page.get_by_role("button", name=text("import.match.check")).click()
    start = page.get_by_role("button", name=re.compile("2"))
    expect(start).to_be_visible()
    eventually(lambda: figures(page).get(text("import.count.created")), "2")
    eventually(lambda: figures(page).get(text("import.count.failed")), "3")
    assert api("manager@example.com").records("account", search="Wizard") == []
    start.click()
    expect(page).to_have_url(re.compile("job="))
    expect(page.locator(".job-state")).to_have_text(text("job.state.done"))
    eventually(lambda: figures(page).get(text("import.count.done.created")), "2")
    reasons = page.get_by_role("region", name=text("import.reasons.title", file="mixed.csv"))
    # The last row is a name twice, and probably the same company, too.
    expect(reasons.get_by_role("listitem")).to_have_count(4)
    reasons.get_by_role("button", name=text("import.reasons.show")).click()
    expect(reasons.get_by_role("row")).to_have_count(4)
    with page.expect_download() as downloading:
        page.get_by_role("link", name=text("job.download")).click()
    rows = list(csv.reader(io.StringIO(downloading.value.path().read_text("utf-8-sig"))))
    assert len(rows) == 4
    assert any("many" in cell for row in rows for cell in row)
    page.get_by_role("link", name=text("job.toList")).click()
    page.get_by_role("searchbox", name=text("list.search")).fill("威扎德")
    expect(page).to_have_url(re.compile("search="))


def test_a_column_is_matched_by_hand(open_page, clean, api):
    page = open_page("manager@example.com", "/a/crm_ltc/account/import")
    # No file with this column was imported before: what was chosen then would be filled in.
    firm = f"Firm {uuid.uuid4().hex[:8]}"
    text = f"{firm};Heads\r\nWizard Wood;15\r\n"
    page.locator('input[type="file"]').set_input_files(
        {"name": "odd.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    warning = page.get_by_text("Nothing fills the required field Name.")
    expect(warning).to_be_visible()
    for column, name in ((firm, "Name"), ("Heads", "Employees")):
        page.get_by_role("combobox", name=f"Field for {column}").click()
        page.keyboard.type(name)
        page.locator(".ant-select-dropdown:visible").get_by_text(re.compile(rf"^{name}( \*)?$")).first.click()
    expect(warning).to_be_hidden()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("button", name="Import 1 record").click()
    expect(page.locator(".job-state")).to_have_text("Finished")
    people = api("manager@example.com")
    eventually(lambda: [one["employees"] for one in people.records("account", search="Wizard Wood")], [15])


def test_a_file_that_is_no_table_is_refused_with_a_reason(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account/import", refusals={400, 422})
    page.locator('input[type="file"]').set_input_files(
        {"name": "broken.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 not a workbook"}
    )
    refused = page.get_by_role("region", name="broken.xlsx")
    expect(refused.get_by_role("alert")).to_contain_text("workbook")
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_disabled()
    refused.get_by_role("button", name="Remove broken.xlsx").click()
    expect(page.get_by_role("button", name=re.compile("Drop CSV"))).to_be_enabled()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_large_export_is_written_by_a_job_and_downloaded_when_it_is_there(open_page, texts, language):
    text = texts(language)
    page = open_page(
        "manager@example.com", "/a/crm_ltc/lead?view=all&columns=company&sort=company", language=language
    )
    expect(page.get_by_role("grid").get_by_role("link").first).to_be_visible()
    page.locator(".list-more").click()
    page.get_by_role("menuitem", name=text("list.more.csv")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_have_text(text("export.done"), timeout=60_000)
    with page.expect_download() as downloading:
        dialog.get_by_role("link", name=text("export.download")).click()
    rows = list(csv.reader(io.StringIO(downloading.value.path().read_text("utf-8-sig"))))
    assert len(rows) > 101
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(("language", "head"), [("en", "Code"), ("zh-CN", "产品编码")])
def test_the_list_is_exported_as_it_is_shown(open_page, texts, language, head):
    text = texts(language)
    path = "/a/crm_ltc/product?view=all&columns=code,name&sort=code&search=GTX"
    page = open_page("manager@example.com", path, language=language)
    expect(page.get_by_role("grid").get_by_role("link", name="GTX-BASIC")).to_be_visible()
    page.locator(".list-more").click()
    with page.expect_download() as downloading:
        page.get_by_role("menuitem", name=text("list.more.csv")).click()
    rows = list(csv.reader(io.StringIO(downloading.value.path().read_text("utf-8-sig"))))
    assert head in rows[0]
    names = [row[rows[0].index(head)] for row in rows[1:]]
    assert names == sorted(names)
    assert names
    assert all(name.startswith("GTX") for name in names)


def test_an_export_to_import_again_has_numbers_and_keys(open_page, api):
    people = api("manager@example.com")
    [series] = people.records("product", filter='{code} = "GTX-BASIC"', fields="code,name")
    path = "/a/crm_ltc/product?view=all&columns=code,name&sort=code&search=GTX"
    page = open_page("manager@example.com", path)
    expect(page.get_by_role("grid").get_by_role("link", name="GTX-BASIC")).to_be_visible()
    page.locator(".list-more").click()
    page.get_by_role("menuitem", name="Export to import again").hover()
    with page.expect_download() as downloading:
        page.get_by_role("menuitem", name="CSV", exact=True).click()
    assert "relations=key" in downloading.value.url
    rows = list(csv.reader(io.StringIO(downloading.value.path().read_text("utf-8-sig"))))
    at = rows[0].index("Code")
    assert [row[0] for row in rows[1:] if row[at] == "GTX-BASIC"] == [str(series["id"])]


@pytest.mark.parametrize("path", ["/a/crm_ltc/account/import", "/a/crm_ltc/-/import"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_import_is_told_so(open_page, texts, path, language):
    text = texts(language)
    page = open_page("sales@example.com", path, language=language)
    expect(page.get_by_role("heading", name=text("import.forbidden"), level=1)).to_be_visible()
    expect(page.get_by_text(text("import.forbiddenHelp"))).to_be_visible()
    expect(page.locator('input[type="file"]')).to_have_count(0)
    page.goto("/a/crm_ltc/-/imports")
    expect(page.get_by_role("heading", name=text("imports.empty"))).to_be_visible()
    expect(page.get_by_role("link", name=text("imports.new"))).to_have_count(0)
