"""The working calendar: kept by administrators, imported from files, followed by formulas at once."""

import io
import json
from typing import Any

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.formulas import recompute_jobs

HOLIDAYS = "日期,类型,名称\n2026-10-01,休,国庆节\n2026/10/2,休,国庆节\n2026-10-10,班,国庆节调休\n"


def send(client, text: str | bytes, **query: Any):
    content = text.encode() if isinstance(text, str) else text
    return client.call(
        "POST",
        "/calendar/import",
        data={"file": (io.BytesIO(content), "days.csv")},
        content_type="multipart/form-data",
        query_string=query,
    )


def days_of(client):
    _, calendar = client.get("/calendar")
    return {one["day"]: (one["working"], one["name"]) for one in calendar["days"]}


def value(client, formula):
    status, answer = client.post("/formulas/evaluate", {"formula": formula})
    assert status == 200, answer
    return answer["value"] if isinstance(answer["value"], str) else int(answer["value"])


def test_the_week_and_single_days_can_be_changed(admin, sales):
    _, calendar = sales.get("/calendar")
    assert (calendar["weekdays"], calendar["days"]) == ([1, 2, 3, 4, 5], [])
    changes = {
        "weekdays": [7, 1, 2, 3, 4],
        "days": [
            {"day": "2026-01-01", "working": False, "name": " New year "},
            {"day": "2026-01-02", "working": True},
        ],
    }
    status, calendar = admin.patch("/calendar", changes)
    assert (status, calendar["weekdays"]) == (200, [1, 2, 3, 4, 7])
    assert days_of(sales) == {"2026-01-01": (False, "New year"), "2026-01-02": (True, "")}
    assert value(sales, "NETWORKDAYS(DATE(2026, 1, 1), DATE(2026, 1, 4))") == 2
    assert value(sales, "WORKDAY(DATE(2025, 12, 31), 1)") == "2026-01-02"
    assert value(sales, "NETWORKDAYS(DATE(2026, 1, 1), DATE(2026, 1, 4), DATE(2026, 1, 2))") == 1
    admin.patch("/calendar", {"remove": ["2026-01-01", "2026-05-05"]})
    assert days_of(sales) == {"2026-01-02": (True, "")}


def test_every_problem_is_told_at_once_and_nothing_is_changed(admin):
    status, problem = admin.patch(
        "/calendar",
        {
            "weekdays": [],
            "days": [
                {"day": "2026-02-30", "working": False},
                {"day": "20260101", "working": False},
                {"day": "2026-01-01", "working": False, "name": "x" * 101},
                {"day": "2026-01-01", "working": True},
            ],
            "remove": ["never"],
        },
    )
    assert status == 422
    assert {issue["path"]: issue["code"] for issue in problem["issues"]} == {
        "/weekdays": "calendar_weekdays",
        "/days/0/day": "calendar_not_a_day",
        "/days/1/day": "calendar_not_a_day",
        "/days/2/name": "not_a_name",
        "/days/3/day": "given_twice",
        "/remove/0": "calendar_not_a_day",
    }
    assert days_of(admin) == {}


def test_a_file_of_holidays_is_tried_and_then_imported(admin, sales):
    status, answer = send(admin, HOLIDAYS, dry_run="true")
    assert (status, answer["added"], answer["dry_run"]) == (200, 3, True)
    assert days_of(sales) == {}
    status, answer = send(admin, HOLIDAYS)
    assert (status, answer["added"], answer["changed"], answer["unchanged"]) == (200, 3, 0, 0)
    assert days_of(sales)["2026-10-10"] == (True, "国庆节调休")
    assert value(sales, "NETWORKDAYS(DATE(2026, 10, 1), DATE(2026, 10, 11))") == 6
    status, answer = send(admin, "date,name\n2026-10-01,National Day\n2026-10-02,国庆节\n")
    assert (answer["added"], answer["changed"], answer["unchanged"]) == (0, 1, 1)


def test_a_file_with_a_mistake_changes_nothing(admin):
    text = "date,kind,name\n2026-10-01,off,A\nsoon,off,B\n2026-10-01,perhaps,C\n"
    status, problem = send(admin, text)
    assert status == 422
    assert {issue["path"]: issue["code"] for issue in problem["issues"]} == {
        "/rows/3/date": "calendar_not_a_day",
        "/rows/4/kind": "calendar_unknown_kind",
        "/rows/4/date": "given_twice",
    }
    assert days_of(admin) == {}


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "import_empty"),
        (b"name\nsomething\n", "calendar_no_date_column"),
        (b"\x00\x01\x02\x03" * 50, "import_not_text"),
    ],
)
def test_a_file_that_is_none_is_refused(admin, content, code):
    status, problem = send(admin, content)
    assert (status, [issue["code"] for issue in problem["issues"]]) == (422, [code])


def test_only_administrators_change_the_calendar(sales):
    assert sales.patch("/calendar", {"weekdays": [1]})[0] == 403
    assert send(sales, HOLIDAYS)[0] == 403


DEADLINES = {
    "joinery": 1,
    "app": "deadlines",
    "version": "1.0.0",
    "label": {"en": "Deadlines", "zh": "期限"},
    "forms": {
        "promise": {
            "label": {"en": "Promise", "zh": "承诺"},
            "title": "{made}",
            "fields": {
                "made": {"type": "date", "label": {"en": "Made", "zh": "日期"}},
                "due": {
                    "type": "formula",
                    "result": "date",
                    "label": {"en": "Due", "zh": "到期"},
                    "formula": "WORKDAY({made}, 1)",
                },
                "fixed": {
                    "type": "formula",
                    "result": "number",
                    "label": {"en": "Fixed", "zh": "固定"},
                    "formula": "NETWORKDAYS({made}, {made} + 7, DATE(2026, 10, 1))",
                },
            },
        }
    },
}


def test_stored_formulas_follow_the_calendar_by_a_job_with_history(admin, shop):
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "deadlines", DEADLINES)
    form = "/apps/deadlines/forms/promise"
    status, record = admin.post(f"{form}/records", {"made": "2026-09-30"})
    assert (status, record["due"]) == (201, "2026-10-01")
    _, described = admin.get(f"{form}/describe")
    assert described["program"]["follows"] == ["calendar"]
    assert described["program"]["viewer"]["calendar"]["weekend"] == [5, 6]
    _, answer = send(admin, HOLIDAYS)
    [job] = answer["calendar"]["jobs"]
    _, described = admin.get(f"{form}/describe")
    assert set(described["updating"]) >= {"due"}
    recompute_jobs.run_recompute(shop.services, shop.workspace_key, job)
    _, record = admin.get(f"{form}/records/{record['id']}")
    assert record["due"] == "2026-10-05"
    _, history = admin.get(f"{form}/records/{record['id']}/history")
    assert json.dumps(history["entries"][0]["changes"]).count("2026-10-05") == 1
    _, described = admin.get(f"{form}/describe")
    assert described["updating"] == []


def test_a_name_alone_starts_no_job(admin, shop):
    send(admin, HOLIDAYS)
    _, answer = admin.patch(
        "/calendar", {"days": [{"day": "2026-10-01", "working": False, "name": "National Day"}]}
    )
    assert answer["jobs"] == []
