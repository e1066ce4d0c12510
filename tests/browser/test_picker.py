"""Choosing a related record: what was used lately, all others page by page, searched, with columns."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

LANGUAGES = ["en", "zh-CN"]
NEW_ACCOUNT = "/a/crm_ltc/account/new"
CONTACTS = {"en": "Contacts", "zh-CN": "联系人"}
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


@pytest.fixture
def staff(api):
    """An account without contacts, and two contacts of another."""
    sales = api("admin@example.com")
    empty, other = (sales.create("account", name=f"Staffed {name}") for name in ("Meadow", "Harbour"))
    people = [
        sales.create("contact", name=f"Linked {name}", account=other["id"], mobile=mobile)
        for name, mobile in (("Ann", "18600770001"), ("Ben", "18600770002"))
    ]
    yield empty, people
    for one in people:
        sales.delete(f"/apps/crm_ltc/forms/contact/records/{one['id']}")
    for one in (empty, other):
        sales.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")


def chooses_by_mouse(page: Page, dialog: Locator, text) -> None:
    for name in ("Ann", "Ben"):
        choices(page).filter(has_text=f"Linked {name}").click()
    # The list is still open for more, and hides nothing of the dialog.
    expect(popup(page)).to_be_visible()
    dialog.get_by_role("button", name=text("record.link.link"), exact=True).click()


def chooses_by_keys(page: Page, dialog: Locator, text) -> None:
    link = dialog.get_by_role("button", name=text("record.link.link"), exact=True)
    options, chosen = choices(page), popup(page).locator(".ant-select-item-option-selected")
    active = re.compile("ant-select-item-option-active")
    expect(options.first).to_have_class(active)
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.last).to_have_class(active)
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(2)
    for _ in range(12):
        if link.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(popup(page)).to_be_hidden()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("choose", [chooses_by_mouse, chooses_by_keys])
@pytest.mark.parametrize("language", LANGUAGES)
def test_several_records_are_linked_without_closing_their_list(
    open_page, api, texts, staff, language, choose, size
):
    text = texts(language)
    account, people = staff
    page = open_page("admin@example.com", f"/a/crm_ltc/account/{account['id']}", language=language)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.get_by_role("tab", name=CONTACTS[language]).click()
    panel = page.get_by_role("tabpanel", name=CONTACTS[language])
    panel.get_by_role("button", name=text("record.link.button")).click()
    dialog = page.get_by_role("dialog", name=text("record.link.title", list=CONTACTS[language]))
    dialog.get_by_role("combobox").fill("Linked")
    # Before the answer has come, they may be seen among all the others.
    expect(choices(page)).to_have_text([re.compile("Linked")] * 2)
    choose(page, dialog, text)
    expect(dialog).to_be_hidden()
    for one in people:
        api("admin@example.com").expect_record("contact", one["id"], account=account["id"])
        expect(panel.get_by_text(one["name"])).to_be_visible()
