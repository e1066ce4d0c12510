"""A workflow is simulated as it is drawn, that becomes a test, and a test that fails stops the publish."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import complaints
from tests.browser.test_overflow import CLIPPED, OUTSIDE, STEERING

KEY = "play_approval"
AT = f"/a/crm_ltc/design/workflows/{KEY}"


def words(en: str, zh: str) -> dict:
    return {"en": en, "zh": zh}


#: More than a tenth off goes to finance; a deadline brings what nobody decides there to an end.
DRAWN = {
    "label": words("Played approval", "演练审批"),
    "form": "quote",
    "enabled": False,
    "starts": [{"on": "button"}],
    "first": "size",
    "nodes": {
        "size": {
            "type": "branch",
            "label": words("By discount", "按折扣"),
            "kind": "exclusive",
            "branches": {
                "large": {"label": words("Large", "大额"), "when": "{discount} > 0.1", "next": "money"},
                "otherwise": {"label": words("Otherwise", "其他"), "next": "done"},
            },
        },
        "money": {
            "type": "approval",
            "label": words("Money looks", "财务审核"),
            "assignees": [{"by": "role", "role": "finance"}],
            "due": {"after": {"amount": 2, "unit": "days"}, "then": "reject"},
            "next": "done",
        },
        "done": {"type": "end", "label": words("Agreed", "已同意"), "result": "approved"},
    },
}


def without(people) -> None:
    draft = people.get("/apps/crm_ltc/draft")
    if KEY in draft["document"].get("workflows", {}):
        change = {"path": f"/workflows/{KEY}", "value": None}
        people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})


def put(people, workflow: dict) -> None:
    draft = people.get("/apps/crm_ltc/draft")
    change = {"path": f"/workflows/{KEY}", "value": workflow}
    people.patch("/apps/crm_ltc/draft", {"changes": [change], "revision": draft["revision"]})


@pytest.fixture
def admin(api):
    """The administrator's API, with the workflow in the draft; afterwards it is gone."""
    people = api("admin@example.com")
    without(people)
    put(people, DRAWN)
    yield people
    without(people)


def opened(open_page, path: str = AT, **how) -> Page:
    """A page of the administrator; what keeps a draft from being published is told by a refusal."""
    return open_page("admin@example.com", path, refusals={422}, **how)


def node(page: Page, key: str):
    return page.locator(f'.wd-node[data-key="{key}"]')


def panel(page: Page, name: str):
    return page.get_by_role("complementary", name=name)


def kept(page: Page, text) -> None:
    """What was changed on the page is in the draft; what takes the workflow out of it comes later."""
    expect(page.locator(".wd-toolbar").get_by_role("status")).to_have_text(text("flow.kept.kept"))


def begin(side, text, discount: str) -> None:
    side.get_by_label(text("play.made")).check()
    side.get_by_label("Overall discount").fill(discount)
    side.get_by_role("button", name=text("play.start"), exact=True).click()


def test_a_simulation_is_decided_step_by_step_and_becomes_a_test(open_page, admin, texts):
    text = texts("en")
    before = admin.records("quote", limit=1)
    page = opened(open_page)
    page.get_by_role("button", name=text("flow.stage.simulate")).click()
    side = panel(page, text("flow.stage.simulate"))
    begin(side, text, "30")
    now = side.get_by_role("region", name=text("play.now"))
    expect(now).to_contain_text("Waits at: Money looks")
    expect(node(page, "size")).to_contain_text(text("play.mark.done"))
    expect(node(page, "money")).to_contain_text(text("play.mark.current"))
    expect(node(page, "done")).to_contain_text(text("play.mark.expected"))
    expect(page.locator(".wf-edges path.taken")).to_have_count(2)

    # Time passes until the deadline; one step back it is as before.
    now.get_by_role("button", name="Let time pass").click()
    expect(now).to_contain_text("It has ended: Rejected")
    side.get_by_role("button", name=text("play.back")).click()
    expect(now).to_contain_text("Waits at: Money looks")

    now.get_by_role("button", name=": Approve").first.press("Enter")
    expect(now).to_contain_text("It has ended: Approved")
    expect(side.get_by_role("region", name=text("play.story"))).to_contain_text("“Money looks”: Approve")

    side.get_by_role("button", name=text("play.record")).click()
    tests = panel(page, text("flow.stage.tests"))
    expect(tests.get_by_role("region", name=text("play.test.result"))).to_contain_text(
        text("play.test.state.passes")
    )
    tests.get_by_label("What it shows (EN)").fill("30 % off goes to finance")
    tests.get_by_role("button", name=text("play.test.save")).click()
    expect(tests.locator("li.passes")).to_contain_text("30 % off goes to finance")
    kept(page, text)
    saved = admin.get("/apps/crm_ltc/draft")["document"]["workflows"][KEY]["tests"]
    assert saved == {
        "test": {
            "label": {"en": "30 % off goes to finance", "zh": "30 % off goes to finance"},
            "record": {"discount": 0.3},
            "decisions": [{"node": "money", "decision": "approve"}],
            "expect": {"path": ["money", "done"], "status": "approved"},
        }
    }
    assert admin.records("quote", limit=1) == before


#: Whoever is asked is reminded before his deadline.
REMINDED = {
    "after": {"amount": 2, "unit": "days"},
    "remind": [{"before": {"amount": 4, "unit": "hours"}}],
    "then": "reject",
}


def test_work_is_handed_on_asked_about_and_withdrawn_in_a_simulation_and_kept_as_a_test(
    open_page, admin, texts
):
    text = texts("en")
    nodes = {"money": DRAWN["nodes"]["money"] | {"due": REMINDED}, "done": DRAWN["nodes"]["done"]}
    put(admin, DRAWN | {"withdraw": "any_time", "first": "money", "nodes": nodes})
    page = opened(open_page)
    page.get_by_role("button", name=text("flow.stage.simulate")).click()
    side = panel(page, text("flow.stage.simulate"))
    side.get_by_label(text("play.made")).check()
    side.get_by_role("button", name=text("play.start"), exact=True).click()
    now = side.get_by_role("region", name=text("play.now"))
    story = side.get_by_role("region", name=text("play.story"))

    def more(name: str, entry: str) -> None:
        now.get_by_role("button", name=text("play.more", name=name)).click()
        page.get_by_role("menuitem", name=text(f"play.name.{entry}")).click()

    def choose(name: str, entry: str) -> None:
        form = now.get_by_role("form", name=text(f"play.name.{entry}"))
        form.get_by_role("combobox").fill(name)
        # One to hand over to is chosen with Enter, several stay open until Escape.
        page.get_by_role("option", name=re.compile(name)).first.click()
        form.get_by_role("button", name=text("play.take")).click()
        expect(form).to_have_count(0)

    more("Finn Finance", "reassign")
    choose("Mia Manager", "reassign")
    expect(now.get_by_role("group", name="Mia Manager")).to_be_visible()
    expect(now).to_contain_text("named by Finn Finance")
    more("Mia Manager", "ask")
    choose("Eve Executive", "ask")
    expect(now).to_contain_text("is asked by Mia Manager")
    now.get_by_role("button", name="Eve Executive: Answer").click()
    expect(story).to_contain_text("Eve Executive answers")

    # First the reminder comes by itself, then the deadline; one step back each.
    now.get_by_role("button", name="until the reminder").click()
    expect(story).to_contain_text("Reminder at “Money looks”")
    side.get_by_role("button", name=text("play.back")).click()
    now.get_by_role("button", name="until the deadline").click()
    expect(now).to_contain_text("It has ended: Rejected")
    expect(story).to_contain_text("Reminder at “Money looks”")
    side.get_by_role("button", name=text("play.back")).click()
    now.get_by_role("button", name=text("play.withdraw")).click()
    expect(now).to_contain_text("It has ended: Withdrawn")

    side.get_by_role("button", name=text("play.record")).click()
    result = panel(page, text("flow.stage.tests")).get_by_role("region", name=text("play.test.result"))
    expect(result).to_contain_text(text("play.test.state.passes"))
    kept(page, text)
    saved = admin.get("/apps/crm_ltc/draft")["document"]["workflows"][KEY]["tests"]["test"]
    assert saved["decisions"] == [
        {"node": "money", "decision": "reassign"},
        {"node": "money", "decision": "ask"},
        {"node": "money", "decision": "answer", "alone": True},
        {"node": "money", "decision": "withdraw"},
    ]
    assert saved["expect"] == {"path": ["money"], "status": "withdrawn"}


TESTED = DRAWN | {
    "tests": {
        "large": {
            "label": words("A large one is looked at", "大额须审核"),
            "record": {"discount": 0.3},
            "expect": {"path": ["money"], "status": "running"},
        }
    }
}


def test_a_test_that_goes_otherwise_stops_the_publish_and_is_mended(open_page, admin, texts):
    text = texts("en")
    broken = {**TESTED, "nodes": {**DRAWN["nodes"]}}
    size = DRAWN["nodes"]["size"]
    large = {**size["branches"]["large"], "when": "{discount} > 0.5"}
    broken["nodes"]["size"] = {**size, "branches": {**size["branches"], "large": large}}
    put(admin, broken)
    page = opened(open_page)
    page.get_by_role("button", name=text("design.draft.publish")).click()
    dialog = page.get_by_role("dialog", name=text("design.publish.title"))
    expect(dialog.get_by_text('Test "A large one is looked at"').first).to_be_visible()
    dialog.get_by_role("link", name="Played approval").first.click()
    expect(page).to_have_url(re.compile(r"\?test=large$"))
    tests = panel(page, text("flow.stage.tests"))
    result = tests.get_by_role("region", name=text("play.test.result"))
    expect(result).to_contain_text(text("play.test.state.fails"))
    # What was expected is right no longer: less than half may be given without a look.
    tests.get_by_label("Overall discount").fill("60")
    expect(result).to_contain_text(text("play.test.state.passes"))
    tests.get_by_role("button", name=text("play.test.save")).click()
    expect(tests.locator("li.passes")).to_have_count(1)
    kept(page, text)
    tests.get_by_role("button", name="More for the test").click()
    page.get_by_role("menuitem", name=text("play.test.show")).click()
    expect(node(page, "money")).to_contain_text(text("play.mark.current"))


def test_a_test_is_written_without_a_mouse(open_page, admin, texts):
    text = texts("en")
    page = opened(open_page)
    page.get_by_role("button", name=text("flow.stage.tests"), exact=True).press("Enter")
    tests = panel(page, text("flow.stage.tests"))
    tests.get_by_role("button", name=text("play.test.add")).press("Enter")
    tests.get_by_label("Overall discount").press("2")
    tests.get_by_role("button", name=text("play.test.addDecision")).press("Enter")
    result = tests.get_by_role("region", name=text("play.test.result"))
    expect(result).to_contain_text("Nobody is asked")
    tests.get_by_role("button", name=text("play.test.removeDecision", number=1)).press("Enter")
    expect(result).to_contain_text("Now it goes Agreed")
    result.get_by_role("button", name=text("play.test.takeOver")).press("Enter")
    tests.get_by_role("button", name=text("play.test.save")).press("Enter")
    expect(tests.locator("li.passes")).to_contain_text("goes to Agreed")
    kept(page, text)


@pytest.mark.parametrize("language, width, scheme", [("en", 1440, "light"), ("zh-CN", 390, "dark")])
def test_everybody_can_use_it_and_nothing_overflows(open_page, admin, texts, language, width, scheme):
    text = texts(language)
    put(admin, TESTED)
    page = opened(open_page, language=language, width=width, scheme=scheme)
    narrow = width < 960

    def side(name: str):
        return page.get_by_role("dialog", name=name) if narrow else panel(page, name)

    def looked_at() -> None:
        assert complaints(page) == []
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(CLIPPED, STEERING) == []

    simulate = text("flow.stage.simulate")
    page.get_by_role("button", name=simulate).click()
    field = "Overall discount" if language == "en" else "整单折扣率"
    side(simulate).get_by_label(text("play.made")).check()
    side(simulate).get_by_label(field).fill("30")
    looked_at()
    side(simulate).get_by_role("button", name=text("play.start"), exact=True).click()
    expect(side(simulate).locator(".wp-decisions").first).to_be_visible()
    looked_at()
    if narrow:
        side(simulate).get_by_role("button", name=text("ui.close")).click()
    tests = text("flow.stage.tests")
    page.get_by_role("button", name=tests, exact=True).click()
    expect(side(tests).locator("li.passes")).to_have_count(1)
    looked_at()
    side(tests).get_by_role(
        "button", name=TESTED["tests"]["large"]["label"][language[:2]], exact=True
    ).click()
    expect(side(tests).locator(".wp-now")).to_contain_text(text("play.test.state.passes"))
    looked_at()
