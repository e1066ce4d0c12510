"""Rows stay where they are while the rest of a list arrives: a click meets what one aimed at."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

#: Where everything stands that somebody may aim at, by its text.
PLACES = """(selector) => Object.fromEntries(
    [...document.querySelectorAll(selector)].map((one) =>
        [one.textContent, one.getBoundingClientRect().top]))"""
TOTALS = "/a/crm_ltc/opportunity?view=all&totals=amount:sum"
GROUPS = "/a/crm_ltc/opportunity?view=all&group=stage&totals=amount:sum"


class Held:
    """Requests that are let through when the test says so."""

    def __init__(self, page: Page, address: str, method: str = "GET") -> None:
        self._routes: list[Route] = []
        self._method = method
        self._holding = True
        page.route(re.compile(address), self._arrived)

    def _arrived(self, route: Route) -> None:
        if self._holding and route.request.method == self._method:
            self._routes.append(route)
        else:
            route.continue_()

    def release(self) -> None:
        self._holding = False
        for route in self._routes:
            route.continue_()


def test_totals_come_into_a_place_that_was_kept(open_page):
    page = open_page("manager@example.com")
    totals = Held(page, "/records/aggregate$", "POST")
    page.goto(TOTALS)
    expect(page.locator(".grid-title").first).to_be_visible()
    foot = page.locator(".grid-foot")
    before = page.evaluate(PLACES, ".grid-title"), foot.bounding_box()
    totals.release()
    expect(foot).to_contain_text("Total")
    assert (page.evaluate(PLACES, ".grid-title"), foot.bounding_box()) == before


def test_groups_keep_the_places_of_their_records(open_page):
    page = open_page("manager@example.com")
    records = Held(page, r"/records\?filter=")
    page.goto(GROUPS)
    heads = page.locator(".grid-grouphead[data-row]")
    expect(heads.first).to_be_visible()
    expect(page.locator(".grid-wait").first).to_be_visible()
    before = page.evaluate(PLACES, ".grid-grouphead[data-row]")
    records.release()
    expect(page.locator(".grid-title").first).to_be_visible()
    expect(page.locator(".grid-wait")).to_have_count(0)
    assert page.evaluate(PLACES, ".grid-grouphead[data-row]") == before


@pytest.mark.parametrize("width", [1440, 390])
def test_that_fields_are_being_updated_is_said_without_moving_anything(open_page, width):
    page = open_page("manager@example.com", width=width)
    described = []

    def updating_at_first(route: Route) -> None:
        answer = route.fetch()
        form = answer.json()
        described.append(form)
        updating = ["amount"] if len(described) == 1 else []
        route.fulfill(response=answer, body=json.dumps({**form, "updating": updating}))

    page.route(re.compile("/forms/opportunity/describe$"), updating_at_first)
    page.goto("/a/crm_ltc/opportunity?view=all")
    rows = ".grid-title, .record-card-title"
    note = page.locator(".updating")
    expect(note).to_contain_text("Amount")
    expect(page.locator(rows).first).to_be_visible()
    before = page.evaluate(PLACES, rows)
    expect(note).to_have_count(0)
    assert page.evaluate(PLACES, rows) == before


def test_a_phone_shows_groups_and_totals(open_page, api):
    page = open_page("manager@example.com", GROUPS, width=390)
    counting = {"group_by": [], "measures": {"n": {"fn": "count"}}}
    people = api("manager@example.com")
    [everything] = people.post("/apps/crm_ltc/forms/opportunity/records/aggregate", counting)["rows"]
    overall = page.locator(".card-overall")
    expect(overall).to_contain_text(f"{everything['n']:,} records")
    expect(overall.get_by_role("definition")).to_contain_text("¥")
    first = page.locator(".card-group").first
    fold = first.get_by_role("button")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(first.get_by_role("definition")).to_contain_text("¥")
    cards = page.locator(".card-block").first.get_by_role("article")
    expect(cards.first).to_be_visible()
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(cards).to_have_count(0)
    fold.focus()
    page.keyboard.press("Enter")
    expect(cards.first).to_be_visible()
