"""Webhooks and messages: their secrets, and the steps of a workflow that reach out of the product."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

KEY = "push_order"
SECRET = "BROWSER_TOKEN"


def words(en: str) -> dict:
    return {"en": en, "zh": en}


DRAWN = {
    "label": words("Push the order"),
    "form": "quote",
    "enabled": False,
    "starts": [{"on": "automation"}],
    "first": "push",
    "nodes": {
        "push": {"type": "webhook", "label": words("To the ERP"), "url": "", "next": "tell"},
        "tell": {
            "type": "message",
            "label": words("Tell the owner"),
            "assignees": [{"by": "field", "field": "owner"}],
            "subject": "",
            "next": "done",
        },
        "done": {"type": "end", "label": words("Done"), "result": "approved"},
    },
}


def without(people) -> None:
    draft = people.get("/apps/crm_ltc/draft")
    if KEY in draft["document"].get("workflows", {}):
        change = {"path": f"/workflows/{KEY}", "value": None}
        people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})


@pytest.fixture
def admin(api):
    """The administrator's API, with the workflow in the draft as long as the test runs."""
    people = api("admin@example.com")
    without(people)
    draft = people.get("/apps/crm_ltc/draft")
    change = {"path": f"/workflows/{KEY}", "value": DRAWN}
    people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})
    yield people
    without(people)


@pytest.fixture
def text(texts):
    """A text of the interface in English."""
    return texts("en")


def stored(admin, node: str) -> dict:
    return admin.get("/apps/crm_ltc/draft")["document"]["workflows"][KEY]["nodes"][node]


def panel(page: Page):
    return page.locator(".wd-panel")


def test_a_secret_is_made_changed_and_deleted_and_never_shown(open_page, api, text):
    page = open_page("admin@example.com", "/settings/webhooks")
    secrets = page.get_by_role("region", name=text("webhooks.secrets"))
    page.get_by_role("button", name=text("webhooks.secret.add")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(text("webhooks.secret.name")).fill("browser token")
    expect(dialog.get_by_label(text("webhooks.secret.name"))).to_have_value(SECRET)
    dialog.get_by_label(text("webhooks.secret.value"), exact=True).fill("first value")
    dialog.get_by_label(text("webhooks.secret.hosts"), exact=True).fill("erp.example.com, crm.example.com")
    dialog.get_by_role("button", name=text("ui.save")).click()
    expect(dialog).to_have_count(0)
    row = secrets.get_by_role("listitem").filter(has_text=SECRET)
    expect(row).to_contain_text("crm.example.com, erp.example.com")
    secrets.get_by_role("button", name=text("webhooks.secret.changeNamed", name=SECRET)).click()
    dialog.get_by_label(text("webhooks.secret.value"), exact=True).fill("other value")
    dialog.get_by_label(text("webhooks.secret.value"), exact=True).press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("first value")
    secrets.get_by_role("button", name=text("webhooks.secret.deleteNamed", name=SECRET)).click()
    dialog.get_by_role("button", name=text("webhooks.secret.delete"), exact=True).click()
    expect(secrets.get_by_text(SECRET, exact=True)).to_have_count(0)
    known = [one["name"] for one in api("admin@example.com").get("/secrets")["secrets"]]
    assert SECRET not in known


def test_a_call_is_described_in_the_panel(open_page, admin, text):
    page = open_page("admin@example.com", f"/a/crm_ltc/design/workflows/{KEY}?node=push", refusals={422})
    side = panel(page)
    url = side.get_by_label(text("outside.webhook.url"), exact=True)
    url.fill("https://erp.example.com/orders/")
    side.get_by_label(text("outside.insertField", label=text("outside.webhook.url"))).select_option("no")
    expect(url).to_have_value("https://erp.example.com/orders/{no}")
    side.get_by_role("button", name=text("outside.webhook.addHeader")).click()
    side.get_by_label(text("outside.webhook.headerValue", name="Authorization"), exact=True).fill("Bearer x")
    side.get_by_label(text("outside.webhook.body"), exact=True).select_option("json")
    side.get_by_label(text("outside.webhook.memberName")).fill("number")
    side.get_by_label(text("outside.webhook.memberName")).press("Enter")
    wanted = {
        "type": "webhook",
        "label": words("To the ERP"),
        "url": "https://erp.example.com/orders/{no}",
        "headers": {"Authorization": "Bearer x"},
        "next": "tell",
    }
    eventually(lambda: {**stored(admin, "push"), "body": None}, {**wanted, "body": None})
    assert list(stored(admin, "push")["body"]["json"]) == ["number"]


def test_a_message_is_written_in_the_panel(open_page, admin, text):
    page = open_page("admin@example.com", f"/a/crm_ltc/design/workflows/{KEY}?node=tell", refusals={422})
    side = panel(page)
    side.get_by_label(text("outside.message.subject"), exact=True).fill("Ready: ")
    side.get_by_label(text("outside.insertField", label=text("outside.message.subject"))).select_option("no")
    side.get_by_label(text("outside.message.text"), exact=True).fill("Please look at it.")
    eventually(lambda: stored(admin, "tell").get("subject"), "Ready: {no}")
    eventually(lambda: stored(admin, "tell").get("text"), "Please look at it.")


def test_an_automation_starts_it_and_no_button(open_page, admin, text):
    page = open_page("admin@example.com", f"/a/crm_ltc/design/workflows/{KEY}", refusals={422})
    expect(panel(page).get_by_text(text("flow.start.automationHelp"))).to_be_visible()
    expect(panel(page).get_by_label(text("flow.start.on"))).to_have_value("automation")
