"""axe-core on every kind of page, in light and dark, with what opens over it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

HERE = Path(__file__).parent
AXE = HERE.parents[1] / "designer_ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Rule by rule: selectors of elements it may complain about, each with the reason.
EXCEPTIONS = json.loads((HERE / "accessibility_exceptions.json").read_text(encoding="utf-8"))
ACCOUNTS = HERE.parents[1] / "suites" / "demo" / "accounts.csv"


def show_sign_in(page: Page) -> None:
    expect(page.get_by_role("button", name="finance@example.com")).to_be_visible()


#: What a browser does when somebody pastes a text.
PASTE = """(text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def show_list(page: Page) -> None:
    expect(page.get_by_role("grid").get_by_role("row").nth(3)).to_be_visible()
    expect(page.locator('[aria-busy="true"]')).to_have_count(0)


def show_refused_cells(page: Page) -> None:
    show_list(page)
    grid = page.get_by_role("grid")
    expect(grid).to_have_accessible_description(re.compile("Ctrl\\+V"))
    grid.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.evaluate(PASTE, "many")
    expect(page.get_by_role("dialog")).to_be_visible()


def show_filter(page: Page) -> None:
    show_list(page)
    page.locator(".list-tool").first.click()
    page.locator(".filter-add button").first.click()
    expect(page.locator(".filter-row")).to_be_visible()


def show_board(page: Page) -> None:
    expect(page.locator(".kanban-card").first).to_be_visible()
    expect(page.locator(".j-skeleton")).to_have_count(0)


def show_calendar(page: Page) -> None:
    expect(page.locator(".cal-entry, .cal-line").first).to_be_visible()
    expect(page.locator('.calendar[aria-busy="true"]')).to_have_count(0)


def show_cards(page: Page) -> None:
    expect(page.locator(".gallery-card").first).to_be_visible()


def show_tree(page: Page) -> None:
    tree = page.get_by_role("treegrid")
    tree.get_by_role("row").filter(has_text="Acme Corporation").locator(".tree-toggle").click()
    expect(tree.locator('[aria-level="2"]').first).to_be_visible()


def show_tree_menu(page: Page) -> None:
    row = page.get_by_role("treegrid").get_by_role("row").filter(has_text="Acme Corporation")
    row.locator('[aria-haspopup="menu"]').click()
    expect(row.get_by_role("menu")).to_be_visible()


def show_entry(page: Page) -> None:
    show_calendar(page)
    page.locator(".cal-entry > button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def show_record(page: Page) -> None:
    expect(page.locator(".history li").first).to_be_visible()


def show_paper(page: Page) -> None:
    expect(page.get_by_role("article").get_by_role("heading", level=1)).to_be_visible()


def show_record_menu(page: Page) -> None:
    show_record(page)
    page.locator(".record-actions [aria-haspopup=menu]").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()


def show_form(page: Page) -> None:
    expect(page.locator('[data-field="contact_name"] input')).to_be_visible()


def show_refused_form(page: Page) -> None:
    show_form(page)
    page.keyboard.press("Control+s")
    expect(page.locator(".form-issue").first).to_be_visible()


def show_palette(page: Page) -> None:
    show_list(page)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("gtx")
    expect(page.get_by_role("option").nth(2)).to_be_visible()


def show_columns_of_file(page: Page) -> None:
    page.locator('input[type="file"]').set_input_files(ACCOUNTS)
    expect(page.locator(".import-row").nth(3)).to_be_visible()


def show_values_of_file(page: Page) -> None:
    show_columns_of_file(page)
    page.locator(".import-actions .ant-btn-primary").click()
    expect(page.locator(".import-value").first).to_be_visible()


def show_dry_run(page: Page) -> None:
    show_values_of_file(page)
    page.locator(".import-actions .ant-btn-primary").click()
    expect(page.locator(".import-counts")).to_be_visible()


def show_imports(page: Page) -> None:
    expect(page.locator(".j-skeleton")).to_have_count(0)


def show_formulas(page: Page) -> None:
    expect(page.locator(".formula-row .x-chip").first).to_be_visible()


def show_workflow(page: Page) -> None:
    expect(page.locator(".wd-node, .wd-step").first).to_be_visible()


def show_workflow_test(page: Page) -> None:
    show_workflow(page)
    expect(page.locator(".wp-now .j-tag")).to_be_visible()


def show_formula(page: Page) -> None:
    expect(page.locator(".x-code .x-chip").first).to_be_visible()
    expect(page.locator(".x-steps tbody tr").first).to_be_visible()


def show_suggestions(page: Page) -> None:
    show_formula(page)
    page.locator(".cm-content").fill("ROUND({wrong}, 1) + ")
    expect(page.locator(".x-wrong")).to_be_visible()
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option").nth(3)).to_be_visible()


def show_recipes(page: Page) -> None:
    show_formula(page)
    page.locator(".formula-tools button").first.click()
    expect(page.get_by_role("dialog").get_by_role("radio").nth(3)).to_be_visible()


def show_filter_text(page: Page) -> None:
    show_list(page)
    page.locator(".list-tool").first.click()
    page.locator(".list-panel-head .ant-btn-link").first.click()
    expect(page.locator(".x-code .x-chip").first).to_be_visible()


def show_people(page: Page) -> None:
    expect(page.locator(".set-person").nth(3)).to_be_visible()


def show_person(page: Page) -> None:
    show_people(page)
    page.locator(".set-person").nth(1).click()
    expect(page.get_by_role("dialog").locator(".set-access")).to_be_visible()


def show_external(page: Page) -> None:
    expect(page.locator(".set-lead")).to_be_visible()
    expect(page.locator(".settings-page .j-skeleton")).to_have_count(0)


def show_handover(page: Page) -> None:
    show_person(page)
    page.locator(".set-access .ant-btn").last.click()
    expect(page.locator(".handover li").nth(1)).to_be_visible()


def show_import_of_people(page: Page) -> None:
    show_people(page)
    page.locator(".set-head .actions .ant-btn").first.click()
    expect(page.get_by_role("dialog").locator('input[type="file"]')).to_be_attached()


def show_departments(page: Page) -> None:
    expect(page.get_by_role("treeitem").nth(3)).to_be_visible()
    expect(page.locator(".set-person").first).to_be_visible()


def show_roles(page: Page) -> None:
    expect(page.get_by_role("row").nth(2)).to_be_visible()


def show_groups(page: Page) -> None:
    expect(page.locator(".perm-matrix .perm-check").first).to_be_visible()
    expect(page.locator(".j-skeleton")).to_have_count(0)


def show_group_people(page: Page) -> None:
    show_groups(page)
    page.locator(".perm-people button").first.click()
    expect(page.get_by_role("dialog").get_by_role("combobox").first).to_be_visible()


def show_effect(page: Page) -> None:
    show_groups(page)
    page.locator("#perm-effect ~ div button").click()
    expect(page.locator(".perm-effects table")).to_be_visible()


def show_year(page: Page) -> None:
    expect(page.locator("[data-day]").first).to_be_visible()


def show_hint(page: Page) -> None:
    show_form(page)
    page.locator('.form-page [data-field="company"] input').fill("Acme Corporation")
    expect(page.locator(".duplicate-hint li")).to_be_visible()


def show_duplicates(page: Page) -> None:
    page.locator('.form-page [data-field="name"] input').fill("Acme Corporation Ltd.")
    # Its words have to be there before the question is.
    expect(page.locator(".duplicate-hint li")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog").locator(".duplicates li")).to_be_visible()


def show_conversion(page: Page) -> None:
    path = "/api/v1/apps/crm_ltc/forms/lead/records"
    found = page.request.get(path, params={"filter": '{status} = "following"', "limit": 1, "fields": "id"})
    page.goto(f"/a/crm_ltc/lead/{found.json()['records'][0]['id']}?convert=convert")
    expect(page.get_by_role("dialog").locator(".convert-part").nth(1)).to_be_visible()


def show_batch_edit(page: Page) -> None:
    show_list(page)
    page.get_by_role("grid").get_by_role("checkbox").first.check()
    page.locator(".list-selection").get_by_role("button", name=re.compile("^(Edit|批量修改)$")).click()
    expect(page.get_by_role("dialog").get_by_role("combobox").first).to_be_visible()


def show_export(page: Page) -> None:
    expect(page.locator(".list-more")).to_be_visible()
    page.locator(".list-more").click()
    page.get_by_role("menuitem", name=re.compile("CSV$")).click()
    expect(page.get_by_role("dialog").locator("progress")).to_be_visible()


def show_files(page: Page) -> None:
    expect(page.locator(".files-add")).to_be_visible()


def show_lines(page: Page) -> None:
    lines = page.locator('.form-page [data-field="lines"]')
    expect(lines).to_be_visible()
    lines.get_by_role("button").first.click()
    expect(lines.get_by_role("gridcell").first).to_be_visible()


def show_bin(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".j-skeleton")).to_have_count(0)


def show_task(page: Page) -> None:
    page.locator(".tasks-link").first.click()
    expect(page.locator(".task-bar")).to_be_visible()


def show_decision(page: Page) -> None:
    show_task(page)
    page.locator(".task-bar .ant-btn-primary").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def show_diagram(page: Page) -> None:
    show_task(page)
    page.locator(".progress-modes button").last.click()
    expect(page.locator(".wf-card").first).to_be_visible()


PAGES = {
    "sign-in": (None, "/signin", show_sign_in),
    "list": ("manager@example.com", "/a/crm_ltc/lead?view=all", show_list),
    "grouped list": ("manager@example.com", "/a/crm_ltc/product?view=by_series", lambda page: None),
    "refused cells": (
        "manager@example.com",
        "/a/crm_ltc/account?view=all&columns=name,employees",
        show_refused_cells,
    ),
    "filter": ("manager@example.com", "/a/crm_ltc/account?view=all", show_filter),
    "board": ("manager@example.com", "/a/crm_ltc/opportunity?view=pipeline", show_board),
    "calendar of closings": ("manager@example.com", "/a/crm_ltc/opportunity?view=closings", show_calendar),
    "calendar entry": ("manager@example.com", "/a/crm_ltc/opportunity?view=closings", show_entry),
    "calendar of a week": ("manager@example.com", "/a/crm_ltc/follow_up?view=plan&q.owner=-", show_calendar),
    "agenda": ("manager@example.com", "/a/crm_ltc/opportunity?view=closings&mode=agenda", show_calendar),
    "cards": ("manager@example.com", "/a/crm_ltc/product?view=all&as=gallery", show_cards),
    "tree": ("manager@example.com", "/a/crm_ltc/account?view=groups", show_tree),
    "tree menu": ("manager@example.com", "/a/crm_ltc/account?view=groups", show_tree_menu),
    "record": ("manager@example.com", "/a/crm_ltc/opportunity/1", show_record),
    "record on paper": ("manager@example.com", "/a/crm_ltc/account/1/print", show_paper),
    "record menu": ("manager@example.com", "/a/crm_ltc/account/1", show_record_menu),
    "form": ("manager@example.com", "/a/crm_ltc/lead/new", show_form),
    "refused form": ("manager@example.com", "/a/crm_ltc/lead/new", show_refused_form),
    "search": ("manager@example.com", "/a/crm_ltc/product", show_palette),
    "import": ("manager@example.com", "/a/crm_ltc/account/import", show_columns_of_file),
    "import values": ("manager@example.com", "/a/crm_ltc/account/import", show_values_of_file),
    "dry run": ("manager@example.com", "/a/crm_ltc/account/import", show_dry_run),
    "imports": ("manager@example.com", "/a/crm_ltc/-/imports", show_imports),
    "filter as text": (
        "manager@example.com",
        "/a/crm_ltc/account?view=all&filter={employees} > 100",
        show_filter_text,
    ),
    "formulas": ("admin@example.com", "/a/crm_ltc/design/formulas", show_formulas),
    "formula": ("admin@example.com", "/a/crm_ltc/design/formulas/account/won_amount", show_formula),
    "suggestions": ("admin@example.com", "/a/crm_ltc/design/formulas/account/won_amount", show_suggestions),
    "recipes": ("admin@example.com", "/a/crm_ltc/design/formulas/account/won_amount", show_recipes),
    "workflows": ("admin@example.com", "/a/crm_ltc/design/workflows", show_bin),
    "workflow": ("admin@example.com", "/a/crm_ltc/design/workflows/quote_approval", show_workflow),
    "test of a workflow": (
        "admin@example.com",
        "/a/crm_ltc/design/workflows/contract_approval?test=large",
        show_workflow_test,
    ),
    "permissions": ("admin@example.com", "/a/crm_ltc/design/permissions", show_bin),
    "upgrade": ("admin@example.com", "/a/crm_ltc/design/upgrade", show_bin),
    "groups": ("admin@example.com", "/a/crm_ltc/design/permissions/account", show_groups),
    "people of a group": ("admin@example.com", "/a/crm_ltc/design/permissions/account", show_group_people),
    "who is shown what": ("admin@example.com", "/a/crm_ltc/design/visibility", show_bin),
    "effect of groups": ("admin@example.com", "/a/crm_ltc/design/permissions/lead_pool", show_effect),
    "people": ("admin@example.com", "/settings/people", show_people),
    "person": ("admin@example.com", "/settings/people", show_person),
    "handover": ("admin@example.com", "/settings/people", show_handover),
    "import of people": ("admin@example.com", "/settings/people", show_import_of_people),
    "departments": ("admin@example.com", "/settings/organisation", show_departments),
    "roles": ("admin@example.com", "/settings/roles", show_roles),
    "administrators": ("admin@example.com", "/settings/administrators", show_bin),
    "passwords": ("admin@example.com", "/settings/security", show_bin),
    "external organisations": ("admin@example.com", "/settings/external", show_external),
    "audit": ("admin@example.com", "/settings/audit", show_roles),
    "calendar": ("admin@example.com", "/settings/calendar?year=2026", show_year),
    "forgotten password": (None, "/forgot", lambda page: None),
    "API keys": ("admin@example.com", "/settings/api-keys", show_bin),
    "mails": ("admin@example.com", "/settings/mails", show_bin),
    "webhooks": ("admin@example.com", "/settings/webhooks", show_bin),
    "account": ("manager@example.com", "/account", show_bin),
    "duplicate hint": ("manager@example.com", "/a/crm_ltc/lead/new", show_hint),
    "duplicates": ("manager@example.com", "/a/crm_ltc/account/new", show_duplicates),
    "conversion": ("manager@example.com", "/a/crm_ltc/lead", show_conversion),
    "batch edit": ("manager@example.com", "/a/crm_ltc/account?view=all", show_batch_edit),
    "changed together": ("manager@example.com", "/a/crm_ltc/account/batches", show_bin),
    "export": ("manager@example.com", "/a/crm_ltc/lead?view=all", show_export),
    "files": ("manager@example.com", "/a/crm_ltc/account/1?tab=all-files", show_files),
    "form with lines": ("manager@example.com", "/a/crm_ltc/quote/new", show_lines),
    "tasks": ("manager@example.com", "/tasks", lambda page: None),
    "task": ("manager@example.com", "/tasks", show_task),
    "start of a workflow": ("sales@example.com", "/tasks/start", lambda page: None),
    "decision": ("manager@example.com", "/tasks", show_decision),
    "diagram of a task": ("manager@example.com", "/tasks", show_diagram),
    "durations": ("admin@example.com", "/a/crm_ltc/-/workflows/durations", show_bin),
    "running workflows": ("admin@example.com", "/a/crm_ltc/-/workflows", show_bin),
    "run of a workflow": ("admin@example.com", "/tasks/runs/1", show_bin),
    "notifications": ("manager@example.com", "/notifications", show_bin),
    "recycle bin": ("manager@example.com", "/a/crm_ltc/account/bin", show_bin),
}


def complaints(page: Page) -> list[str]:
    """What axe finds serious or critical, one line per element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async (rules) => (await axe.run(document, { runOnly: rules })).violations", RULES)
    lines = []
    for rule in found:
        allowed = [one["selector"] for one in EXCEPTIONS.get(rule["id"], [])]
        for node in rule["nodes"]:
            target = str(node["target"][-1])
            if rule["impact"] in ("serious", "critical") and not any(one in target for one in allowed):
                lines.append(f"{rule['id']}: {target}: {node['html'][:160]}: {node['failureSummary'][:300]}")
    return lines


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_is_found(open_page, name, scheme):
    email, path, show = PAGES[name]
    language = "en" if scheme == "light" else "zh-CN"
    page = open_page(email, path, scheme=scheme, language=language, refusals={409, 422})
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    show(page)
    assert complaints(page) == []


@pytest.mark.parametrize(
    "name", ["list", "board", "record", "form", "import", "formulas", "formula", "groups", "tasks", "task"]
)
def test_nothing_serious_is_found_on_a_phone(open_page, name):
    email, path, show = PAGES[name]
    page = open_page(email, path, width=390, language="zh-CN", scheme="dark", refusals={422})
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    if name not in ("list", "record"):
        show(page)
    assert complaints(page) == []
