"""Decisions are signed: by mouse, finger and keys; alone and several at once; kept only for whom asks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import eventually
from tests.browser.test_accessibility import complaints
from tests.browser.test_tasks import open_task, path, stop, task, tasks

EXECUTIVE = "executive@example.com"
INKED = re.compile(r"^M\d+ \d+L")


@pytest.fixture
def contract(api):
    """`contract("Name")`: one so large that an executive has to sign, which waits for him."""
    sales, admin, made = api("sales@example.com"), api(), []

    def make(name: str) -> dict:
        account = sales.create("account", name=name)
        deal = sales.create("opportunity", name=name, account=account["id"], expected_close="2027-03-01")
        one = sales.create(
            "contract", name=name, account=account["id"], opportunity=deal["id"], amount=1_500_000
        )
        made.append((account, deal, one))
        sales.post(f"{path('contract', one)}/workflow", {"workflow": "contract_approval"})
        for email in ("manager@example.com", "finance@example.com"):
            person = api(email)
            [mine] = [
                entry for entry in todo(person) if entry["record"] == {"id": one["id"], "title": one["title"]}
            ]
            person.post(f"/tasks/{mine['id']}/decision", {"decision": "approve"})
        return one

    yield make
    for account, deal, one in made:
        stop(admin, "contract", one)
        for form, record in (("contract", one), ("opportunity", deal), ("account", account)):
            admin.delete(path(form, record))


@pytest.fixture
def executive(api):
    """The executive, who keeps no signature from an earlier test and none for a later one."""
    person = api(EXECUTIVE)
    forget(person)
    yield person
    forget(person)


def forget(person) -> None:
    if person.get("/me/signature")["signature"]:
        person.delete("/me/signature")


def todo(person) -> list:
    return person.get("/tasks", form="contract", limit="200")["tasks"]


def signatures(api, record: dict) -> list:
    """What the history of a contract's run says about signatures, of those that decided."""
    [run] = api().get(f"{path('contract', record)}/workflow")["instances"]
    return [step["signature"] for step in run["steps"] if step["event"] == "decided"]


def asked_to_approve(page: Page, name: str, text) -> None:
    open_task(page, name)
    task(page).get_by_role("button", name="Approve" if text("ui.cancel") == "Cancel" else "同意").click()
    expect(page.get_by_role("dialog").get_by_role("group", name=text("signature.how"))).to_be_visible()


def stroke(page: Page, *points: tuple[float, float]) -> None:
    """Draw with the mouse from point to point, each in parts of the box."""
    box = page.get_by_role("dialog").locator(".signature-pad > svg").bounding_box()
    for number, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_decision_is_signed_with_the_mouse(open_page, api, texts, contract, executive, language):
    text = texts(language)
    name = f"Signed {language}"
    made = contract(name)
    page = open_page(EXECUTIVE, "/tasks", language=language)
    asked_to_approve(page, name, text)
    dialog = page.get_by_role("dialog")
    send = dialog.locator("footer .ant-btn-primary")
    ink = dialog.locator(".signature-pad > svg path")
    expect(send).to_be_disabled()
    # A slip of the pen is no signature.
    stroke(page, (0.5, 0.5), (0.501, 0.5))
    expect(ink).to_have_count(1)
    expect(send).to_be_disabled()
    dialog.get_by_role("button", name=text("signature.clear")).click()
    expect(ink).to_have_count(0)
    stroke(page, (0.1, 0.6), (0.2, 0.2), (0.3, 0.7), (0.5, 0.4))
    stroke(page, (0.6, 0.5), (0.8, 0.45))
    expect(ink).to_have_count(2)
    assert complaints(page) == []
    dialog.get_by_role("button", name=text("signature.undo")).click()
    expect(ink).to_have_count(1)
    expect(send).to_be_enabled()
    send.click()
    expect(dialog).to_be_hidden()
    eventually(lambda: len(signatures(api, made)), 3)
    *others, signed = signatures(api, made)
    assert others == [None, None]
    assert INKED.match(signed["drawn"])
    assert executive.get("/me/signature") == {"signature": None}
    # Whoever reads the history of the contract reads it.
    seller = open_page("sales@example.com", f"/a/crm_ltc/contract/{made['id']}", language=language)
    seller.get_by_role("tab", name=text("record.workflow")).click()
    who = executive.get("/session")["user"]["name"]
    expect(seller.get_by_role("img", name=text("signature.of", name=who))).to_be_visible()


def test_a_finger_signs_on_a_phone_and_asks_to_keep_it(open_page, api, texts, contract, executive):
    text = texts("en")
    made = contract("Signed by finger")
    page = open_page(EXECUTIVE, "/tasks", width=390, scheme="dark")
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    asked_to_approve(page, "Signed by finger", text)
    dialog = page.get_by_role("dialog")
    box = dialog.locator(".signature-pad > svg").bounding_box()
    for kind, points in (("touchStart", [(30, 50)]), ("touchMove", [(120, 20)]), ("touchEnd", [])):
        at = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    expect(dialog.locator(".signature-pad > svg path")).to_have_count(1)
    # It is legible in the dark, and nothing is wider than the screen.
    ink, paper = (
        dialog.locator(place).evaluate(f"one => getComputedStyle(one).{style}")
        for place, style in (
            (".signature-pad > svg path", "stroke"),
            (".signature-pad > svg", "backgroundColor"),
        )
    )
    assert light(ink) - light(paper) > 120
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert complaints(page) == []
    dialog.get_by_role("checkbox", name=text("signature.keep")).check()
    dialog.locator("footer .ant-btn-primary").click()
    expect(dialog).to_be_hidden()
    eventually(lambda: len(signatures(api, made)), 3)
    kept = {"signature": signatures(api, made)[-1]}
    eventually(lambda: executive.get("/me/signature"), kept)
    # It is there for the next time, and deleted on one's own page.
    again = contract("Signed again")
    second = open_page(EXECUTIVE, "/tasks")
    asked_to_approve(second, "Signed again", text)
    second.get_by_role("dialog").get_by_role("button", name=text("signature.mode.kept")).click()
    second.get_by_role("dialog").locator("footer .ant-btn-primary").click()
    expect(second.get_by_role("dialog")).to_be_hidden()
    eventually(lambda: signatures(api, again)[2:], [kept["signature"]])
    second.goto("/account")
    mine = second.get_by_role("region", name=text("signature.kept"))
    expect(mine.get_by_role("img")).to_be_visible()
    mine.get_by_role("button", name=text("signature.forget")).click()
    second.get_by_role("dialog").get_by_role("button", name=text("ui.delete")).click()
    expect(mine.get_by_text(text("signature.noneHelp"))).to_be_visible()
    assert executive.get("/me/signature") == {"signature": None}
    assert signatures(api, again)[2:] == [kept["signature"]]


def light(color: str) -> float:
    """How light a colour is, 0 to 255."""
    return sum(int(part) for part in re.findall(r"\d+", color)[:3]) / 3


def test_a_name_is_typed_without_a_mouse(open_page, api, texts, contract, executive):
    text = texts("en")
    made = contract("Signed by keys")
    page = open_page(EXECUTIVE, "/tasks")
    open_task(page, "Signed by keys")
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    typing = dialog.get_by_role("button", name=text("signature.mode.type"))
    expect(typing).to_be_visible()
    for _ in range(12):
        if typing.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("textbox", name=text("signature.name"))).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_visible()
    page.keyboard.type("Xu Lan")
    expect(dialog.get_by_text(text("signature.wasTyped"), exact=True)).to_be_visible()
    assert complaints(page) == []
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    eventually(lambda: signatures(api, made), [None, None, {"typed": "Xu Lan"}])


def test_several_are_signed_with_one_signature(open_page, api, texts, contract, executive):
    text = texts("en")
    made = [contract("Batch one"), contract("Batch two")]
    page = open_page(EXECUTIVE, "/tasks")
    for name in ("Batch one", "Batch two"):
        tasks(page).get_by_role("listitem").filter(has_text=name).get_by_role("checkbox").check()
    tasks(page).get_by_role("toolbar").get_by_role("button", name=text("tasks.decision.approve")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(text("signature.forAll_other", count=2, all=2))).to_be_visible()
    send = dialog.locator("footer .ant-btn-primary")
    expect(send).to_be_disabled()
    stroke(page, (0.1, 0.6), (0.2, 0.2), (0.3, 0.7), (0.5, 0.4))
    send.click()
    expect(dialog).to_be_hidden()
    eventually(lambda: [len(signatures(api, one)) for one in made], [3, 3])
    first, second = (signatures(api, one)[-1] for one in made)
    assert INKED.match(first["drawn"])
    assert first == second
