"""Trees: records below each other, opened, searched, moved and added to."""

import re

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "zh-CN"]
CATEGORIES = "/a/crm_ltc/product_category?view=tree"
FORM = "/apps/crm_ltc/forms/product_category/records"


class Range:
    """A range of categories of its own: `names` by what they are called in the tests."""

    def __init__(self, people, name: str) -> None:
        self._people = people
        self.name = name
        self.ids: dict[str, int] = {}

    def add(self, name: str, parent: str | None = None) -> int:
        above = {} if parent is None else {"parent": self.ids[parent]}
        made = self._people.create("product_category", name=f"{self.name} {name}", **above)
        self.ids[name] = made["id"]
        return made["id"]

    def expect_parent(self, name: str, above: str | None) -> None:
        """Wait until the category is stored below another, or at the top."""
        parent = None if above is None else self.ids[above]
        self._people.expect_record("product_category", self.ids[name], parent=parent)

    def clear(self) -> None:
        """Removes what is there, whatever the test has made of it, lowest records first."""
        while found := self._people.records("product_category", search=self.name, limit=1000, fields="title"):
            for record in found:
                below = self._people.post(f"{FORM}/tree", {"relation": "parent", "parent": record["id"]})
                if not below["records"]:
                    self._people.delete(f"{FORM}/{record['id']}")


@pytest.fixture
def grown(api):
    """Trees by name; removed after the test."""
    made = []

    def grow(name: str) -> Range:
        tree = Range(api("admin@example.com"), name)
        made.append(tree)
        tree.clear()
        for one, above in (
            ("Cars", None),
            ("Vans", None),
            ("Small", "Cars"),
            ("Large", "Cars"),
            ("City", "Small"),
        ):
            tree.add(one, above)
        return tree

    yield grow
    for tree in made:
        tree.clear()


def tree_of(page: Page):
    return page.get_by_role("treegrid")


def line(page: Page, name: str):
    return tree_of(page).get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def open_tree(open_page, tree: Range, **more) -> Page:
    """The categories of one tree, all of which are found by its name and so stand open."""
    page = open_page("admin@example.com", f"{CATEGORIES}&search={tree.name}", **more)
    expect(line(page, f"{tree.name} City")).to_be_visible()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_shown_as_a_tree(open_page, texts, language):
    text = texts(language)
    page = open_page("manager@example.com", "/a/crm_ltc/account?view=all", language=language)
    expect(page.get_by_role("grid").get_by_role("row").nth(2)).to_be_visible()
    page.get_by_role("button", name=text("list.view.menu")).click()
    page.get_by_role("menuitem", name=text("list.view.as.tree"), exact=True).click()
    acme = tree_of(page).get_by_role("row").filter(has_text="Acme Corporation")
    expect(acme).to_have_attribute("aria-expanded", "false")
    acme.get_by_role("button", name=text("tree.unfold", title="Acme Corporation")).click()
    expect(tree_of(page).get_by_role("row").filter(has_text="Bluth Company")).to_have_attribute(
        "aria-level", "2"
    )
    page.reload()
    expect(tree_of(page).get_by_role("row").filter(has_text="Bluth Company")).to_be_visible()


def test_the_keyboard_opens_closes_and_walks(open_page, grown):
    tree = grown("Walkers")
    page = open_page("admin@example.com", f"{CATEGORIES}&filter=STARTSWITH({{name}}%2C%22Walkers%22)")
    expect(line(page, "Walkers City")).to_be_visible()
    grid = tree_of(page)
    grid.focus()

    def active():
        return page.locator(f"[id='{grid.get_attribute('aria-activedescendant')}']")

    def press(key: str, name: str, **attributes: str) -> None:
        page.keyboard.press(key)
        expect(active()).to_contain_text(f"Walkers {name}")
        for attribute, value in attributes.items():
            expect(active()).to_have_attribute(f"aria-{attribute}", value)

    press("Home", "Cars", level="1", expanded="true", setsize="2", posinset="1")
    press("ArrowDown", "Large", level="2")
    press("ArrowLeft", "Cars")
    press("ArrowLeft", "Cars", expanded="false")
    expect(line(page, "Walkers City")).to_have_count(0)
    press("End", "Vans", posinset="2")
    press("Home", "Cars")
    press("ArrowRight", "Cars", expanded="true")
    press("ArrowRight", "Large")
    press("ArrowDown", "Small", expanded="true")
    press("ArrowRight", "City", level="3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/product_category/{tree.ids['City']}"))
    page.go_back()
    expect(line(page, "Walkers City")).to_be_visible()


def test_what_is_found_stands_below_what_is_above_it(open_page, grown):
    grown("Finders")
    page = open_page("admin@example.com", f"{CATEGORIES}&search=Finders%20City")
    expect(line(page, "Finders City")).to_have_attribute("aria-level", "3")
    expect(line(page, "Finders Cars")).to_have_class(re.compile("tree-passed"))
    expect(line(page, "Finders Vans")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_is_moved_in_a_dialog_and_back(open_page, texts, grown, language):
    text = texts(language)
    tree = grown("Movers")
    page = open_tree(open_page, tree, language=language)
    row = line(page, "Movers City")
    row.get_by_role("button", name=text("tree.actionsOf", title="Movers City")).click()
    row.get_by_role("menuitem", name=text("tree.moveTo"), exact=True).click()
    dialog = page.get_by_role("dialog", name=text("tree.moveTitle", title="Movers City"))
    dialog.get_by_label(text("tree.movePlace")).fill("Movers Vans")
    page.get_by_role("option", name="Movers Vans").or_(dialog.get_by_title("Movers Vans")).last.click()
    dialog.get_by_role("button", name=text("tree.move"), exact=True).click()
    expect(line(page, "Movers City")).to_have_attribute("aria-level", "2")
    tree.expect_parent("City", "Vans")
    page.get_by_role("button", name=text("list.move.undo"), exact=True).click()
    expect(line(page, "Movers City")).to_have_attribute("aria-level", "3")
    tree.expect_parent("City", "Small")


def test_the_keyboard_moves_a_record_in_and_out(open_page, grown):
    tree = grown("Shifters")
    page = open_tree(open_page, tree)
    line(page, "Shifters City").get_by_role("gridcell").nth(2).click()
    tree_of(page).focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(line(page, "Shifters City")).to_have_attribute("aria-level", "2")
    tree.expect_parent("City", "Cars")
    expect(tree_of(page)).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Alt+ArrowLeft")
    expect(line(page, "Shifters City")).to_have_attribute("aria-level", "1")
    tree.expect_parent("City", None)
    expect(tree_of(page)).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Alt+ArrowRight")
    expect(line(page, "Shifters City")).to_have_attribute("aria-level", "2")
    tree.expect_parent("City", "Cars")


def test_a_record_is_dragged_below_another(open_page, grown):
    tree = grown("Draggers")
    page = open_tree(open_page, tree)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        line(page, "Draggers City").get_by_role("gridcell").nth(2).drag_to(
            line(page, "Draggers Vans").get_by_role("gridcell").nth(2)
        )
    expect(line(page, "Draggers City")).to_have_attribute("aria-level", "2")
    tree.expect_parent("City", "Vans")


@pytest.mark.parametrize(
    ("language", "refused"), [("en", "would be below itself"), ("zh-CN", "将位于自身之下")]
)
def test_a_record_never_comes_to_stand_below_itself(open_page, grown, language, refused):
    tree = grown("Circles")
    page = open_tree(open_page, tree, language=language, refusals={422})
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        line(page, "Circles Cars").get_by_role("gridcell").nth(2).drag_to(
            line(page, "Circles City").get_by_role("gridcell").nth(2)
        )
    expect(page.get_by_text(refused).first).to_be_visible()
    expect(line(page, "Circles Cars")).to_have_attribute("aria-level", "1")
    tree.expect_parent("Cars", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_is_added_below_another(open_page, texts, grown, language):
    text = texts(language)
    tree = grown("Adders")
    page = open_tree(open_page, tree, language=language)
    row = line(page, "Adders Vans")
    row.get_by_role("button", name=text("tree.actionsOf", title="Adders Vans")).click()
    row.get_by_role("menuitem", name=text("tree.add"), exact=True).click()
    dialog = page.get_by_role("dialog", name=text("tree.addTitle", title="Adders Vans"))
    dialog.locator("input[type=text], input:not([type])").first.fill("Adders Mini")
    dialog.get_by_role("button", name=text("ui.save"), exact=True).click()
    expect(line(page, "Adders Mini")).to_have_attribute("aria-level", "2")


def test_on_a_phone_the_tree_is_a_list_of_cards(open_page, grown):
    page = open_tree(open_page, grown("Pockets"), width=390)
    expect(line(page, "Pockets City")).to_have_attribute("aria-level", "3")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_ten_thousand_records_open_and_scroll(open_page, api):
    people = api("admin@example.com")
    name = "Tenthousand"
    tree = Range(people, name)

    def remove() -> None:
        for level in ("leaf", "branch", "top"):
            while found := people.records(
                "product_category", search=f"{name} {level}", limit=1000, fields="title"
            ):
                people.post(f"{FORM}/batch", {"delete": [record["id"] for record in found]})

    remove()
    top = tree.add("top")
    try:
        branches = people.post(
            f"{FORM}/batch", {"create": [{"name": f"{name} branch {n}", "parent": top} for n in range(10)]}
        )["created"]
        for branch in branches:
            rows = [{"name": f"{name} leaf {n:04}", "parent": branch["id"]} for n in range(1000)]
            people.post(f"{FORM}/batch", {"create": rows})
        page = open_page("admin@example.com", CATEGORIES)
        line(page, f"{name} top").get_by_role("button", name=f"Show what is below {name} top").click()
        first = line(page, f"{name} branch 0")
        expect(first).to_contain_text("1,000")
        first.get_by_role("gridcell").nth(2).click()
        tree_of(page).focus()
        page.keyboard.press("*")
        expect(line(page, f"{name} leaf 0000").first).to_be_visible()
        expect(tree_of(page)).to_have_attribute("aria-busy", "false")
        page.keyboard.press("End")
        more = tree_of(page).get_by_role("button", name="Show 800 more").last
        expect(more).to_be_visible()
        more.click()
        expect(more).not_to_be_visible()
        page.keyboard.press("End")
        expect(line(page, f"{name} leaf 0999").last).to_be_visible()
        assert tree_of(page).get_by_role("row").count() < 100, "only the rows near the screen are drawn"
    finally:
        remove()
