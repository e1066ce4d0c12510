"""A salesperson makes a customer of a lead, sees what became of it, and takes it back."""

import re

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]
SALES = "sales@example.com"
COMPANY = "云图转换测试有限公司"
LEAD = "/apps/crm_ltc/forms/lead/records"


@pytest.fixture
def lead(api):
    """A lead with one follow-up; afterwards nothing of it is left."""
    people = api(SALES)
    made = people.create(
        "lead",
        contact_name="Convertible Li",
        company=COMPANY,
        mobile="13800003333",
        source="website",
        expected_purchase="2027-03-01",
        status="following",
    )
    talk = people.create(
        "follow_up", about={"form": "lead", "id": made["id"]}, content="Wants it", result="interested"
    )
    yield made
    admin = api("admin@example.com")
    for done in admin.get(f"{LEAD}/{made['id']}/conversions")["done"]:
        admin.delete(f"{LEAD}/{made['id']}/conversions/{done['key']}")
    admin.delete(f"/apps/crm_ltc/forms/follow_up/records/{talk['id']}")
    admin.delete(f"{LEAD}/{made['id']}")


def field(scope, key: str):
    return scope.locator(f'[data-field="{key}"]')


def part(page: Page, target: str):
    return page.locator(f'[data-target="{target}"]')


def convert_by_api(api, lead) -> dict:
    people = api(SALES)
    body = {"revision": people.record("lead", lead["id"])["revision"], "values": {"tax_no": tax_no(lead)}}
    return people.post(f"{LEAD}/{lead['id']}/conversions/convert", body)["conversion"]


def tax_no(lead) -> str:
    return f"{lead['id']:018}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_is_converted_and_back(open_page, texts, lead, language):
    text = texts(language)
    convert = "Convert" if language == "en" else "转客户"
    page = open_page(SALES, f"/a/crm_ltc/lead/{lead['id']}", language=language, refusals={422})
    page.get_by_role("button", name=convert, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(field(dialog, "tax_no").locator(".form-issue").first).to_be_visible()
    expect(field(part(page, "account"), "name").get_by_role("textbox")).to_have_value(COMPANY)
    expect(dialog).to_contain_text(text("convert.along"))

    # It says what is missing, and what is typed for the record is taken over into what is made.
    dialog.get_by_role("button", name=convert, exact=True).click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    own = dialog.locator(".convert-part").first
    field(own, "tax_no").get_by_role("textbox").fill(tax_no(lead))
    expect(field(part(page, "account"), "tax_no").get_by_role("textbox")).to_have_value(tax_no(lead))
    field(part(page, "opportunity"), "name").get_by_role("textbox").fill("A first order")
    dialog.get_by_role("button", name=convert, exact=True).click()
    expect(dialog).to_be_hidden()

    notes = page.get_by_role("region", name=text("record.conversion.title"))
    expect(notes.get_by_role("link", name="A first order")).to_be_visible()
    notes.get_by_role("link", name=COMPANY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(COMPANY)
    expect(notes).to_contain_text(text("record.conversion.madeOf"))
    notes.get_by_role("link", name=re.compile("Convertible Li")).click()

    notes.get_by_role("button", name=text("record.undo")).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("A first order")
    question.get_by_role("button", name=text("record.undo")).click()
    expect(question).to_be_hidden()
    expect(notes).to_have_count(0)
    expect(page.get_by_role("button", name=convert, exact=True)).to_be_visible()


def test_by_keyboard_from_its_address(open_page, api, lead):
    page = open_page(SALES, f"/a/crm_ltc/lead/{lead['id']}?convert=convert")
    own = page.get_by_role("dialog").locator(".convert-part").first
    field(own, "tax_no").get_by_role("textbox").fill(tax_no(lead))
    expect(field(part(page, "account"), "tax_no").get_by_role("textbox")).to_have_value(tax_no(lead))
    page.keyboard.press("Control+s")
    expect(page.get_by_role("region", name="Conversion")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/lead/{lead['id']}$"))
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name="Conversion")).to_have_count(0)
    api(SALES).expect_record("lead", lead["id"], status="following")


def test_a_customer_that_is_there_is_proposed(open_page, api, lead):
    people = api(SALES)
    there = people.create("account", name="云图转换测试")
    page = open_page(SALES, f"/a/crm_ltc/lead/{lead['id']}?convert=convert")
    use = part(page, "account").get_by_role("radio", name="Use 云图转换测试")
    expect(use).to_be_checked()
    expect(field(part(page, "account"), "name")).to_have_count(0)
    part(page, "opportunity").get_by_role("radio", name="Leave out").check()
    own = page.get_by_role("dialog").locator(".convert-part").first
    field(own, "tax_no").get_by_role("textbox").fill(tax_no(lead))
    page.get_by_role("dialog").get_by_role("button", name="Convert", exact=True).click()
    expect(page.get_by_role("region", name="Conversion").get_by_role("link")).to_have_count(2)
    people.expect_record("lead", lead["id"], converted_account=there["id"])
    page.close()
    people.delete(f"{LEAD}/{lead['id']}/conversions/convert")
    api("admin@example.com").delete(f"/apps/crm_ltc/forms/account/records/{there['id']}")


def test_undoing_says_what_is_in_the_way(open_page, api, lead):
    account = convert_by_api(api, lead)["targets"][0]["record"]["id"]
    later = api(SALES).create("contact", account=account, name="Wang in the way")
    page = open_page(SALES, f"/a/crm_ltc/lead/{lead['id']}", refusals={409})
    page.get_by_role("region", name="Conversion").get_by_role("button", name="Undo").click()
    question = page.get_by_role("dialog")
    question.get_by_role("button", name="Undo").click()
    expect(question.get_by_role("alert")).to_contain_text("Wang in the way")
    api("admin@example.com").delete(f"/apps/crm_ltc/forms/contact/records/{later['id']}")


def test_on_a_phone_everything_can_be_reached(open_page, lead):
    page = open_page(SALES, f"/a/crm_ltc/lead/{lead['id']}?convert=convert", width=390)
    dialog = page.get_by_role("dialog")
    own = dialog.locator(".convert-part").first
    field(own, "tax_no").get_by_role("textbox").fill(tax_no(lead))
    expect(field(part(page, "account"), "tax_no").get_by_role("textbox")).to_have_value(tax_no(lead))
    dialog.get_by_role("button", name="Convert", exact=True).click()
    notes = page.get_by_role("region", name="Conversion")
    expect(notes).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
