"""The calendar: entries move by drag, by keys and in a dialog; a click on a day begins a record."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

CAMPAIGNS = "/a/crm_ltc/campaign?view=all"
#: Far from everything that the demo data has.
MONTH = (
    f"{CAMPAIGNS}&as=calendar&calendar={json.dumps({'start': 'start_on', 'end': 'end_on'})}&day=2031-03-12"
)
STARTS = json.dumps({"start": "next_time"})
WEEK = f"/a/crm_ltc/follow_up?view=all&as=calendar&calendar={STARTS}&mode=week&day=2031-03-12"


@pytest.fixture
def fair(api):
    """A campaign of three days."""
    people = api("admin@example.com")
    made = people.create(
        "campaign", name="Tent days", type="exhibition", start_on="2031-03-11", end_on="2031-03-13"
    )
    yield made
    people.delete(f"/apps/crm_ltc/forms/campaign/records/{made['id']}")


@pytest.fixture
def visit(api):
    """A follow-up whose next contact is at ten in the workspace's time zone."""
    people = api("admin@example.com")
    lead = people.records("lead", limit=1)[0]
    made = people.create(
        "follow_up",
        about={"form": "lead", "id": lead["id"]},
        type="call",
        result="not_interested",
        time="2031-03-10T02:00:00Z",
        content="Asked",
        next_time="2031-03-12T02:00:00Z",
    )
    yield made
    people.delete(f"/apps/crm_ltc/forms/follow_up/records/{made['id']}")


def expect_span(api, fair, start: str, end: str) -> None:
    api("admin@example.com").expect_record("campaign", fair["id"], start_on=start, end_on=end)


def entry(page: Page, name: str = "Tent days") -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def saved(page: Page):
    return page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok)


def drag(page: Page, source: Locator, x: float, y: float) -> None:
    """By mouse, as people do it: the browser begins a drag only after some way."""
    box = source.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] / 2, steps=3)
    page.mouse.move(x, y, steps=12)
    page.mouse.move(x, y)
    page.mouse.up()


def test_a_bar_is_dragged_and_the_move_is_undone(open_page, api, fair):
    page = open_page("marketing@example.com", MONTH)
    expect(entry(page)).to_be_visible()
    there = page.locator('[data-day="2031-03-18"]').bounding_box()
    assert there
    with saved(page):
        drag(page, entry(page), there["x"] + 20, there["y"] + 50)
    expect(page.locator(".j-toasts").get_by_text("Tent days")).to_be_visible()
    expect_span(api, fair, "2031-03-18", "2031-03-20")
    with saved(page):
        page.get_by_role("button", name="Undo").click()
    expect_span(api, fair, "2031-03-11", "2031-03-13")


def test_keys_move_an_entry_and_its_end(open_page, api, fair):
    page = open_page("marketing@example.com", MONTH)
    entry(page).focus()
    with saved(page):
        page.keyboard.press("Alt+ArrowRight")
    with saved(page):
        page.keyboard.press("Alt+Shift+ArrowRight")
    expect_span(api, fair, "2031-03-12", "2031-03-15")
    expect(entry(page)).to_be_focused()


@pytest.mark.parametrize(("language", "ends"), [("en", "End"), ("zh-CN", "结束")])
def test_the_dialog_sets_another_time(open_page, api, texts, fair, language, ends):
    text = texts(language)
    page = open_page("marketing@example.com", MONTH, language=language)
    entry(page).click()
    dialog = page.get_by_role("dialog", name="Tent days")
    end = dialog.locator("#entry-end_on")
    end.fill("2031-03-20")
    end.press("Enter")
    with saved(page):
        dialog.get_by_role("button", name=text("ui.save")).click()
    expect(dialog).to_be_hidden()
    expect_span(api, fair, "2031-03-11", "2031-03-20")


def test_somebody_was_faster(open_page, api, fair):
    page = open_page("marketing@example.com", MONTH, refusals={409})
    expect(entry(page)).to_be_visible()
    api("admin@example.com").change("campaign", fair["id"], end_on="2031-03-14")
    entry(page).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".j-toasts").get_by_text("somebody else")).to_be_visible()
    expect_span(api, fair, "2031-03-11", "2031-03-14")


def test_a_click_on_a_day_begins_a_record_there(open_page):
    page = open_page("marketing@example.com", MONTH)
    day = page.locator(".cal-day").filter(has=page.locator('[data-day="2031-03-25"]'))
    day.hover()
    day.get_by_role("button", name="New on").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator('[data-field="start_on"] input')).to_have_value("2031-03-25")


def test_who_may_only_look_moves_nothing(open_page, fair):
    page = open_page("sales@example.com", MONTH)
    expect(entry(page)).to_be_visible()
    expect(page.locator(".cal-entry").first).not_to_have_attribute("draggable", "true")
    expect(page.get_by_role("button", name="New on")).to_have_count(0)


def test_hours_move_by_keys(open_page, api, visit):
    page = open_page("manager@example.com", WEEK)
    box = page.locator(f'[data-entry="{visit["id"]}"] > button')
    expect(box).to_be_visible()
    box.focus()
    with saved(page):
        page.keyboard.press("Alt+ArrowDown")
    with saved(page):
        page.keyboard.press("Alt+ArrowLeft")
    api("admin@example.com").expect_record("follow_up", visit["id"], next_time="2031-03-11T02:15:00Z")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_any_list_is_shown_as_a_calendar(open_page, texts, fair, language):
    """Search and address stay, and back as a list it is what it was."""
    text = texts(language)
    page = open_page("marketing@example.com", f"{CAMPAIGNS}&search=Tent", language=language)
    expect(page.get_by_role("grid").get_by_text("Tent days")).to_be_visible()
    page.get_by_role("button", name=text("list.view.menu")).click()
    page.get_by_role("menuitem", name=text("list.view.as.calendar")).click()
    expect(page.locator(".cal-month")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("Tent")
    page.reload()
    expect(page.locator(".cal-month")).to_be_visible()
    page.get_by_role("button", name=text("list.view.menu")).click()
    page.get_by_role("menuitem", name=text("list.view.as.list")).click()
    expect(page.get_by_role("grid").get_by_text("Tent days")).to_be_visible()


def test_a_phone_shows_the_agenda(open_page, fair):
    page = open_page("marketing@example.com", MONTH, width=390)
    section = page.get_by_role("region", name=re.compile("March 11, 2031|12 March|March 12"))
    expect(section.get_by_text("Tent days")).to_be_visible()
    expect(page.locator(".cal-month")).to_have_count(0)
