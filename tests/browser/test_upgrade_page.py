"""An administrator upgrades an app: conflicts are decided one by one, the report stays."""

from copy import deepcopy

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

APP = "crm_ltc"
#: A version of the whole suite is published, and looked at again.
PUBLISHING_MS = 90_000


def published(people, document) -> int:
    return people.post(f"/apps/{APP}/publish", {"document": document})["version"]


@pytest.fixture
def versions(api):
    """Two versions of the app that differ from the suite and each other; afterwards the app is as it was."""
    people = api("admin@example.com")
    before = people.get(f"/apps/{APP}/definition")
    base = deepcopy(before)
    base["forms"]["campaign"]["label"]["en"] = "Former campaign"
    base["forms"]["campaign"]["fields"]["place"]["label"]["en"] = "Former venue"
    own = deepcopy(base)
    own["forms"]["campaign"]["label"]["en"] = "Our campaign"
    try:
        yield published(people, base), published(people, own)
    finally:
        published(people, before)


def opened(open_page, base, texts, language) -> Page:
    page = open_page("admin@example.com", f"/a/{APP}/design/upgrade?base={base}", language=language)
    expect(page.get_by_role("heading", name=texts(language)("upgrade.title"), level=1)).to_be_visible()
    return page


def test_a_conflict_is_decided_and_the_report_stays(open_page, api, versions, texts):
    text = texts("en")
    page = opened(open_page, versions[0], texts, "en")
    conflicts = page.get_by_role("region", name=text("upgrade.conflicts"))
    taken = page.get_by_role("region", name=text("upgrade.taken"))
    choice = conflicts.get_by_role("radiogroup", name="Our campaign")
    expect(choice.get_by_role("radio", name="Our campaign")).to_be_checked()
    expect(taken).to_contain_text("Former venue →")
    choice.get_by_role("radio", name="The suite's").check()
    expect(choice.get_by_role("radio", name="The suite's")).to_be_checked()
    run = page.get_by_role("button", name=text("upgrade.run"))
    expect(run).to_be_enabled()
    run.click()
    expect(run).to_have_count(0, timeout=PUBLISHING_MS)
    past = page.get_by_role("region", name=text("upgrade.past"))
    campaign = lambda: api("admin@example.com").get(f"/apps/{APP}/definition")["forms"]["campaign"]  # noqa: E731
    eventually(lambda: campaign()["label"]["en"] in ("Our campaign", "Former campaign"), False)
    past.locator("summary").first.click()
    expect(past.locator("details").first).to_contain_text("Our campaign")
    expect(past.locator("details").first).to_contain_text("Former venue →")


def test_it_says_so_when_there_is_nothing_new(open_page, texts):
    text = texts("zh-CN")
    page = open_page("admin@example.com", f"/a/{APP}/design/upgrade", language="zh-CN")
    expect(page.get_by_role("heading", name=text("upgrade.title"), level=1)).to_be_visible()
    expect(page.get_by_role("region", name=text("upgrade.kept"))).to_be_visible()
    expect(page.get_by_role("button", name=text("upgrade.run"))).to_have_count(0)


def test_it_is_in_the_menu_of_administrators_alone(open_page):
    page = open_page("sales@example.com", f"/a/{APP}/lead")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link", name="Leads")).to_be_visible()
    expect(menu.get_by_role("link", name="Upgrade")).to_have_count(0)
