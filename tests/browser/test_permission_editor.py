"""The permission editor: groups are changed in the draft, their effect is shown, people are added at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

OVERVIEW = "/a/crm_ltc/design/permissions"
FORM = "lead_pool"
PAGE = f"{OVERVIEW}/{FORM}"
PLACE = f"/forms/{FORM}/permissions"


@pytest.fixture
def admin(api):
    """The administrator's API; before and afterwards the form's groups are as published."""
    people = api("admin@example.com")

    def restore():
        published = people.get("/apps/crm_ltc/definition")["forms"][FORM]["permissions"]
        draft = people.get("/apps/crm_ltc/draft")
        if draft["changed"] and draft["document"]["forms"][FORM].get("permissions") != published:
            change = {"path": PLACE, "value": published}
            people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})

    restore()
    yield people
    restore()


def drafted(admin):
    return admin.get("/apps/crm_ltc/draft")["document"]["forms"][FORM]["permissions"]


def matrix(page: Page, text):
    return page.get_by_role("region", name=text("permissions.matrix"))


def expect_as_published(admin) -> None:
    """Wait until the draft changes no group of the form any more."""
    published = admin.get("/apps/crm_ltc/definition")["forms"][FORM]["permissions"]
    eventually(lambda: drafted(admin), published)


def users_of(admin, key: str) -> list[dict]:
    """The people who were put into a group."""
    groups = admin.get(f"/apps/crm_ltc/forms/{FORM}/permission-groups")["groups"]
    return next(group["users"] for group in groups if group["key"] == key)


def expect_form(person, there: bool) -> None:
    """Whether somebody comes to the form."""
    eventually(lambda: FORM in person.get("/apps/crm_ltc")["forms"], there)


def label(group: str, what: str) -> str:
    return f"{group}: {what}"


def test_the_overview_leads_to_the_groups_of_a_form(open_page, texts):
    text = texts("en")
    page: Page = open_page("admin@example.com", OVERVIEW)
    card = page.get_by_role("region", name="Lead pool", exact=True).first
    expect(card.get_by_role("row", name="Pool keepers")).to_contain_text("Sales manager")
    page.get_by_role("link", name="Lead pool", exact=True).click()
    expect(
        page.get_by_role("heading", name=text("permissions.of", name="Lead pool"), level=1)
    ).to_be_visible()
    expect(matrix(page, text)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_is_changed_by_keyboard_goes_into_the_draft_and_is_told(open_page, admin, texts, language):
    text = texts(language)
    readers = {"en": "Lead teams", "zh-CN": "线索团队"}[language]
    page: Page = open_page("admin@example.com", PAGE, language=language)
    export = page.get_by_role("checkbox", name=label(readers, text("permissions.action.export")))
    expect(export).not_to_be_checked()
    export.focus()
    page.keyboard.press("Space")
    told = page.locator(".perm-changes")
    expect(told).to_contain_text(
        text("permissions.change.actions_added", items=text("permissions.action.export"))
    )
    hidden = page.get_by_role(
        "combobox", name=label(readers, {"en": "Description", "zh-CN": "说明"}[language])
    )
    hidden.select_option("hidden")
    expect(told.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("button", name=text("design.draft.publish"))).to_be_visible()
    eventually(
        lambda: [drafted(admin)["readers"].get(key) for key in ("actions", "hidden_fields")],
        [["view", "export"], ["description"]],
    )
    # What is shown is what the draft keeps, in every browser.
    page.reload()
    expect(export).to_be_checked()
    expect(hidden).to_have_value("hidden")
    told.get_by_role("button", name=text("permissions.discard")).click()
    expect(told).to_have_count(0)
    expect(export).not_to_be_checked()
    expect_as_published(admin)


def test_a_group_is_added_renamed_copied_moved_and_deleted(open_page, admin, texts):
    text = texts("en")
    page: Page = open_page("admin@example.com", PAGE)
    heads = matrix(page, text).locator(".perm-head > span")
    expect(heads).to_have_count(2)
    page.get_by_role("button", name=text("permissions.add")).click()
    dialog = page.get_by_role("dialog", name=text("permissions.add"))
    dialog.get_by_role("button", name=text("permissions.keep")).click()
    expect(dialog.get_by_role("alert")).to_have_text(text("permissions.nameMissing"))
    dialog.get_by_label(text("permissions.english")).fill("Night shift")
    dialog.get_by_role("checkbox", name="Finance").check()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(heads).to_have_text(["Pool keepers", "Lead teams", "Night shift"])
    page.get_by_role("button", name=text("permissions.more", name="Night shift")).click()
    page.get_by_role("menuitem", name=text("permissions.copy")).click()
    expect(heads).to_have_text(["Pool keepers", "Lead teams", "Night shift", "Night shift (copy)"])
    page.get_by_role("button", name=text("permissions.more", name="Night shift (copy)")).click()
    page.get_by_role("menuitem", name=text("permissions.moveLeft")).click()
    expect(heads).to_have_text(["Pool keepers", "Lead teams", "Night shift (copy)", "Night shift"])
    page.get_by_role(
        "button",
        name=text(
            "permissions.more",
            name="Night shift",
        ),
    ).last.click()
    page.get_by_role("menuitem", name=text("permissions.deleteRun")).last.click()
    question = page.get_by_role("dialog", name=text("permissions.delete", name="Night shift"), exact=True)
    question.get_by_role("button", name=text("permissions.deleteRun")).click()
    expect(heads).to_have_text(["Pool keepers", "Lead teams", "Night shift (copy)"])
    expect(page.locator(".perm-changes").get_by_role("listitem")).to_have_text(
        [text("permissions.change.added", group="Night shift (copy)")]
    )
    eventually(lambda: list(drafted(admin)), ["keepers", "readers", "night_shift_2"])
    eventually(lambda: drafted(admin)["night_shift_2"]["roles"], ["finance"])


def test_records_are_narrowed_by_a_checked_condition_and_the_effect_is_shown(open_page, admin, texts):
    text = texts("en")
    page: Page = open_page("admin@example.com", PAGE)
    rows = page.get_by_role("combobox", name=label("Lead teams", text("permissions.rows.title")))
    rows.select_option("condition")
    dialog = page.get_by_role("dialog", name=text("permissions.rows.change", name="Lead teams"))
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("{nowhere}")
    expect(dialog.locator(".x-problem")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("FALSE")
    expect(dialog.locator(".x-problem")).to_have_count(0)
    dialog.get_by_role("button", name=text("permissions.keep")).click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name=text("permissions.effect.show")).click()
    effect = page.get_by_role("region", name=text("permissions.effect.title")).get_by_role("table")
    marketing = effect.get_by_role("row").filter(has_text="Marketing")
    expect(marketing.locator(".tone-red")).to_be_visible()
    rows.select_option("all")
    expect(marketing.locator(".tone-red")).to_have_count(0)
    expect(page.locator(".perm-changes")).to_have_count(0)
    expect_as_published(admin)


def test_people_are_added_to_a_group_at_once(open_page, admin, api, texts):
    text = texts("en")
    page: Page = open_page("admin@example.com", PAGE)
    page.get_by_role("button", name=label(text("permissions.members.open"), "Lead teams")).click()
    dialog = page.get_by_role("dialog", name=text("permissions.members.of", name="Lead teams"))
    people = dialog.get_by_role("combobox", name=text("permissions.members.users"))
    people.fill("Finn Finance")
    page.get_by_role("option", name="Finn Finance").click()
    dialog.get_by_role("button", name=text("permissions.members.save")).click()
    expect(dialog).to_have_count(0)
    try:
        eventually(lambda: [one["name"] for one in users_of(admin, "readers")], ["Finn Finance"])
        expect_form(api("finance@example.com"), True)
        cell = matrix(page, text).get_by_role("cell").filter(has_text="Finn Finance")
        expect(cell.first).to_be_visible()
    finally:
        page.get_by_role("button", name=label(text("permissions.members.open"), "Lead teams")).click()
        dialog.get_by_role("combobox", name=text("permissions.members.users")).focus()
        page.keyboard.press("Backspace")
        dialog.get_by_role("button", name=text("permissions.members.save")).click()
        expect(dialog).to_have_count(0)
    expect_form(api("finance@example.com"), False)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_kind_of_partners_is_let_in_and_the_effect_is_shown_on_one_of_them(
    open_page, admin, texts, language
):
    text = texts(language)
    readers = {"en": "Lead teams", "zh-CN": "线索团队"}[language]
    page: Page = open_page("admin@example.com", PAGE, language=language)
    page.get_by_role("button", name=text("permissions.more", name=readers), exact=True).click()
    page.get_by_role("menuitem", name=text("permissions.rename")).click()
    dialog = page.get_by_role("dialog", name=text("permissions.rename"))
    dialog.get_by_role("checkbox", name=text("permissions.external.dealer"), exact=True).check()
    dialog.get_by_role("button", name=text("permissions.keep")).click()
    expect(dialog).to_have_count(0)
    dealers = text("permissions.external.dealer")
    expect(page.locator(".perm-changes")).to_contain_text(
        text("permissions.change.external_added", items=dealers)
    )
    expect(matrix(page, text).locator(".perm-people").nth(1)).to_contain_text(dealers)
    eventually(lambda: drafted(admin)["readers"].get("external"), ["dealer"])
    page.get_by_role("button", name=text("permissions.effect.show")).click()
    effect = page.get_by_role("region", name=text("permissions.effect.title")).get_by_role("table")
    petra = effect.get_by_role("row").filter(has_text="Northwind Partners")
    expect(petra.locator(".gained").first).to_be_visible()


def test_an_organisation_is_put_into_a_group_at_once(open_page, admin, api, texts):
    text = texts("en")
    page: Page = open_page("admin@example.com", PAGE)
    opener = page.get_by_role("button", name=label(text("permissions.members.open"), "Lead teams"))
    opener.click()
    dialog = page.get_by_role("dialog", name=text("permissions.members.of", name="Lead teams"))
    chosen = dialog.get_by_role("combobox", name=text("permissions.members.organisations"))
    chosen.fill("Northwind")
    page.locator(".ant-select-item-option:visible").filter(has_text="Northwind Partners").click()
    page.keyboard.press("Escape")
    expect(page.locator(".ant-select-dropdown:visible")).to_have_count(0)
    dialog.get_by_role("button", name=text("permissions.members.save")).click()
    expect(dialog).to_have_count(0)
    try:
        expect(matrix(page, text).locator(".perm-people").nth(1)).to_contain_text("Northwind Partners")
        expect_form(api("partner@example.com"), True)
    finally:
        opener.click()
        chosen.focus()
        page.keyboard.press("Backspace")
        dialog.get_by_role("button", name=text("permissions.members.save")).click()
        expect(dialog).to_have_count(0)
    expect_form(api("partner@example.com"), False)
