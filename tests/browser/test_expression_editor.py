"""Writing an expression: completion, chips, problems and their quick fixes, by keyboard and by hand."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

ACCOUNTS = "/a/crm_ltc/account?view=all"


def open_text(page: Page, text):
    """The filter of the list as text."""
    page.get_by_role("button", name=re.compile(f"^{text('list.filter.title')}")).click()
    page.get_by_role("button", name=text("list.filter.asText")).click()
    box = page.get_by_role("textbox", name=text("list.filter.text"))
    expect(box).to_be_visible()
    box.click()
    return box


def expect_filter(page: Page, wanted: str) -> None:
    """What the address holds, as the browser has it now."""
    eventually(lambda: parse_qs(page.evaluate("location.search.slice(1)")).get("filter", [""])[0], wanted)


def offers(page: Page, text):
    return page.get_by_role("listbox", name=text("expression.offers"))


@pytest.mark.parametrize(
    ("language", "typed", "field", "option"),
    [("en", "indu", "Industry", "Medical"), ("zh-CN", "行业", "行业", "医疗")],
)
def test_fields_and_options_are_completed_and_applied(open_page, texts, language, typed, field, option):
    text = texts(language)
    page = open_page("manager@example.com", ACCOUNTS, language=language)
    box = open_text(page, text)
    page.keyboard.insert_text(typed)
    page.keyboard.press("Control+Space")
    expect(offers(page, text).get_by_role("option", selected=True)).to_contain_text(field)
    page.keyboard.press("Enter")
    page.keyboard.type(' = "')
    expect(offers(page, text).get_by_role("option").first).to_be_visible()
    page.keyboard.insert_text(option[:3])
    expect(offers(page, text).get_by_role("option", selected=True)).to_contain_text(option)
    page.keyboard.press("Enter")
    expect(box).to_have_text(f'{field} = "medical"')
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("filter="))
    expect_filter(page, '{industry} = "medical"')


def test_who_asks_before_the_names_have_arrived_is_answered_when_they_have(open_page, texts):
    text = texts("en")
    page = open_page("manager@example.com", ACCOUNTS)
    held = []
    page.route("**/api/v1/formulas/names*", lambda route: held.append(route))
    open_text(page, text)
    page.keyboard.insert_text("indu")
    page.keyboard.press("Control+Space")
    eventually(lambda: len(held) * page.evaluate("1"), 1)
    expect(offers(page, text)).to_have_count(0)
    held[0].continue_()
    expect(offers(page, text).get_by_role("option", selected=True)).to_contain_text("Industry")


def test_a_path_is_completed_along_a_relation(open_page, texts):
    text = texts("en")
    page = open_page("manager@example.com", ACCOUNTS)
    box = open_text(page, text)
    page.keyboard.type("COUNTA({oppo")
    expect(offers(page, text).get_by_role("option", selected=True)).to_contain_text("Opportunities ›")
    page.keyboard.press("Enter")
    expect(offers(page, text)).to_be_visible()
    page.keyboard.type("stage")
    expect(offers(page, text).get_by_role("option", selected=True)).to_contain_text("Opportunities › Stage")
    page.keyboard.press("Enter")
    # The closing bracket came with the opening one.
    page.keyboard.press("End")
    page.keyboard.type(" > 2")
    expect(box).to_have_text("COUNTA(Opportunities › Stage) > 2")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("filter="))
    expect_filter(page, "COUNTA({opportunities.stage}) > 2")
    expect(page.get_by_text(text("list.filter.textOnly"))).to_be_visible()


def test_a_point_behind_a_relation_goes_on_along_it(open_page, texts):
    text = texts("en")
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity?view=all")
    box = open_text(page, text)
    box.fill("{account}")
    expect(box.locator(".x-chip")).to_have_text("Account")
    page.keyboard.press("End")
    page.keyboard.type(".")
    expect(offers(page, text).get_by_role("option").first).to_contain_text("Account ›")
    page.keyboard.type("industry")
    expect(offers(page, text).get_by_role("option", selected=True)).to_contain_text("Account › Industry")
    page.keyboard.press("Enter")
    expect(box.locator(".x-chip")).to_have_text("Account › Industry")


def test_a_chip_is_one_step_for_the_cursor_and_one_key_for_deleting(open_page, texts):
    page = open_page("manager@example.com", ACCOUNTS)
    box = open_text(page, texts("en"))
    box.fill("{employees} > 5")
    expect(box.locator(".x-chip")).to_have_text("Employees")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("+1")
    expect(box).to_have_text("Employees+1 > 5")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Backspace")
    expect(box).to_have_text("+1 > 5")
    page.keyboard.press("Control+z")
    expect(box).to_have_text("Employees+1 > 5")


def test_a_problem_is_underlined_and_its_suggestion_taken(open_page, texts):
    text = texts("en")
    page = open_page("manager@example.com", ACCOUNTS)
    box = open_text(page, text)
    page.keyboard.type("{employes} > 5")
    expect(box.locator(".x-wrong")).to_have_text("{employes}")
    status = page.locator(f"[id='{box.get_attribute('aria-describedby')}']")
    expect(status).to_contain_text("There is no field {employes}")
    expect(box).to_have_attribute("aria-invalid", "true")
    status.get_by_role("button", name=text("expression.replaceBy", text="Employees")).click()
    expect(box).to_have_text("Employees > 5")
    expect(status).to_contain_text(text("expression.gives", type="yes/no"))
    expect(box).to_be_focused()


def test_a_result_of_another_kind_does_not_fit(open_page, texts):
    page = open_page("manager@example.com", ACCOUNTS)
    box = open_text(page, texts("en"))
    page.keyboard.type("{name}")
    expect(page.get_by_text("The result is of the type text, but yes/no is needed.")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Apply").click()
    expect_filter(page, "")
    box.fill("{employees}")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("alert")).to_have_text("A filter must be true or false for each record.")
    expect_filter(page, "")


def test_parameters_are_hinted_and_escape_closes_one_thing_at_a_time(open_page, texts):
    text = texts("en")
    page = open_page("manager@example.com", ACCOUNTS)
    open_text(page, text)
    page.keyboard.type("ROUND(1.234, ")
    hint = page.locator(".x-hint")
    expect(hint.locator("mark")).to_have_text("[digits]")
    page.keyboard.type("emp")
    expect(offers(page, text)).to_be_visible()
    page.keyboard.press("Escape")
    expect(offers(page, text)).to_have_count(0)
    expect(hint).to_be_visible()
    page.keyboard.press("Escape")
    expect(hint).to_have_count(0)
    panel = page.get_by_role("dialog", name="Filter")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_tab_leaves_the_editor(open_page, texts):
    page = open_page("manager@example.com", ACCOUNTS)
    box = open_text(page, texts("en"))
    page.keyboard.type("{employees} > 5")
    page.keyboard.press("Tab")
    expect(box).not_to_be_focused()
    expect(page.get_by_role("button", name="Apply")).to_be_focused()


def test_nothing_happens_while_an_input_method_composes(open_page, texts):
    """Enter that chooses characters neither applies the filter nor takes a suggestion."""
    page = open_page("manager@example.com", ACCOUNTS, language="zh-CN")
    box = open_text(page, texts("zh-CN"))
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "hangye", "selectionStart": 6, "selectionEnd": 6})
    expect(box).to_have_text("hangye")
    box.evaluate(
        """(element) => element.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(box).to_have_text("hangye")
    client.send("Input.insertText", {"text": "行业"})
    expect(box).to_have_text("行业")
    page.keyboard.press("Control+Space")
    expect(offers(page, texts("zh-CN")).get_by_role("option", selected=True)).to_contain_text("行业")
    page.keyboard.press("Enter")
    expect(box.locator(".x-chip")).to_have_text("行业")
