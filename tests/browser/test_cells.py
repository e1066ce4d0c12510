"""Many cells of a list at once: selected, copied, pasted, filled, cleared and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

COLUMNS = "name,short_name,employees,industry,owner"


@pytest.fixture
def accounts(api):
    """Three accounts that a search finds together."""
    people = api("admin@example.com")
    made = [people.create("account", name=f"Cellwork {name}", employees=5) for name in ("A", "B", "C")]
    yield made
    for one in made:
        people.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")


@pytest.fixture
def expect_saved(api, accounts):
    """`expect_saved("employees", [5, 5, 5])`: what the accounts hold in the end."""
    people = api("admin@example.com")

    def expect_values(field: str, values: list) -> None:
        for one, value in zip(accounts, values, strict=True):
            people.expect_record("account", one["id"], **{field: value})

    return expect_values


def open_grid(open_page, texts, columns: str = COLUMNS, **more) -> Page:
    path = f"/a/crm_ltc/account?view=all&search=Cellwork&columns={columns}&sort=name"
    page = open_page("manager@example.com", path, **more)
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("row")).to_have_count(4)
    # What works with many cells has come when the grid tells how to.
    expect(grid).to_have_accessible_description(texts(more.get("language", "en"))("cells.help"))
    grid.focus()
    return page


def cell(page: Page, row: int, column: int):
    return page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def paste(page: Page, text: str) -> None:
    """What a browser does when somebody pastes a text that another program has copied."""
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        text,
    )


#: What copying would put on the clipboard, as text and as a table.
COPIED = """() => {
    const data = new DataTransfer();
    const copying = { clipboardData: data, bubbles: true, cancelable: true };
    document.dispatchEvent(new ClipboardEvent("copy", copying));
    return [data.getData("text/plain"), data.getData("text/html")];
}"""


def picked(page: Page):
    return page.get_by_role("grid").locator('[role="gridcell"][aria-selected="true"]')


def toast(page: Page, text: str):
    return page.locator(".j-toast").filter(has_text=text)


def test_a_range_is_chosen_with_keys_and_mouse(open_page, texts, accounts):
    page = open_grid(open_page, texts)
    press(page, "ArrowRight", "Shift+ArrowDown", "Shift+ArrowRight")
    expect(picked(page)).to_have_count(4)
    press(page, "Escape")
    expect(picked(page)).to_have_count(0)
    cell(page, 2, 4).click(modifiers=["Shift"])
    expect(picked(page)).to_have_count(4)
    press(page, "ArrowUp")
    expect(picked(page)).to_have_count(0)
    cell(page, 0, 2).hover()
    page.mouse.down()
    cell(page, 2, 4).hover()
    page.mouse.up()
    expect(picked(page)).to_have_count(9)
    press(page, "Control+a")
    expect(picked(page)).to_have_count(15)
    press(page, "Control+a")
    expect(page.get_by_role("toolbar", name="Selected records")).to_contain_text("3 selected")


def test_dragging_from_a_link_selects_and_opens_nothing(open_page, texts, accounts):
    page = open_grid(open_page, texts)
    cell(page, 0, 1).get_by_role("link").hover()
    page.mouse.down()
    cell(page, 1, 1).get_by_role("link").hover()
    page.mouse.up()
    expect(picked(page)).to_have_count(2)
    expect(page.get_by_role("grid")).to_be_focused()
    expect(page).to_have_url(re.compile("/a/crm_ltc/account\\?"))


def test_rows_of_a_spreadsheet_are_pasted_and_taken_back(open_page, texts, accounts, expect_saved):
    page = open_grid(open_page, texts)
    press(page, "ArrowRight")
    paste(page, "Ann\t1,200\t医疗健康\nBob\t7\tManufacturing\n")
    expect(toast(page, "6 cells changed.")).to_be_visible()
    expect(cell(page, 1, 2)).to_have_text("Bob")
    expect_saved("short_name", ["Ann", "Bob", None])
    expect_saved("employees", [1200, 7, 5])
    expect_saved("industry", ["medical", "manufacturing", None])
    expect(picked(page)).to_have_count(6)
    press(page, "Control+z")
    expect(cell(page, 1, 2)).to_have_text("")
    expect_saved("employees", [5, 5, 5])


def test_what_was_copied_is_pasted_elsewhere(open_page, texts, accounts, expect_saved, api):
    people = api("admin@example.com")
    person = people.get("/users", search="sales@example.com")["users"][0]
    people.change("account", accounts[0]["id"], short_name='say "hi"', employees=1234, owner=person["id"])
    page = open_grid(open_page, texts)
    press(page, "ArrowRight", "Shift+End")
    text, table = page.evaluate(COPIED)
    assert text.startswith('"say ""hi"""\t1234\t')
    assert table.startswith('<table><tr><td>say "hi"</td><td>1234</td>')
    press(
        page,
        "Control+c",
        "Escape",
        "Home",
        "ArrowRight",
        "ArrowRight",
        "ArrowDown",
        "Shift+ArrowDown",
        "Control+v",
    )
    expect(cell(page, 2, 3)).to_have_text("1,234")
    expect(toast(page, "cells changed.")).to_be_visible()
    api("admin@example.com").expect_record("account", accounts[2]["id"], owner=person["id"])
    expect_saved("employees", [1234, 1234, 1234])


def test_fill_and_clear(open_page, texts, accounts, expect_saved):
    page = open_grid(open_page, texts)
    press(page, "ArrowRight")
    paste(page, "Top")
    expect(toast(page, "1 cell changed.")).to_be_visible()
    press(page, "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    expect(cell(page, 2, 2)).to_have_text("Top")
    expect(toast(page, "2 cells changed.")).to_be_visible()
    expect_saved("short_name", ["Top"] * 3)
    press(page, "Delete")
    expect(toast(page, "3 cells changed.")).to_be_visible()
    expect(cell(page, 2, 2)).to_have_text("")
    expect_saved("short_name", [None] * 3)
    toast(page, "3 cells changed.").get_by_role("button", name="Undo").click()
    expect(cell(page, 2, 2)).to_have_text("Top")


def test_the_handle_fills_the_rows_it_is_drawn_over(open_page, texts, accounts, expect_saved):
    page = open_grid(open_page, texts)
    press(page, "ArrowRight", "ArrowRight")
    paste(page, "77")
    expect(cell(page, 0, 3)).to_have_text("77")
    handle = cell(page, 0, 3).locator(".grid-fill")
    expect(handle).to_be_visible()
    handle.hover()
    page.mouse.down()
    cell(page, 1, 3).hover()
    cell(page, 2, 3).hover()
    page.mouse.up()
    expect(cell(page, 2, 3)).to_have_text("77")
    expect(toast(page, "2 cells changed.")).to_be_visible()
    expect_saved("employees", [77, 77, 77])


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_cells_that_are_refused_are_named_before_anything_is_written(
    open_page, texts, accounts, expect_saved, language
):
    text = texts(language)
    page = open_grid(open_page, texts, language=language)
    press(page, "ArrowRight")
    paste(page, "New\tmany\nOther\t12\n")
    dialog = page.get_by_role("dialog", name=text("cells.question.title"))
    expect(dialog).to_contain_text("Cellwork A")
    expect(dialog).to_contain_text(text("cells.problem.unreadable", text="many"))
    assert dialog.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    expect_saved("short_name", [None, None, None])
    dialog.get_by_role("button", name=text("cells.question.none")).click()
    expect(dialog).to_be_hidden()
    paste(page, "New\tmany\nOther\t12\n")
    dialog.get_by_role("button", name=text("cells.question.others_other", shown=3)).click()
    expect(cell(page, 1, 3)).to_have_text("12")
    expect(toast(page, text("cells.done_other", shown=3))).to_be_visible()
    expect_saved("short_name", ["New", "Other", None])
    expect_saved("employees", [5, 12, 5])


def test_what_the_server_refuses_is_named_and_the_others_go_in(open_page, texts, accounts, expect_saved):
    page = open_grid(open_page, texts, "name,tax_no,employees", refusals={422})
    press(page, "ArrowRight")
    paste(page, "123\t8\n\t9\n")
    dialog = page.get_by_role("dialog", name="Some cells cannot be changed")
    expect(dialog).to_contain_text("15, 18 or 20")
    expect_saved("employees", [5, 5, 5])
    dialog.get_by_role("button", name="Change the other 2 cells").click()
    expect(cell(page, 1, 3)).to_have_text("9")
    expect(toast(page, "2 cells changed.")).to_be_visible()
    expect_saved("employees", [8, 9, 5])


def test_somebody_elses_change_is_not_written_over(open_page, texts, accounts, expect_saved, api):
    page = open_grid(open_page, texts, refusals={409})
    api("admin@example.com").change("account", accounts[1]["id"], short_name="Theirs")
    press(page, "ArrowRight")
    paste(page, "1\n2\n3")
    dialog = page.get_by_role("dialog", name="Some cells cannot be changed")
    expect(dialog).to_contain_text("Cellwork B")
    dialog.get_by_role("button", name="Change the other 2 cells").click()
    expect(cell(page, 2, 2)).to_have_text("3")
    expect(toast(page, "2 cells changed.")).to_be_visible()
    expect_saved("short_name", ["1", "Theirs", "3"])


def test_more_rows_than_there_are_and_columns_nobody_fills_in_are_told(
    open_page, texts, accounts, expect_saved
):
    page = open_grid(open_page, texts, "name,created_at,employees")
    press(page, "ArrowDown", "ArrowDown", "ArrowRight")
    paste(page, "2020-01-01\t1\n2020-01-01\t2\n2020-01-01\t3")
    dialog = page.get_by_role("dialog", name="Some cells cannot be changed")
    expect(dialog).to_contain_text("2 rows have no place")
    dialog.get_by_role("button", name="Change the other cell").click()
    expect(page.locator(".j-toast")).to_contain_text(
        "Left out, because nobody can fill them in here: Created."
    )
    expect_saved("employees", [5, 5, 1])
