"""The board: cards move by drag, by menu and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]


@pytest.fixture
def deal(api):
    """A deal whose amount puts it on top of its column."""
    people = api("admin@example.com")
    made = people.create(
        "opportunity",
        name="Boardwalk",
        amount="9900000",
        stage="requirement",
        started_on="2026-01-05",
        expected_close="2027-06-30",
    )
    yield made
    people.delete(f"/apps/crm_ltc/forms/opportunity/records/{made['id']}")


def open_board(open_page, **more) -> Page:
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=pipeline", **more)
    expect(page.get_by_role("article", name=re.compile("Boardwalk"))).to_be_visible()
    return page


def column(page: Page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def card(page: Page, where: str):
    return column(page, where).get_by_role("article", name=re.compile("Boardwalk"))


def expect_stage(api, deal, stage: str) -> None:
    api("admin@example.com").expect_record("opportunity", deal["id"], stage=stage)


def test_a_card_is_dragged_to_the_next_column(open_page, api, deal):
    page = open_board(open_page)
    counts = page.locator(".kanban-count")
    before = int(counts.nth(1).inner_text().replace(",", ""))
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        card(page, "Need confirmed").drag_to(column(page, "Product demo"))
    expect(card(page, "Product demo")).to_be_visible()
    expect(card(page, "Need confirmed")).to_have_count(0)
    expect(counts.nth(1)).to_have_text(f"{before + 1:,}")
    expect_stage(api, deal, "demo")


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [("en", "Need confirmed", "Product demo"), ("zh-CN", "需求确认", "产品演示")],
)
def test_a_card_is_moved_with_the_keyboard(open_page, api, deal, language, before, after):
    page = open_board(open_page, language=language)
    card(page, before).get_by_role("link", name=re.compile("Boardwalk")).focus()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Alt+ArrowRight")
    expect(card(page, after).get_by_role("link", name=re.compile("Boardwalk"))).to_be_focused()
    expect_stage(api, deal, "demo")


@pytest.mark.parametrize(
    ("language", "start", "lost", "reason", "why"),
    [
        ("en", "Need confirmed", "Lost", "Price", "Why lost"),
        ("zh-CN", "需求确认", "输单", "价格", "输单原因"),
    ],
)
def test_a_loss_asks_for_its_reason(open_page, api, texts, deal, language, start, lost, reason, why):
    text = texts(language)
    page = open_board(open_page, language=language, refusals={422})
    card(page, start).get_by_role("button", name=re.compile("Boardwalk")).click()
    page.get_by_role("menuitem", name=lost, exact=True).click()
    dialog = page.get_by_role("dialog", name=text("list.demand.title"))
    dialog.get_by_role("combobox", name=why).click()
    page.locator(".ant-select-dropdown:visible").get_by_text(reason, exact=True).click()
    day = dialog.locator("#demand-closed_on")
    day.fill("2026-11-20")
    day.press("Enter")
    dialog.get_by_role("button", name=text("ui.save")).click()
    expect(dialog).to_be_hidden()
    expect_stage(api, deal, "lost")


def test_a_loss_that_is_called_off_changes_nothing(open_page, api, deal):
    page = open_board(open_page, refusals={422})
    card(page, "Need confirmed").get_by_role("button", name=re.compile("Boardwalk")).click()
    page.get_by_role("menuitem", name="Lost", exact=True).click()
    page.get_by_role("dialog", name="More is needed").get_by_role("button", name="Cancel").click()
    expect(card(page, "Need confirmed")).to_be_visible()
    expect_stage(api, deal, "requirement")


def test_who_may_not_edit_cannot_move(open_page, deal):
    page = open_page("finance@example.com", "/a/crm_ltc/opportunity?view=pipeline")
    expect(card(page, "Need confirmed")).to_be_visible()
    expect(card(page, "Need confirmed").get_by_role("button")).to_have_count(0)
    expect(card(page, "Need confirmed")).not_to_have_attribute("draggable", "true")
