"""Writes named screenshots of the product for a person to look at: `python tests/browser/screenshots.py OUT`.

Uses the demo server named by JOINERY_TEST_SERVER, else one of its own, like the browser tests.
"""

import contextlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

HERE = Path(__file__).parent
ACCOUNTS = HERE.parents[1] / "suites" / "demo" / "accounts.csv"


def load_conftest():
    sys.path.insert(0, str(HERE.parents[1]))
    spec = importlib.util.spec_from_file_location("browser_conftest", HERE / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def nothing(page: Page) -> None:
    """The page as it opens."""


def filtered(page: Page) -> None:
    page.locator(".list-tool").first.click()
    page.locator(".filter-add button").first.click()
    expect(page.locator(".filter-row")).to_be_visible()


def columns(page: Page) -> None:
    page.locator(".list-tool").last.click()
    expect(page.locator(".columns-panel")).to_be_visible()


def palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("科技")
    expect(page.get_by_role("option").nth(2)).to_be_visible()


def refused(page: Page) -> None:
    expect(page.locator("[data-field] input").first).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".form-issue").first).to_be_visible()


def matched(page: Page) -> None:
    page.locator('input[type="file"]').set_input_files(ACCOUNTS)
    expect(page.locator(".import-row").nth(3)).to_be_visible()


def asked(page: Page) -> None:
    matched(page)
    page.locator(".import-actions .ant-btn-primary").click()
    expect(page.locator(".import-value").first).to_be_visible()


def checked(page: Page) -> None:
    asked(page)
    page.locator(".import-actions .ant-btn-primary").click()
    expect(page.locator(".import-counts")).to_be_visible()


def related(page: Page) -> None:
    page.get_by_role("tab").nth(-2).click()


def menu(page: Page) -> None:
    page.locator(".topbar button").first.click()


def user_menu(page: Page) -> None:
    page.locator(".topbar button.user").click()


def as_text(page: Page) -> None:
    page.locator(".list-tool").first.click()
    page.locator(".list-panel-head .ant-btn-link").first.click()
    page.locator(".cm-content").click()
    page.keyboard.press("End")
    page.keyboard.type(" && {")
    expect(page.get_by_role("option").nth(3)).to_be_visible()


def suggested(page: Page) -> None:
    box = page.locator(".cm-content")
    expect(box.locator(".x-chip").first).to_be_visible()
    box.click()
    page.keyboard.press("End")
    page.keyboard.type(" + ROUND({opportunities.")
    expect(page.get_by_role("option").nth(3)).to_be_visible()


def mistaken(page: Page) -> None:
    page.locator(".cm-content").fill("SUM({opportunities.amout}) + RUOND({employees}, 1)")
    expect(page.locator(".x-wrong").nth(1)).to_be_visible()


def recipe(page: Page) -> None:
    page.locator(".formula-tools button").first.click()
    page.get_by_role("dialog").get_by_role("radio").nth(1).check()


def scrolled(page: Page) -> None:
    expect(page.locator(".x-steps tbody tr").first).to_be_visible()
    page.locator(".x-steps").scroll_into_view_if_needed()
    page.locator(".x-part").last.focus()


def functions(page: Page) -> None:
    page.locator(".x-panel .ant-segmented-item").last.click()
    page.locator(".x-search input").fill("sum")
    page.locator(".x-one summary").first.click()


def selected(page: Page) -> None:
    page.locator(".grid-check input").nth(1).check()
    page.locator(".grid-check input").nth(3).check()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    name: str
    path: str
    email: str | None = "manager@example.com"
    language: str = "en"
    scheme: str = "light"
    width: int = 1440
    act: Callable[[Page], None] = nothing


LEADS = "/a/crm_ltc/lead?view=all"
BOARD = "/a/crm_ltc/opportunity?view=pipeline"
DEAL = "/a/crm_ltc/opportunity/41"
FORMULAS = "/a/crm_ltc/design/formulas"
WON = f"{FORMULAS}/account/won_amount"
RATE = f"{FORMULAS}/account/win_rate"
ACCOUNTS_OVER = "/a/crm_ltc/account?view=all&filter={employees} > 100"
ADMIN = {"email": "admin@example.com"}
ZH = {"language": "zh-CN"}
DARK = {"scheme": "dark"}
PHONE = {"width": 390}

SHOTS = [
    Shot(name="sign-in", path="/signin", email=None),
    Shot(name="sign-in-zh-dark", path="/signin", email=None, **ZH, **DARK),
    Shot(name="sign-in-phone", path="/signin", email=None, **PHONE),
    Shot(name="leads", path=LEADS),
    Shot(name="leads-zh", path=LEADS, **ZH),
    Shot(name="leads-dark-zh", path=LEADS, **ZH, **DARK),
    Shot(name="leads-1024", path=LEADS, width=1024),
    Shot(name="leads-phone-zh", path=LEADS, **ZH, **PHONE),
    Shot(name="leads-quality-sales", path="/a/crm_ltc/lead", email="sales@example.com"),
    Shot(name="leads-selected", path=LEADS, act=selected),
    Shot(name="filter", path="/a/crm_ltc/account?view=all", act=filtered),
    Shot(name="filter-phone-zh", path="/a/crm_ltc/account?view=all", act=filtered, **ZH, **PHONE),
    Shot(name="columns-zh", path="/a/crm_ltc/account?view=all", act=columns, **ZH),
    Shot(name="grouped", path="/a/crm_ltc/opportunity?view=by_owner"),
    Shot(name="grouped-zh-dark", path="/a/crm_ltc/product?view=by_series", **ZH, **DARK),
    Shot(name="pipeline", path=BOARD),
    Shot(name="pipeline-zh", path=BOARD, **ZH),
    Shot(name="pipeline-dark", path=BOARD, **DARK),
    Shot(name="pipeline-phone", path=BOARD, **PHONE),
    Shot(name="deal", path=DEAL),
    Shot(name="deal-zh-dark", path=DEAL, **ZH, **DARK),
    Shot(name="deal-phone-zh", path=DEAL, **ZH, **PHONE),
    Shot(name="account-related", path="/a/crm_ltc/account/2", act=related),
    Shot(name="lead-record", path="/a/crm_ltc/lead/4990"),
    Shot(name="lead-new", path="/a/crm_ltc/lead/new"),
    Shot(name="lead-new-refused-zh", path="/a/crm_ltc/lead/new", act=refused, **ZH),
    Shot(name="lead-new-phone-dark", path="/a/crm_ltc/lead/new", **PHONE, **DARK),
    Shot(name="edit-1024-zh", path=f"{DEAL}?edit=1", width=1024, **ZH),
    Shot(name="search-zh", path="/a/crm_ltc/product", act=palette, **ZH),
    Shot(name="search-dark", path="/a/crm_ltc/product", act=palette, **DARK),
    Shot(name="import-file", path="/a/crm_ltc/account/import"),
    Shot(name="import-match-zh", path="/a/crm_ltc/account/import", act=matched, **ZH),
    Shot(name="import-values", path="/a/crm_ltc/account/import", act=asked),
    Shot(name="import-check", path="/a/crm_ltc/account/import", act=checked),
    Shot(name="bin", path="/a/crm_ltc/account/bin"),
    Shot(name="empty", path="/a/crm_ltc/account?view=mine", email="sdr@example.com"),
    Shot(name="filter-text", path=ACCOUNTS_OVER, act=as_text),
    Shot(name="filter-text-zh-dark", path=ACCOUNTS_OVER, act=as_text, **ZH, **DARK),
    Shot(name="filter-text-phone-zh", path=ACCOUNTS_OVER, act=as_text, **ZH, **PHONE),
    Shot(name="formulas", path=FORMULAS, **ADMIN),
    Shot(name="formulas-zh-dark", path=FORMULAS, **ADMIN, **ZH, **DARK),
    Shot(name="formulas-phone", path=FORMULAS, **ADMIN, **PHONE),
    Shot(name="formula-1024", path=WON, width=1024, **ADMIN),
    Shot(name="formula-zh-dark", path=WON, **ADMIN, **ZH, **DARK),
    Shot(name="formula-suggested", path=WON, act=suggested, **ADMIN),
    Shot(name="formula-suggested-zh-phone", path=WON, act=suggested, **ADMIN, **ZH, **PHONE),
    Shot(name="formula-mistaken", path=WON, act=mistaken, **ADMIN),
    Shot(name="formula-mistaken-zh-dark", path=WON, act=mistaken, **ADMIN, **ZH, **DARK),
    Shot(name="formula-steps-zh", path=RATE, act=scrolled, **ADMIN, **ZH),
    Shot(name="formula-functions-dark", path=WON, act=functions, **ADMIN, **DARK),
    Shot(name="formula-recipe", path=WON, act=recipe, **ADMIN),
    Shot(name="formula-recipe-phone-zh", path=WON, act=recipe, **ADMIN, **ZH, **PHONE),
    Shot(name="not-found-zh", path="/a/crm_ltc/account/99999999", **ZH),
    Shot(name="menu-phone", path="/a/crm_ltc/product", act=menu, **PHONE),
    Shot(name="user-menu-dark", path="/a/crm_ltc/product", act=user_menu, **DARK),
]


def take(browser: Browser, server: str, shot: Shot, folder: Path, sign_in) -> None:
    context = browser.new_context(
        base_url=server,
        locale=shot.language,
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        viewport={"width": shot.width, "height": 844 if shot.width < 640 else 900},
    )
    page = context.new_page()
    if shot.email:
        sign_in(page, shot.email, shot.language)
    page.goto(shot.path, wait_until="networkidle")
    shot.act(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{shot.name}.png")
    context.close()


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = arguments[1:]
    conftest = load_conftest()
    serving = contextlib.contextmanager(conftest.server.__wrapped__)
    browsing = contextlib.contextmanager(conftest.browser.__wrapped__)
    with serving() as server, browsing() as browser:
        for shot in SHOTS:
            if not wanted or any(part in shot.name for part in wanted):
                take(browser, server, shot, folder, conftest.sign_in)
                sys.stdout.write(f"{shot.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
