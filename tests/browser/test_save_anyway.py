"""Wherever a record is saved without its form, what is probably there already is asked about first."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

FORM, ROOM = "test_stay", "test_room"
RECORDS = f"/apps/crm_ltc/forms/{FORM}/records"
LANGUAGES = ["en", "zh-CN"]


def label(en: str, zh: str) -> dict:
    return {"en": en, "zh": zh}


def rule(en: str, zh: str, *match: str) -> dict:
    return {"label": label(en, zh), "match": list(match)}


STAY = {
    "label": label("Stay", "入住"),
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": label("Name", "名称"), "required": True},
        "guest": {"type": "text", "label": label("Guest", "客人")},
        "day": {"type": "date", "label": label("Day", "日期")},
        "parent": {
            "type": "relation",
            "form": FORM,
            "tree": True,
            "label": label("Part of", "上级"),
            "inverse": {"key": "parts", "label": label("Parts", "下级")},
            "on_delete": "unlink",
        },
        "room": {
            "type": "relation",
            "form": ROOM,
            "label": label("Room", "房间"),
            "inverse": {"key": "stays", "label": label("Stays", "入住记录"), "columns": ["guest"]},
            "on_delete": "unlink",
        },
    },
    "duplicates": {
        "same_day": rule("Twice on a day", "同日重复", "guest", "day"),
        "same_parent": rule("Twice in a part", "同级重复", "guest", "parent"),
        "same_room": rule("Twice in a room", "同房重复", "guest", "room"),
    },
}
ROOMS = {
    "label": label("Room", "房间"),
    "title": "{name}",
    "fields": {"name": {"type": "text", "label": label("Name", "名称")}},
}
STAYS = {"en": "Stays", "zh-CN": "入住记录"}
OFFENDED = {"en": "Twice on a day", "zh-CN": "同日重复"}
CALENDAR = (
    f"/a/crm_ltc/{FORM}?view=all&as=calendar&calendar={json.dumps({'start': 'day'})}&day=2031-05-14&search="
)
TREE = f"/a/crm_ltc/{FORM}?view=all&sort=name&as=tree&tree={json.dumps({'parent': 'parent'})}&search="


@pytest.fixture(scope="module")
def app(api):
    """The administrator's API to an app with these forms; afterwards the app is as it was."""
    people = api("admin@example.com")
    with people.changing_app() as document:
        document["forms"] |= {FORM: STAY, ROOM: ROOMS}
        people.post("/apps/crm_ltc/publish", {"document": document})
        yield people


@pytest.fixture
def stay(app):
    """`stay("First", day="2031-05-12")` makes one of a guest of the test's own; all are removed after it."""
    made = []

    def make(name: str, **values):
        made.append(app.create(FORM, name=name, **values))
        return made[-1]

    yield make
    for one in reversed(made):
        app.delete(f"{RECORDS}/{one['id']}")


def question(page: Page, text) -> Locator:
    return page.get_by_role("dialog", name=text("record.duplicates.title"))


def saves(page: Page, text):
    """Answer the question with yes, and wait for what the server says then."""
    with page.expect_response(lambda answer: answer.request.method in ("PATCH", "POST") and answer.ok):
        question(page, text).get_by_role("button", name=text("record.duplicates.save")).click()
    expect(question(page, text)).to_be_hidden()


def goes_back(page: Page, text) -> None:
    question(page, text).get_by_role("button", name=text("record.duplicates.back")).click()
    expect(question(page, text)).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_of_a_calendar_is_moved_anyway_or_goes_back(open_page, app, stay, texts, language):
    text = texts(language)
    stay("Calm before", guest="Cal", day="2031-05-13")
    moved = stay("Calm after", guest="Cal", day="2031-05-12")
    page = open_page("admin@example.com", f"{CALENDAR}Calm", language=language, refusals={409})
    entry = page.get_by_role("button", name="Calm after")
    entry.focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(question(page, text).get_by_role("link", name="Calm before")).to_be_visible()
    goes_back(page, text)
    expect(page.get_by_role("alert").filter(has_text="Calm")).to_have_count(0)
    app.expect_record(FORM, moved["id"], day="2031-05-12")
    entry.focus()
    page.keyboard.press("Alt+ArrowRight")
    saves(page, text)
    app.expect_record(FORM, moved["id"], day="2031-05-13")
    page.get_by_role("status").get_by_role("button", name=text("list.move.undo"), exact=True).click()
    app.expect_record(FORM, moved["id"], day="2031-05-12")


def test_another_time_from_the_dialog_of_an_entry_is_saved_anyway(open_page, app, stay, texts):
    text = texts("en")
    stay("Dial before", guest="Dia", day="2031-05-20")
    moved = stay("Dial after", guest="Dia", day="2031-05-12")
    page = open_page("admin@example.com", f"{CALENDAR}Dial", refusals={409})
    page.get_by_role("button", name="Dial after").click()
    dialog = page.get_by_role("dialog", name="Dial after")
    day = dialog.locator("#entry-day")
    day.fill("2031-05-20")
    day.press("Enter")
    dialog.get_by_role("button", name=text("ui.save")).click()
    expect(question(page, text).get_by_role("link", name="Dial before")).to_be_visible()
    saves(page, text)
    app.expect_record(FORM, moved["id"], day="2031-05-20")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_of_a_tree_is_moved_anyway_or_goes_back(open_page, app, stay, texts, language):
    text = texts(language)
    top = stay("Bough")
    stay("Bough left", guest="Bo", parent=top["id"])
    moved = stay("Bough right", guest="Bo")
    page = open_page("admin@example.com", f"{TREE}Bough", language=language, refusals={409})
    row = page.get_by_role("treegrid").get_by_role("row").filter(has_text="Bough right")
    expect(row).to_have_attribute("aria-level", "1")
    row.get_by_role("gridcell").nth(2).click()
    for way in (goes_back, saves):
        page.keyboard.press("Alt+ArrowRight")
        expect(question(page, text).get_by_role("link", name="Bough left")).to_be_visible()
        way(page, text)
        expect(row).to_have_attribute("aria-level", "1" if way is goes_back else "2")
        page.get_by_role("treegrid").focus()
    app.expect_record(FORM, moved["id"], parent=top["id"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_is_linked_anyway(open_page, app, stay, texts, language):
    text = texts(language)
    room = app.create(ROOM, name="Link room")
    stay("Linked one", guest="Li", room=room["id"])
    other = stay("Linked two", guest="Li")
    page = open_page(
        "admin@example.com", f"/a/crm_ltc/{ROOM}/{room['id']}", language=language, refusals={409}
    )
    page.get_by_role("tab", name=STAYS[language]).click()
    page.get_by_role("button", name=text("record.link.button")).click()
    dialog = page.get_by_role("dialog", name=text("record.link.title", list=STAYS[language]))
    dialog.get_by_role("combobox").fill("Linked two")
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text="Linked two").click()
    page.keyboard.press("Escape")  # the list stays open for more
    for way in (goes_back, saves):
        dialog.get_by_role("button", name=text("record.link.link"), exact=True).click()
        expect(question(page, text).get_by_role("link", name="Linked one")).to_be_visible()
        way(page, text)
    app.expect_record(FORM, other["id"], room=room["id"])
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("link", name="Linked two")).to_be_visible()
    app.delete(f"/apps/crm_ltc/forms/{ROOM}/records/{room['id']}")


def test_a_record_begun_on_a_day_of_the_calendar_is_saved_anyway(open_page, app, stay, texts):
    text = texts("en")
    stay("Quick before", guest="Qu", day="2031-05-14")
    page = open_page("admin@example.com", f"{CALENDAR}Quick", refusals={409})
    expect(page.get_by_role("button", name="Quick before")).to_be_visible()
    day = page.locator(".cal-day").filter(has=page.locator('[data-day="2031-05-14"]'))
    day.hover()
    day.get_by_role("button", name="New on").click()
    dialog = page.get_by_role("dialog")
    dialog.locator('[data-field="name"] input').fill("Quick after")
    dialog.locator('[data-field="guest"] input').fill("Qu")
    expect(dialog.get_by_role("link", name="Quick before").first).to_be_visible()
    dialog.get_by_role("button", name=text("ui.save"), exact=True).click()
    expect(question(page, text)).to_be_visible()
    saves(page, text)
    expect(page.get_by_role("button", name="Quick after")).to_be_visible()
    [made] = app.records(FORM, filter='{name} = "Quick after"')
    app.delete(f"{RECORDS}/{made['id']}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_batch_is_saved_anyway_when_somebody_ticks_it(open_page, app, stay, texts, language):
    text = texts(language)
    stay("Batch before", guest="Ba", day="2031-05-14")
    changed = [stay(f"Batch {name}", guest="Ba") for name in ("one", "two")]
    page = open_page("admin@example.com", f"/a/crm_ltc/{FORM}?view=all&search=Batch", language=language)
    expect(page.get_by_role("grid").get_by_role("row")).to_have_count(4)
    page.get_by_text("Batch one", exact=True).wait_for()
    for row in ("Batch one", "Batch two"):
        page.get_by_role("row").filter(has_text=row).get_by_role("checkbox").check()
    bar = page.get_by_role("toolbar", name=text("list.select.toolbar"))
    bar.get_by_role("button", name=text("list.select.edit")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name=text("batch.field")).last.click()
    page.keyboard.type({"en": "Day", "zh-CN": "日期"}[language])
    page.keyboard.press("Enter")
    day = dialog.locator(".ant-picker input")
    day.fill("2031-05-14")
    day.press("Enter")
    dialog.get_by_role("button", name=text("batch.look")).click()
    preview = dialog.get_by_role("region", name=text("batch.preview.title"))
    expect(preview).to_contain_text(OFFENDED[language])
    dialog.get_by_role("checkbox", name=text("batch.anyway")).check()
    dialog.get_by_role("button", name=text("batch.look")).click()
    dialog.get_by_role("button", name=text("batch.apply_other", count=2, shown=2)).click()
    expect(dialog).to_be_hidden()
    for one in changed:
        app.expect_record(FORM, one["id"], day="2031-05-14")
