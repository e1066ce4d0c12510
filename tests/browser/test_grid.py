"""Editing in the grid, with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually, writes

#: Dispatches what a browser sends while an input method composes: Enter then chooses a candidate.
COMPOSE = """(element) => {
    element.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    const enter = { key: "Enter", bubbles: true, cancelable: true, isComposing: true, keyCode: 229 };
    element.dispatchEvent(new KeyboardEvent("keydown", enter));
}"""


@pytest.fixture
def accounts(api):
    """Two accounts that a search finds together."""
    people = api("admin@example.com")
    made = [people.create("account", name=f"Gridwork {name}", employees=5) for name in ("One", "Two")]
    yield made
    for one in made:
        people.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")


def open_grid(open_page, columns: str = "name,short_name,employees", **more) -> Page:
    path = f"/a/crm_ltc/account?view=all&search=Gridwork&columns={columns}&sort=name"
    page = open_page("manager@example.com", path, **more)
    expect(page.get_by_role("grid").get_by_role("row")).to_have_count(3)
    page.get_by_role("grid").focus()
    return page


def cell(page: Page, row: int, column: int):
    return page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')


def test_arrows_enter_and_tab_edit_a_row(open_page, api, accounts):
    page = open_grid(open_page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="Short name").fill("First")
    page.keyboard.press("Tab")
    page.get_by_role("textbox", name="Employees").fill("77")
    page.keyboard.press("Enter")
    expect(cell(page, 0, 2)).to_have_text("First")
    expect(cell(page, 0, 3)).to_have_text("77")
    # Enter went on to the row below, ready for the next value.
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Employees").fill("78")
    page.keyboard.press("Enter")
    expect(cell(page, 1, 3)).to_have_text("78")
    people = api("admin@example.com")
    people.expect_record("account", accounts[0]["id"], short_name="First", employees=77)
    people.expect_record("account", accounts[1]["id"], short_name=None, employees=78)


def test_escape_leaves_the_value_as_it_was(open_page, accounts):
    page = open_grid(open_page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="Short name").fill("Never")
    page.keyboard.press("Escape")
    expect(cell(page, 0, 2)).to_have_text("")
    expect(page.get_by_role("grid")).to_be_focused()


def test_a_choice_is_made_with_the_keyboard(open_page, api, accounts):
    page = open_grid(open_page, "name,industry")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Industry")
    expect(box).to_be_focused()
    page.keyboard.type("Medical")
    page.keyboard.press("Enter")
    expect(cell(page, 0, 2)).to_have_text("Medical")
    api("admin@example.com").expect_record("account", accounts[0]["id"], industry="medical")


def test_enter_that_chooses_a_candidate_saves_nothing(open_page, api, accounts):
    page = open_grid(open_page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    box = page.get_by_role("textbox", name="Short name")
    box.fill("jian")
    sent = writes(page)
    box.evaluate(COMPOSE)
    expect(box).to_be_focused()
    expect(box).to_have_value("jian")
    assert sent == []
    api("admin@example.com").expect_record("account", accounts[0]["id"], short_name=None)


def test_what_the_server_refuses_is_said_at_the_cell(open_page, accounts):
    page = open_grid(open_page, "name,tax_no", refusals={422})
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="Tax no.").fill("12345")
    page.keyboard.press("Enter")
    expect(cell(page, 0, 2)).to_have_attribute("aria-invalid", "true")
    problem = page.get_by_role("alertdialog", name="Tax no. was not saved")
    expect(problem).to_contain_text("15, 18 or 20")
    frame, box = cell(page, 0, 2).bounding_box(), problem.bounding_box()
    assert frame["x"] <= box["x"] < frame["x"] + frame["width"]
    assert 0 <= box["y"] - frame["y"] < 120
    problem.get_by_role("button", name="Discard").click()
    expect(cell(page, 0, 2)).not_to_have_attribute("aria-invalid", "true")
    expect(cell(page, 0, 2)).to_have_text("")


def test_somebody_elses_change_is_shown_at_the_cell(open_page, api, accounts):
    page = open_grid(open_page, refusals={409})
    api("admin@example.com").change("account", accounts[0]["id"], employees=500)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="Employees").fill("600")
    page.keyboard.press("Enter")
    problem = page.get_by_role("alertdialog", name="Employees was not saved")
    expect(problem).to_contain_text("500")
    problem.get_by_role("button", name="Save mine").click()
    expect(cell(page, 0, 3)).to_have_text("600")
    api("admin@example.com").expect_record("account", accounts[0]["id"], employees=600)


def test_what_tells_of_a_problem_is_fetched_when_an_edit_begins(open_page, accounts):
    page = open_grid(open_page)
    with page.expect_response("**/assets/CellProblem-*.js") as answer:
        page.keyboard.press("F2")
    assert answer.value.ok


#: Where the active cell lies beyond what is seen of the rows, in pixels above and below.
OUTSIDE = """(grid) => {
    const cell = document.getElementById(grid.getAttribute("aria-activedescendant")).getBoundingClientRect();
    const top = grid.getBoundingClientRect().top + grid.clientTop;
    const head = grid.querySelector(".grid-headgroup").offsetHeight;
    return [Math.max(0, top + head - cell.top), Math.max(0, cell.bottom - top - grid.clientHeight)];
}"""


@pytest.mark.parametrize(
    "keys",
    [
        ["ArrowDown"] * 40,
        ["PageDown"] * 3,
        ["Control+End", *["ArrowUp"] * 30],
        ["Control+End", "Control+Home"],
    ],
    ids=lambda keys: f"{keys[0]}-{keys[-1]}",
)
def test_the_active_cell_is_seen_whole_wherever_the_keys_lead(open_page, keys):
    page = open_page("manager@example.com", "/a/crm_ltc/lead?view=all")
    grid = page.get_by_role("grid")
    expect(cell(page, 20, 1)).not_to_be_empty()
    grid.focus()
    for key in keys:
        page.keyboard.press(key)
        above, below = grid.evaluate(OUTSIDE)
        assert (above, below) == (pytest.approx(0, abs=1), pytest.approx(0, abs=1)), key


def test_the_active_cell_is_there_while_rows_are_on_their_way(open_page):
    page = open_page("manager@example.com", "/a/crm_ltc/lead?view=all")
    grid = page.get_by_role("grid")
    expect(cell(page, 20, 1)).not_to_be_empty()
    held, holding = [], True
    page.route("**/records?*cursor=*", lambda route: held.append(route) if holding else route.continue_())
    grid.focus()
    page.keyboard.press("Control+End")
    waiting = grid.locator(".grid-wait").last
    expect(waiting).to_be_in_viewport()
    eventually(lambda: grid.evaluate(OUTSIDE), pytest.approx([0, 0], abs=1))
    holding = False
    for route in held:
        route.continue_()
    expect(cell(page, 100, 1)).not_to_be_empty()
    eventually(lambda: grid.evaluate(OUTSIDE), pytest.approx([0, 0], abs=1))


def batch_dialog(page: Page):
    # In the column of the boxes it is the records that are all selected, elsewhere first the cells.
    page.keyboard.press("Home")
    page.keyboard.press("Control+a")
    bar = page.get_by_role("toolbar", name="Selected records")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Edit").click()
    return page.get_by_role("dialog", name="Edit 2 records")


def expect_employees(api, accounts, number: int | None) -> None:
    for one in accounts:
        api("admin@example.com").expect_record("account", one["id"], employees=number)


def choose_field(page: Page, dialog, name: str) -> None:
    dialog.get_by_role("combobox", name="Field").last.click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def test_a_batch_edit_says_what_it_will_touch_and_is_undone(open_page, api, accounts):
    page = open_grid(open_page, "name,employees,level")
    dialog = batch_dialog(page)
    choose_field(page, dialog, "Employees")
    dialog.get_by_role("textbox", name="New value").fill("9")
    dialog.get_by_role("button", name="Preview").click()
    preview = dialog.get_by_role("region", name="What would be done")
    expect(preview).to_contain_text("2 records change")
    expect(preview).to_contain_text("Gridwork One")
    expect_employees(api, accounts, 5)
    dialog.get_by_role("button", name="Change 2 records").click()
    expect(dialog).to_be_hidden()
    expect(cell(page, 0, 2)).to_have_text("9")
    expect_employees(api, accounts, 9)
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, 0, 2)).to_have_text("5")
    expect(page.get_by_text("2 records are as they were before.")).to_be_visible()
    expect_employees(api, accounts, 5)


def test_a_batch_edit_clears_and_its_history_takes_all_of_it_back(open_page, api, accounts):
    page = open_grid(open_page, "name,employees")
    dialog = batch_dialog(page)
    choose_field(page, dialog, "Employees")
    dialog.get_by_role("combobox", name="What happens").click()
    page.locator(".ant-select-dropdown:visible").get_by_text("Clear", exact=True).click()
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_role("button", name="Change 2 records").click()
    expect(dialog).to_be_hidden()
    expect(cell(page, 0, 2)).to_have_text("")
    expect_employees(api, accounts, None)
    page.goto(f"/a/crm_ltc/account/{accounts[0]['id']}")
    expect(page.get_by_text("Changed together with 1 other.")).to_be_visible()
    page.get_by_role("button", name="Undo all").click()
    expect(page.get_by_text("2 records are as they were before.")).to_be_visible()
    expect(page.get_by_text("This was undone.")).to_be_visible()
    expect_employees(api, accounts, 5)
