"""What is probably there already: told while somebody types, and asked about wherever something is saved."""

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]
MOBILE = "13870001234"


def field(page: Page, key: str):
    return page.locator(f'.form-page [data-field="{key}"]')


def fill(page: Page, key: str, value: str) -> None:
    field(page, key).get_by_role("textbox").fill(value)


@pytest.fixture
def lead(api):
    """A lead of somebody else, with a mobile number that no other has."""
    people = api("manager@example.com")
    made = people.create("lead", contact_name="Dora Double", mobile=MOBILE, source="website")
    yield made
    people.delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_that_is_there_is_told_while_its_mobile_is_typed(open_page, texts, lead, language):
    text = texts(language)
    page = open_page("manager@example.com", "/a/crm_ltc/lead/new", language=language)
    hint = field(page, "mobile").get_by_role("status")
    expect(hint).to_be_empty()
    fill(page, "mobile", "138 7000 1234")
    expect(hint).to_contain_text(text("record.duplicates.title"))
    link = hint.get_by_role("link", name=text("record.duplicates.newTab", title="Dora Double"))
    expect(link).to_have_attribute("href", f"/a/crm_ltc/lead/{lead['id']}")
    expect(hint).to_contain_text(text("record.duplicates.owner", name=lead["owner"]["name"]))
    # A warning is no mistake, and what is typed anew is judged anew.
    expect(field(page, "mobile").get_by_role("textbox")).not_to_have_attribute("aria-invalid", "true")
    fill(page, "mobile", "13870009999")
    expect(hint).to_be_empty()


def test_whoever_may_not_see_the_match_learns_only_who_has_it(open_page, lead):
    page = open_page("sdr@example.com", "/a/crm_ltc/lead/new")
    fill(page, "mobile", MOBILE)
    hint = field(page, "mobile").get_by_role("status")
    expect(hint).to_contain_text("A record that you may not see")
    expect(hint).to_contain_text(f"Owner: {lead['owner']['name']}")
    expect(hint.get_by_role("link")).to_have_count(0)
    expect(page.locator(".form-page")).not_to_contain_text("Dora Double")


def test_a_value_that_must_be_unique_marks_its_field_before_saving(open_page, api):
    account = api("manager@example.com").create("account", name="Once Only Works")
    page = open_page("manager@example.com", "/a/crm_ltc/account/new")
    fill(page, "name", "once only works")
    name = field(page, "name")
    expect(name.locator(".form-issue")).to_have_text("Another record already has this value.")
    expect(name.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    expect(name.get_by_role("status").get_by_role("link").first).to_have_text("Once Only Works")
    fill(page, "name", "Twice Only Works")
    expect(name.locator(".form-issue")).to_have_count(0)
    api("manager@example.com").delete(f"/apps/crm_ltc/forms/account/records/{account['id']}")


@pytest.fixture
def twin(api, lead):
    """Another lead with the same mobile number, in a state in which nobody asks about it."""
    people = api("manager@example.com")
    made = people.create(
        "lead",
        contact_name="Tina Twin",
        mobile=MOBILE,
        source="website",
        status="invalid",
        invalid_reason="no_need",
    )
    yield made
    people.delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


def question(page: Page):
    return page.get_by_role("dialog", name="This is probably there already")


@pytest.fixture
def other(api):
    """A lead of a company that is no customer."""
    people = api("manager@example.com")
    made = people.create(
        "lead", contact_name="Cella Twin", company="Twin Works", mobile="13870005678", source="website"
    )
    yield made
    people.delete(f"/apps/crm_ltc/forms/lead/records/{made['id']}")


def test_a_cell_of_a_list_is_saved_anyway(open_page, api, other):
    address = "/a/crm_ltc/lead?view=all&search=Cella%20Twin&columns=contact_name,company"
    page = open_page("manager@example.com", address, refusals={409})
    cell = page.locator('[role="gridcell"][data-row="0"][data-column="2"]')
    for done, left in (("Back", "Twin Works"), ("Save anyway", "Zencorporation")):
        expect(cell).to_have_text("Twin Works")
        cell.dblclick()
        page.get_by_role("textbox", name="Company").fill("Zencorporation")
        page.keyboard.press("Enter")
        expect(question(page).get_by_role("link", name="Zencorporation")).to_be_visible()
        question(page).get_by_role("button", name=done).click()
        expect(question(page)).to_be_hidden()
        expect(cell).to_have_text(left)
    api("manager@example.com").expect_record("lead", other["id"], company="Zencorporation")


def test_a_card_is_moved_anyway(open_page, api, twin):
    page = open_page("manager@example.com", "/a/crm_ltc/lead?view=board&search=Tina%20Twin", refusals={409})
    card = page.get_by_role("region", name="Invalid", exact=True).get_by_role("article", name="Tina Twin")
    card.get_by_role("button", name="Move Tina Twin to…").click()
    page.get_by_role("menuitem", name="To be contacted", exact=True).click()
    expect(question(page).get_by_role("link", name="Dora Double")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        question(page).get_by_role("button", name="Save anyway").click()
    expect(card).to_have_count(0)
    there = page.get_by_role("region", name="To be contacted", exact=True)
    expect(there.get_by_role("article", name="Tina Twin")).to_be_visible()
    api("manager@example.com").expect_record("lead", twin["id"], status="pending")


def test_a_button_does_it_anyway(open_page, api, twin):
    people = api("manager@example.com")
    returned = {
        "id": twin["id"],
        "revision": twin["revision"],
        "status": "returned",
        "return_reason": "other",
    }
    people.post("/apps/crm_ltc/forms/lead/records/batch", {"update": [returned], "confirm": "duplicates"})
    page = open_page("manager@example.com", f"/a/crm_ltc/lead/{twin['id']}", refusals={409})
    page.get_by_role("button", name="Claim", exact=True).click()
    expect(question(page).get_by_role("link", name="Dora Double")).to_be_visible()
    question(page).get_by_role("button", name="Save anyway").click()
    expect(page.get_by_text("Done: Claim")).to_be_visible()
    people.expect_record("lead", twin["id"], status="pending")


def test_a_record_made_from_a_picker_is_saved_anyway(open_page, api):
    people = api("manager@example.com")
    first = people.create("account", name="Pickwick Duplicates Works")
    page = open_page("manager@example.com", "/a/crm_ltc/opportunity/new", refusals={409})
    field(page, "account").get_by_role("combobox").fill("Pickwick Duplicates Works Ltd.")
    page.locator(".ant-select-dropdown:visible").get_by_role("button").click()
    dialog = page.get_by_role("dialog", name="New Account")
    # The name that was typed there is looked up at once.
    expect(dialog.get_by_role("link", name="Pickwick Duplicates Works")).to_be_visible()
    dialog.get_by_role("button", name="Create").click()
    question(page).get_by_role("button", name="Save anyway").click()
    expect(dialog).to_be_hidden()
    expect(field(page, "account")).to_contain_text("Pickwick Duplicates Works Ltd.")
    page.close()
    [made] = people.records("account", filter='{name} = "Pickwick Duplicates Works Ltd."')
    for one in (made, first):
        people.delete(f"/apps/crm_ltc/forms/account/records/{one['id']}")
