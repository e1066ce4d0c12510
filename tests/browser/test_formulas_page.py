"""An administrator's page of computed fields: written, tried, published, seen by everybody."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_keyboard_walk import tab_to

PAGE = "/a/crm_ltc/design/formulas"


@pytest.fixture
def admin(api):
    """The administrator's API; afterwards the app is published again as it was, without a draft."""
    people = api("admin@example.com")
    with people.changing_app():
        yield people
    draft = people.get("/apps/crm_ltc/draft")
    if draft["changed"]:
        published = people.get("/apps/crm_ltc/definition")
        field = published["forms"]["account"]["fields"]["open_deals"]
        change = {"path": "/forms/account/fields/open_deals", "value": field}
        forget = [
            {"path": f"/forms/account/fields/{key}", "value": None}
            for key in draft["document"]["forms"]["account"]["fields"]
            if key not in published["forms"]["account"]["fields"]
        ]
        people.patch("/apps/crm_ltc/draft", {"changes": [change, *forget], "revision": draft["revision"]})
        people.publish_draft()


def editor(page: Page, text):
    return page.get_by_role("textbox", name=text("design.formula.formula"))


def test_a_roll_up_is_written_by_keyboard_tried_and_published(open_page, admin, texts):
    text = texts("en")
    account = admin.records("account", sort="-won_amount", limit=1)[0]
    deals = admin.get(f"/apps/crm_ltc/forms/account/records/{account['id']}/related/opportunities", limit=200)
    total = sum(deal["amount"] or 0 for deal in deals["records"])
    page = open_page("admin@example.com", "/a/crm_ltc/account?view=all")
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Formulas")
    expect(link).to_be_visible()
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Formulas", level=1)).to_be_visible()
    tab_to(page, page.get_by_role("button", name=text("design.formulas.add")))
    page.keyboard.press("Enter")
    entry = page.get_by_role("menuitem", name="Account", exact=True)
    for _ in range(12):
        if entry.evaluate("(element) => element === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    write_roll_up(page, text)
    try_on(page, text, account["name"], total)
    publish_by_keyboard(page, text)

    seen = open_page("manager@example.com", f"/a/crm_ltc/account/{account['id']}")
    expect(seen.get_by_role("group", name="All deals together")).to_contain_text(f"{total:,}")
    seen.goto("/a/crm_ltc/account?view=all&columns=name,all_deals_together&sort=-all_deals_together")
    expect(seen.locator('[data-row="0"][aria-colindex="3"]')).to_contain_text(f"{total:,}")


def write_roll_up(page: Page, text) -> None:
    """A label, a mistaken formula, and the correction through the list of suggestions."""
    expect(page.get_by_role("textbox", name=text("design.formula.labelEn"))).to_be_focused()
    page.keyboard.type("All deals together")
    box = editor(page, text)
    tab_to(page, box)
    page.keyboard.type("SUM({opportunities.amout}")
    page.keyboard.press("Escape")
    expect(box.locator(".x-wrong")).to_have_text("{opportunities.amout}")
    page.keyboard.press("ArrowLeft")
    for _ in "amout":
        page.keyboard.press("Backspace")
    page.keyboard.type("am")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Opportunities › Amount")
    page.keyboard.press("Enter")
    expect(box).to_have_text("SUM(Opportunities › Amount)")
    expect(page.get_by_text(text("expression.gives", type="number"))).to_be_visible()


def try_on(page: Page, text, name: str, total: int) -> None:
    """The value on a record, and a part of the formula set off while its value has the focus."""
    tab_to(page, page.get_by_role("combobox", name=text("expression.try.record")))
    page.keyboard.type(name)
    expect(page.locator(".ant-select-dropdown:visible").get_by_text(name).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".x-outcome strong")).to_have_text(f"{total:,}")
    part = page.get_by_role("region", name=text("expression.try.steps")).get_by_role("button").first
    tab_to(page, part)
    expect(part).to_have_text("Opportunities › Amount")
    expect(editor(page, text).locator(".x-setoff")).to_have_text("Opportunities › Amount")


def publish_by_keyboard(page: Page, text) -> None:
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="Formulas", level=1)).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="All deals together")
    expect(row).to_contain_text(text("design.state.new"))
    publish = page.get_by_role("button", name=text("design.draft.publish"))
    tab_to(page, publish)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=text("design.publish.title"))
    expect(dialog).to_contain_text("“All deals together” is added to Account")
    expect(dialog).to_contain_text("Account gets a column for “All deals together”")
    tab_to(page, dialog.get_by_role("button", name=text("design.publish.run")))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(publish).to_have_count(0)
    expect(row).not_to_contain_text(text("design.state.new"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_recipe_writes_the_formula(open_page, admin, texts, language):
    text = texts(language)
    page = open_page("admin@example.com", f"{PAGE}/account/new-field", language=language)
    expect(editor(page, text)).to_be_visible()
    page.get_by_role("button", name=text("expression.recipes")).click()
    dialog = page.get_by_role("dialog", name=text("expression.recipe.title"))
    dialog.get_by_role("radio", name=text("expression.recipe.count.label")).check()
    pick(page, text("expression.recipe.count.relation"), "Opportunities" if language == "en" else "商机")
    pick(page, text("expression.recipe.condition"), "Stage" if language == "en" else "销售阶段")
    pick(page, text("expression.recipe.value"), "Won" if language == "en" else "赢单")
    dialog.get_by_role("button", name=text("expression.recipe.insert")).click()
    expect(dialog).to_have_count(0)
    words = ("Opportunities", "Stage") if language == "en" else ("商机", "销售阶段")
    expect(editor(page, text)).to_have_text(f'COUNTA(FILTER({words[0]}, {words[0]} › {words[1]} = "won"))')
    expect(page.locator(".x-outcome strong")).to_have_text(re.compile(r"^[\d,]+$"))


def pick(page: Page, name: str, option: str) -> None:
    page.get_by_role("combobox", name=name, exact=True).click()
    page.locator(".ant-select-dropdown:visible").get_by_text(option, exact=True).first.click()
    expect(page.locator(".ant-select-dropdown:visible")).to_have_count(0)


def test_fields_and_functions_are_found_and_inserted(open_page, admin, texts):
    text = texts("en")
    page = open_page("admin@example.com", f"{PAGE}/opportunity/new-field")
    panel = page.get_by_role("complementary", name=text("expression.help.title"))
    panel.get_by_role("button", name=text("expression.help.fieldsOf", name="Account")).click()
    panel.get_by_role("button", name=re.compile("^Industry")).click()
    expect(editor(page, text)).to_have_text("Account › Industry")
    panel.get_by_text(text("expression.help.functions"), exact=True).click()
    panel.get_by_role("searchbox").fill("working days")
    panel.get_by_text("NETWORKDAYS", exact=True).click()
    expect(panel.get_by_text("NETWORKDAYS(start, end, [holidays])")).to_be_visible()


def test_a_changed_formula_with_a_circle_is_told_at_its_place(open_page, admin, texts):
    text = texts("en")
    page = open_page("admin@example.com", f"{PAGE}/account/open_deals", refusals={422})
    box = editor(page, text)
    expect(box).to_contain_text("COUNTIFS(")
    box.fill("{open_deals} + 1")
    page.get_by_role("button", name=text("design.formula.save")).click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Open deals", exact=True))
    expect(row).to_contain_text(text("design.state.changed"))
    expect(row.locator(".design-problem").first).to_be_visible()
    page.get_by_role("button", name=text("design.draft.publish")).click()
    dialog = page.get_by_role("dialog", name=text("design.publish.title"))
    expect(dialog).to_contain_text(text("design.publish.refused"))
    expect(dialog.get_by_role("button", name=text("design.publish.run"))).to_have_count(0)
    dialog.get_by_role("link", name="Account › Open deals").first.click()
    expect(page.get_by_role("heading", name="Open deals", level=1)).to_be_visible()
    expect(box).to_have_text("Open deals + 1")


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(open_page, admin, texts):
    text = texts("en")
    page = open_page("admin@example.com", f"{PAGE}/account/open_deals", refusals={409, 422})
    box = editor(page, text)
    expect(box).to_contain_text("COUNTIFS(")
    box.fill("7")
    draft = admin.get("/apps/crm_ltc/draft")
    theirs = draft["document"]["forms"]["account"]["fields"]["open_deals"] | {"formula": "8"}
    change = {"path": "/forms/account/fields/open_deals", "value": theirs}
    admin.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})
    page.get_by_role("button", name=text("design.formula.save")).click()
    expect(page.get_by_text(text("design.formula.contested"))).to_be_visible()
    page.get_by_role("button", name=text("design.formula.takeTheirs")).click()
    expect(box).to_have_text("8")


def test_leaving_an_unsaved_formula_is_asked_about(open_page, admin, texts):
    text = texts("en")
    page = open_page("admin@example.com", f"{PAGE}/account/open_deals")
    editor(page, text).fill("7")
    page.get_by_role("link", name="Formulas").first.click()
    dialog = page.get_by_role("dialog", name=text("ui.leave.title"))
    dialog.get_by_role("button", name=text("ui.leave.discard")).click()
    expect(page.get_by_role("heading", name="Formulas", level=1)).to_be_visible()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/account/open_deals"])
def test_a_salesperson_neither_finds_nor_opens_the_page(open_page, path):
    page = open_page("sales@example.com", path, refusals={403})
    expect(page.get_by_role("heading", name="Not allowed")).to_be_visible()
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link", name="Accounts")).to_be_visible()
    expect(menu.get_by_role("link", name="Formulas")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Formula")
    expect(page.get_by_text("Nothing found for “Formula”.")).to_be_visible()
