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
    "record on paper": "/a/crm_ltc/account/1/print",
    "files": "/a/crm_ltc/account/1?tab=all-files",
    "form with lines": "/a/crm_ltc/quote/new",
    "tasks": "/a/crm_ltc/-/tasks",
    "start of a workflow": "/a/crm_ltc/-/tasks/start",
    "notifications": "/notifications",
}
#: What opens over a page, shown as the tests of accessibility show it.
DIALOGS = ["duplicate hint", "duplicates", "conversion", "export"]
DESIGNER = {
    "running workflows": "/a/crm_ltc/-/workflows",
    "durations": "/a/crm_ltc/-/workflows/durations",
    "run of a workflow": "/tasks/runs/1",
    "people": "/settings/people",
    "departments": "/settings/organisation",
    "roles": "/settings/roles",
    "administrators": "/settings/administrators",
    "passwords": "/settings/security",
    "external organisations": "/settings/external",
    "audit": "/settings/audit",
    "webhooks": "/settings/webhooks",
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


#: Where a page is opened, and to what it is drawn then: wide ones become narrow and narrow ones wide.
WIDTHS = {"en": (1440, 1024, 390), "zh-CN": (390, 1024, 1440)}
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator(".j-skeleton, .grid-wait")).to_have_count(0)
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    ("email", "paths"),
    [("manager@example.com", PATHS), ("admin@example.com", DESIGNER)],
    ids=["working", "designing"],
)
def test_nothing_is_cut_off(open_page, email, paths, language):
    page = open_page(email, "/", language=language)
    faults = []
    for name, path in paths.items():
        resize(page, WIDTHS[language][0])
        page.goto(path)
        for width in WIDTHS[language]:
            resize(page, width)
            settled(page)
            faults += [f"{name}, {width} px: {line}" for line in faults_of(page)]
    assert faults == []


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(DRAWN)


def faults_of(page: Page) -> list[str]:
    faults = [*page.evaluate(CLIPPED, STEERING), *(f"outside: {one}" for one in page.evaluate(OUTSIDE))]
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return faults if wide <= room else [*faults, f"the page is {wide} px wide"]


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
