"""Many records changed or deleted together from the list: previewed, done and taken back from the message."""

import re

import pytest
from playwright.sync_api import expect

LANGUAGES = ("en", "zh-CN")


@pytest.fixture
def accounts(api):
    people = api("admin@example.com")
    made = [people.create("account", name=f"Batched {place}") for place in range(3)]
    yield people
    for one in made:
        if people.records("account", filter=f"{{id}} = {one['id']}"):
            people.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")


def select_loaded(page) -> None:
    page.get_by_role("grid").focus()
    # In the column of the boxes it is the records that are all selected, elsewhere first the cells.
    page.keyboard.press("Home")
    page.keyboard.press("Control+a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_deleted_records_come_back_from_the_message(open_page, accounts, texts, language):
    text = texts(language)
    page = open_page("admin@example.com", "/a/crm_ltc/account?view=all&search=Batched", language=language)
    rows = page.get_by_role("grid").get_by_role("row")
    expect(rows).to_have_count(4)
    select_loaded(page)
    bar = page.get_by_role("toolbar", name=text("list.select.toolbar"))
    bar.get_by_role("button", name=text("ui.delete")).click()
    page.get_by_role("dialog").get_by_role("button", name=text("ui.delete")).click()
    expect(page.get_by_text("Batched 1", exact=True)).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name=text("list.select.undo")).click()
    expect(rows).to_have_count(4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_one_call_takes_are_looked_at_by_a_job(open_page, texts, language):
    text = texts(language)
    page = open_page("admin@example.com", "/a/crm_ltc/opportunity?view=all", language=language)
    expect(page.locator('[role="gridcell"][data-row="20"][data-column="1"]')).not_to_be_empty()
    select_loaded(page)
    bar = page.get_by_role("toolbar", name=text("list.select.toolbar"))
    bar.get_by_role("button", name=re.compile("8,")).click()
    expect(bar.get_by_role("status")).to_contain_text("8,")
    bar.get_by_role("button", name=text("list.select.edit")).click()
    dialog = page.get_by_role("dialog", name=re.compile("8,"))
    dialog.get_by_role("combobox", name=text("batch.field")).last.click()
    page.keyboard.type("Quantity" if language == "en" else "数量")
    page.keyboard.press("Enter")
    dialog.get_by_role("combobox", name=text("batch.how")).click()
    page.locator(".ant-select-dropdown:visible").get_by_text(text("batch.ways.clear"), exact=True).click()
    with page.expect_response(lambda answer: "batch-edit-job?preview=true" in answer.url):
        dialog.get_by_role("button", name=text("batch.look")).click()
    preview = dialog.get_by_role("region", name=text("batch.preview.title"))
    expect(preview).to_be_visible()
    expect(preview.get_by_role("status")).to_contain_text("8,")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_changed_together_is_listed_and_taken_back(open_page, accounts, texts, language):
    text = texts(language)
    made = accounts.records("account", filter='STARTSWITH({name}, "Batched")', fields="employees")
    change = {"ids": [one["id"] for one in made], "values": {"employees": 77}}
    batch = accounts.post("/apps/crm_ltc/forms/account/records/batch-edit", change)["batch"]
    page = open_page("admin@example.com", "/a/crm_ltc/account?view=all&search=Batched", language=language)
    expect(page.get_by_role("grid").get_by_role("row")).to_have_count(4)
    page.locator(".list-more").click()
    page.get_by_role("menuitem", name=text("list.more.batches")).click()
    table = page.get_by_role("region", name=text("batches.table"))
    row = table.locator(f'[data-batch="{batch}"]')
    expect(row).to_contain_text("Changed: Employees" if language == "en" else "修改：员工")
    expect(row.get_by_role("cell").nth(1)).to_have_text("3")
    row.get_by_role("button").click()
    question = page.get_by_role("dialog", name=text("batches.undoQuestion"))
    question.get_by_role("button", name=text("batches.undo"), exact=True).click()
    expect(row).to_contain_text(text("batches.undone"))
    expect(row.get_by_role("button")).to_have_count(0)
    expect(table.get_by_role("row").nth(1)).to_contain_text(text("batches.kind.undoes"))
    for one in made:
        accounts.expect_record("account", one["id"], employees=None)
    page.get_by_role("link", name=text("batches.back")).click()
    expect(page.get_by_role("grid")).to_be_visible()


def test_nobody_but_administrators_sees_what_others_did(open_page, accounts, texts):
    made = accounts.records("account", filter='STARTSWITH({name}, "Batched")', fields="employees")
    change = {"ids": [one["id"] for one in made], "values": {"employees": 78}}
    batch = accounts.post("/apps/crm_ltc/forms/account/records/batch-edit", change)["batch"]
    page = open_page("manager@example.com", "/a/crm_ltc/account/batches")
    expect(page.get_by_role("heading", level=1)).to_have_text("Changed together: Accounts")
    expect(page.locator(".j-skeleton")).to_have_count(0)
    expect(page.locator(f'[data-batch="{batch}"]')).to_have_count(0)
