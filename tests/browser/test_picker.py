"""Choosing a related record: what was used lately, all others page by page, searched, with columns."""

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]
NEW_ACCOUNT = "/a/crm_ltc/account/new"
PARENT = {"en": "Parent company", "zh-CN": "上级公司"}


@pytest.fixture
def subsidiary(api):
    """An account below another, made by the person who looks: the other one was used lately."""
    people = api("manager@example.com")
    [parent] = people.records("account", filter='{name} = "Zencorporation"', fields="name")
    made = people.create("account", name="Picked Subsidiary", parent=parent["id"])
    yield made
    api("admin@example.com").delete(f"/apps/crm_ltc/forms/account/records/{made['id']}")


def open_picker(page: Page, label: str):
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    return box


def popup(page: Page):
    return page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)")


def choices(page: Page):
    return popup(page).locator(".ant-select-item-option")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_used_lately_comes_first(open_page, texts, subsidiary, language):
    text = texts(language)
    page = open_page("manager@example.com", NEW_ACCOUNT, language=language)
    open_picker(page, PARENT[language])
    expect(popup(page).get_by_text(text("fields.relation.recent"), exact=True)).to_be_visible()
    expect(choices(page).filter(has_text="Zencorporation").first).to_be_visible()
    expect(choices(page).filter(has_text="Acme Corporation")).to_contain_text("AC-")


def test_typing_searches_all_records_and_enter_chooses(open_page):
    page = open_page("manager@example.com", NEW_ACCOUNT)
    box = open_picker(page, "Parent company")
    box.press_sequentially("Zumgoity")
    expect(choices(page)).to_have_count(1)
    expect(choices(page).first).to_contain_text("Medical")
    page.keyboard.press("Enter")
    expect(page.locator(".ant-select").filter(has=box)).to_contain_text("Zumgoity")


def test_scrolling_brings_what_the_first_page_has_not(open_page):
    page = open_page("manager@example.com", NEW_ACCOUNT)
    open_picker(page, "Parent company")
    expect(choices(page).filter(has_text="Acme Corporation")).to_be_visible()
    last = choices(page).filter(has_text="Zumgoity")
    scroller = popup(page).locator(".rc-virtual-list-holder, .ant-select-dropdown-list-holder").first
    with page.expect_response(
        lambda answer: answer.url.endswith("/choices") and "cursor" in (answer.request.post_data or "")
    ):
        scroller.evaluate("element => { element.scrollTop = element.scrollHeight }")
    # The second page makes the list longer: its end is somewhere else then.
    scroller.hover()
    page.mouse.wheel(0, 20_000)
    expect(last).to_be_visible()


def test_the_condition_follows_what_stands_in_the_form(open_page, api):
    people = api("manager@example.com")
    [contact] = people.records("contact", filter='{account.name} = "Acme Corporation"', sort="id", limit=1)
    account = contact["account"]["id"]
    page = open_page("manager@example.com", f"/a/crm_ltc/opportunity/new?set.account={account}")
    open_picker(page, "Main contact")
    expect(choices(page).filter(has_text=contact["title"])).to_be_visible()
    expect(choices(page)).to_have_count(
        len(people.records("contact", filter='{account.name} = "Acme Corporation"'))
    )


KINDS = {"en": ("Lead", "Account", "Opportunity"), "zh-CN": ("线索", "客户", "商机")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_record_is_told_by_fields_of_its_own(open_page, api, texts, language):
    people = api("manager@example.com")
    [deal] = people.records("opportunity", filter="NOT(ISBLANK({account}))", sort="-updated_at", limit=1)
    _, account, opportunity = KINDS[language]
    page = open_page("manager@example.com", "/a/crm_ltc/follow_up/new", language=language)
    kind = page.get_by_role("combobox", name=texts(language)("fields.relation.kind"))
    box = page.locator('[data-field="about"]').get_by_role("combobox").last
    kind.click()
    popup(page).get_by_text(opportunity, exact=True).click()
    box.click()
    shown = choices(page).filter(has_text=deal["title"]).first
    expect(shown).to_contain_text(opportunity)
    expect(shown).to_contain_text(deal["account"]["title"])
    page.keyboard.press("Escape")
    kind.click()
    popup(page).get_by_text(account, exact=True).click()
    box.press_sequentially("Zumgoity")
    expect(choices(page)).to_have_count(1)
    expect(choices(page).first).to_contain_text({"en": "Medical", "zh-CN": "医疗健康"}[language])
