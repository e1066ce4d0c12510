"""The designer of workflows: drawn from nothing, published, changed, compared and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually
from tests.browser.test_accessibility import complaints
from tests.browser.test_overflow import CLIPPED, OUTSIDE, STEERING

LIST = "/a/crm_ltc/design/workflows"
KEY = "discount_approval"
NAME = "Discount approval"


def words(en: str, zh: str = "") -> dict:
    return {"en": en, "zh": zh or en}


#: Two levels by amount, one below the other.
DRAWN = {
    "label": words(NAME, "折扣审批"),
    "form": "quote",
    "enabled": False,
    "starts": [{"on": "button"}],
    "first": "lead",
    "nodes": {
        "lead": {
            "type": "approval",
            "label": words("Team lead", "组长"),
            "assignees": [{"by": "manager"}],
            "next": "size",
        },
        "size": {
            "type": "branch",
            "label": words("By amount", "按金额"),
            "kind": "exclusive",
            "branches": {
                "large": {"label": words("Large", "大额"), "when": "{total} > 10000", "next": "finance"},
                "otherwise": {"label": words("Otherwise", "其他"), "next": "done"},
            },
        },
        "finance": {
            "type": "approval",
            "label": words("Finance", "财务"),
            "assignees": [{"by": "role", "role": "finance"}],
            "next": "done",
        },
        "done": {"type": "end", "label": words("Approved", "通过"), "result": "approved"},
    },
}


def without(people) -> None:
    """Take the workflow out of what is published and of the draft."""
    draft = people.get("/apps/crm_ltc/draft")
    if KEY in draft["document"].get("workflows", {}):
        change = {"path": f"/workflows/{KEY}", "value": None}
        draft = people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})
    if KEY in people.get("/apps/crm_ltc/definition").get("workflows", {}):
        people.post("/apps/crm_ltc/publish")


@pytest.fixture
def admin(api):
    """The administrator's API; before and afterwards the workflow of these tests is not there."""
    people = api("admin@example.com")
    without(people)
    yield people
    without(people)


@pytest.fixture
def drawn(admin):
    """The administrator's API, with the workflow in the draft."""
    draft = admin.get("/apps/crm_ltc/draft")
    there = draft["document"].get("workflows") is not None
    change = (
        {"path": f"/workflows/{KEY}", "value": DRAWN}
        if there
        else {"path": "/workflows", "value": {KEY: DRAWN}}
    )
    admin.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})
    return admin


def opened(open_page, path: str, **how) -> Page:
    """A page of the administrator; what is not whole yet cannot be published, which the server says."""
    return open_page("admin@example.com", path, refusals={422}, **how)


def node(page: Page, key: str):
    return page.locator(f'.wd-node[data-key="{key}"]')


def kept(page: Page, text) -> None:
    expect(page.locator(".wd-toolbar").get_by_role("status")).to_have_text(text("flow.kept.kept"))


def stored(admin) -> dict:
    return admin.get("/apps/crm_ltc/draft")["document"]["workflows"][KEY]


def published(admin) -> dict:
    return admin.get("/apps/crm_ltc/definition").get("workflows", {}).get(KEY, {})


def order(workflow: dict) -> tuple[str, str, str]:
    """What comes first, after the finance department and after the team lead."""
    nodes = workflow["nodes"]
    return workflow["first"], nodes["finance"]["next"], nodes["lead"]["next"]


def add(page: Page, text, button, kind: str) -> None:
    """Press a + and choose what is to stand there."""
    button.click()
    dialog = page.get_by_role("dialog", name=text("flow.add.title"))
    dialog.get_by_label(text("flow.add.search")).fill(text(f"flow.add.type.{kind}"))
    dialog.get_by_role("button", name=text(f"flow.add.type.{kind}")).first.click()
    expect(dialog).to_have_count(0)


def plus(page: Page, start: str, end: str):
    return page.get_by_role("button", name=re.compile(f"between {start} and {end}"))


def test_a_two_level_approval_is_drawn_published_changed_compared_and_taken_back(open_page, admin, texts):
    text = texts("en")
    page: Page = opened(open_page, LIST)
    page.get_by_role("button", name=text("flow.new.open")).click()
    new = page.get_by_role("dialog", name=text("flow.new.title"))
    new.get_by_label("Name (EN)").fill(NAME)
    new.get_by_label(text("flow.own.form"), exact=True).select_option("quote")
    new.get_by_role("button", name=text("flow.new.create")).click()

    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    expect(node(page, "approval")).to_contain_text("Manager of who started it")
    add(page, text, plus(page, "Manager approves", "Approved"), "branch_exclusive")
    expect(node(page, "branch")).to_have_attribute("aria-pressed", "true")
    problems = page.locator(".wd-problems")
    expect(problems).to_contain_text(text("flow.problems.count_one", count=1))

    panel = page.get_by_role("complementary", name="Branch")
    condition = f"{text('flow.arm.when')}: {text('flow.expression.empty')}"
    panel.get_by_role("button", name=condition).click()
    editor = page.get_by_role("dialog", name=text("flow.arm.when"))
    expect(editor.get_by_role("textbox")).to_be_focused()
    page.keyboard.insert_text("{total} > 10000")
    expect(editor.locator(".x-result")).to_be_visible()
    editor.get_by_role("button", name=text("flow.expression.take")).click()
    expect(problems).to_have_count(0)

    add(page, text, plus(page, "Branch", "Approved If"), "approval")
    second = page.get_by_role("complementary", name="Approval")
    second.get_by_label(text("flow.rule.kind")).select_option("role")
    second.get_by_label(text("flow.rule.roleLabel")).select_option("finance")
    expect(node(page, "approval_2")).to_contain_text("All of Finance")
    kept(page, text)

    publish(page, text, "design.change.workflow_added")
    nodes = {*("approval", "branch", "approval_2", "end")}
    eventually(lambda: set(published(admin).get("nodes", {})), nodes)

    node(page, "approval_2").click()
    second.get_by_label("Name (EN)").fill("Finance approves")
    add(page, text, plus(page, "Start", "Manager approves"), "copy")
    kept(page, text)
    page.get_by_role("button", name=text("flow.compare.open")).click()
    told = page.get_by_role("region", name=text("flow.compare.title"))
    expect(told.get_by_role("listitem")).to_have_count(3)
    expect(node(page, "copy")).to_contain_text(text("flow.change.added"))
    expect(node(page, "approval_2")).to_contain_text(text("flow.change.changed"))
    page.get_by_role("button", name=text("flow.compare.open")).click()

    page.get_by_role("button", name=text("flow.more.title"), exact=True).click()
    page.get_by_role("menuitem", name=text("flow.discard.title")).click()
    question = page.get_by_role("dialog", name=text("flow.discard.title"))
    question.get_by_role("button", name=text("flow.discard.run")).click()
    expect(node(page, "copy")).to_have_count(0)
    kept(page, text)
    eventually(lambda: stored(admin), published(admin))
    page.keyboard.press("Control+z")
    expect(node(page, "copy")).to_be_visible()
    kept(page, text)

    publish(page, text, "design.change.workflow_changed")
    page.get_by_role("button", name=text("flow.more.title"), exact=True).click()
    page.get_by_role("menuitem", name=text("flow.versions.title")).click()
    versions = page.get_by_role("dialog", name=text("flow.versions.title"))
    earlier = versions.get_by_role("listitem").nth(1)
    expect(versions.get_by_role("listitem").first).to_contain_text(text("flow.versions.same"))
    earlier.get_by_role("button", name=text("flow.versions.take")).click()
    expect(versions).to_have_count(0)
    expect(node(page, "copy")).to_have_count(0)
    kept(page, text)
    eventually(lambda: "copy" in stored(admin)["nodes"], False)


def publish(page: Page, text, change: str) -> None:
    page.get_by_role("button", name=text("design.draft.publish")).click()
    dialog = page.get_by_role("dialog", name=text("design.publish.title"))
    expect(dialog).to_contain_text(text(change, workflow=NAME))
    dialog.get_by_role("button", name=text("design.publish.run")).click()
    expect(page.get_by_role("button", name=text("design.draft.publish"))).to_have_count(0)


def test_everything_is_done_by_keyboard(open_page, drawn, texts):
    text = texts("en")
    page: Page = opened(open_page, f"{LIST}/{KEY}")
    node(page, "$start").focus()
    for key in ("lead", "size", "finance"):
        page.keyboard.press("ArrowDown")
        expect(node(page, key)).to_be_focused()
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(node(page, "finance_2")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+z")
    expect(node(page, "finance_2")).to_have_count(0)
    page.keyboard.press("Control+y")
    expect(node(page, "finance_2")).to_be_visible()
    node(page, "finance").focus()
    expect(node(page, "finance")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowUp")
    expect(node(page, "size")).to_be_focused()
    page.keyboard.press("Delete")
    question = page.get_by_role("dialog", name=text("flow.node.removeTitle", name="By amount"))
    question.get_by_role("button", name=text("flow.node.remove"), exact=True).press("Enter")
    expect(node(page, "size")).to_have_count(0)
    expect(node(page, "done")).to_be_visible()
    kept(page, text)
    eventually(lambda: list(stored(drawn)["nodes"]), ["lead", "done"])
    node(page, "lead").focus()
    expect(node(page, "lead")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Team lead").get_by_label("Name (EN)")).to_be_focused()


def test_a_step_is_dragged_onto_another_edge(open_page, drawn, texts):
    text = texts("en")
    page: Page = opened(open_page, f"{LIST}/{KEY}")
    node(page, "lead").drag_to(plus(page, "Finance", "Approved"))
    expect(node(page, "lead")).to_have_attribute("aria-pressed", "true")
    kept(page, text)
    eventually(lambda: order(stored(drawn)), ("size", "lead", "done"))


def test_the_definition_is_changed_as_json_and_its_problems_are_told(open_page, drawn, texts):
    text = texts("en")
    page: Page = opened(open_page, f"{LIST}/{KEY}")
    page.get_by_role("button", name=text("flow.more.title"), exact=True).click()
    page.get_by_role("menuitem", name=text("flow.json.title")).click()
    dialog = page.get_by_role("dialog", name=text("flow.json.title"))
    box = dialog.get_by_role("textbox")
    # A definition is read in lines as wide as it has them.
    assert box.bounding_box()["width"] > 700
    written = box.input_value()
    box.fill(written[:-4])
    expect(dialog.get_by_role("button", name=text("flow.json.take"))).to_be_disabled()
    box.fill(written.replace('"by": "manager"', '"by": "role"'))
    expect(dialog).to_contain_text(text("flow.problem.ruleLacks"))
    dialog.get_by_role("button", name=text("flow.json.take")).click()
    expect(node(page, "lead")).to_contain_text(text("flow.problems.here"))
    kept(page, text)
    page.locator(".wd-problems summary").click()
    page.locator(".wd-problems").get_by_role("button", name=re.compile("Team lead")).click()
    expect(page.get_by_role("complementary", name="Team lead")).to_be_visible()


OTHER = "second_discount_approval"


@pytest.fixture
def beside(drawn):
    """Another workflow of the draft, as it is drawn at first."""
    draft = drawn.get("/apps/crm_ltc/draft")
    change = {"path": f"/workflows/{OTHER}", "value": DRAWN | {"label": words("The other one", "另一个")}}
    drawn.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})
    yield drawn
    draft = drawn.get("/apps/crm_ltc/draft")
    change = {"path": f"/workflows/{OTHER}", "value": None}
    drawn.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})


def test_steps_are_found_duplicated_and_put_into_another_workflow(open_page, beside, texts):
    text = texts("en")
    page: Page = opened(open_page, f"{LIST}/{KEY}")
    node(page, "$start").focus()
    page.keyboard.press("/")
    finding = page.get_by_role("dialog", name=text("flow.find.title"))
    expect(finding.get_by_role("textbox")).to_be_focused()
    page.keyboard.insert_text("finance")
    expect(finding.get_by_role("status")).to_have_text(text("flow.find.count_one", count=1))
    page.keyboard.press("Enter")
    expect(node(page, "finance")).to_have_attribute("aria-pressed", "true")
    node(page, "size").focus()
    page.keyboard.press("Control+d")
    expect(node(page, "size_2")).to_have_attribute("aria-pressed", "true")
    expect(node(page, "finance_2")).to_be_visible()
    kept(page, text)
    eventually(lambda: "finance_2" in stored(beside)["nodes"], True)
    node(page, "size").focus()
    page.keyboard.press("Control+c")
    page.get_by_role("main").get_by_role("link", name=text("flow.title"), exact=True).click()
    page.get_by_role("link", name="The other one").click()
    expect(page.get_by_role("heading", name="The other one", level=1)).to_be_visible()
    node(page, "lead").focus()
    page.keyboard.press("Insert")
    adding = page.get_by_role("dialog", name=text("flow.add.title"))
    adding.get_by_role("button", name=text("flow.add.paste", name="By amount")).click()
    expect(node(page, "size_2")).to_have_attribute("aria-pressed", "true")
    kept(page, text)
    nodes = beside.get("/apps/crm_ltc/draft")["document"]["workflows"][OTHER]["nodes"]
    assert (nodes["lead"]["next"], nodes["finance_2"]["next"]) == ("size_2", "size")


def test_a_workflow_is_duplicated_from_the_list(open_page, drawn, texts):
    text = texts("en")
    page: Page = opened(open_page, LIST)
    try:
        page.get_by_role("button", name=text("flow.menu", name=NAME), exact=True).click()
        page.get_by_role("menuitem", name=text("flow.duplicate"), exact=True).click()
        expect(page.get_by_role("heading", name=f"{NAME} (copy)", level=1)).to_be_visible()
        made = drawn.get("/apps/crm_ltc/draft")["document"]["workflows"][f"{KEY}_2"]
        assert (made["nodes"], made["enabled"]) == (DRAWN["nodes"], False)
    finally:
        draft = drawn.get("/apps/crm_ltc/draft")
        change = {"path": f"/workflows/{KEY}_2", "value": None}
        drawn.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})


def test_the_publish_dialog_says_how_many_run_on_as_they_are(open_page, admin, texts):
    text = texts("en")
    path, key = "/apps/crm_ltc/draft", "quote_approval"
    running = admin.get("/apps/crm_ltc/workflow-facts")["workflows"][key]["running"]
    assert running > 1
    draft = admin.get(path)
    before = draft["document"]["workflows"][key]
    changed = before | {"description": words("Changed by a test")}
    changes = [{"path": f"/workflows/{key}", "value": changed}]
    admin.patch(path, {"changes": changes, "revision": draft["revision"]})
    try:
        page: Page = opened(open_page, LIST)
        page.get_by_role("button", name=text("design.draft.publish")).click()
        dialog = page.get_by_role("dialog", name=text("design.publish.title"))
        told = dialog.get_by_role("listitem").filter(has_text="Quote approval")
        expect(told).to_contain_text(text("design.publish.running_other", count=running))
    finally:
        changes = [{"path": f"/workflows/{key}", "value": before}]
        admin.patch(path, {"changes": changes, "revision": admin.get(path)["revision"]})


def test_on_a_phone_the_steps_are_a_list_that_can_be_changed(open_page, drawn, texts):
    text = texts("zh-CN")
    page: Page = opened(open_page, f"{LIST}/{KEY}", language="zh-CN", width=390)
    steps = page.get_by_role("list", name=text("flow.steps.title"))
    expect(steps.get_by_role("region", name="大额")).to_contain_text("财务")
    steps.get_by_role("button", name=re.compile("^组长")).click()
    panel = page.get_by_role("dialog", name="组长")
    panel.get_by_label("名称 (中)").fill("部门经理")
    renamed = page.get_by_role("dialog", name="部门经理")
    renamed.get_by_role("button", name=text("ui.close")).click()
    expect(steps.get_by_role("button", name=re.compile("^部门经理"))).to_be_visible()
    kept(page, text)


@pytest.mark.parametrize(
    "scheme, language, width",
    [("light", "en", 1440), ("dark", "zh-CN", 1440), ("dark", "en", 390), ("light", "zh-CN", 1024)],
)
def test_pages_are_accessible_and_nothing_is_cut_off(open_page, drawn, texts, scheme, language, width):
    text = texts(language)
    page: Page = opened(open_page, LIST, scheme=scheme, language=language, width=width)
    expect(page.locator(".wd-list > li").first).to_be_visible()
    assert complaints(page) + faults(page) == []
    page.goto(f"{LIST}/{KEY}")
    kept(page, text)
    if width < 640:
        page.locator(".wd-step").nth(1).click()
    else:
        node(page, "lead").click()
        if width < 960:
            node(page, "lead").dblclick()
    expect(page.get_by_label(text("flow.rule.kind"))).to_be_visible()
    page.evaluate("document.querySelectorAll('.wd-group').forEach((group) => { group.open = true; })")
    assert complaints(page) + faults(page) == []


def faults(page: Page) -> list[str]:
    page.evaluate("document.fonts.ready")
    return [*page.evaluate(CLIPPED, STEERING), *page.evaluate(OUTSIDE)]
