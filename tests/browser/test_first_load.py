"""What a browser fetches before the first list is on the screen: what `bench` measures, and nothing else."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from bench.first_load import APP, OPENED, built_files, calls

#: Notes what had been asked for when the first cell of a record got its text.
WATCH = """
new MutationObserver((_, watcher) => {
  if (![...document.querySelectorAll(".grid-body .grid-value")].some((cell) => cell.textContent)) return;
  watcher.disconnect();
  window.fetchedFirst = performance.getEntriesByType("resource").map((entry) => entry.name);
}).observe(document, { childList: true, subtree: true });
"""


@pytest.mark.parametrize("language, texts", [("en", "src/texts/en.ts"), ("zh-CN", "src/texts/zh-CN.ts")])
def test_nothing_is_fetched_that_the_first_list_does_not_need(open_page, language, texts):
    page = open_page("sales@example.com", "/healthz", language=language)
    page.add_init_script(WATCH)
    page.goto(APP)
    page.locator(".grid-body .grid-value").first.wait_for()
    fetched = {(urlsplit(name).path, urlsplit(name).query) for name in page.evaluate("window.fetchedFirst")}
    opened = (*OPENED[:-1], texts)
    assert {path for path, _ in fetched if not path.startswith("/api/")} | {"/icon.svg"} == built_files(
        opened
    )
    describe = page.request.get("/api/v1/apps/crm_ltc/forms/lead/describe").json()
    wanted = {(urlsplit(call).path, urlsplit(call).query) for call in calls(describe)}
    assert answers(fetched) == answers(wanted)


def answers(asked):
    """The calls of the API, whatever the order of their parameters."""
    return {(path, tuple(sorted(parse_qsl(query)))) for path, query in asked if path.startswith("/api/")}
