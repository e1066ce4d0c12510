"""A change that is saved only when it is approved, decided with old beside new."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import eventually
from tests.browser.test_tasks import LANGUAGES, open_task, path, stop, task

FINANCE = "finance@example.com"


@pytest.fixture
def account(api):
    """`account("Name")`: an account of the head of sales, with a credit limit of 1,000."""
    manager, admin, made = api("manager@example.com"), api(), []

    def make(name: str) -> dict:
        one = manager.create("account", name=name, credit_limit=1000)
        made.append(one)
        return one

    yield make
    for one in made:
        stop(admin, "account", one)
        admin.delete(path("account", one))


def propose(page, name: str, value: str, language: str) -> None:
    """Give the credit limit another value in the form of the record."""
    field = "Credit limit" if language == "en" else "信用额度"
    amount = page.get_by_label(field, exact=True)
    amount.click()
    amount.press("Control+A")
    amount.press_sequentially(value)
    expect(amount).to_have_value(re.compile(f"^{value[:-3]},?{value[-3:]}$"))
    page.get_by_role("button", name="Save" if language == "en" else "保存", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text(field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_waits_beside_the_record_and_counts_once_it_is_approved(open_page, api, account, language):
    name = f"Credit {language}"
    made = account(name)
    manager = open_page("manager@example.com", f"/a/crm_ltc/account/{made['id']}?edit=1", language=language)
    propose(manager, name, "250000", language)
    waits = "waits for approval" if language == "en" else "正在等待审批"
    expect(manager.get_by_role("note")).to_contain_text(waits)
    assert api("manager@example.com").record("account", made["id"])["credit_limit"] == 1000

    finance = open_page(FINANCE, "/tasks", language=language)
    open_task(finance, name)
    card = task(finance).locator(".task-proposed")
    expect(card).to_contain_text(re.compile(r"\D1,000\D"))
    expect(card).to_contain_text(re.compile(r"\D250,000"))
    bar = task(finance).locator(".task-bar")
    approve = "Approve" if language == "en" else "同意"
    bar.get_by_role("button", name=approve, exact=True).click()
    finance.get_by_role("dialog").get_by_role("button", name=approve, exact=True).click()
    said = f"Approve: {name}" if language == "en" else f"同意：{name}"
    expect(finance.locator(".j-toasts")).to_contain_text(said)

    manager.reload()
    expect(manager.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(manager.get_by_role("note")).to_have_count(0)
    assert api("manager@example.com").record("account", made["id"])["credit_limit"] == 250_000
    manager.goto(f"/a/crm_ltc/account/{made['id']}?tab=workflow")
    saved = "was saved when it was approved" if language == "en" else "已在审批通过后保存"
    expect(manager.locator(".task-proposed")).to_contain_text(saved)


@pytest.fixture
def held(api):
    """The app where new accounts with a large credit limit wait for finance; afterwards it is as it was."""
    admin = api()
    start = {"on": "create", "when": "{credit_limit} > 5000", "save": "when_approved"}
    with admin.changing_app() as document:
        document["workflows"]["credit_limit_change"]["starts"].append(start)
        admin.post("/apps/crm_ltc/publish", {"document": document})
        yield admin


def test_a_new_record_waits_among_what_its_proposer_started(open_page, held):
    name = "Waits to be one"
    manager = open_page("manager@example.com", f"/a/crm_ltc/account/new?set.name={name}")
    limit = manager.get_by_label("Credit limit", exact=True)
    limit.click()
    limit.press_sequentially("70000")
    manager.get_by_role("button", name="Save", exact=True).click()
    card = manager.locator(".task-proposed")
    expect(card).to_contain_text("This record is created when it is approved")
    expect(card).to_contain_text("70,000")
    wanted = f'{{name}} = "{name}"'
    assert held.records("account", filter=wanted) == []
    manager.goto("/tasks?box=started")
    started = manager.get_by_role("link", name=re.compile(name)).first
    expect(started).to_have_attribute("href", re.compile("/tasks/runs/"))

    finance = open_page(FINANCE, "/tasks")
    open_task(finance, name)
    task(finance).locator(".task-bar").get_by_role("button", name="Approve", exact=True).click()
    finance.get_by_role("dialog").get_by_role("button", name="Approve", exact=True).click()
    eventually(lambda: [one["name"] for one in held.records("account", filter=wanted)], [name])
    [made] = held.records("account", filter=wanted)
    manager.reload()
    expect(started).to_have_attribute("href", re.compile(f"/account/{made['id']}"))
    held.delete(path("account", made))
