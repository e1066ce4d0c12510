"""The records of a stretch of days, for a calendar."""

import pytest

from tests.api.agenda import create_all, open_agenda, url

#: In Shanghai, eight hours ahead of UTC: the evening before there is the same night here.
EVENTS = [
    {"name": "One day", "first": "2026-03-10"},
    {"name": "Over the border", "first": "2026-02-27", "last": "2026-03-02"},
    {"name": "Around it", "first": "2026-01-01", "last": "2026-12-31"},
    {"name": "Backwards", "first": "2026-03-20", "last": "2026-03-01"},
    {"name": "Elsewhere", "first": "2026-04-01", "last": "2026-04-02"},
    {"name": "Hidden", "first": "2026-03-11", "city": "hidden"},
    {"name": "Without a day"},
    {"name": "Night", "begins": "2026-02-28T16:30:00Z", "ends": "2026-02-28T18:00:00Z"},
    {"name": "Until midnight", "begins": "2026-02-28T12:00:00Z", "ends": "2026-02-28T16:00:00Z"},
    {"name": "Past midnight", "begins": "2026-02-28T12:00:00Z", "ends": "2026-02-28T16:00:01Z"},
    {"name": "Moment", "begins": "2026-03-31T15:59:59Z"},
    {"name": "Too late", "begins": "2026-03-31T16:00:00Z"},
]


@pytest.fixture(scope="module")
def shop(database, tmp_path_factory):
    found = open_agenda(database, tmp_path_factory.mktemp("calendar"), "calendar_view")
    create_all(found.as_user("admin"), "event", EVENTS)
    return found


@pytest.fixture(scope="module")
def admin(shop):
    return shop.as_user("admin")


def names(answer) -> list[str]:
    status, page = answer
    assert status == 200, page
    return [record["name"] for record in page["records"]]


DAYS = {"start": "first", "end": "last", "first": "2026-03-01", "last": "2026-03-31"}
HOURS = {"start": "begins", "end": "ends", "first": "2026-03-01", "last": "2026-03-31"}


@pytest.mark.parametrize(
    "query, expected",
    [
        (DAYS, ["Around it", "Over the border", "One day", "Hidden", "Backwards"]),
        ({**DAYS, "end": None}, ["One day", "Hidden", "Backwards"]),
        ({**DAYS, "first": "2026-03-02", "last": "2026-03-02"}, ["Around it", "Over the border"]),
        ({**DAYS, "filter": '{name} = "Around it"'}, ["Around it"]),
        ({**DAYS, "filter": 'OR({name} = "Elsewhere", {name} = "Backwards")'}, ["Backwards"]),
        ({**DAYS, "search": "border"}, ["Over the border"]),
        (HOURS, ["Past midnight", "Night", "Moment"]),
        ({**HOURS, "end": None}, ["Night", "Moment"]),
        ({**HOURS, "first": "2026-02-28", "last": "2026-02-28"}, ["Until midnight", "Past midnight"]),
    ],
)
def test_what_touches_the_days(admin, query, expected):
    assert names(admin.post(url("event", "/calendar"), query)) == expected


def test_it_says_when_there_are_more(admin):
    status, page = admin.post(url("event", "/calendar"), {**DAYS, "limit": 2, "fields": ["name"]})
    assert status == 200
    assert page["count"] == {"value": 5, "exact": True}
    assert [set(record) for record in page["records"]] == [{"id", "revision", "title", "name"}] * 2
    rest = admin.post(url("event", "/calendar"), {**DAYS, "limit": 3, "cursor": page["next_cursor"]})
    assert names(rest) == ["One day", "Hidden", "Backwards"]
    assert rest[1]["next_cursor"] is None


@pytest.mark.parametrize(
    "change, issues",
    [
        ({"start": "nothing"}, [("/start", "unknown_date_field")]),
        ({"start": "name"}, [("/start", "unknown_date_field")]),
        ({"end": "ends"}, [("/end", "calendar_kinds")]),
        ({"first": "March"}, [("/first", "calendar_day")]),
        ({"last": "2026-02-30"}, [("/last", "calendar_day")]),
        ({"last": "2026-02-28"}, [("/last", "calendar_period")]),
        ({"last": "2027-12-31"}, [("/last", "calendar_period")]),
        (
            {"first": "9999-12-31", "last": "9999-12-31"},
            [("/first", "calendar_day"), ("/last", "calendar_day")],
        ),
        (
            {"filter": "{nothing} > 1", "end": "name"},
            [("/end", "unknown_date_field"), ("/filter", "formula_unknown_field")],
        ),
        ({"fields": ["nothing"]}, [("/fields", "unknown_field")]),
    ],
)
def test_what_cannot_be_asked_is_said_at_once(admin, change, issues):
    status, problem = admin.post(url("event", "/calendar"), {**DAYS, **change})
    assert status == 422, problem
    assert [(issue["path"], issue["code"]) for issue in problem["issues"]] == issues


def test_only_rows_in_scope_and_fields_one_may_read(shop):
    sales, guest = shop.as_user("sales"), shop.as_user("guest")
    assert "Hidden" not in names(sales.post(url("event", "/calendar"), DAYS))
    status, problem = guest.post(url("event", "/calendar"), DAYS)
    assert (status, problem["issues"][0]["code"]) == (422, "unknown_date_field")
    assert shop.as_user("manager").post(url("event", "/calendar"), DAYS)[0] == 404


def test_a_calendar_of_a_field_one_may_not_read_is_a_list(shop):
    [days] = shop.as_user("guest").get("/apps/agenda/forms/event/describe")[1]["views"]
    assert (days["kind"], days["calendar"]) == ("list", None)
    [days] = shop.as_user("sales").get("/apps/agenda/forms/event/describe")[1]["views"]
    assert (days["kind"], days["calendar"]) == (
        "calendar",
        {"start": "first", "end": "last", "title": "{name} {city}"},
    )


def test_somebody_saves_a_calendar_of_his_own(shop):
    sales = shop.as_user("sales")
    views = "/apps/agenda/forms/event/views"
    status, view = sales.post(
        views, {"label": "Mine", "kind": "calendar", "calendar": {"start": "begins", "mode": "week"}}
    )
    assert (status, view["calendar"]) == (201, {"start": "begins", "mode": "week"})
    status, problem = sales.patch(f"{views}/{view['id']}", {"calendar": {"start": "name"}})
    assert (status, problem["issues"][0]["path"]) == (422, "/calendar/start")
    status, view = sales.patch(
        f"{views}/{view['id']}",
        {"kind": "gallery", "gallery": {"fields": [{"field": "first", "label": False}]}},
    )
    assert (status, view["kind"], view["calendar"]["start"]) == (200, "gallery", "begins")
    assert view["gallery"] == {"fields": [{"field": "first", "label": False}]}
