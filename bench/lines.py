"""What 1,000 lines of a record cost while somebody works on them: processor time of the page in a browser."""

import shutil
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import CDPSession, Page, expect, sync_playwright

from bench.client import Client
from bench.measure import Report, Row

LABEL = {"en": "Bench", "zh": "测试"}
LINES = 1000
#: The most that the page may work for one key, ms of processor time.
A_KEY = 50.0

#: Once what was typed is drawn.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def long_lines(admin: Client, port: int, report: Report) -> None:
    """Pasting, typing, moving, removing and scrolling in a form with 1,000 lines and sums over them."""
    admin.call("POST", "/api/v1/apps/bench_lines/publish", {"document": _document()})
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{port}", permissions=["clipboard-read", "clipboard-write"]
        )
        who = {"email": "admin@example.com", "password": "joinery-demo"}
        context.request.post("/api/v1/session", data=who)
        page = context.new_page()
        page.goto("/a/bench_lines/offer/new")
        _work_on(page, _Measured(page, context.new_cdp_session(page), report))
        browser.close()


class _Measured:
    """Adds a line to the report for each thing that is done."""

    def __init__(self, page: Page, session: CDPSession, report: Report) -> None:
        self._page, self._session, self._report = page, session, report
        # Processor time of the page's own thread: what else the machine does does not count.
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def __call__(self, what: str, times: int, work: Callable[[], object], at_most: float = A_KEY) -> None:
        before = self._spent()
        work()
        self._page.evaluate(DRAWN)
        each = (self._spent() - before) / times
        self._report.add(
            Row(
                work=f"{LINES:,} lines in the browser: {what}",
                ours=each,
                bound=f"≤ {at_most:g} ms of processor time",
                holds=each <= at_most,
            )
        )

    def _spent(self) -> float:
        told = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in told if one["name"] == "TaskDuration")


def _work_on(page: Page, measured: _Measured) -> None:
    grid = page.get_by_role("grid")
    keys = page.keyboard

    def press(names: Iterable[str]) -> Callable[[], None]:
        return lambda: [keys.press(name) for name in names] and None

    def paste() -> None:
        keys.press("Control+v")
        expect(grid).to_have_attribute("aria-rowcount", str(LINES + 2))

    def edit(row: int, column: int) -> None:
        cell = page.locator(f'[role="gridcell"][data-row="{row}"][data-column="{column}"]')
        cell.click()
        cell.dblclick()
        keys.press("Control+a")

    page.locator('[data-field="name"] input').fill("Bench")
    page.locator('[data-field="rate"] input').fill("10")
    grid.focus()
    rows = "\n".join(f"Part {n}\t{100 + n}.5\t{n % 7 + 1}\t2026-01-{n % 28 + 1:02}" for n in range(LINES))
    page.evaluate("text => navigator.clipboard.writeText(text)", rows)
    measured("paste them", 1, paste, at_most=1000)
    edit(3, 0)
    measured("a key in a text", 20, press("thankyouverymuchsirs"))
    keys.press("Enter")
    edit(5, 1)
    measured("a key in a price, with four formulas and four sums", 10, press("1234567890"))
    keys.press("Enter")
    page.locator('[data-field="rate"] input').focus()
    keys.press("Control+a")
    measured("a key in a field that every line looks at", 4, press("12.5"), at_most=2 * A_KEY)
    grid.focus()
    keys.press("Control+Home")
    measured("move a line", 10, press(["Alt+ArrowDown"] * 10))
    measured("remove a line", 5, press(["Control+Delete"] * 5))
    measured("take a step back", 5, press(["Control+z"] * 5))
    measured("scroll by a page", 20, press(["PageDown"] * 20))


def _document() -> dict[str, Any]:
    formulas = {
        "amount": "ROUND({price} * {qty} * (1 - {$parent.rate}), 2)",
        "tax": "ROUND({amount} * 0.13, 2)",
        "gross": "{amount} + {tax}",
        "large": "IF({gross} > 1000, 1, 0)",
    }
    sums = {
        "total": "SUM({lines.gross})",
        "taxes": "SUM({lines.tax})",
        "most": "MAX({lines.gross})",
        "many": "SUMIFS({lines.gross}, {lines.qty}, 3)",
    }
    lines = {"part": _typed("text"), "price": _typed("money"), "qty": _typed("number"), "due": _typed("date")}
    fields = {
        "name": _typed("text"),
        "rate": _typed("percent"),
        "lines": {
            **_typed("subform"),
            "max_lines": LINES,
            "fields": lines | {key: _computed(text) for key, text in formulas.items()},
        },
    }
    form = {"label": LABEL, "fields": fields | {key: _computed(text) for key, text in sums.items()}}
    return {
        "joinery": 1,
        "app": "bench_lines",
        "version": "1.0.0",
        "label": LABEL,
        "menu": [],
        "forms": {"offer": form},
    }


def _typed(type_name: str) -> dict[str, Any]:
    return {"type": type_name, "label": LABEL}


def _computed(formula: str) -> dict[str, Any]:
    return {**_typed("formula"), "result": "number", "formula": formula}
