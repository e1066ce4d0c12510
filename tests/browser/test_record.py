"""One record from its first value to the recycle bin and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

LANGUAGES = ["en", "zh-CN"]


def field(page: Page, key: str):
    return page.locator(f'[data-field="{key}"]')


def fill(page: Page, key: str, value: str) -> None:
    field(page, key).get_by_role("textbox").fill(value)


def choose(page: Page, key: str, option: str) -> None:
    field(page, key).get_by_role("combobox").click()
    page.locator(".ant-select-dropdown:visible").get_by_text(option, exact=True).click()
    expect(page.locator(".ant-select-dropdown:visible")).to_have_count(0)


def number_of(page: Page, form: str) -> int:
    """The number of the record that is shown, as its address tells."""
    expect(page).to_have_url(re.compile(rf"/{form}/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


@pytest.fixture
def account(api):
    people = api("admin@example.com")
    made = people.create("account", name="Two Hands Works", employees=10)
    yield made
    for one in people.records("account", filter='{name} = "Two Hands Works"'):
        people.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_work_while_a_lead_is_typed(open_page, texts, api, language):
    text = texts(language)
    english = ("Invalid", "No need", "Website registration")
    words = english if language == "en" else ("无效", "无需求", "官网注册")
    page = open_page("manager@example.com", "/a/crm_ltc/lead/new", language=language, refusals={422})
    fill(page, "contact_name", "Lina Live")
    expect(field(page, "invalid_reason")).to_have_count(0)
    choose(page, "status", words[0])
    expect(field(page, "invalid_reason")).to_contain_text(text("record.required"))
    page.get_by_role("button", name=text("ui.save"), exact=True).click()
    for key in ("source", "invalid_reason", "mobile"):
        expect(field(page, key).locator(".form-issue")).not_to_be_empty()
    expect(page.locator(".form-bar").get_by_role("alert")).not_to_be_empty()
    choose(page, "invalid_reason", words[1])
    choose(page, "source", words[2])
    fill(page, "mobile", "13800002222")
    page.get_by_role("button", name=text("ui.save"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lina Live")
    key = number_of(page, "lead")
    api("manager@example.com").expect_record("lead", key, invalid_reason="no_need")
    page.close()
    api("manager@example.com").delete(f"/apps/crm_ltc/forms/lead/records/{key}")


def test_the_first_field_with_a_message_gets_the_cursor(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account/new", refusals={422})
    fill(page, "tax_no", "123")
    page.get_by_role("button", name="Save", exact=True).click()
    name = field(page, "name").get_by_role("textbox")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".form-bar").get_by_role("alert")).to_have_text("2 fields need attention")


def test_a_change_is_saved_and_the_history_tells_it(open_page, account):
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}")
    page.get_by_role("button", name="Edit", exact=True).click()
    field(page, "employees").get_by_role("textbox").fill("25")
    page.keyboard.press("Control+s")
    history = page.get_by_role("complementary", name="Activity")
    newest = history.locator("ol > li").first
    expect(newest).to_contain_text("Mia Manager")
    expect(newest).to_contain_text(re.compile("Employees.*before: 10.*after: 25", re.DOTALL))


def test_what_is_probably_there_already_is_asked_about_in_place(open_page, api):
    people = api("manager@example.com")
    first, second = (
        people.create("lead", contact_name=f"Twin {n}", mobile=f"1380000555{n}", source="website")
        for n in (1, 2)
    )
    page = open_page("manager@example.com", f"/a/crm_ltc/lead/{second['id']}", refusals={409})
    page.get_by_role("button", name="Edit Mobile").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Mobile").fill("138 0000 5551")
    page.keyboard.press("Enter")
    question = page.get_by_role("dialog", name="This is probably there already")
    expect(question).to_contain_text("Twin 1")
    question.get_by_role("button", name="Save anyway").click()
    expect(question).to_be_hidden()
    expect(page.get_by_role("textbox", name="Mobile")).to_have_count(0)
    eventually(lambda: people.record("lead", second["id"])["mobile"][-4:], "5551")
    page.close()
    for made in (first, second):
        people.delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


def test_one_field_is_changed_in_place(open_page, account, api):
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}")
    field(page, "short_name").first.hover()
    page.get_by_role("button", name="Edit Short name").click()
    page.get_by_role("textbox", name="Short name").fill("Two Hands")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Short name")).to_contain_text("Two Hands")
    api("admin@example.com").expect_record("account", account["id"], short_name="Two Hands")


def test_two_people_who_save_are_both_heard(open_page, account, api):
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}?edit=1", refusals={409})
    field(page, "employees").get_by_role("textbox").fill("30")
    fill(page, "short_name", "Mine")
    api("admin@example.com").change("account", account["id"], employees=40, website="https://theirs.example")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Somebody else saved this record")
    expect(dialog).to_contain_text("Ada Admin")
    row = dialog.get_by_role("row", name=re.compile("^Employees"))
    row.get_by_role("radio", name=re.compile("Theirs")).check()
    dialog.get_by_role("button", name="Save this version").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="Two Hands Works", level=1)).to_be_visible()
    api("admin@example.com").expect_record(
        "account", account["id"], employees=40, short_name="Mine", website="https://theirs.example"
    )


def test_leaving_with_unsaved_changes_asks_first(open_page, account):
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}?edit=1")
    fill(page, "short_name", "Never saved")
    page.get_by_role("link", name="Products").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Stay here").click()
    expect(field(page, "short_name").get_by_role("textbox")).to_have_value("Never saved")
    page.get_by_role("link", name="Products").click()
    dialog.get_by_role("button", name="Discard changes").click()
    expect(page.get_by_role("heading", name="Products", level=1)).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deleted_record_comes_back_from_the_bin(open_page, texts, account, language):
    text = texts(language)
    path = f"/a/crm_ltc/account/{account['id']}"
    page = open_page("manager@example.com", path, language=language, refusals={404})
    page.locator(".record-actions").get_by_role("button", name=text("ui.more")).click()
    page.get_by_role("menuitem", name=text("ui.delete")).click()
    page.get_by_role("dialog").get_by_role("button", name=text("ui.delete"), exact=True).click()
    expect(page).to_have_url(re.compile("/a/crm_ltc/account$"))
    page.goto("/a/crm_ltc/account")
    page.locator(".list-more").click()
    page.get_by_role("menuitem", name=text("list.more.bin")).click()
    title = "Two Hands Works"
    page.get_by_role("searchbox", name=text("bin.search")).fill(title)
    page.get_by_role("button", name=text("bin.restoreOf", title=title)).first.click()
    page.get_by_role("button", name=text("bin.open")).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_is_completed_before_it_is_saved(open_page, texts, api, account, language):
    text, people = texts(language), api("admin@example.com")
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}", language=language)
    page.locator(".record-actions").get_by_role("button", name=text("ui.more")).click()
    page.get_by_role("menuitem", name=text("record.duplicate")).click()
    expect(page).to_have_url(re.compile(rf"/account/new\?copy={account['id']}$"))
    expect(field(page, "employees").locator("input")).to_have_value("10")
    expect(field(page, "name").get_by_role("textbox")).to_have_value("")
    name = f"Two More Hands {language}"
    fill(page, "name", name)
    page.get_by_role("button", name=text("ui.save"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    copy = number_of(page, "account")
    people.expect_record("account", copy, employees=10)
    page.close()
    people.delete(f"/apps/crm_ltc/forms/account/records/{copy}")


def test_related_records_are_listed_and_added(open_page, api):
    people = api("manager@example.com")
    account = people.records("account", sort="name", limit=1)[0]
    page = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}")
    page.get_by_role("tab", name="Contacts").click()
    panel = page.get_by_role("tabpanel", name="Contacts")
    expect(panel.get_by_role("listitem")).not_to_have_count(0)
    panel.get_by_role("button", name="New Contact").click()
    dialog = page.get_by_role("dialog", name="New Contact")
    expect(dialog.locator('[data-field="account"]')).to_contain_text(account["title"])


def test_a_record_that_does_not_exist_is_not_found(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account/999999999", refusals={404})
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
