"""API keys: one's own on the page of one's account, everybody's and service accounts in the settings."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import eventually


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_key_is_made_used_and_revoked(open_page, texts, language, browser, server):
    text = texts(language)
    name = f"Nightly {language}"
    page = open_page("sdr@example.com", "/account", language=language)
    keys = page.get_by_role("region", name=text("keys.title"))
    keys.get_by_role("button", name=text("keys.new")).click()
    dialog = page.get_by_role("dialog", name=text("keys.new"))
    dialog.get_by_label(text("keys.name")).fill(name)
    dialog.get_by_role("button", name=text("keys.make")).click()
    made = page.get_by_role("dialog", name=text("keys.made"))
    token = made.get_by_label(text("keys.key"), exact=True).input_value()
    assert re.fullmatch(r"jk_[a-z0-9]{12}_[\w-]{43}", token)
    made.get_by_role("button", name=text("keys.kept")).click()
    expect(made).to_have_count(0)
    expect(page.get_by_text(token)).to_have_count(0)

    context = browser.new_context(base_url=server)
    answer = context.request.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.ok
    page.reload()
    mine = keys.get_by_role("listitem").filter(has_text=name).first
    expect(mine).to_contain_text(text("keys.reads"))
    expect(mine).to_contain_text("127.0.0.1")
    mine.get_by_role("button", name=text("keys.revokeOf", name=name)).click()
    question = page.get_by_role("dialog", name=text("keys.revokeAsk", name=name))
    question.get_by_role("button", name=text("keys.revoke"), exact=True).click()
    expect(question).to_have_count(0)
    expect(keys.get_by_role("listitem").filter(has_text=token[3:15])).to_have_count(0)
    me = {"url": "/api/v1/me", "headers": {"Authorization": f"Bearer {token}"}}
    eventually(lambda: context.request.get(**me).status, 401)
    context.close()


def test_a_key_without_a_name_is_told(open_page):
    page = open_page("sdr@example.com", "/account", refusals={422})
    page.get_by_role("region", name="API keys").get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog", name="New key")
    dialog.get_by_role("button", name="Make the key").click()
    expect(dialog.get_by_role("alert")).to_contain_text("name")


def test_administrators_keep_service_accounts(open_page, api):
    count = len(api().get("/service-accounts")["accounts"])
    name = f"Billing {count}"
    page = open_page("admin@example.com", "/settings/api-keys")
    page.get_by_role("button", name="New service account").click()
    dialog = page.get_by_role("dialog", name="New service account")
    dialog.get_by_label("Name of the program").fill(name)
    dialog.get_by_role("button", name="Create").click()
    accounts = page.get_by_role("region", name="Service accounts")
    account = accounts.get_by_role("listitem").filter(has=page.get_by_text(name, exact=True))
    account.get_by_role("button", name=f"New key for {name}").click()
    dialog = page.get_by_role("dialog", name=f"New key for {name}")
    dialog.get_by_label("What is it for?").fill(f"Key of {name}")
    dialog.get_by_role("button", name="Make the key").click()
    page.get_by_role("dialog", name="Your new key").get_by_role("button", name="I have copied it").click()
    keys = page.get_by_role("region", name="All keys")
    expect(keys.get_by_role("listitem").filter(has_text=f"Key of {name}")).to_be_visible()
    account.get_by_role("button", name=f"Switch off: {name}").click()
    page.get_by_role("dialog", name=f"Switch {name} off?").get_by_role("button", name="Switch off").click()
    expect(account).to_contain_text("Switched off")
    expect(page.get_by_text(f"Key of {name}")).to_have_count(0)
