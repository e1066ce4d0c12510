"""Who is shown which views and entries of the menu: set on a page, kept in the draft, published."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

PAGE = "/a/crm_ltc/design/visibility"
FORM = "competitor"
PLACE = f"/forms/{FORM}/views/all/visible_to"


@pytest.fixture
def admin(api):
    """The administrator's API; before and afterwards the view is for everybody in the draft."""
    people = api("admin@example.com")

    def restore():
        draft = people.get("/apps/crm_ltc/draft")
        if "visible_to" in draft["document"]["forms"][FORM]["views"]["all"]:
            change = {"path": PLACE, "value": None}
            people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})

    restore()
    yield people
    restore()


def written(admin):
    return admin.get("/apps/crm_ltc/draft")["document"]["forms"][FORM]["views"]["all"].get("visible_to")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_view_is_given_to_some_people_and_to_everybody_again(open_page, admin, texts, language):
    text = texts(language)
    plural = {"en": "Competitors", "zh-CN": "竞争对手"}[language]
    name = {"en": "All competitors", "zh-CN": "全部竞争对手"}[language]
    role = {"en": "Finance", "zh-CN": "财务"}[language]
    page: Page = open_page("admin@example.com", "/a/crm_ltc/design/permissions", language=language)
    page.get_by_role("link", name=text("permissions.visibility")).click()
    views = page.get_by_role("region", name=text("visibility.views", name=plural)).get_by_role("table")
    row = views.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
    expect(row).to_contain_text(text("visibility.everybody"))
    opener = row.get_by_role("button", name=text("visibility.changeOf", name=name))
    opener.click()
    dialog = page.get_by_role("dialog", name=text("visibility.of", name=name))
    dialog.get_by_role("radio", name=text("visibility.some")).check()
    dialog.get_by_role("checkbox", name=role, exact=True).check()
    dialog.get_by_role("combobox", name=text("visibility.users")).fill("sdr@example.com")
    page.locator(".ant-select-item-option:visible").filter(has_text="sdr@example.com").click()
    expect(dialog.locator(".ant-select-selection-item").filter(has_text="sdr@example.com")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ant-select-dropdown:visible")).to_have_count(0)
    dialog.get_by_role("button", name=text("permissions.keep")).click()
    expect(dialog).to_have_count(0)
    expect(row).to_contain_text(role)
    expect(row).to_contain_text("sdr@example.com")
    expect(row).to_contain_text(text("visibility.changed"))
    eventually(lambda: written(admin), {"roles": ["finance"], "users": ["sdr@example.com"]})
    opener.click()
    dialog.get_by_role("radio", name=text("visibility.everybody")).check()
    dialog.get_by_role("button", name=text("permissions.keep")).click()
    expect(dialog).to_have_count(0)
    expect(row).to_contain_text(text("visibility.everybody"))
    eventually(lambda: written(admin), None)
