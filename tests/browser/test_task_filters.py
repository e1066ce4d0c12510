"""Filters of the task centre that somebody keeps, and what its boxes open with."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

LANGUAGES = ["en", "zh-CN"]
PERSON = "presales@example.com"


@pytest.fixture
def kept(api):
    """`kept()`: the names of the saved filters of the person; none before and after."""
    person = api(PERSON)

    def forget() -> None:
        for one in person.get("/me/task-filters")["filters"]:
            person.delete(f"/me/task-filters/{one['id']}")

    forget()
    yield lambda: [one["label"] for one in person.get("/me/task-filters")["filters"]]
    forget()


def chips(page: Page, text):
    return page.get_by_role("navigation", name=text("tasks.filter.title"))


def choose(page: Page, text, entry: str) -> None:
    page.get_by_role("button", name=text("tasks.filter.menu")).click()
    page.get_by_role("menuitem", name=text(entry), exact=True).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filter_is_kept_renamed_opened_first_and_forgotten(open_page, texts, kept, language):
    text = texts(language)
    page = open_page(PERSON, "/tasks?search=Zephyr", language=language)
    choose(page, text, "tasks.filter.save")
    dialog = page.get_by_role("dialog", name=text("tasks.filter.save"))
    dialog.get_by_label(text("tasks.filter.name")).fill("Wind")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    chip = chips(page, text).get_by_role("link", name="Wind")
    expect(chip).to_have_attribute("aria-current", "true")

    choose(page, text, "tasks.filter.rename")
    dialog = page.get_by_role("dialog", name=text("tasks.filter.rename"))
    dialog.get_by_label(text("tasks.filter.name")).fill("Zephyrs")
    dialog.get_by_role("button", name=text("ui.save"), exact=True).click()
    expect(dialog).to_be_hidden()
    eventually(kept, ["Zephyrs"])
    choose(page, text, "tasks.filter.first")
    chip = chips(page, text).get_by_role("link", name="Zephyrs")
    expect(chip.get_by_label(text("tasks.filter.opensFirst"))).to_be_visible()

    page.goto("/tasks")
    expect(chip).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("searchbox")).to_have_value("Zephyr")
    chips(page, text).get_by_role("link", name=text("tasks.filter.all"), exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.reload()
    expect(
        chips(page, text).get_by_role("link", name=text("tasks.filter.all"), exact=True)
    ).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("searchbox")).to_have_value("")

    chip.click()
    choose(page, text, "tasks.filter.drop")
    page.get_by_role("dialog").get_by_role("button", name=text("tasks.filter.drop"), exact=True).click()
    expect(chip).to_have_count(0)
    assert kept() == []


def test_a_name_that_is_there_takes_what_is_filtered_now(open_page, api, texts, kept):
    text = texts("en")
    api(PERSON).post("/me/task-filters", {"box": "done", "label": "Mine", "query": {"search": "Old"}})
    page = open_page(PERSON, "/a/crm_ltc/-/tasks?box=done&search=New")
    choose(page, text, "tasks.filter.save")
    dialog = page.get_by_role("dialog", name="Save these filters")
    dialog.get_by_label("Name").fill("mine")
    dialog.get_by_role("button", name="Replace", exact=True).click()
    expect(dialog).to_be_hidden()
    chip = chips(page, text).get_by_role("link", name="Mine")
    expect(chip).to_have_attribute("aria-current", "true")
    [one] = api(PERSON).get("/me/task-filters")["filters"]
    assert (one["label"], one["query"]) == ("Mine", {"app": "crm_ltc", "search": "New"})


def test_filters_are_chosen_on_a_phone(open_page, api, texts, kept):
    text = texts("en")
    for name in ("Wind", "Rain"):
        api(PERSON).post("/me/task-filters", {"box": "todo", "label": name, "query": {"search": name}})
    page = open_page(PERSON, "/tasks", width=390)
    chips(page, text).get_by_role("link", name="Rain").click()
    expect(page).to_have_url(re.compile("search=Rain"))
    expect(page.get_by_role("searchbox")).to_have_value("Rain")
