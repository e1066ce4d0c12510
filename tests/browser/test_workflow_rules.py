"""What the panels of a workflow say about people: who starts it, who is asked again, what is waited for."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually
from tests.browser.test_accessibility import complaints
from tests.browser.test_overflow import CLIPPED, OUTSIDE, STEERING

KEY = "rules_approval"
PATH = f"/a/crm_ltc/design/workflows/{KEY}"


def words(en: str, zh: str = "") -> dict:
    return {"en": en, "zh": zh or en}


def approval(name: str, following: str, **settings) -> dict:
    who = [{"by": "manager"}]
    return {"type": "approval", "label": words(name), "assignees": who, "next": following, **settings}


#: Two ways side by side, then one more step.
DRAWN = {
    "label": words("Rules approval", "规则审批"),
    "form": "quote",
    "enabled": False,
    "starts": [{"on": "button", "roles": ["sales"]}],
    "first": "split",
    "nodes": {
        "split": {
            "type": "branch",
            "label": words("Side by side", "并行"),
            "kind": "parallel",
            "branches": {
                "one": {"label": words("One", "一"), "next": "lead"},
                "two": {"label": words("Two", "二"), "next": "finance"},
            },
        },
        "lead": approval("Team lead", "join"),
        "finance": approval("Finance", "join"),
        "join": {"type": "join", "label": words("Together", "汇合"), "next": "last"},
        "last": approval("Last", "done"),
        "done": {"type": "end", "label": words("Approved", "通过"), "result": "approved"},
    },
}


def write(people, value) -> None:
    """Put the workflow into the draft, or with None take it out."""
    draft = people.get("/apps/crm_ltc/draft")
    if value is None and KEY not in draft["document"].get("workflows", {}):
        return
    change = {"path": f"/workflows/{KEY}", "value": value}
    people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})


@pytest.fixture
def admin(api):
    """The administrator's API, with the workflow in the draft; afterwards it is not there."""
    people = api("admin@example.com")
    write(people, DRAWN)
    yield people
    write(people, None)


def stored(people) -> dict:
    return people.get("/apps/crm_ltc/draft")["document"]["workflows"][KEY]


def opened(open_page, path: str = PATH, **how) -> Page:
    return open_page("admin@example.com", path, refusals={422}, **how)


def panel(page: Page, text, title: str):
    """The open panel of the step of this name."""
    found = page.get_by_role("complementary", name=title)
    expect(found.get_by_text(text("flow.panel.ways"), exact=True)).to_be_visible()
    return found


def choose(page: Page, key: str) -> None:
    page.locator(f'.wd-node[data-key="{key}"]').click()


def test_who_starts_it_who_is_asked_again_and_how_many_ways_are_enough(open_page, admin, texts):
    text = texts("en")
    page = opened(open_page)
    workflow = page.get_by_role("complementary", name=text("flow.panel.workflow"))
    workflow.get_by_role("button", name=text("flow.start.pressedBy")).click()
    dialog = page.get_by_role("dialog", name=text("flow.start.pressedBy"))
    # What was said in the older way is shown, and written in the newer one.
    expect(dialog.get_by_role("checkbox", name="Sales", exact=True)).to_be_checked()
    dialog.get_by_role("checkbox", name="Finance").check()
    dialog.get_by_role("button", name=text("flow.expression.take")).click()
    expect(dialog).to_have_count(0)
    who = workflow.get_by_role("button", name=text("flow.start.pressedBy"))
    expect(who).to_contain_text("Finance")
    eventually(lambda: stored(admin)["starts"][0].get("allowed_to"), {"roles": ["sales", "finance"]})
    assert "roles" not in stored(admin)["starts"][0]

    choose(page, "join")
    together = panel(page, text, "Together")
    together.get_by_label(text("flow.join.waits")).select_option("first")
    expect(page.locator('.wd-node[data-key="join"]')).to_contain_text(text("flow.join.shortEnough_one"))
    eventually(lambda: stored(admin)["nodes"]["join"].get("enough"), 1)
    together.get_by_label(text("flow.join.waits")).select_option("some")
    expect(together.get_by_label(text("flow.join.enough"))).to_have_value("2")
    eventually(lambda: stored(admin)["nodes"]["join"].get("enough"), 2)

    choose(page, "last")
    last = panel(page, text, "Last")
    last.get_by_label(text("flow.repeat.initiator"), exact=True).select_option("manager")
    last.get_by_label(text("flow.repeat.earlier"), exact=True).select_option("skip_adjacent")
    repeat = {"initiator": "manager", "earlier": "skip_adjacent"}
    eventually(lambda: stored(admin)["nodes"]["last"].get("repeat"), repeat)
    last.get_by_text(text("flow.panel.decisions"), exact=False).first.click()
    last.get_by_text(text("flow.decision.more", name=text("flow.decision.reject"))).click()
    last.get_by_role("checkbox", name=text("flow.decision.complete")).check()
    eventually(lambda: stored(admin)["nodes"]["last"].get("decisions"), {"reject": {"complete": True}})


def test_a_deadline_with_several_steps_is_written_in_words(open_page, admin, texts):
    text = texts("en")
    page = opened(open_page)
    choose(page, "last")
    last = panel(page, text, "Last")
    last.get_by_text(text("flow.panel.due"), exact=True).click()
    last.get_by_role("checkbox", name=text("flow.due.on")).check()
    last.get_by_label(text("flow.due.kind"), exact=True).select_option("until")
    problems = page.locator(".wd-problems")
    expect(problems).to_contain_text(text("flow.problems.count_one", count=1))
    last.get_by_role("button", name=f"{text('flow.due.until')}: {text('flow.expression.empty')}").click()
    editor = page.get_by_role("dialog", name=text("flow.due.until"))
    expect(editor.get_by_role("textbox")).to_be_focused()
    page.keyboard.insert_text("{valid_to}")
    expect(editor.locator(".x-result")).to_be_visible()
    editor.get_by_role("button", name=text("flow.expression.take")).click()
    expect(problems).to_have_count(0)

    last.get_by_label(text("flow.due.then"), exact=True).select_option("escalate")
    last.get_by_role("button", name=text("flow.due.addLater")).click()
    first = last.get_by_role("region", name=text("flow.due.later", number=1))
    first.get_by_label(text("flow.due.laterThen"), exact=True).select_option("return")
    first.get_by_label(text("flow.due.back"), exact=True).select_option("lead")
    later = [{"after": {"amount": 1, "unit": "working_days"}, "then": "return", "back": "lead"}]
    to = [{"by": "manager", "of": "initiator"}]
    wanted = {"until": "{valid_to}", "then": "escalate", "to": to, "later": later}
    eventually(lambda: stored(admin)["nodes"]["last"].get("due"), wanted)


#: Finance is asked, and may hand it to executives alone.
HANDED = {
    "label": words("Handing over", "转交审批"),
    "form": "account",
    "starts": [{"on": "button"}],
    "lock": {"fields": []},
    "first": "ask",
    "nodes": {
        "ask": {
            "type": "approval",
            "label": words("Finance", "财务"),
            "assignees": [{"by": "role", "role": "finance"}],
            "decisions": {"reassign": {"among": [{"by": "role", "role": "executive"}]}},
            "next": "done",
        },
        "done": {"type": "end", "label": words("Approved", "通过"), "result": "approved"},
    },
}


@pytest.fixture
def waiting(api):
    """A customer about whom finance is asked, in a workflow that is published for the while."""
    admin = api("admin@example.com")
    write(admin, HANDED)
    admin.publish_draft()
    account = admin.create("account", name="Handing over")
    path = f"/apps/crm_ltc/forms/account/records/{account['id']}"
    run = admin.post(f"{path}/workflow", {"workflow": KEY})
    yield account
    if admin.get(f"/workflow-instances/{run['id']}")["ended_at"] is None:
        admin.post(f"/workflow-instances/{run['id']}/cancel", {"reason": "The test is over."})
    admin.delete(path)
    write(admin, None)
    admin.publish_draft()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_task_is_handed_to_those_alone_whom_the_step_names(open_page, api, texts, waiting, language):
    text = texts(language)
    finance, executive = api("finance@example.com"), api("executive@example.com")
    [task] = [one for one in finance.get("/tasks")["tasks"] if one["record"]["id"] == waiting["id"]]
    boss = executive.get("/session")["user"]
    page = open_page("finance@example.com", f"/tasks/{task['id']}", language=language)
    bar = page.locator(".task-bar")
    bar.get_by_role("button", name=text("ui.more")).click()
    reassign = "Reassign" if language == "en" else "转交"
    page.get_by_role("menuitem", name=reassign, exact=True).click()
    dialog = page.get_by_role("dialog", name=reassign)
    chooser = dialog.get_by_role("combobox").first
    expect(chooser).to_be_focused()
    chooser.fill("sales")
    expect(page.get_by_text(text("fields.nothingFound"), exact=True)).to_be_visible()
    chooser.fill(boss["name"])
    page.locator(".ant-select-item-option").filter(has_text=boss["name"]).click()
    assert complaints(page) == []
    dialog.get_by_role("button", name=reassign, exact=True).click()
    expect(dialog).to_have_count(0)

    def held() -> list:
        found = executive.get("/tasks")["tasks"]
        return [one["node"]["key"] for one in found if one["record"]["id"] == waiting["id"]]

    eventually(held, ["ask"])


def faults(page: Page) -> list[str]:
    page.evaluate("document.fonts.ready")
    return [*page.evaluate(CLIPPED, STEERING), *page.evaluate(OUTSIDE)]


@pytest.mark.parametrize("scheme, language, width", [("light", "en", 1440), ("dark", "zh-CN", 390)])
def test_the_panels_are_accessible_and_nothing_is_cut_off(open_page, admin, texts, scheme, language, width):
    text = texts(language)
    page = opened(open_page, scheme=scheme, language=language, width=width)
    for key, shown in (("join", text("flow.join.waits")), ("last", text("flow.rule.kind"))):
        if width < 640:
            name = DRAWN["nodes"][key]["label"]["en" if language == "en" else "zh"]
            page.locator(".wd-step").filter(has_text=name).first.click()
        else:
            choose(page, key)
        expect(page.get_by_label(shown)).to_be_visible()
        page.evaluate("document.querySelectorAll('.wd-group').forEach((group) => { group.open = true; })")
        assert complaints(page) + faults(page) == []
        if width < 640:
            page.keyboard.press("Escape")
