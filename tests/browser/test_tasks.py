"""What waits for somebody: the task centre, deciding with the record at hand, a workflow on its record."""

import re

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]
LEAD = "manager@example.com"


@pytest.fixture
def quoted(api):
    """`quoted("Name")`: a draft of the salesperson's for a customer of that name, with 12 % off."""
    sales, admin, accounts = api("sales@example.com"), api(), []

    def make(name: str, discount: float = 0.12) -> dict:
        account = sales.create("account", name=name)
        accounts.append(account["id"])
        deal = sales.create(
            "opportunity", name=name, account=account["id"], expected_close="2027-03-01", amount=900
        )
        [product] = sales.records("product", limit="1", filter="{price} > 0")
        line = {"product": product["id"], "qty": 1, "price": product["price"]}
        return sales.create("quote", name=name, opportunity=deal["id"], discount=discount, lines=[line])

    yield make
    for account in accounts:
        for form in ("quote", "opportunity"):
            for one in admin.records(form, filter=f"{{account}} = {account}"):
                stop(admin, form, one)
                admin.delete(path(form, one))
        admin.delete(path("account", {"id": account}))


def stop(admin, form: str, record: dict) -> None:
    """End what still runs on a record, so that it can be deleted."""
    for run in admin.get(f"{path(form, record)}/workflow")["instances"]:
        if run["ended_at"] is None:
            admin.post(f"/workflow-instances/{run['id']}/cancel", {"reason": "The test is over."})


def path(form: str, record: dict) -> str:
    return f"/apps/crm_ltc/forms/{form}/records/{record['id']}"


@pytest.fixture
def submitted(api, quoted):
    """`submitted("Name")`: such a quote that waits for the head of sales."""
    sales = api("sales@example.com")

    def make(name: str) -> dict:
        quote = quoted(name)
        sales.post(f"{path('quote', quote)}/workflow", {"workflow": "quote_approval"})
        return quote

    return make


def tasks(page: Page):
    return page.get_by_role("region", name=re.compile("^(Tasks|任务)$"))


def task(page: Page):
    return page.get_by_role("region", name=re.compile("^(Task|任务)$")).last


def open_task(page: Page, name: str) -> None:
    tasks(page).get_by_role("link", name=re.compile(name)).click()
    expect(task(page).get_by_role("heading", level=1, name=re.compile(name))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quote_is_submitted_on_its_page_and_approved_in_the_task_centre(
    open_page, api, texts, quoted, language
):
    text = texts(language)
    quote = quoted(f"Approve {language}")
    seller = open_page("sales@example.com", f"/a/crm_ltc/quote/{quote['id']}", language=language)
    submit = "Submit for approval" if language == "en" else "提交审批"
    seller.locator(".record-actions").get_by_role("button", name=submit).click()
    held = seller.get_by_role("note")
    expect(held).to_contain_text("Quote approval" if language == "en" else "报价审批")
    expect(seller.locator(".record-facts")).to_contain_text("In approval" if language == "en" else "审批中")

    lead = open_page(LEAD, "/tasks", language=language)
    open_task(lead, f"Approve {language}")
    bar = task(lead).locator(".task-bar")
    bar.get_by_role("button", name="Approve" if language == "en" else "同意", exact=True).click()
    dialog = lead.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Fits the price book")
    lead.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(tasks(lead).get_by_role("link", name=re.compile(f"Approve {language}"))).to_have_count(0)
    api("sales@example.com").expect_record("quote", quote["id"], status="approved")

    seller.goto(f"/a/crm_ltc/quote/{quote['id']}?tab=workflow")
    run = seller.get_by_role("region", name=text("tasks.progress"))
    expect(run).to_contain_text("Fits the price book")
    run.get_by_role("button", name=text("tasks.asDiagram")).click()
    expect(run.locator(".wf-card").first).to_be_visible()


def test_rejecting_needs_a_comment_and_fields_are_filled_in_with_a_decision(open_page, api, submitted):
    quote = submitted("Fill in first")
    page = open_page(LEAD, "/a/crm_ltc/-/tasks")
    open_task(page, "Fill in first")
    fill = task(page).get_by_role("region", name="To fill in here")
    discount = fill.locator('[data-field="discount"]').get_by_role("textbox")
    discount.fill("8")
    task(page).locator(".task-bar").get_by_role("button", name="Reject", exact=True).click()
    dialog = page.get_by_role("dialog", name="Reject")
    expect(dialog.get_by_role("button", name="Reject", exact=True)).to_be_disabled()
    dialog.get_by_role("textbox", name=re.compile("Comment")).fill("Eight per cent at most")
    dialog.get_by_role("button", name="Reject", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(tasks(page).get_by_role("link", name=re.compile("Fill in first"))).to_have_count(0)
    api().expect_record("quote", quote["id"], status="rejected")
    page.goto("/a/crm_ltc/-/tasks?box=done")
    expect(tasks(page).get_by_role("link", name=re.compile("Fill in first"))).to_contain_text("Reject")


def test_a_task_decided_elsewhere_says_by_whom(open_page, api, submitted):
    quote = submitted("Too late")
    page = open_page(LEAD, "/tasks", refusals={409})
    open_task(page, "Too late")
    lead = api(LEAD)
    [found] = [one for one in lead.get("/tasks", box="todo")["tasks"] if one["record"]["id"] == quote["id"]]
    lead.post(f"/tasks/{found['id']}/decision", {"decision": "approve"})
    task(page).locator(".task-bar").get_by_role("button", name="Approve", exact=True).click()
    page.get_by_role("dialog", name="Approve").get_by_role("button", name="Approve", exact=True).click()
    expect(task(page).locator(".task-said")).to_contain_text("Approve")


def test_several_are_decided_at_once_by_keys_alone(open_page, api, submitted):
    quotes = [submitted(f"Together {number}") for number in (1, 2)]
    page = open_page(LEAD, "/tasks?search=Together")
    rows = tasks(page).get_by_role("link", name=re.compile("Together"))
    expect(rows).to_have_count(2)
    rows.first.focus()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.get_by_role("toolbar", name="Decide the marked tasks")
    expect(bar).to_contain_text("2 marked")
    bar.get_by_role("button", name="Approve", exact=True).click()
    dialog = page.get_by_role("dialog", name="Approve 2 tasks?")
    dialog.get_by_role("button", name="Approve", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(rows).to_have_count(0)
    for one in quotes:
        api().expect_record("quote", one["id"], status="approved")


def test_a_filtered_box_is_decided_by_keys_one_task_after_the_other(open_page, api, submitted):
    quotes = [submitted(f"By keys {number}") for number in (1, 2)]
    submitted("By hand")
    page = open_page(LEAD, "/tasks?search=By+keys+")
    rows = tasks(page).get_by_role("link", name=re.compile("By keys"))
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    expect(rows.first).to_be_focused()
    page.keyboard.press("Enter")
    heading = task(page).get_by_role("heading", level=1)
    expect(heading).to_contain_text("By keys 2")
    expect(task(page).get_by_role("button", name="Approve", exact=True)).to_be_visible()
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name="Approve")
    expect(dialog).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(heading).to_contain_text("By keys 1")
    expect(task(page).get_by_role("button", name="Reject", exact=True)).to_be_visible()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="Reject")
    dialog.get_by_role("textbox", name=re.compile("Comment")).fill("Too much")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(rows).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/tasks\?search=By"))
    api().expect_record("quote", quotes[1]["id"], status="approved")
    api().expect_record("quote", quotes[0]["id"], status="rejected")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Approve or submit")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_returning_leads_back_to_who_started_it(open_page, submitted):
    submitted("Return to me")
    page = open_page(LEAD, "/tasks")
    open_task(page, "Return to me")
    task(page).locator(".task-bar").get_by_role("button", name="Return", exact=True).click()
    dialog = page.get_by_role("dialog", name="Return")
    dialog.get_by_role("textbox", name=re.compile("Comment")).fill("Why so much?")
    dialog.get_by_role("button", name="Return", exact=True).click()
    expect(dialog).to_be_hidden()
    seller = open_page("sales@example.com", "/tasks")
    open_task(seller, "Return to me")
    expect(task(seller)).to_contain_text("Why so much?")


def test_who_started_it_follows_it_urges_and_withdraws(open_page, api, submitted):
    quote = submitted("Withdraw me")
    page = open_page("sales@example.com", "/tasks?box=started")
    row = tasks(page).get_by_role("link", name=re.compile("Withdraw me"))
    expect(row).to_contain_text("Waiting for")
    row.click()
    panel = page.get_by_role("tabpanel", name="Workflow")
    panel.get_by_role("button", name="Urge", exact=True).click()
    page.get_by_role("dialog", name="Urge").get_by_role("button", name="Urge", exact=True).click()
    expect(panel.get_by_role("listitem").filter(has_text="urged")).to_be_visible()
    panel.get_by_role("button", name="Withdraw", exact=True).click()
    dialog = page.get_by_role("dialog", name="Withdraw")
    dialog.get_by_role("button", name="Withdraw", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("note")).to_have_count(0)
    api().expect_record("quote", quote["id"], status="draft")
    told = open_page(LEAD, "/notifications")
    expect(told.get_by_role("listitem").filter(has_text="Withdraw me").first).to_be_visible()


def test_an_administrator_helps_a_run_along(open_page, api, submitted):
    quote = submitted("Help me along")
    page = open_page("admin@example.com", "/a/crm_ltc/-/workflows?search=Help+me")
    page.get_by_role("list", name="Running", exact=True).get_by_role(
        "link", name=re.compile("Help me along")
    ).click()
    page.get_by_role("button", name="Move to a step", exact=True).click()
    dialog = page.get_by_role("dialog", name="Move to a step")
    dialog.get_by_role("combobox", name="Step").click()
    page.locator(".ant-select-item-option", has_text="Team lead").first.click()
    dialog.get_by_role("textbox", name=re.compile("Reason")).fill("Asked again")
    dialog.get_by_role("button", name="Move to a step", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="Progress")).to_contain_text("Asked again")
    api().expect_record("quote", quote["id"], status="in_approval")


def test_an_administrator_hands_over_what_waits_for_somebody(open_page, api, submitted):
    quotes = [submitted(f"Hand over {number}") for number in (1, 2)]
    page = open_page("admin@example.com", "/a/crm_ltc/-/workflows?search=Hand+over")
    running = page.get_by_role("list", name="Running", exact=True)
    expect(running.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("combobox", name="Workflow", exact=True).click()
    page.locator(".ant-select-item-option", has_text="Quote approval").click()
    expect(running.get_by_role("listitem")).to_have_count(2)
    running.get_by_role("checkbox").first.check()
    bar = page.get_by_role("toolbar", name="Marked runs")
    bar.get_by_role("button", name="Mark all 2").click()
    bar.get_by_role("button", name="Hand over a task", exact=True).click()
    dialog = page.get_by_role("dialog", name="Hand over the tasks of 2 runs")
    dialog.get_by_label("Hand over to").fill("Finn")
    page.get_by_role("option", name=re.compile("Finn")).click()
    dialog.get_by_role("textbox", name=re.compile("Reason")).fill("Away this week")
    dialog.get_by_role("button", name="Hand over a task", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(running.get_by_role("listitem").filter(has_text="Finn")).to_have_count(2)
    ids = {one["id"] for one in quotes}
    found = api("finance@example.com").get("/tasks", search="Hand over")["tasks"]
    assert {one["record"]["id"] for one in found} == ids


def test_an_administrator_lets_an_ended_run_go_on(open_page, api, submitted):
    quote = submitted("Go on again")
    lead = api(LEAD)
    [found] = [one for one in lead.get("/tasks", box="todo")["tasks"] if one["record"]["id"] == quote["id"]]
    lead.post(f"/tasks/{found['id']}/decision", {"decision": "reject", "comment": "Wrong button"})
    page = open_page("admin@example.com", "/a/crm_ltc/-/workflows?search=Go+on+again&status=rejected")
    page.get_by_role("list", name="Rejected").get_by_role("link", name=re.compile("Go on again")).click()
    page.get_by_role("button", name="Let it go on", exact=True).click()
    dialog = page.get_by_role("dialog", name="Let it go on")
    dialog.get_by_role("combobox", name="Step").click()
    page.locator(".ant-select-item-option", has_text="Team lead").first.click()
    dialog.get_by_role("textbox", name=re.compile("Reason")).fill("It was the wrong button")
    dialog.get_by_role("button", name="Let it go on", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="Progress")).to_contain_text("It was the wrong button")
    api().expect_record("quote", quote["id"], status="in_approval")


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_who_is_away_names_a_deputy(open_page, texts, language):
    text = texts(language)
    page = open_page("marketing@example.com", "/account", language=language)
    part = page.get_by_role("region", name=text("delegation.title"))
    part.get_by_role("button", name=text("delegation.add")).click()
    dialog = page.get_by_role("dialog", name=text("delegation.add"))
    dialog.get_by_label(text("delegation.to")).fill("Sam")
    page.get_by_role("option", name=re.compile("Sam Sales")).click()
    dialog.get_by_label(text("delegation.from")).fill("2027-02-01")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name=text("delegation.save"), exact=True).click()
    expect(dialog).to_be_hidden()
    row = part.get_by_role("listitem").filter(has_text="Sam Sales")
    expect(row).to_be_visible()
    row.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name=text("delegation.end"), exact=True).click()
    expect(row).to_have_count(0)


def test_a_task_is_decided_on_a_phone(open_page, api, submitted):
    quote = submitted("On the phone")
    page = open_page(LEAD, "/tasks", width=390)
    tasks(page).get_by_role("link", name=re.compile("On the phone")).click()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.get_by_role("dialog", name="Approve").get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="On the phone")).to_have_count(0)
    api().expect_record("quote", quote["id"], status="approved")
