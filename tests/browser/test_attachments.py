"""Files of a record: looked at over the page, listed in their tab, sent along with a comment."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import eventually

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]"
    b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 44>>stream\nBT /F 24 Tf 40 100 Td (Offer 2026) Tj ET    \nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
CSV = '客户,金额\n上海云启,"1,200"\n<b>x</b>,7\n'.encode("gb18030")


def file(name: str, content: bytes, kind: str = "application/octet-stream") -> dict:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.fixture
def account(api):
    people = api("admin@example.com")
    made = people.create("account", name="Paper Mill")
    yield made
    people.delete(f"/apps/crm_ltc/forms/account/records/{made['id']}")


def path_of(account, tab: str = "all-files") -> str:
    return f"/a/crm_ltc/account/{account['id']}?tab={tab}"


def add(page, files: list[dict], field: str = "Files") -> None:
    page.get_by_role("button", name="Add files").click()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("menuitem", name=f"Add to “{field}”").click()
    chosen.value.set_files(files)


def test_files_are_added_in_their_tab_and_looked_at_one_after_the_other(open_page, api, account):
    page = open_page("manager@example.com", path_of(account))
    html = b"<script>document.title = 'run'</script>"
    for one in (file("sheet.csv", CSV), file("page.html", html, "text/html"), file("pack.zip", b"PK")):
        add(page, [one])
        expect(page.get_by_role("row").filter(has_text=one["name"])).to_be_visible()
    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_contain_text(re.compile("pack.zip.*Files.*Mia Manager"))
    page.get_by_role("region", name="Files").get_by_role("link", name="sheet.csv").click()
    viewer = page.get_by_role("dialog", name="sheet.csv")
    expect(viewer.get_by_role("columnheader", name="金额")).to_be_visible()
    expect(viewer.get_by_role("cell", name="1,200")).to_be_visible()
    expect(viewer.get_by_role("cell", name="<b>x</b>")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("dialog", name="page.html").locator("pre")).to_have_text(html.decode())
    page.get_by_role("button", name="Previous file").click()
    packed = page.get_by_role("dialog", name="pack.zip")
    expect(packed).to_contain_text("This kind of file is not shown here")
    with page.expect_download() as kept:
        packed.get_by_role("link", name="Download").click()
    assert kept.value.suggested_filename == "pack.zip"
    page.keyboard.press("Escape")
    expect(packed).to_be_hidden()
    eventually(lambda: len(api("admin@example.com").record("account", account["id"])["files"]), 3)
    assert page.title() != "run"


def test_a_pdf_is_shown_by_the_browser_or_offered(open_page, account):
    page = open_page("manager@example.com", path_of(account))
    add(page, [file("offer.pdf", PDF, "text/html")])
    page.get_by_role("region", name="Files").get_by_role("link", name="offer.pdf").click()
    viewer = page.get_by_role("dialog", name="offer.pdf")
    if page.evaluate("navigator.pdfViewerEnabled"):
        expect(viewer.locator("iframe")).to_have_attribute("src", re.compile("^blob:"))
    else:
        expect(viewer).to_contain_text("This browser shows no PDF files in a page")
    expect(viewer.get_by_role("link", name="Download")).to_be_visible()


def test_a_comment_takes_files_along(open_page, account):
    page = open_page("manager@example.com", path_of(account, "history"), width=390)
    box = page.locator(".comment-box")
    with page.expect_file_chooser() as chosen:
        box.get_by_role("button", name="Attach files").click()
    chosen.value.set_files([file("notes.txt", "第一行".encode(), "text/plain")])
    expect(box.get_by_role("button", name="Remove notes.txt")).to_be_visible()
    box.get_by_role("button", name="Comment", exact=True).click()
    said = page.locator(".timeline ol > li.comment").first
    said.get_by_role("link", name="notes.txt").click()
    viewer = page.get_by_role("dialog", name="notes.txt")
    expect(viewer.locator("pre")).to_have_text("第一行")
    viewer.get_by_role("button", name="Close").click()
    page.get_by_role("tab", name="Files").click()
    panel = page.get_by_role("tabpanel", name="Files")
    expect(panel.get_by_role("listitem")).to_contain_text("Comment · Mia Manager")
