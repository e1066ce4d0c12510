"""Publishing from the screen: what stands in the way of a new uniqueness is shown before anything happens."""

import re

import pytest
from playwright.sync_api import expect

UNIQUE = "/forms/campaign/unique"


@pytest.fixture
def admin(api):
    """The administrator's API, with two campaigns of one name; afterwards without them and a draft."""
    people = api("admin@example.com")
    made = [
        people.create("campaign", name="Twice the fair", type="exhibition", start_on="2027-01-01")
        for _ in range(2)
    ]
    yield people
    draft = people.get("/apps/crm_ltc/draft")
    if draft["changed"]:
        people.patch(
            "/apps/crm_ltc/draft",
            {"changes": [{"path": UNIQUE, "value": None}], "revision": draft["revision"]},
        )
        people.publish_draft()
    for one in made:
        people.delete(f"/apps/crm_ltc/forms/campaign/records/{one['id']}")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_records_that_break_a_new_uniqueness_are_told_and_listed(open_page, admin, texts, language):
    text = texts(language)
    once = {"once": {"fields": ["name"], "when": '{name} = "Twice the fair"'}}
    draft = admin.get("/apps/crm_ltc/draft")
    changes = [{"path": UNIQUE, "value": once}]
    admin.patch("/apps/crm_ltc/draft", {"changes": changes, "revision": draft["revision"]})
    page = open_page("admin@example.com", "/a/crm_ltc/design/formulas", language=language)
    page.get_by_role("button", name=text("design.draft.publish")).click()
    dialog = page.get_by_role("dialog", name=text("design.publish.title"))
    expect(dialog.get_by_role("heading", name=text("design.publish.broken"))).to_be_visible()
    broken = dialog.locator(".publish-problem")
    expect(broken).to_contain_text(re.compile("1 groups.*2 records" if language == "en" else "1 组.*2 条"))
    expect(dialog.get_by_role("button", name=text("design.publish.run"))).to_be_disabled()
    broken.get_by_role("link", name=text("design.publish.show")).click()
    rows = page.get_by_role("grid").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Twice the fair")
    expect(rows.nth(2)).to_contain_text("Twice the fair")
