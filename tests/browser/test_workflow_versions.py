"""Runs that are on an older version of their workflow are moved to the newest one, or stay and say why."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import test_tasks
from tests.browser.conftest import eventually
from tests.browser.test_accessibility import complaints
from tests.browser.test_tasks import path

quoted, submitted = test_tasks.quoted, test_tasks.submitted
PAGE = "/a/crm_ltc/design/workflows/quote_approval"
NAMES = ("Moves on", "Is left behind")


@pytest.fixture
def quotes(submitted):
    """Quotes that wait for the head of sales, by name."""
    return {name: submitted(name) for name in NAMES}


@pytest.fixture
def published(api, quotes):
    """`published(change)`: a newer version of the workflow; afterwards the app is as it was."""
    admin = api()
    with admin.changing_app() as document:

        def publish(change) -> None:
            workflow = document["workflows"]["quote_approval"]
            del workflow["tests"]
            change(workflow)
            admin.post("/apps/crm_ltc/publish", {"document": document})

        yield publish


def opened(open_page, text, **options):
    """The dialog that moves runs, opened from that of the versions."""
    page = open_page("admin@example.com", PAGE, **options)
    page.get_by_role("button", name=text("flow.more.title"), exact=True).click()
    page.get_by_role("menuitem", name=text("flow.versions.title")).click()
    versions = page.get_by_role("dialog", name=text("flow.versions.title"))
    versions.get_by_role("button", name=re.compile(text("flow.migrate.open_other", count="[0-9]+"))).click()
    dialog = page.get_by_role("dialog", name=text("flow.migrate.title"))
    expect(dialog.get_by_role("checkbox", name=NAMES[0])).to_be_visible()
    return dialog


def look_twice(workflow) -> None:
    lead = workflow["nodes"]["lead"]
    workflow["nodes"]["second"] = {**lead, "label": {"en": "Second look", "zh": "复核"}}
    workflow["nodes"]["lead"] = {**lead, "next": "second"}


def without_lead(workflow) -> None:
    workflow["nodes"]["other"] = workflow["nodes"].pop("lead")
    workflow["nodes"]["size"]["branches"]["medium"]["next"] = "other"


@pytest.mark.parametrize("language, width, scheme", [("en", 1440, "light"), ("zh-CN", 390, "dark")])
def test_chosen_runs_go_on_by_the_newest_version(
    open_page, api, quotes, published, texts, language, width, scheme
):
    admin, text = api(), texts(language)

    def versions() -> list[int]:
        runs = [admin.get(f"{path('quote', quotes[name])}/workflow")["instances"][0] for name in NAMES]
        return [run["number"] for run in runs]

    first, second = versions()
    published(look_twice)
    dialog = opened(open_page, text, language=language, width=width, scheme=scheme)
    dialog.get_by_role("checkbox", name=text("flow.migrate.all")).uncheck()
    dialog.get_by_role("checkbox", name=NAMES[0]).check()
    assert complaints(dialog.page) == []
    dialog.get_by_label(text("flow.migrate.reason")).fill("A second look is needed")
    dialog.get_by_role("button", name=text("flow.migrate.move_one", count=1), exact=True).click()
    eventually(versions, [first + 1, second])
    [run] = admin.get(f"{path('quote', quotes[NAMES[0]])}/workflow")["instances"]
    assert "Second look" in [stop["label"]["en"] for stop in run["expected"]]


def test_a_run_stays_where_the_newest_version_lacks_its_step(open_page, published, texts):
    text = texts("en")
    published(without_lead)
    dialog = opened(open_page, text)
    row = dialog.get_by_role("listitem").filter(has_text=NAMES[0])
    expect(row.get_by_role("checkbox")).to_be_disabled()
    expect(row).to_contain_text("Team lead")
