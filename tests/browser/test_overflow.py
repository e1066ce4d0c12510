"""No text is cut off where people steer, and no page is wider than its screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import PAGES

#: The texts that must be whole: menus, tabs, buttons, heads of pages and columns.
STEERING = ", ".join(
    [
        *(
            ".navigation-item > span:not(.sr-only)",
            ".navigation-group > button > span",
            ".list-tab",
            "[role=tab]",
        ),
        *("button", ".ant-btn > span", "h1", "h2", ".grid-headlabel", ".field-label"),
        *(".form-field > .form-label", ".import-steps li", ".record-facts dt", ".kanban-column header"),
    ]
)
CLIPPED = """(selector) => [...document.querySelectorAll(selector)].filter((element) => {
    const style = getComputedStyle(element);
    const shown = element.checkVisibility() && element.clientWidth > 1 && !element.closest('.sr-only');
    const cuts = style.overflowX !== 'visible' || style.textOverflow === 'ellipsis';
    return shown && cuts && element.scrollWidth > element.clientWidth + 1;
}).map((element) => {
    const [text, room] = [element.textContent.trim(), `${element.clientWidth} < ${element.scrollWidth}`];
    return `${element.className || element.tagName}: ${text} (${room})`;
})"""
#: Elements that reach out of the screen without a scrolling frame of their own around them.
OUTSIDE = """() => {
    const scrolls = (element) => getComputedStyle(element).overflowX !== 'visible';
    const reaches = (element) => element.getBoundingClientRect().right > innerWidth + 1;
    const framed = (element) => {
        for (let up = element.parentElement; up; up = up.parentElement) {
            if (scrolls(up) && !reaches(up)) return true;
        }
        return false;
    };
    return [...document.querySelectorAll('main *, .topbar *')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0)
        .filter((element) => reaches(element) && !element.closest('.sr-only') && !framed(element))
        .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`);
}"""

PATHS = {
    "leads": "/a/crm_ltc/lead?view=all",
    "accounts": "/a/crm_ltc/account?view=all",
    "pipeline": "/a/crm_ltc/opportunity?view=pipeline",
    "closings": "/a/crm_ltc/opportunity?view=closings",
    "plan": "/a/crm_ltc/follow_up?view=plan&q.owner=-",
    "cards": "/a/crm_ltc/product?view=all&as=gallery",
    "tree": "/a/crm_ltc/account?view=groups",
    "opportunity": "/a/crm_ltc/opportunity/1",
    "new lead": "/a/crm_ltc/lead/new",
    "import": "/a/crm_ltc/account/import",
    "imports": "/a/crm_ltc/-/imports",
    "bin": "/a/crm_ltc/account/bin",
    "changed together": "/a/crm_ltc/account/batches",
    "files": "/a/crm_ltc/account/1?tab=all-files",
    "form with lines": "/a/crm_ltc/quote/new",
    "tasks": "/a/crm_ltc/-/tasks",
    "notifications": "/notifications",
}
#: What opens over a page, shown as the tests of accessibility show it.
DIALOGS = ["duplicate hint", "duplicates", "conversion", "export"]
DESIGNER = {
    "running workflows": "/a/crm_ltc/-/workflows",
    "people": "/settings/people",
    "departments": "/settings/organisation",
    "roles": "/settings/roles",
    "administrators": "/settings/administrators",
    "passwords": "/settings/security",
    "external organisations": "/settings/external",
    "audit": "/settings/audit",
    "API keys": "/settings/api-keys",
    "mails": "/settings/mails",
    "account": "/account",
    "calendar": "/settings/calendar?year=2026",
    "formulas": "/a/crm_ltc/design/formulas",
    "formula": "/a/crm_ltc/design/formulas/account/won_amount",
    "workflows": "/a/crm_ltc/design/workflows",
    "workflow": "/a/crm_ltc/design/workflows/quote_approval",
    "test of a workflow": "/a/crm_ltc/design/workflows/contract_approval?test=large",
    "permissions": "/a/crm_ltc/design/permissions",
    "upgrade": "/a/crm_ltc/design/upgrade",
    "groups": "/a/crm_ltc/design/permissions/lead",
    "who is shown what": "/a/crm_ltc/design/visibility",
    "new formula": "/a/crm_ltc/design/formulas/lead/new-field",
}


def settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator(".j-skeleton, .grid-wait")).to_have_count(0)
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_is_cut_off(open_page, language, width):
    faults = faults_of(open_page("manager@example.com", "/", language=language, width=width), PATHS)
    faults += faults_of(open_page("admin@example.com", "/", language=language, width=width), DESIGNER)
    assert faults == []


def faults_of(page: Page, paths: dict[str, str]) -> list[str]:
    faults = []
    for name, path in paths.items():
        page.goto(path)
        settled(page)
        faults += [f"{name}: {line}" for line in page.evaluate(CLIPPED, STEERING)]
        faults += [f"{name}: outside: {line}" for line in page.evaluate(OUTSIDE)]
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide[0] > wide[1]:
            faults.append(f"{name}: the page is {wide[0]} px wide")
    return faults


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", DIALOGS)
def test_nothing_is_cut_off_in_what_opens_over_a_page(open_page, name, language, width):
    email, path, show = PAGES[name]
    page = open_page(email, path, language=language, width=width, refusals={409, 422})
    show(page)
    page.evaluate("document.fonts.ready")
    assert page.evaluate(CLIPPED, STEERING) == []
    assert page.evaluate(OUTSIDE.replace("main *, .topbar *", "[role=dialog] *, .form-page *")) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_sign_in_page_fits(open_page, language, width):
    page = open_page(None, "/signin", language=language, width=width)
    expect(page.get_by_role("button", name="admin@example.com")).to_be_visible()
    assert page.evaluate(CLIPPED, STEERING) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
