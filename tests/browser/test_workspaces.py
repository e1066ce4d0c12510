"""Somebody of several workspaces goes from one to another in the menu of the account."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD

LANGUAGES = ["en", "zh-CN"]


@pytest.fixture(scope="module")
def person(command):
    """Somebody of the demo who is in a second workspace too; gives (address, name, second workspace)."""
    mark = secrets.token_hex(4)
    email, name, second = f"wanda.{mark}@example.com", f"Wanda {mark}", f"Subsidiary {mark}"
    command("user", "add", email, name, "--admin", "--workspace", "demo", text=f"{PASSWORD}\n")
    command("workspace", "create", f"w{mark}", "--name", second, "--empty", "--admin", email)
    return email, name, second


def open_menu(page: Page, text, name: str) -> None:
    page.get_by_role("button", name=text("shell.userMenu", name=name)).click()
    expect(page.get_by_role("menuitem", name=text("shell.signOut"))).to_be_visible()


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh-CN", 390)])
def test_another_workspace_is_chosen_without_signing_in_again(open_page, texts, person, language, width):
    text = texts(language)
    email, name, second = person
    page = open_page(email, "/", language=language, width=width)
    other_tab = page.context.new_page()
    other_tab.goto("/settings/people")
    expect(other_tab.get_by_role("heading", level=1)).to_be_visible()
    open_menu(page, text, name)
    page.get_by_role("menuitemradio", name=second).click()
    expect(page.get_by_role("heading", name=text("shell.first.welcome", name=name))).to_be_visible()
    # The other tab goes along: what it showed is of the workspace before.
    expect(other_tab.get_by_role("heading", name=text("shell.first.welcome", name=name))).to_be_visible()
    open_menu(page, text, name)
    expect(page.get_by_role("menuitemradio", name=second)).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Escape")
    page.goto("/settings/people")
    people = page.locator(".set-person")
    expect(people.filter(has_text=email)).to_be_visible()
    expect(people).to_have_count(1)


def test_whoever_has_one_workspace_is_offered_no_other(open_page, texts):
    text = texts("en")
    page = open_page("sales@example.com", "/")
    open_menu(page, text, "Sam Sales")
    expect(page.locator('[role="menuitemradio"]:visible')).to_have_count(0)
