"""Settings beside the drawing: when a schedule comes round, and what a step lets do with columns of lines."""

import pytest
from playwright.sync_api import expect

from tests.browser import test_workflow_designer
from tests.browser.conftest import eventually
from tests.browser.test_accessibility import complaints
from tests.browser.test_workflow_designer import KEY, LIST, kept, node, opened, stored

admin, drawn = test_workflow_designer.admin, test_workflow_designer.drawn


@pytest.mark.parametrize("language, scheme", [("en", "light"), ("zh-CN", "dark")])
def test_a_workflow_starts_on_days_of_the_week_before_a_date(open_page, drawn, texts, language, scheme):
    text = texts(language)
    page = opened(open_page, f"{LIST}/{KEY}", language=language, scheme=scheme)
    node(page, "$start").click()
    page.get_by_label(text("flow.start.on"), exact=True).select_option("schedule")
    page.get_by_label(text("flow.schedule.every"), exact=True).select_option("week")
    page.get_by_label(text("flow.schedule.days"), exact=True).click()
    days = page.locator(".ant-select-item-option")
    for day in (0, 4):
        days.nth(day).click()
    page.keyboard.press("Escape")
    page.get_by_label(text("flow.schedule.at"), exact=True).fill("08:30")
    page.get_by_label(text("flow.schedule.date"), exact=True).select_option("valid_to")
    page.get_by_label(text("flow.schedule.offset"), exact=True).fill("3")
    page.get_by_label(text("flow.schedule.offset"), exact=True).blur()
    wanted = {"on": "schedule", "every": "week", "days": [1, 5], "at": "08:30"}
    eventually(lambda: stored(drawn)["starts"], [{**wanted, "date": {"field": "valid_to", "offset": -3}}])
    kept(page, text)
    assert complaints(page) == []


def test_a_step_lets_a_column_of_lines_be_filled_in(open_page, drawn, texts):
    text = texts("en")
    page = opened(open_page, f"{LIST}/{KEY}")
    node(page, "finance").click()
    group = page.locator("details.wd-group").filter(has=page.locator(".wd-fields"))
    group.locator("> summary").click()
    right = group.get_by_label("Lines › Discount", exact=True)
    right.select_option(label=text("flow.right.editable"))
    eventually(lambda: stored(drawn)["nodes"]["finance"].get("fields"), {"editable": ["lines.discount"]})
    expect(right).to_have_value("editable")
    kept(page, text)
