"""Approvals on paper: with the record, after a decision, and many tasks in one go."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually
from tests.browser.test_accessibility import complaints
from tests.browser.test_signatures import EXECUTIVE, contract, executive, signatures, todo
from tests.browser.test_tasks import open_task, task, tasks

__all__ = ["contract", "executive"]

#: Counts how often the browser's own dialog for printing would have opened.
COUNTED = "window.printed = 0; window.print = () => { window.printed += 1; }"


def rows(sheet) -> list[list[str]]:
    """The lines of the approval on paper: step, person, result."""
    return sheet.locator(".approval tbody tr").evaluate_all(
        "all => all.map((row) => [...row.cells].slice(0, 3).map((cell) => cell.textContent))"
    )


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_record_is_printed_with_its_approval(open_page, api, texts, contract, executive, language):
    text = texts(language)
    made = contract(f"Paper {language}")
    mine = next(entry for entry in todo(executive) if entry["record"]["id"] == made["id"])
    decision = {"decision": "approve", "comment": "Agreed, by all means.", "signature": {"typed": "Xu Lan"}}
    executive.post(f"/tasks/{mine['id']}/decision", decision)
    page = open_page(EXECUTIVE, f"/a/crm_ltc/contract/{made['id']}/print", language=language)
    sheet = page.get_by_role("article")
    table = sheet.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(5)
    people = [email.partition("@")[0] for email in ("sales", "manager", "finance", "executive")]
    assert [row[1].split()[-1].lower() for row in rows(sheet)] == people
    agreed = "Approve" if language == "en" else "同意"
    assert [row[2] for row in rows(sheet)][1:] == [agreed] * 3
    expect(table.get_by_text("Agreed, by all means.")).to_be_visible()
    expect(table.get_by_text(text("signature.wasTyped"), exact=True)).to_be_visible()
    assert complaints(page) == []
    # Each part is printed or not, as one likes.
    choices = page.get_by_role("group", name=text("print.choices"))
    for part, shown in (("comments", "Agreed, by all means."), ("signatures", "Xu Lan")):
        choices.get_by_role("checkbox", name=text(f"print.{part}"), exact=True).uncheck()
        expect(table.get_by_text(shown)).to_have_count(0)
    page.emulate_media(media="print")
    expect(choices).to_be_hidden()
    expect(table).to_be_visible()
    page.emulate_media(media="screen")
    choices.get_by_role("checkbox", name=text("print.approvals"), exact=True).uncheck()
    expect(sheet.locator(".approval")).to_have_count(0)
    expect(sheet.get_by_role("heading", level=1)).to_be_visible()


def test_a_decision_goes_on_paper_at_once(open_page, api, texts, contract, executive):
    text = texts("en")
    made = contract("Decided on paper")
    page = open_page(EXECUTIVE, "/tasks")
    page.add_init_script(COUNTED)
    page.reload()
    open_task(page, "Decided on paper")
    task(page).get_by_role("button", name=text("ui.more"), exact=True).click()
    page.get_by_role("menuitem", name=text("tasks.andPrint", decision="Approve"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=text("signature.mode.type")).click()
    dialog.get_by_role("textbox", name=text("signature.name")).fill("Xu Lan")
    dialog.locator("footer .ant-btn-primary").click()
    expect(page).to_have_url(re.compile(r"/tasks/print\?tasks=\d+&now=1"))
    sheet = page.get_by_role("article")
    expect(sheet.get_by_text("Xu Lan")).to_be_visible()
    eventually(lambda: page.evaluate("window.printed"), 1)
    assert signatures(api, made)[-1] == {"typed": "Xu Lan"}
    page.get_by_role("link", name=text("print.backToTask")).click()
    expect(task(page).get_by_role("heading", level=1, name=re.compile("Decided on paper"))).to_be_visible()
    task(page).get_by_role("link", name=text("tasks.print"), exact=True).click()
    expect(sheet.get_by_text("Xu Lan")).to_be_visible()
    assert page.evaluate("window.printed") == 1


def test_marked_tasks_are_printed_each_on_its_own_pages(open_page, api, texts, contract, executive):
    text = texts("en")
    made = [contract("Print one"), contract("Print two")]
    page = open_page(EXECUTIVE, "/tasks", width=390, scheme="dark", refusals={404})
    for name in ("Print one", "Print two"):
        tasks(page).get_by_role("listitem").filter(has_text=name).get_by_role("checkbox").check()
    tasks(page).get_by_role("toolbar").get_by_role("button", name=text("tasks.print"), exact=True).click()
    sheets = page.get_by_role("article")
    expect(sheets).to_have_count(2)
    # As in the box, the newest first.
    for sheet, name in zip(sheets.all(), ("Print two", "Print one"), strict=True):
        expect(sheet.get_by_role("heading", level=1)).to_contain_text(name)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    breaks = [sheet.evaluate("one => getComputedStyle(one).breakBefore") for sheet in sheets.all()]
    assert breaks == ["auto", "page"]
    page.emulate_media(media="screen")
    # What is somebody else's is left out, and so is what is not there.
    others = api("manager@example.com").get("/tasks", box="done", form="contract")["tasks"]
    foreign = next(one["id"] for one in others if one["record"]["id"] == made[0]["id"])
    own = next(one["id"] for one in todo(executive) if one["record"]["id"] == made[0]["id"])
    page.goto(f"/tasks/print?tasks={own},{foreign},999999999")
    expect(sheets).to_have_count(1)
    expect(page.get_by_role("status").get_by_text(text("print.leftOut_other", count=2))).to_be_visible()
    assert complaints(page) == []


def test_nothing_is_printed_where_nothing_may_be(open_page, texts):
    text = texts("zh-CN")
    page: Page = open_page(EXECUTIVE, "/tasks/print?tasks=999999999,x", language="zh-CN", refusals={404})
    expect(page.get_by_role("heading", name=text("print.noTasks"))).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(0)
