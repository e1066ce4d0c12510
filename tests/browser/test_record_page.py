"""The page of a record: tabs with an address, related lists that are filled in place, buttons."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

LANGUAGES = ["en", "zh-CN"]


@pytest.fixture
def account(api):
    people = api("admin@example.com")
    made = people.create("account", name="Page Works")
    yield made
    for form in ("follow_up", "opportunity", "contact"):
        for one in people.records(form, filter=f"{{account}} = {made['id']}"):
            people.delete(f"/apps/crm_ltc/forms/{form}/records/{one['id']}")
    people.delete(f"/apps/crm_ltc/forms/account/records/{made['id']}")


@pytest.fixture
def deal(api, account):
    return api("admin@example.com").create(
        "opportunity", name="Page deal", account=account["id"], expected_close="2027-03-01", amount=500
    )


def path_of(form: str, record: dict) -> str:
    return f"/a/crm_ltc/{form}/{record['id']}"


def field(scope, key: str):
    return scope.locator(f'[data-field="{key}"]')


def pick_today(page: Page, scope, key: str) -> None:
    field(scope, key).get_by_role("textbox").click()
    page.locator(".ant-picker-dropdown:visible .ant-picker-cell-today").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_is_added_in_place_and_everything_follows(open_page, api, texts, account, language):
    text = texts(language)
    form, tab = ("Opportunity", "Opportunities") if language == "en" else ("商机", "商机")
    page = open_page("manager@example.com", path_of("account", account), language=language)
    page.get_by_role("tab", name=tab).click()
    add = text("record.add", form=form)
    panel = page.get_by_role("tabpanel", name=tab)
    panel.get_by_role("button", name=add, exact=True).click()
    dialog = page.get_by_role("dialog", name=text("record.newTitle", form=form))
    expect(field(dialog, "account")).to_contain_text("Page Works")
    field(dialog, "name").get_by_role("textbox").fill("In place")
    pick_today(page, dialog, "expected_close")
    field(dialog, "amount").get_by_role("textbox").fill("1200")
    dialog.get_by_role("button", name=text("ui.save"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(panel.get_by_role("link", name=re.compile("In place"))).to_be_visible()
    expect(panel.locator(".related-sums")).to_contain_text("1,200.00")
    expect(page.get_by_role("tab", name=tab)).to_contain_text("1")
    expect(page.locator(".record-facts")).to_contain_text("1,200.00")
    people, mine = api("admin@example.com"), f"{{account}} = {account['id']}"
    eventually(lambda: [one["amount"] for one in people.records("opportunity", filter=mine)], [1200])


def test_a_child_is_changed_in_place(open_page, api, account, deal):
    page = open_page("manager@example.com", f"{path_of('account', account)}?tab=deals")
    panel = page.get_by_role("tabpanel", name="Opportunities")
    panel.get_by_role("button", name=re.compile("^Edit .*Page deal")).click()
    dialog = page.get_by_role("dialog", name=re.compile("Page deal"))
    field(dialog, "amount").get_by_role("textbox").fill("700")
    page.keyboard.press("Control+s")
    expect(dialog).to_be_hidden()
    expect(page.locator(".related-sums")).to_contain_text("700.00")
    api("admin@example.com").expect_record("opportunity", deal["id"], amount=700)


def test_closing_a_dialog_with_something_typed_asks_first(open_page, account):
    page = open_page("manager@example.com", f"{path_of('account', account)}?tab=people")
    page.get_by_role("tabpanel").get_by_role("button", name="New Contact").click()
    dialog = page.get_by_role("dialog", name="New Contact")
    field(dialog, "name").get_by_role("textbox").fill("Never saved")
    page.keyboard.press("Escape")
    question = page.get_by_role("dialog", name="Leave without saving?")
    question.get_by_role("button", name="Cancel").click()
    expect(field(dialog, "name").get_by_role("textbox")).to_have_value("Never saved")
    dialog.get_by_role("button", name="Close").click()
    question.get_by_role("button", name="Discard changes").click()
    expect(dialog).to_be_hidden()


def test_the_address_holds_the_tab_and_back_works(open_page, account, deal):
    page = open_page("manager@example.com", path_of("account", account))
    page.get_by_role("tab", name="Opportunities").click()
    expect(page).to_have_url(re.compile(r"\?tab=deals$"))
    # The activity beside the tabs leads to the deal too.
    panel = page.get_by_role("tabpanel", name="Opportunities")
    panel.get_by_role("link", name=re.compile("Page deal")).click()
    expect(page.get_by_role("heading", name=re.compile("Page deal"), level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("tab", name="Opportunities")).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(page.get_by_role("tab", name="Overview")).to_have_attribute("aria-selected", "true")


def test_show_all_leads_to_the_filtered_list(open_page, account, deal):
    page = open_page("manager@example.com", f"{path_of('account', account)}?tab=deals")
    page.get_by_role("tabpanel", name="Opportunities").get_by_role("link", name="Show all").click()
    expect(page.get_by_role("heading", name="Opportunities", level=1)).to_be_visible()
    expect(page.get_by_role("grid")).to_contain_text("Page deal")
    expect(page.locator(".list-header")).to_contain_text("1 record")


def test_who_may_not_create_there_finds_no_button(open_page, api, account):
    page = open_page("marketing@example.com", f"{path_of('account', account)}?tab=people")
    expect(page.get_by_role("tabpanel")).to_be_visible()
    expect(page.get_by_role("button", name="New Contact")).to_have_count(0)
    expect(page.get_by_role("button", name="Log follow-up")).to_have_count(0)


def test_a_button_asks_and_says_what_is_missing(open_page, api, deal):
    page = open_page("manager@example.com", path_of("opportunity", deal), refusals={422})
    page.locator(".record-actions").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Lose").click()
    dialog = page.get_by_role("dialog", name="Lose")
    dialog.get_by_role("button", name="Lose", exact=True).click()
    expect(field(dialog, "lost_reason").locator(".form-issue")).not_to_be_empty()
    field(dialog, "lost_reason").get_by_role("combobox").click()
    page.locator(".ant-select-dropdown:visible").get_by_text("No budget", exact=True).click()
    dialog.get_by_role("button", name="Lose", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".record-facts")).to_contain_text("Lost")
    expect(page.get_by_role("button", name="Win", exact=True)).to_have_count(0)
    api("admin@example.com").expect_record("opportunity", deal["id"], stage="lost", lost_reason="no_budget")


def test_a_button_works_by_keyboard_alone(open_page, api, deal):
    page = open_page("manager@example.com", path_of("opportunity", deal))
    page.get_by_role("button", name="Win", exact=True).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Win")
    expect(field(dialog, "amount").get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".record-facts")).to_contain_text("Won")
    api("admin@example.com").expect_record("opportunity", deal["id"], stage="won")


def test_a_button_creates_what_belongs_to_the_record(open_page, api, account, deal):
    page = open_page("manager@example.com", path_of("opportunity", deal))
    page.get_by_role("button", name="Log follow-up").click()
    dialog = page.get_by_role("dialog", name="Log follow-up")
    expect(field(dialog, "account")).to_contain_text("Page Works")
    expect(field(dialog, "about")).to_contain_text("Page deal")
    field(dialog, "content").get_by_role("textbox").fill("They like it")
    field(dialog, "result").get_by_role("combobox").click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").first.click()
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("tab", name="Follow-ups")).to_contain_text("1")
    people, about = api("admin@example.com"), f"{{about.opportunity}} = {deal['id']}"
    eventually(
        lambda: [(one["content"], one["account"]["id"]) for one in people.records("follow_up", filter=about)],
        [("They like it", account["id"])],
    )


def test_neighbours_in_the_list_one_came_from_also_on_its_next_page(open_page, api):
    people = api("manager@example.com")
    wanted = [one["id"] for one in people.records("opportunity", sort="id", limit=103)]
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=all&sort=id&filter=-")
    # Totals arrive after the rows and move them: the row is meant, not its place.
    page.locator(f'.grid-title[href$="/opportunity/{wanted[0]}"]').click()
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[0]}$"))
    expect(page.locator(".record-neighbours")).to_contain_text(re.compile(r"1 of [\d,]+\+?"))
    page.get_by_role("button", name="Next record").click()
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[1]}$"))
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[0]}$"))
    page.keyboard.press("Alt+ArrowDown")
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[1]}$"))
    page.goto(f"/a/crm_ltc/opportunity/{wanted[99]}")
    expect(page.locator(".record-neighbours")).to_contain_text("100 of")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[100]}$"))
    expect(page.locator(".record-neighbours")).to_contain_text("101 of")


class Held:
    """Answers that wait until the test lets them go, as on a slow line."""

    def __init__(self, page: Page, pattern: re.Pattern) -> None:
        self._page, self._pattern, self._waiting = page, pattern, []
        page.route(pattern, lambda route: self._waiting.append(route))

    def let_go(self) -> None:
        for route in self._waiting:
            route.continue_()
        self._page.unroute(self._pattern)


def test_steps_count_while_records_and_the_list_are_still_on_their_way(open_page, api):
    wanted = [one["id"] for one in api("manager@example.com").records("opportunity", sort="id", limit=3)]
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=all&sort=id&filter=-")
    page.locator(f'.grid-title[href$="/opportunity/{wanted[0]}"]').click()
    position = page.locator(".record-neighbours")
    expect(position).to_contain_text(re.compile("^1 of"))
    next_record = page.get_by_role("button", name="Next record")
    record = Held(page, re.compile(f"/opportunity/records/{wanted[1]}$"))
    next_record.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[1]}$"))
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    expect(next_record).to_be_focused()
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[0]}$"))
    record.let_go()
    listed = Held(page, re.compile(r"/opportunity/records\?"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Alt+ArrowDown")
    listed.let_go()
    expect(page).to_have_url(re.compile(f"/opportunity/{wanted[2]}$"))
    expect(position).to_contain_text(re.compile("^3 of"))


def test_leading_on_calls_off_nothing_that_somebody_chose(open_page):
    page = open_page("sales@example.com", "/a/crm_ltc/lead")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    apps = Held(page, re.compile("/api/v1/apps$"))
    mentions = Held(page, re.compile("MentionsPage"))
    page.goto("/")
    with page.expect_request(re.compile("MentionsPage.*js")):
        page.get_by_role("link", name=re.compile("mention", re.IGNORECASE)).click()
    apps.let_go()
    expect(page.get_by_role("button", name=re.compile("Switch app"))).to_be_visible()
    mentions.let_go()
    expect(page.get_by_role("heading", name="Mentions of me", level=1)).to_be_visible()
