"""The page on which somebody finds what he may start, and starts it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_tasks import LANGUAGES, LEAD, path, quoted, submitted, task

__all__ = ["quoted", "submitted"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workflow_is_found_and_started_on_a_record(open_page, api, texts, quoted, language):
    text = texts(language)
    quote = quoted(f"Start {language}")
    page = open_page("sales@example.com", "/tasks", language=language)
    page.get_by_role("link", name=text("start.title"), exact=True).click()
    expect(page.get_by_role("heading", level=1, name=text("start.title"))).to_be_visible()
    workflow = "Quote approval" if language == "en" else "报价审批"
    page.get_by_role("searchbox", name=text("start.search")).fill(workflow)
    suite = page.get_by_role("region", name=re.compile("Lead to cash|L2C|线索|LTC|CRM")).last
    suite.get_by_role("button", name=text("start.pickFor", workflow=workflow)).click()
    dialog = page.get_by_role("dialog", name=workflow)
    dialog.get_by_role("searchbox").fill(f"Start {language}")
    choice = dialog.get_by_role("radio", name=re.compile(f"Start {language}"))
    expect(choice).to_have_count(1)
    choice.check()
    submit = "Submit for approval" if language == "en" else "提交审批"
    dialog.get_by_role("button", name=submit, exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("tabpanel").get_by_role("heading", name=workflow)).to_be_visible()
    api("sales@example.com").expect_record("quote", quote["id"], status="in_approval")


def test_one_that_begins_with_a_new_record_leads_to_its_form(open_page, api, texts):
    [one] = [
        found
        for found in api("sales@example.com").get("/workflows/startable", app="crm_ltc")["workflows"]
        if [way["on"] for way in found["ways"]] == ["create"]
    ][:1]
    page = open_page("sales@example.com", "/a/crm_ltc/-/tasks/start")
    form, label = one["form_label"]["en"], one["label"]["en"]
    page.get_by_role("button", name=f"New {form}: {label}").first.click()
    expect(page).to_have_url(re.compile(f"/a/crm_ltc/{one['form']}/new$"))


def test_what_came_back_is_found_again_on_a_phone(open_page, api, submitted):
    quote = submitted("Came back")
    lead = api(LEAD)
    [found] = [one for one in lead.get("/tasks", box="todo")["tasks"] if one["record"]["id"] == quote["id"]]
    back = {"decision": "return", "to": "start", "then": "again", "comment": "Why so much?"}
    lead.post(f"/tasks/{found['id']}/decision", back)
    page = open_page("sales@example.com", "/tasks/start", width=390)
    returned = page.get_by_role("region", name="Came back to you")
    returned.get_by_role("link", name=re.compile("Came back")).click()
    expect(task(page)).to_contain_text("Why so much?")
    assert api().get(path("quote", quote))["status"] == "in_approval"


def test_who_has_started_something_finds_it_first(open_page, submitted):
    submitted("Used lately")
    page = open_page("sales@example.com", "/a/crm_ltc/-/tasks/start")
    lately = page.get_by_role("region", name="Lately used")
    expect(lately.get_by_role("listitem").filter(has_text="Quote approval")).to_be_visible()
