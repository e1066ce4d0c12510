"""The list: filter, views, sort, groups, columns, and thousands of rows."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

MEDICAL = "/a/crm_ltc/account?view=all&filter={industry}%20%3D%20%22medical%22"


def choose(page: Page, name: str, option: str, last: bool = False) -> None:
    """Choose an option of a select by what a person reads."""
    boxes = page.get_by_role("combobox", name=name, exact=True)
    box = boxes.last if last else boxes.first
    box.click()
    page.locator(".ant-select-dropdown:visible").get_by_text(option, exact=True).click()
    expect(page.locator(".ant-select-dropdown:visible")).to_have_count(0)


def expect_asked(page: Page, name: str, wanted: str) -> None:
    """What the address asks for, as the browser has it now."""
    eventually(lambda: parse_qs(page.evaluate("location.search.slice(1)")).get(name, [""])[0], wanted)


def loaded(page: Page) -> None:
    expect(page.get_by_role("grid").get_by_role("row").nth(1)).to_be_visible()
    expect(page.locator('[aria-busy="true"]')).to_have_count(0)


def heads(page: Page) -> list[str]:
    return page.locator(".grid-headlabel").all_inner_texts()


def test_a_filter_built_from_rows_is_an_expression_in_the_address(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account?view=all")
    loaded(page)
    page.get_by_role("button", name="Filter", exact=True).click()
    panel = page.get_by_role("dialog", name="Filter")
    panel.get_by_role("button", name="Add condition").click()
    assert panel.bounding_box()["y"] < 300
    choose(page, "Field", "Industry")
    choose(page, "Value", "Medical")
    expect(page).to_have_url(re.compile("filter="))
    expect_asked(page, "filter", '{industry} = "medical"')
    panel.get_by_role("button", name="Add condition").click()
    expect(page.get_by_role("combobox", name="Field", exact=True)).to_have_count(2)
    choose(page, "Field", "Employees", last=True)
    choose(page, "Comparison", "at least", last=True)
    panel.get_by_role("spinbutton", name="Value").fill("2000")
    expect(page).to_have_url(re.compile("2000"))
    expect_asked(page, "filter", 'AND({industry} = "medical", {employees} >= 2000)')
    page.keyboard.press("Escape")
    industries = page.locator('[role="gridcell"][aria-colindex="4"]')
    expect(industries.first).to_have_text("Medical")
    loaded(page)
    eventually(lambda: set(industries.all_inner_texts()), {"Medical"})


def test_a_filter_in_the_address_is_shown_as_rows_and_as_text(open_page):
    page = open_page("manager@example.com", MEDICAL)
    loaded(page)
    page.get_by_role("button", name=re.compile("^Filter")).click()
    panel = page.get_by_role("dialog", name="Filter")
    expect(panel.get_by_role("group", name="Industry")).to_contain_text("Medical")
    panel.get_by_role("button", name="Edit as text").click()
    box = panel.get_by_role("textbox", name="Filter as expression")
    expect(box).to_have_text('Industry = "medical"')
    box.fill('{industri} = "medical"')
    panel.get_by_role("button", name="Apply").click()
    expect(panel.get_by_text("There is no field {industri}")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill('OR({industry} = "retail", {industry} = "medical")')
    panel.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("retail"))


@pytest.mark.parametrize("kind", ["personal", "shared"])
def test_a_saved_view_keeps_filter_and_columns(open_page, api, kind):
    name = f"Medical only, {kind}"
    page = open_page("manager@example.com", MEDICAL)
    loaded(page)
    page.get_by_role("button", name="Save as new view").click()
    dialog = page.get_by_role("dialog", name="Save as new view")
    dialog.get_by_role("textbox", name="Name").fill(name)
    if kind == "shared":
        dialog.get_by_role("checkbox", name="Everyone may use this view").check()
    dialog.get_by_role("button", name="Save", exact=True).click()
    tab = page.get_by_role("tab", name=name)
    expect(tab).to_have_attribute("aria-selected", "true")
    expect_asked(page, "filter", "")
    loaded(page)
    expect(page.locator('[role="gridcell"][aria-colindex="4"]').first).to_have_text("Medical")
    other = open_page("marketing@example.com", "/a/crm_ltc/account?view=all")
    loaded(other)
    expect(other.get_by_role("tab", name=name)).to_have_count(1 if kind == "shared" else 0)
    page.get_by_role("button", name="View options").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(tab).to_have_count(0)


def test_a_click_on_a_head_sorts_and_a_second_one_turns_it(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account?view=all")
    loaded(page)
    head = page.get_by_role("columnheader", name="Employees")
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    loaded(page)
    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect_asked(page, "sort", "-employees")
    expect(page.locator('[data-row="0"][aria-colindex="6"]')).to_have_text("34,288")


def test_the_sort_panel_takes_several_fields(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/account?view=all")
    loaded(page)
    page.get_by_role("button", name=re.compile("^Sort")).click()
    panel = page.get_by_role("dialog", name="Sort")
    choose(page, "Sort by", "Industry")
    panel.get_by_role("button", name="Add field").click()
    expect(page.get_by_role("combobox", name="Sort by", exact=True)).to_have_count(2)
    choose(page, "Sort by", "Employees", last=True)
    panel.get_by_role("button", name="Ascending").last.click()
    expect(page).to_have_url(re.compile("-employees"))
    expect_asked(page, "sort", "industry,-employees")


def test_groups_fold_and_unfold(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product?view=all")
    loaded(page)
    page.get_by_role("button", name="Group", exact=True).click()
    page.get_by_role("dialog", name="Group").get_by_role("button", name="Add level").click()
    choose(page, "Level 1", "Category")
    page.keyboard.press("Escape")
    grid = page.get_by_role("treegrid")
    group = grid.get_by_role("row", name=re.compile("GTX"), expanded=True).first
    expect(group).to_be_visible()
    expect_asked(page, "group", "category")
    expect(grid.get_by_role("link", name="GTX-BASIC")).to_be_visible()
    group.get_by_role("button").click()
    expect(grid.get_by_role("link", name="GTX-BASIC")).to_have_count(0)
    grid.get_by_role("row", name=re.compile("GTX"), expanded=False).get_by_role("button").click()
    expect(grid.get_by_role("link", name="GTX-BASIC")).to_be_visible()


def amounts(page: Page, row) -> float:
    text = row.get_by_title("Amount: Sum").inner_text()
    return float(re.sub(r"[^0-9.]", "", text) or "nan")


def expect_sum(page: Page, rows, total) -> None:
    """Wait until the rows together make the total."""
    missing = lambda: sum(amounts(page, row) for row in rows.all()) - amounts(page, total)  # noqa: E731
    eventually(missing, pytest.approx(0, abs=0.01))


def test_groups_have_subtotals_on_every_level_and_over_all(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=all&q.stage=won,lost")
    loaded(page)
    page.get_by_role("button", name="Group", exact=True).click()
    panel = page.get_by_role("dialog", name="Group")
    panel.get_by_role("button", name="Add level").click()
    choose(page, "Level 1", "Stage")
    panel.get_by_role("button", name="Add level").click()
    choose(page, "Level 2", "Closed on")
    choose(page, "Period", "by year")
    page.keyboard.press("Escape")
    expect_asked(page, "group", "stage,closed_on:year")
    grid = page.get_by_role("treegrid")
    stages = grid.locator('[aria-level="1"]')
    expect(stages.first).to_be_visible()
    # All stages are folded, so that every one of them is drawn.
    for name in ("Won", "Lost"):
        stage = grid.get_by_role("row", name=re.compile(f"^{name}"))
        stage.get_by_role("button").first.click()
        expect(stage).to_have_attribute("aria-expanded", "false")
    expect(stages).to_have_count(2)
    total = grid.get_by_role("row", name=re.compile("^Total"))
    expect_sum(page, stages, total)
    stages.first.get_by_role("button").click()
    years = grid.locator('[aria-level="2"]')
    expect(years.first).to_be_visible()
    expect_sum(page, years, stages.first)


def test_a_column_gets_another_total_from_its_menu(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=all")
    loaded(page)
    page.get_by_role("columnheader", name="Amount").hover()
    page.get_by_role("button", name="Options of Amount").click()
    page.get_by_role("menuitem", name="Total").hover()
    page.get_by_role("menuitem", name="Average").click()
    expect(page.get_by_role("row", name=re.compile("^Total"))).to_contain_text("avg.")
    expect_asked(page, "totals", "amount:average")


def test_quick_filters_stand_in_the_address_and_are_saved_with_a_view(open_page, api):
    page = open_page("manager@example.com", "/a/crm_ltc/lead?view=all")
    loaded(page)
    filters = page.get_by_role("group", name="Quick filters")
    filters.get_by_role("button", name="Status").click()
    page.get_by_role("checkbox", name="In contact").click()
    expect(filters.get_by_role("button", name="Status: In contact")).to_be_visible()
    expect_asked(page, "q.status", "following")
    page.keyboard.press("Escape")
    filters.get_by_role("button", name="Created").click()
    page.get_by_role("radio", name="last 90 days").click()
    expect_asked(page, "q.created_at", "last_90")
    loaded(page)
    status = heads(page).index("Status") + 2
    cells = page.locator(f'[role="gridcell"][aria-colindex="{status}"]')
    expect(cells.first).to_have_text("In contact")
    eventually(lambda: set(cells.all_inner_texts()), {"In contact"})
    page.get_by_role("button", name="Save as new view").click()
    page.get_by_role("textbox", name="Name").fill("Followed lately")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("tab", name="Followed lately")).to_have_attribute("aria-selected", "true")
    expect(filters.get_by_role("button", name="Status: In contact")).to_be_visible()
    expect_asked(page, "q.status", "")
    filters.get_by_role("button", name="Clear all").click()
    expect(filters.get_by_role("button", name="Status: In contact")).to_have_count(0)
    manager = api("manager@example.com")
    views = manager.get("/apps/crm_ltc/forms/lead/describe")["views"]
    own = next(view for view in views if "Followed lately" in str(view["label"]))
    assert {"field": "status", "value": "following"} in own["quick_filters"]
    manager.delete(f"/apps/crm_ltc/forms/lead/views/{own['id']}")


def test_colours_are_set_with_conditions_and_shown(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product?view=all")
    loaded(page)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="View settings").click()
    dialog = page.get_by_role("dialog", name="View settings")
    dialog.get_by_role("button", name="Add colour").click()
    dialog.get_by_role("button", name="Add condition").click()
    choose(page, "Field", "List price")
    choose(page, "Comparison", "at least")
    dialog.get_by_role("spinbutton", name="Value").fill("1000")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_have_count(0)
    rows = page.locator(".grid-row.tone-red")
    expect(rows.first).to_be_visible()
    column = heads(page).index("List price") + 2
    prices = rows.locator(f'[aria-colindex="{column}"]').all_inner_texts()
    assert all(float(re.sub(r"[^0-9.]", "", price)) >= 1000 for price in prices)
    assert rows.count() < page.locator(".grid-row").count()


def test_columns_are_hidden_shown_and_moved(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product?view=all")
    loaded(page)
    before = heads(page)
    page.get_by_role("button", name="Columns").click()
    panel = page.get_by_role("dialog", name="Columns")
    panel.get_by_role("checkbox", name="Category", exact=True).click()
    expect(page.get_by_role("columnheader", name="Category", exact=True)).to_have_count(0)
    panel.get_by_role("checkbox", name="Tax rate").click()
    expect(page.get_by_role("columnheader", name="Tax rate")).to_be_visible()
    panel.get_by_role("button", name="Move Tax rate").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(panel.get_by_role("button", name="Move Tax rate")).to_be_focused()
    page.keyboard.press("Escape")
    after = [head for head in before if head != "Category"]
    expect(page.locator(".grid-headlabel")).to_have_text([*after[:-1], "Tax rate", after[-1]])
    page.reload()
    expect(page.locator(".grid-headlabel")).to_have_text([*after[:-1], "Tax rate", after[-1]])


def test_a_column_is_dragged_to_another_place(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/product?view=all")
    loaded(page)
    before = heads(page)
    page.get_by_role("columnheader", name=before[4]).drag_to(page.get_by_role("columnheader", name=before[2]))
    moved = [*before[:2], before[4], *before[2:4], *before[5:]]
    expect(page.locator(".grid-headlabel")).to_have_text(moved)


def test_scrolling_reaches_the_last_of_thousands(open_page, api):
    """Every page comes by its key; the last row ends inside the frame, not below it."""
    people = api("sales@example.com")
    total = people.get("/apps/crm_ltc/forms/lead/records", limit=1, count="exact")["count"]["value"]
    assert total >= 2000
    page = open_page("sales@example.com", "/a/crm_ltc/lead?view=all&columns=no,company,contact_name&sort=no")
    loaded(page)
    grid = page.get_by_role("grid")
    page.get_by_role("button", name=re.compile("Count exactly")).click()
    expect(page.get_by_text(f"{total:,} records")).to_be_visible()
    # As a person with a long mouse wheel: to the end of what is there, again and again.
    page.evaluate(
        """async ([total]) => {
            const grid = document.querySelector('[role=grid]');
            const rows = () => [...grid.querySelectorAll('[role=row]')];
            const last = () => Math.max(...rows().map((row) => Number(row.getAttribute('aria-rowindex'))));
            while (last() < total + 1) {
                grid.scrollTop = grid.scrollHeight;
                await new Promise(requestAnimationFrame);
            }
            grid.scrollTop = grid.scrollHeight;
        }""",
        [total],
    )
    row = grid.locator(f'[role="row"][aria-rowindex="{total + 1}"]')
    expect(row.get_by_role("link")).to_be_visible()
    frame, box = grid.bounding_box(), row.bounding_box()
    assert box["y"] >= frame["y"]
    assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1
    assert frame["y"] + frame["height"] <= 900
    last = people.records("lead", sort="-no", limit=1)[0]
    expect(row).to_contain_text(last["no"])
