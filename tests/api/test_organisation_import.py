"""Departments and people from a file: checked as a whole first, then added and changed."""

import io
from typing import Any

import openpyxl
import pytest

CSV = "org.csv"


def send(client, content: str | bytes, *, name: str = CSV, **query: Any):
    data = content.encode() if isinstance(content, str) else content
    return client.call(
        "POST",
        "/organisation/import",
        data={"file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
        query_string=query,
    )


def run(client, content, **query) -> dict[str, Any]:
    """Import, after a dry run that changes nothing and counts the same."""
    before = client.get("/organisation"), client.get("/people", limit=500)
    status, tried = send(client, content, dry_run="true", **query)
    assert status == 200, tried
    assert (client.get("/organisation"), client.get("/people", limit=500)) == before
    status, done = send(client, content, **query)
    assert status == 200, done
    assert {**done, "dry_run": True} == tried
    return done


def counts(done) -> tuple[int, int, int]:
    return done["added"], done["changed"], done["unchanged"]


def tree(client) -> list[str]:
    """The paths of the open departments, in their order."""
    found = {one["id"]: one for one in client.get("/organisation")[1]["departments"] if one["active"]}

    def path(one) -> str:
        above = found.get(one["parent_id"])
        return f"{path(above)} / {one['name']}" if above else one["name"]

    return [path(one) for one in found.values()]


def person(client, email) -> dict[str, Any]:
    [found] = client.get("/people", search=email)[1]["people"]
    return found


def told(problem) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in problem["issues"]]


DEPARTMENTS = "department,below,heads\nCompany,,\nNorth,Company,\nCompany / South / East,,\n"


def test_departments_are_made_with_what_is_above_them(admin):
    done = run(admin, DEPARTMENTS)
    assert (done["kind"], counts(done)) == ("departments", (4, 0, 0))
    assert done["names"] == ["Company", "Company / North", "Company / South", "Company / South / East"]
    assert sorted(tree(admin)) == sorted(done["names"])
    assert counts(run(admin, DEPARTMENTS)) == (0, 0, 3)
    assert counts(run(admin, "部门,上级部门\nwest,COMPANY > south\n")) == (1, 0, 0)
    assert "Company / South / west" in tree(admin)


def test_heads_are_named_by_address_or_name(admin, shop, sales, manager):
    run(admin, DEPARTMENTS)
    text = f"department,heads\nNorth,{shop.email('sales')}; Manager\nWest,Sales <{shop.email('sales')}>\n"
    done = run(admin, text)
    assert (counts(done), done["heads"]) == ((1, 1, 0), 2)
    heads = {one["name"]: one["head_ids"] for one in admin.get("/organisation")[1]["departments"]}
    me, boss = sales.me["user"]["id"], manager.me["user"]["id"]
    assert (heads["North"], heads["West"]) == ([me, boss], [me])
    assert counts(run(admin, text)) == (0, 0, 2)


def test_people_come_with_their_places_and_managers_of_the_same_file(admin, shop):
    run(admin, DEPARTMENTS)
    text = (
        "姓名,邮箱,部门,负责部门,直属上级,角色,语言,工号\n"
        f"Ann,ann@{shop.workspace_key}.example,North;South / East,,Bea,销售,zh-CN,7\n"
        f"Bea,bea@{shop.workspace_key}.example,Company,North,,manager,English,8\n"
    )
    done = run(admin, text)
    assert (done["kind"], counts(done), done["heads"], done["ignored"]) == ("people", (2, 0, 0), 1, ["工号"])
    ann, bea = (person(admin, f"{name}@{shop.workspace_key}.example") for name in ("ann", "bea"))
    ids = {one["name"]: one for one in admin.get("/organisation")[1]["departments"]}
    assert ann["department_ids"] == [ids["North"]["id"], ids["East"]["id"]]
    assert (ann["manager_id"], ann["roles"], ann["state"]) == (bea["id"], ["sales"], "invited")
    assert (bea["roles"], ids["North"]["head_ids"]) == (["manager"], [bea["id"]])
    assert counts(run(admin, text)) == (0, 0, 2)
    _, log = admin.get("/audit", kind="organisation_imported")
    assert [one["after"]["added"] for one in log["entries"]] == [0, 2, 4]
    _, log = admin.get("/audit", kind="user_added")
    assert {"Ann", "Bea"} <= {one["subject"] for one in log["entries"]}


def test_people_who_are_here_change_and_blank_cells_leave_things_alone(admin, shop, sales):
    run(admin, DEPARTMENTS)
    email = shop.email("sales")
    assert counts(run(admin, f"email,name,departments\n{email.upper()},Sally,North\n")) == (0, 1, 0)
    changed = person(admin, email)
    assert (changed["name"], changed["roles"], len(changed["department_ids"])) == ("Sally", ["sales"], 1)
    assert counts(run(admin, f"email,name,departments,roles\n{email},,,guest\n")) == (0, 1, 0)
    again = person(admin, email)
    assert (again["name"], again["roles"]) == ("Sally", ["guest"])
    assert again["department_ids"] == changed["department_ids"]


def test_a_workbook_is_read_like_a_file(admin, shop):
    book = openpyxl.Workbook()
    for row in (("E-mail", "Name"), (f"cas@{shop.workspace_key}.example", "Cas")):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert counts(run(admin, content.getvalue(), name="people.xlsx")) == (1, 0, 0)


def test_new_people_are_invited_when_that_is_wanted(admin, shop):
    email = f"dee@{shop.workspace_key}.example"
    assert run(admin, f"email,name\n{email},Dee\n", invite="true")["invited"] == 1
    [mail] = [one for one in admin.get("/mails")[1]["mails"] if one["address"] == email]
    assert mail["kind"] == "invitation"
    assert run(admin, f"email,name\n{email},Dee\n", invite="true")["invited"] == 0


def test_every_problem_is_told_by_row_and_nothing_is_changed(admin, shop, sales, other):
    run(admin, DEPARTMENTS)
    left = shop.email("other")
    admin.post(f"/users/{other.me['user']['id']}/deactivate", {})
    text = (
        "email,name,departments,head of,manager,roles,language\n"
        "nowhere,No,,,,,\n"
        "new@x.example,,,,,,\n"
        f"{left},Left,,,,,\n"
        "one@x.example,One,Nort,Nowhere,nobody,sale,fr\n"
        "two@x.example,Two,,,three@x.example,,\n"
        "three@x.example,Three,,,Two,,\n"
        "two@x.example,Again,,,,,\n"
        "ok@x.example,Fine,North,,,,\n"
    )
    before = admin.get("/people", limit=500)
    status, problem = send(admin, text)
    assert status == 422
    assert sorted(told(problem)) == sorted(
        [
            ("/rows/2/email", "not_an_email"),
            ("/rows/3/name", "not_a_name"),
            ("/rows/4/email", "organisation_person_left"),
            ("/rows/5/departments", "organisation_unknown_department"),
            ("/rows/5/head_of", "organisation_unknown_department"),
            ("/rows/5/manager", "organisation_unknown_person"),
            ("/rows/5/roles", "organisation_unknown_role"),
            ("/rows/5/language", "not_offered"),
            ("/rows/6/manager", "manager_circle"),
            ("/rows/7/manager", "manager_circle"),
            ("/rows/8/email", "given_twice"),
        ]
    )
    [message] = [one["message"] for one in problem["issues"] if one["path"] == "/rows/5/departments"]
    assert "North" in message
    assert admin.get("/people", limit=500) == before


@pytest.mark.parametrize(
    "text, problems",
    [
        ("colour\nred\n", [("/file", "organisation_no_columns")]),
        ("department,heads\nA,nobody\n", [("/rows/2/heads", "organisation_unknown_person")]),
        ("department\nB\nb\n", [("/rows/3/path", "given_twice")]),
        ("department,below\n,A\n", [("/rows/2/path", "not_a_name")]),
        ("department\n" + " / ".join("abcdefghijklm") + "\n", [("/rows/2/path", "departments_too_deep")]),
        ("department\n" + "x" * 101 + "\n", [("/rows/2/path", "not_a_name")]),
    ],
)
def test_a_wrong_file_of_departments_changes_nothing(admin, text, problems):
    before = tree(admin)
    status, problem = send(admin, text)
    assert (status, told(problem)) == (422, problems)
    assert tree(admin) == before


def test_templates_have_the_columns_that_an_import_knows(admin, shop):
    status, people = admin.get("/organisation/template", kind="people")
    assert status == 200
    assert people.strip().lstrip("\ufeff") == "E-mail,Name,Departments,Head of,Manager,Roles,Language"
    done = run(admin, people + f"eve@{shop.workspace_key}.example,Eve\n")
    assert (counts(done), done["ignored"]) == ((1, 0, 0), [])
    _, departments = admin.get("/organisation/template", kind="departments")
    assert counts(run(admin, departments + "Lab\n")) == (1, 0, 0)


def test_only_administrators_import_the_organisation(manager, admin):
    assert send(manager, DEPARTMENTS)[0] == 403
    assert manager.get("/organisation/template")[0] == 403
    status, problem = admin.call("POST", "/organisation/import", data={}, content_type="multipart/form-data")
    assert (status, told(problem)) == (422, [("/file", "member_required")])
