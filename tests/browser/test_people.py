"""Workspace settings: people, departments, roles and the working calendar, as administrators keep them."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually

ADMIN = "admin@example.com"
LANGUAGES = ["en", "zh-CN"]
_numbers = count(1)


@pytest.fixture
def name(request):
    """A name that no other test and no earlier run has used."""
    return f"T{next(_numbers)} {request.node.name[:20]} {request.node.nodeid.__hash__() % 10_000_000}"


@pytest.fixture
def department(api, name):
    """An empty department at the top of the tree; gives its id."""
    client = api(ADMIN)
    made = client.post("/departments", {"name": name})
    yield made["id"]
    below = [one for one in client.get("/organisation")["departments"] if one["parent_id"] == made["id"]]
    for one in below:
        client.patch(f"/departments/{one['id']}", {"name": f"{one['name']} {one['id']}", "parent_id": None})


def choose(page: Page, label: str, option: str, *, several: bool = False) -> None:
    """Pick an option of a list by typing; one for several is closed by Escape, the dialog stays."""
    box = page.get_by_role("combobox", name=label, exact=True).last
    box.click()
    box.fill(option)
    page.locator(".ant-select-item-option:visible").filter(has_text=option).first.click()
    if several:
        page.keyboard.press("Escape")
    expect(page.locator(".ant-select-open")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_invited_and_chooses_a_password(open_page, texts, language, department):
    text = texts(language)
    email = f"invited.{department}@example.com"
    page = open_page(ADMIN, f"/settings/people?department={department}", language=language)
    page.get_by_role("button", name=text("settings.people.invite")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(text("settings.people.addresses")).fill(f"Ina Vited <{email}>")
    dialog.get_by_role("button", name=text("settings.people.inviteOne"), exact=True).click()
    link = dialog.get_by_role("textbox", name=text("settings.people.linkOf", name="Ina Vited"))
    expect(link).to_have_value(re.compile("/password#"))
    address = link.input_value()
    dialog.get_by_role("button", name=text("settings.done")).click()
    expect(page.get_by_role("row").filter(has_text=email)).to_contain_text(
        text("settings.people.state.invited")
    )

    other = open_page(None, address, language=language, refusals={404, 422})
    expect(other.get_by_role("heading", level=1)).to_contain_text("Ina Vited")
    password = other.get_by_label(text("account.choose.password"), exact=True)
    again = other.get_by_label(text("account.choose.again"), exact=True)
    save = other.get_by_role("button", name=text("account.choose.save"))
    password.fill("a password of my own")
    again.fill("another password")
    save.click()
    expect(other.get_by_role("alert")).to_have_text(text("account.choose.differ"))
    again.fill("a password of my own")
    save.click()
    expect(other.get_by_role("button", name=text("shell.userMenu", name="Ina Vited"))).to_be_visible()

    used = open_page(None, address, language=language, refusals={404})
    expect(used.get_by_role("heading", name=text("account.choose.void"))).to_be_visible()


def test_every_wrong_address_is_named_and_nobody_is_invited(open_page, department):
    page = open_page(ADMIN, f"/settings/people?department={department}", refusals={422})
    page.get_by_role("button", name="Invite people").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail addresses").fill("nowhere\nsales@example.com\nfine@example.com")
    dialog.get_by_role("button", name="Invite 3 people").click()
    expect(dialog.get_by_role("alert")).to_contain_text("nowhere: This is not an e-mail address.")
    expect(dialog.get_by_role("alert")).to_contain_text("sales@example.com: Somebody already signs in")


def test_a_person_gets_another_place_a_link_and_is_let_go(open_page, api, department):
    client = api(ADMIN)
    person = client.post(
        "/users",
        {
            "name": f"Peter {department}",
            "email": f"peter.{department}@example.com",
            "department_ids": [department],
        },
    )
    page = open_page(ADMIN, f"/settings/people?search=peter.{department}")
    page.get_by_role("button", name=f"Peter {department}").click()
    dialog = page.get_by_role("dialog", name=f"Peter {department}")
    choose(page, "Roles", "Sales manager", several=True)
    dialog.get_by_role("button", name="Add a role for a department").click()
    choose(page, "Role", "Finance")
    choose(page, "Department", "Head office / Marketing")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("row").filter(has_text=f"peter.{department}")).to_contain_text(
        "Sales manager, Finance of Marketing"
    )
    page.get_by_role("button", name=f"Peter {department}").click()
    dialog.get_by_role("button", name="Create invitation link").click()
    expect(dialog.get_by_role("textbox", name="Link", exact=True)).to_have_value(re.compile("/password#"))
    dialog.get_by_role("button", name="Deactivate").click()
    question = page.get_by_role("dialog", name=f"Deactivate Peter {department}?")
    question.get_by_role("button", name="Deactivate").click()
    expect(question).to_be_hidden()
    expect(dialog.get_by_role("button", name="Activate", exact=True)).to_be_visible()
    eventually(lambda: client.get(f"/users/{person['id']}")["state"], "inactive")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_department_is_made_moved_and_closed_by_keyboard(open_page, texts, language, department, name):
    text = texts(language)
    page = open_page(ADMIN, f"/settings/organisation?department={department}", language=language)
    own = page.get_by_role("treeitem").filter(has_text=name)
    expect(own).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name=text("settings.organisation.menuOf", name=name)).press("Enter")
    page.get_by_role("menuitem", name=text("settings.organisation.addBelow")).press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(text("settings.organisation.name"), exact=True).fill(f"Branch {department}")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    branch = page.get_by_role("treeitem").filter(has_text=f"Branch {department}")
    expect(branch).to_have_attribute("aria-level", "2")
    branch.focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(branch).to_have_attribute("aria-level", "1")
    expect(branch).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(branch).to_have_attribute("aria-level", "2")
    own.click()
    page.get_by_role("button", name=text("settings.organisation.menuOf", name=name)).click()
    page.get_by_role("menuitem", name=text("settings.organisation.close")).click()
    question = page.get_by_role("dialog", name=text("settings.organisation.closeAsk", name=name))
    expect(question).to_be_visible()


def test_a_department_is_renamed_and_gets_a_head(open_page, api, department, name):
    page = open_page(ADMIN, f"/settings/organisation?department={department}")
    page.get_by_role("region", name=name).get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill(f"{name} renamed")
    choose(page, "Heads", "Mia Manager", several=True)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    shown = page.get_by_role("region", name=f"{name} renamed")
    expect(shown).to_contain_text("Mia Manager")


def test_a_role_is_made_renamed_and_deleted(open_page, department):
    page = open_page(ADMIN, "/settings/roles")
    page.get_by_role("button", name="New role").click()
    page.get_by_label("English name").fill(f"Auditor {department}")
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    row = page.get_by_role("row").filter(has_text=f"auditor_{department}")
    expect(row).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    row.get_by_role("button", name=f"Edit Auditor {department}").click()
    page.get_by_label("English name").fill(f"Inspector {department}")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(row).to_contain_text(f"Inspector {department}")
    expect(page.get_by_role("dialog")).to_have_count(0)
    row.get_by_role("button", name=f"Delete Inspector {department}").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_holidays_are_entered_by_keyboard_and_taken_back(open_page, texts, language):
    text = texts(language)
    year = 2031 if language == "en" else 2032
    page = open_page(ADMIN, f"/settings/calendar?year={year}", language=language)
    first = page.locator(f'[data-day="{year}-01-01"]')
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.locator(f'[data-day="{year}-01-02"]')
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(text("settings.calendar.to"), exact=True).fill(f"{year}-01-03")
    dialog.get_by_label(text("settings.calendar.kind.holiday")).check()
    dialog.get_by_label(text("settings.calendar.name"), exact=True).fill("Feast")
    dialog.get_by_role("button", name=text("ui.save")).click()
    expect(dialog).to_be_hidden()
    holiday = re.compile(re.escape(f"{text('settings.calendar.kind.holiday')}, Feast"))
    expect(second).to_have_accessible_name(holiday)
    expect(page.locator(f'[data-day="{year}-01-03"]')).to_have_accessible_name(holiday)
    second.click()
    dialog.get_by_label(text("settings.calendar.to"), exact=True).fill(f"{year}-01-03")
    dialog.get_by_label(text("settings.calendar.asWeek")).check()
    dialog.get_by_role("button", name=text("ui.save")).click()
    expect(dialog).to_be_hidden()
    expect(second).not_to_have_accessible_name(holiday)


def test_a_file_of_holidays_shows_its_problems_before_it_changes_anything(open_page, tmp_path):
    page = open_page(ADMIN, "/settings/calendar?year=2033", refusals={422})
    page.get_by_role("button", name="Import days").click()
    dialog = page.get_by_role("dialog")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("date,kind,name\n2033-05-01,sometimes,May\nnever,holiday,\n", encoding="utf-8")
    dialog.locator('input[type="file"]').set_input_files(wrong)
    expect(dialog.get_by_role("alert")).to_contain_text("2 problems")
    right = tmp_path / "right.csv"
    right.write_text("date,kind,name\n2033-05-02,holiday,May day\n", encoding="utf-8")
    dialog.locator('input[type="file"]').set_input_files(right)
    expect(dialog.get_by_role("status")).to_contain_text(re.compile("[01] new"))


def test_whoever_is_no_administrator_sees_no_settings(open_page):
    page = open_page("sales@example.com", "/settings/people")
    expect(page.get_by_role("heading", name="Not allowed")).to_be_visible()
    page.get_by_role("button", name="Account of Sam Sales").click()
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Workspace settings")).to_have_count(0)


def test_the_settings_fit_a_phone(open_page):
    page = open_page(ADMIN, "/settings/people", width=390)
    page.get_by_role("button", name=re.compile("Mia Manager")).click()
    expect(page.get_by_role("dialog", name="Mia Manager").get_by_role("button", name="Save")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_departments_and_people_come_from_a_file(open_page, texts, language, name, tmp_path):
    text = texts(language)
    page = open_page(ADMIN, "/settings/organisation", language=language, refusals={422})
    file = tmp_path / "organisation.csv"

    def choose_file(content: str):
        page.get_by_role("button", name=text("settings.import.open"), exact=True).click()
        dialog = page.get_by_role("dialog", name=text("settings.import.title"))
        file.write_text(content, encoding="utf-8")
        dialog.locator('input[type="file"]').set_input_files(file)
        return dialog

    dialog = choose_file(f"department,below\nBranch,{name}\n")
    found = text("settings.import.found.departments", added=2, changed=0, unchanged=0)
    expect(dialog.get_by_role("status")).to_contain_text(found)
    dialog.get_by_role("button", name=text("settings.file.apply")).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("treeitem").filter(has_text=name)).to_be_visible()

    email = f"{abs(hash(name))}@file.example"
    dialog = choose_file(f"email,name,departments,manager\n{email},Fay File,{name} / Branch,Nobody at all\n")
    expect(dialog.get_by_role("alert")).to_contain_text("Nobody at all")
    expect(dialog.get_by_role("button", name=text("settings.file.apply"))).to_be_disabled()
    file.write_text(f"email,name,departments\n{email},Fay File,{name} / Branch\n", encoding="utf-8")
    dialog.locator('input[type="file"]').set_input_files(file)
    dialog.get_by_role("checkbox", name=text("settings.import.invite_one", count=1)).check()
    dialog.get_by_role("button", name=text("settings.file.apply")).click()
    expect(dialog).to_be_hidden()
    page.goto(f"/settings/people?search={email}")
    expect(page.get_by_role("row").filter(has_text=email)).to_contain_text("Branch")
