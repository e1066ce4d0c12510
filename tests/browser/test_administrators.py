"""Administrators of some apps and departments: given on a page, and what they see with it."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD

ADMIN = "admin@example.com"
LANGUAGES = ["en", "zh-CN"]
_numbers = count(1)


@pytest.fixture
def branch(api, browser, server, request):
    """A department with a person who signs in and one more, known by names that no earlier run has used."""
    client = api(ADMIN)
    name = f"Branch {next(_numbers)} {abs(hash(request.node.nodeid)) % 1_000_000}"
    department = client.post("/departments", {"name": name})["id"]
    people = {}
    for who in ("Keeper", "Worker"):
        email = f"{who.lower()}.{department}@example.com"
        body = {"people": [{"name": f"{who} {department}", "email": email}], "department_ids": [department]}
        people[who] = client.post("/invitations", body)["invited"][0]
    # Whoever chooses a password by a link is signed in: not in the place of the administrator.
    context = browser.new_context(base_url=server)
    chosen = {"token": people["Keeper"]["link"]["token"], "password": PASSWORD}
    assert context.request.post("/api/v1/password", data=chosen).ok
    context.close()
    return {"name": name, **{who: found["person"] for who, found in people.items()}}


def choose(page: Page, label: str, option: str, *, several: bool = False) -> None:
    """Pick an option of a list by typing; one for several is closed by Escape, the dialog stays."""
    box = page.get_by_role("dialog").get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    page.locator(".ant-select-item-option:visible").filter(has_text=option).first.click()
    if several:
        page.keyboard.press("Escape")
    expect(page.locator(".ant-select-open")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_circle_is_given_seen_and_taken(open_page, texts, language, branch):
    text = texts(language)
    keeper = branch["Keeper"]["name"]
    page = open_page(ADMIN, "/settings/administrators", language=language)
    page.get_by_role("button", name=text("settings.administrators.add")).click()
    dialog = page.get_by_role("dialog")
    choose(page, text("settings.administrators.person"), keeper)
    choose(page, text("settings.administrators.departments"), branch["name"], several=True)
    dialog.get_by_role("button", name=text("ui.save")).click()
    expect(dialog).to_have_count(0)
    row = page.get_by_role("row").filter(has_text=keeper)
    expect(row).to_contain_text(branch["name"])
    # The keeper comes in, and finds the branch and nothing else.
    keepers = open_page(branch["Keeper"]["email"], "/settings", language=language)
    expect(keepers.locator(".settings-menu").get_by_role("link")).to_have_count(3)
    people = keepers.get_by_role("region", name=text("settings.people.title"))
    expect(people.get_by_role("row")).to_have_count(3)
    # He manages the worker, and looks at himself only.
    people.get_by_role("button").filter(has_text=branch["Worker"]["name"]).click()
    expect(keepers.get_by_role("dialog").locator(".set-access")).to_be_visible()
    keepers.keyboard.press("Escape")
    expect(keepers.get_by_role("dialog")).to_have_count(0)
    people.get_by_role("button").filter(has_text=keeper).click()
    expect(keepers.get_by_role("dialog")).to_contain_text(text("settings.people.notYours"))
    expect(keepers.get_by_role("dialog").locator(".set-access")).to_have_count(0)
    # Taken, it is gone with the next page.
    row.get_by_role("button", name=text("settings.administrators.takeOf", name=keeper)).click()
    page.get_by_role("dialog").get_by_role(
        "button", name=text("settings.administrators.take"), exact=True
    ).click()
    expect(row).to_have_count(0)
    keepers.reload()
    expect(keepers.locator(".settings-menu")).to_have_count(0)
    expect(keepers.get_by_role("heading", level=1)).to_be_visible()
