"""What holds for every call: addresses of new things, methods, credentials, languages, types of answers."""

import pytest

LEADS = "/apps/shop/forms/lead/records"
API = "/api/v1"


def test_something_new_says_where_it_is(manager):
    made = {
        LEADS: {"company": "Acme"},
        "/apps/shop/forms/lead/views": {"label": "Mine", "kind": "list", "columns": ["company"]},
    }
    for path, body in made.items():
        answer = manager.flask.post(API + path, json=body, headers={"X-CSRF-Token": manager.csrf})
        assert answer.status_code == 201
        assert answer.headers["Location"] == f"{API}{path}/{answer.get_json()['id']}"


def test_the_address_of_a_new_record_answers_with_it(manager):
    answer = manager.flask.post(API + LEADS, json={"company": "A"}, headers={"X-CSRF-Token": manager.csrf})
    assert manager.flask.get(answer.headers["Location"]).get_json() == answer.get_json()


@pytest.mark.parametrize(
    "credentials",
    ["Bearer abc", "Bearer", "Basic YWRtaW46eA==", "Digest x", "nonsense", "", "Bearer " + "x" * 5000],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_credentials_than_a_session_are_refused(anonymous, credentials, method):
    answer = anonymous.flask.open(
        API + LEADS,
        method=method,
        json={},
        headers={"Authorization": credentials, "Accept-Language": "zh-CN"},
    )
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "not_signed_in"
    assert answer.get_json()["detail"] == "请先登录。"
    assert answer.headers["WWW-Authenticate"].startswith("Cookie ")


@pytest.mark.parametrize(
    "path, method, allowed",
    [
        (LEADS, "DELETE", "GET, HEAD, OPTIONS, POST"),
        (f"{LEADS}/1", "PUT", "DELETE, GET, HEAD, OPTIONS, PATCH"),
        (f"{LEADS}/query", "GET", "POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(manager, path, method, allowed):
    answer = manager.flask.open(API + path, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == allowed
    assert answer.get_json()["code"] == "method_not_allowed"


def test_head_is_get_without_the_answer(manager):
    answer = manager.flask.head(API + LEADS)
    assert (answer.status_code, answer.content_type, answer.data) == (200, "application/json", b"")


@pytest.mark.parametrize(
    "wanted, expected",
    [("zh-CN", "请先登录。"), ("zh;q=0.9, en;q=0.1", "请先登录。"), ("fr, de", "Please sign in.")],
)
def test_strangers_are_told_in_the_language_they_ask_for(anonymous, wanted, expected):
    _, problem = anonymous.call("GET", "/me", headers={"Accept-Language": wanted})
    assert problem["detail"] == problem["title"] == expected


def test_who_is_signed_in_is_told_in_his_own_language(manager):
    manager.patch("/me", {"language": "zh-CN"})
    _, problem = manager.call("GET", "/apps/nothing", headers={"Accept-Language": "en"})
    assert problem["detail"] == "找不到该应用，或您无权查看。"


def test_a_change_needs_the_revision_it_is_based_on(manager):
    lead = manager.create("lead", company="Acme")
    status, problem = manager.patch(f"{LEADS}/{lead['id']}", {"company": "Other"})
    assert status == 422
    [issue] = problem["issues"]
    assert (issue["path"], issue["code"]) == ("/revision", "member_required")


@pytest.mark.parametrize(
    "kind, expected", [("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.open")]
)
def test_an_export_says_what_it_is(manager, kind, expected):
    answer = manager.flask.get(f"{API}/apps/shop/forms/lead/export?format={kind}")
    assert answer.status_code == 200
    assert answer.content_type.startswith(expected)
    assert answer.content_type.count("charset") < 2
    answer.close()


@pytest.mark.parametrize(
    "query, codes",
    [
        ({"limit": "0"}, {"/limit": "too_small"}),
        ({"limit": "1001"}, {"/limit": "too_large"}),
        ({"limit": "many"}, {"/limit": "wrong_json_type"}),
        ({"limit": "9" * 30}, {"/limit": "wrong_json_type"}),
        ({"cursor": "abc"}, {"/cursor": "wrong_cursor"}),
        ({"count": "all"}, {"/count": "not_one_of"}),
        ({"deleted": "perhaps"}, {"/deleted": "wrong_json_type"}),
        ({"sort": "-nothing"}, {"/sort": "view_unknown_field"}),
        ({"fields": "nothing"}, {"/fields": "unknown_field"}),
        ({"filtr": "1"}, {"/filtr": "unknown_member"}),
    ],
)
def test_wrong_parameters_are_named(manager, query, codes):
    status, problem = manager.get(LEADS, **query)
    assert status == 422
    assert {issue["path"]: issue["code"] for issue in problem["issues"]} == codes


def test_a_cursor_of_another_order_is_refused(manager):
    for number in range(3):
        manager.create("lead", company=f"Lead {number}")
    cursor = manager.get(LEADS, limit="1", sort="company")[1]["next_cursor"]
    assert manager.get(LEADS, cursor=cursor, sort="-company")[0] == 422
    assert manager.get(LEADS, cursor=cursor, sort="company")[0] == 200


def test_system_fields_can_be_chosen_sorted_and_filtered(manager):
    lead = manager.create("lead", company="Acme")
    status, page = manager.get(
        LEADS, fields="id,owner,created_at", sort="-created_at,id", filter=f"{{id}} = {lead['id']}"
    )
    assert status == 200
    assert set(page["records"][0]) == {"id", "revision", "title", "owner", "created_at"}
