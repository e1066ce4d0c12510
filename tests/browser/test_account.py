"""A forgotten password, one's own account, and the mails an administrator reads."""

import re

import pytest
from playwright.sync_api import expect

ADMIN = "admin@example.com"
PASSWORD = "seven green chairs"


@pytest.fixture
def person(api, browser, server):
    """Somebody with a password of his own; gives the address."""
    client = api(ADMIN)
    number = len(client.get("/people", limit=500)["people"])
    email = f"own.{number}@example.com"
    made = client.post("/invitations", {"people": [{"name": f"Own {number}", "email": email}]})
    context = browser.new_context(base_url=server)
    token = made["invited"][0]["link"]["token"]
    answer = context.request.post("/api/v1/password", data={"token": token, "password": PASSWORD})
    assert answer.ok, answer.text()
    context.close()
    return email


def sign_in(page, email, password=PASSWORD):
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Account of Own")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_forgotten_password_is_replaced_by_a_kept_mail(open_page, person, texts, language):
    text = texts(language)
    page = open_page(None, "/signin", language=language)
    page.get_by_role("link", name=text("signin.forgot")).click()
    page.get_by_role("textbox", name=text("signin.email")).fill(person)
    page.get_by_role("button", name=text("account.forgot.send")).click()
    expect(page.get_by_text(text("account.forgot.sent", email=person))).to_be_visible()

    admin = open_page(ADMIN, "/settings/mails", language=language)
    mail = admin.get_by_role("listitem").filter(has_text=person).first
    expect(mail).to_contain_text(text("settings.mails.state.kept"))
    mail.get_by_text(text("settings.mails.read")).click()
    link = mail.get_by_role("link")
    address = link.get_attribute("href")
    page.goto("/password" + re.search(r"#.*", address)[0])
    expect(page.get_by_role("heading", level=1)).to_have_text(text("account.choose.titleReset"))


def test_an_unknown_address_gets_the_same_answer(open_page):
    page = open_page(None, "/forgot")
    page.get_by_role("textbox", name="E-mail").fill("nobody.at.all@example.com")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("If somebody signs in with nobody.at.all@example.com")).to_be_visible()


def test_name_password_and_sessions_are_kept_by_oneself(open_page, person):
    page = open_page(None, "/signin", refusals={422, 401})
    sign_in(page, person)
    other = open_page(None, "/signin", refusals={401})
    sign_in(other, person)
    page.goto("/account")
    sessions = page.get_by_role("region", name="Where you are signed in")
    expect(sessions.get_by_role("listitem")).to_have_count(3)
    sessions.get_by_role("button", name="Sign out everywhere else").click()
    expect(sessions.get_by_role("listitem")).to_have_count(1)
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill("Own Self")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Account of Own Self")).to_be_visible()
    page.get_by_label("Current password").fill("not this one")
    page.get_by_label("New password").fill("eight yellow tables")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("alert")).to_have_text("This is not your current password.")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("The password is changed")).to_be_visible()
