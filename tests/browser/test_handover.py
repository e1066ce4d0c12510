"""Whoever leaves hands over what he has, from the page of the person."""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

ADMIN = "admin@example.com"
LANGUAGES = ["en", "zh-CN"]


@pytest.fixture
def leaver(api):
    """Somebody who owns a lead and helps with another; gives (client, person, the two leads)."""
    client = api(ADMIN)
    number = secrets.token_hex(4)
    person = client.post("/users", {"name": f"Lea {number}", "email": f"lea.{number}@example.com"})
    leads = [
        client.create(
            "lead",
            contact_name=f"Of Lea {number} {name}",
            email=f"{name}.{number}@lea.example",
            source="website",
            **more,
        )
        for name, more in (
            ("own", {"owner": person["id"]}),
            ("helped", {"collaborators": [person["id"]]}),
        )
    ]
    return client, person, leads


def user_id(client, name: str) -> int:
    return next(one["id"] for one in client.get("/users", search=name)["users"] if one["name"] == name)


def open_person(open_page, person, **options) -> Page:
    return open_page(ADMIN, f"/settings/people?person={person['id']}", **options)


def choose(page: Page, dialog, label: str, name: str) -> None:
    """Pick somebody by typing the beginning of the name."""
    box = dialog.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(name)
    page.locator(".ant-select-item-option:visible").filter(has_text=name).first.click()
    expect(page.locator(".ant-select-open")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leaver_is_deactivated_and_hands_everything_over(open_page, texts, language, leaver):
    text = texts(language)
    client, person, (own, helped) = leaver
    page = open_person(open_page, person, language=language)
    page.get_by_role("dialog", name=person["name"], exact=True).get_by_role(
        "button", name=text("settings.people.deactivate"), exact=True
    ).click()
    dialog = page.get_by_role("dialog", name=text("settings.people.deactivateAsk", name=person["name"]))
    shown = dialog.get_by_role("list", name=text("settings.handover.list"))
    expect(shown.get_by_role("listitem")).to_have_count(2)
    choose(page, dialog, text("settings.handover.to"), "Mia Manager")
    dialog.get_by_role("button", name=text("settings.handover.both")).click()
    result = page.get_by_role("dialog", name=text("settings.handover.title", name=person["name"]))
    expect(result.get_by_role("status")).to_have_text(text("settings.handover.done_other", count=2))
    result.get_by_role("button", name=text("settings.done")).click()
    expect(result).to_be_hidden()
    mia = user_id(client, "Mia Manager")
    eventually(lambda: client.get(f"/users/{person['id']}")["state"], "inactive")
    client.expect_record("lead", own["id"], owner=mia)
    client.expect_record("lead", helped["id"], collaborators=[mia])


def test_one_thing_stays_and_the_rest_is_handed_over_later_on_a_phone(open_page, leaver):
    client, person, (own, helped) = leaver
    client.post(f"/users/{person['id']}/deactivate")
    page = open_person(open_page, person, width=390)
    page.get_by_role("button", name="Hand over…").click()
    dialog = page.get_by_role("dialog", name=f"Hand over from {person['name']}")
    run = dialog.get_by_role("button", name="Hand over", exact=True)
    expect(run).to_be_disabled()
    dialog.get_by_role("checkbox", name=re.compile("Collaborators")).uncheck()
    choose(page, dialog, "Successor", "Sam Sales")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    run.click()
    expect(dialog.get_by_role("status")).to_have_text("Handed over; 1 record was changed.")
    client.expect_record("lead", own["id"], owner=user_id(client, "Sam Sales"))
    client.expect_record("lead", helped["id"], collaborators=[person["id"]])
