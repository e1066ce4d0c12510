"""Whatever is sent: a clear refusal or a right record, never a 500, never half a write."""

import io
import json

import pytest

from tests.api.conftest import Client, open_shop

LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture(scope="module")
def manager(database, tmp_path_factory) -> Client:
    """One workspace for all of these: nothing they send may change it."""
    return open_shop(database, tmp_path_factory.mktemp("malformed"), "malformed").as_user("manager")


@pytest.fixture
def refused(manager):
    """Asserts that an answer is a problem document, and that nothing was written."""
    before = manager.get(LEADS, count="exact")[1]["count"]

    def check(answer, *allowed):
        status, problem = answer
        assert status in (allowed or (400, 422)), problem
        assert set(problem) >= {"type", "title", "status", "code", "detail", "issues"}
        assert problem["status"] == status
        assert problem["detail"]
        assert all(set(issue) >= {"path", "code", "message"} for issue in problem["issues"])
        assert not any("{" in issue["message"] for issue in problem["issues"] if issue["code"] != "rule"), (
            problem
        )
        assert manager.get(LEADS, count="exact")[1]["count"] == before
        return problem

    return check


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b"",
        b"{'company': 'x'}",
        b'{"company": NaN}',
        b'{"company": 1e}',
        b"\xff\xfe",
        b'{"company": "\xff"}',
        b'{"company": "a", "company": "b"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'"text"',
        b"[1, 2]",
        b"null",
        b"12",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_bodies_that_are_no_json_objects(manager, refused, text):
    refused(manager.post(LEADS, text))


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "x"]
)
def test_other_content_types(manager, refused, content_type):
    refused(manager.post(LEADS, b'{"company": "x"}', content_type=content_type), 415)


def test_a_body_of_more_than_ten_megabytes(manager, refused):
    body = b'{"company": "' + b"x" * 10_000_000 + b'"}'
    assert refused(manager.post(LEADS, body), 413)["code"] == "body_too_large"
    assert manager.create("lead", company="next")


@pytest.mark.parametrize("size, status", [(9_999_999, 422), (10_000_000, 422), (10_000_001, 413)])
def test_a_body_without_a_length_is_as_large_as_it_proves(manager, refused, size, status):
    """Sent in chunks, nobody knows beforehand how much it will be."""
    start, end = b'{"company": "', b'"}'
    body = io.BytesIO(start + b"x" * (size - len(start) - len(end)) + end)
    chunked = {"wsgi.input_terminated": True}
    answer = manager.post(
        LEADS, None, input_stream=body, content_type="application/json", environ_overrides=chunked
    )
    assert refused(answer, status)["code"] == ("body_too_large" if status == 413 else "invalid_record")


TOO_MUCH = "9" * 400


@pytest.mark.parametrize(
    "field, value",
    [
        ("company", 5),
        ("company", ["a"]),
        ("company", {"a": 1}),
        ("company", "x" * 1_000_000),
        ("notes", "x" * 2_000_000),
        ("amount", "a lot"),
        ("amount", True),
        ("amount", [1]),
        ("due", "2026-02-30"),
        ("due", 20260101),
        ("due", "0000-00-00"),
        ("due", "+99999-01-01"),
        ("met", "yesterday"),
        ("met", "2026-01-01T25:00:00Z"),
        ("met", "9999-12-31T23:59:59-14:00"),
        ("status", "unknown"),
        ("status", 1),
        ("email", "not an address"),
        ("email", "a@b\x00.com"),
        ("account", "Acme"),
        ("account", -1),
        ("account", 2**70),
        ("account", 1.5),
        ("account", {"id": None}),
        ("papers", [10**18]),
        ("papers", "x"),
        ("owner", 10**18),
        ("owner", "nobody@example.com"),
        ("unknown", 1),
        ("", 1),
        ("a/b~c", 1),
        ("\x00", 1),
        ("id", 5),
        ("revision", 7),
        ("created_at", "2020-01-01T00:00:00Z"),
        ("deleted_at", None),
        ("search", "x"),
        ("__class__", "x"),
        ("x" * 100_000, 1),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_values_that_no_field_takes(manager, refused, field, value):
    problem = refused(manager.post(LEADS, {"company": "Acme", field: value}))
    assert problem["issues"]


@pytest.mark.parametrize(
    "number", ["9" * 400, "-" + "9" * 400, "0." + "9" * 400, "1e999999999", "1e-999999999"]
)
@pytest.mark.parametrize("field", ["score", "amount", "account", "chance"])
def test_numbers_of_four_hundred_digits(manager, field, number):
    status, answer = manager.post(LEADS, f'{{"company": "Acme", "{field}": {number}}}')
    assert status in (201, 422), answer


@pytest.mark.parametrize(
    "text, stored",
    [
        ("😀 emoji 👩‍👩‍👧", "😀 emoji 👩‍👩‍👧"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("שלום", "שלום"),
        ("华为技术有限公司", "华为技术有限公司"),
        ("'; DROP TABLE lead; --", "'; DROP TABLE lead; --"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{company} %s %(a)s \\ \\n", "{company} %s %(a)s \\ \\n"),
    ],
)
def test_text_of_every_kind_is_kept_as_it_is(manager, text, stored):
    lead = manager.create("lead", company=text, notes=text)
    assert (lead["company"], lead["notes"]) == (stored, stored)
    assert [found["id"] for found in manager.get(LEADS, search=text)[1]["records"]] == [lead["id"]]


@pytest.mark.parametrize("field", ["company", "notes", "secret"])
@pytest.mark.parametrize("escape", [r"\u0000", r"\ud800", r"a\udfff"])
def test_characters_that_no_database_holds(manager, field, escape):
    status, answer = manager.post(LEADS, f'{{"company": "Acme", "{field}": "x{escape}"}}')
    assert status in (201, 400, 422), answer
    assert status != 201 or "\x00" not in json.dumps(answer)


def test_half_a_character_as_a_key(manager, refused):
    refused(manager.post(LEADS, r'{"company": "Acme", "\ud800": 1}'))


def nested(depth: int) -> str:
    return "(" * depth + "{amount} > 1" + ")" * depth


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "{amount} >"},
        {"filter": "{nothing} = 1"},
        {"filter": "{due} > 5"},
        {"filter": "NOT(" * 1000 + "TRUE" + ")" * 1000},
        {"filter": " + ".join(["1"] * 5000) + " > 1"},
        {"filter": '{company} = "\x00"'},
        {"filter": "x" * 30_000},
        {"sort": "nothing"},
        {"sort": "papers"},
        {"sort": "company;drop"},
        {"fields": "nothing"},
        {"limit": "-1"},
        {"limit": "0"},
        {"limit": "1001"},
        {"limit": "ten"},
        {"limit": "9" * 400},
        {"limit": "٣"},
        {"cursor": "x"},
        {"cursor": "W10"},
        {"cursor": "%00"},
        {"cursor": "é"},
        {"count": "some"},
        {"deleted": "maybe"},
        {"unknown": "1"},
        {"search": "x" * 201},
    ],
    ids=lambda query: repr(query)[:40],
)
def test_lists_that_cannot_be(manager, query):
    status, problem = manager.get(LEADS, **query)
    assert status == 422
    assert problem["issues"]


@pytest.mark.parametrize(
    "text",
    [
        nested(1000),
        "1 = " + "9" * 15_000,
        "DATE(99999, 1, 1) = {due}",
        '{company} = "\ud800"',
        "1/0 = 1",
        "{score}^999 > 1",
    ],
    ids=lambda text: text[:30],
)
def test_filters_that_mean_nothing_good(manager, text):
    """Refused or answered, as the language sees it; but never a failure of the server."""
    assert manager.get(LEADS, filter=text.encode("utf-8", "surrogatepass"))[0] in (200, 422)


@pytest.mark.parametrize(
    "search", ["\x00", "%", "_", "\\", "'", "a\x00b", " ", "&|!():*", "<->", "\u3000", "'''"]
)
def test_searching_for_odd_characters(manager, search):
    manager.create("lead", company="Acme")
    assert manager.get(LEADS, search=search)[0] == 200
    assert manager.get("/search", q=search)[0] == 200


@pytest.mark.parametrize(
    "record_id", ["0", "999999", str(2**63), "9" * 30, "-1", "abc", "1.5", "%00", "1%20"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_ids_of_nothing(manager, method, record_id):
    status, problem = manager.call(method, f"{LEADS}/{record_id}")
    assert status in (404, 405)
    assert problem["code"] in ("not_found", "no_such_address", "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/apps/nothing",
        "/apps/%00",
        "/apps/shop/forms/nothing/describe",
        "/apps/shop/forms/%F0%9F%98%80/records",
        "/apps/" + "x" * 5000,
        "/nothing",
        "/jobs/99999999999999999999",
        "/files/12345",
    ],
)
def test_addresses_of_nothing(manager, path):
    assert manager.get(path)[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"revision": 0, "company": "x"},
        {"revision": "1"},
        {"revision": 1.5},
        {"revision": 2**40},
        {"revision": None, "company": "x"},
        {"revision": True},
    ],
)
def test_changes_without_a_proper_revision(manager, body):
    lead = manager.create("lead", company="Acme")
    assert manager.patch(f"{LEADS}/{lead['id']}", body)[0] == 422
    assert manager.get(f"{LEADS}/{lead['id']}")[1]["revision"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"create": [{"company": "ok"}, {"company": ""}]},
        {
            "create": [
                {"company": "ok"},
                {"email": "same@example.com", "company": "a"},
                {"email": "SAME@example.com", "company": "b"},
            ]
        },
        {"create": "x"},
        {"create": [5]},
        {"create": [{"company": "ok"}], "update": [{"id": 1}]},
        {"create": [{"company": "ok"}], "update": [{"id": "x", "revision": 1}]},
        {"create": [{"company": "ok"}], "update": [{"id": 10**9, "revision": 1, "company": "x"}]},
        {"create": [{"company": "ok"}], "delete": [10**9]},
        {"create": [{"company": "ok"}], "delete": ["x"]},
        {"create": [{"company": "ok"}], "delete": [{"revision": 1}]},
        {"create": [{"company": "ok"}], "delete": [2**80]},
        {"create": [{"company": "ok"}], "else": []},
        {"create": [{"company": str(number)} for number in range(5001)]},
    ],
    ids=lambda body: repr(body)[:60],
)
def test_a_batch_with_anything_wrong_writes_nothing(manager, refused, body):
    refused(manager.post(f"{LEADS}/batch", body), 404, 409, 422)


@pytest.mark.parametrize(
    "body",
    [
        {"group_by": ["nothing"]},
        {"group_by": ["notes", "papers"]},
        {"group_by": [{"field": "due", "by": "century"}]},
        {"group_by": [{"field": "company", "by": "month"}]},
        {"group_by": "status"},
        {"measures": {"n": {"fn": "median", "field": "amount"}}},
        {"measures": {"n": {"fn": "sum"}}},
        {"measures": {"n": {"fn": "sum", "field": "company"}}},
        {"measures": {"n; drop": {"fn": "count"}}},
        {"measures": {"\x00": {"fn": "count"}}},
        {"measures": []},
        {"filter": "("},
    ],
    ids=lambda body: repr(body)[:60],
)
def test_aggregates_that_cannot_be(manager, refused, body):
    refused(manager.post(f"{LEADS}/aggregate", body))


@pytest.mark.parametrize(
    "method, path, status",
    [
        ("PUT", LEADS, 405),
        ("PATCH", LEADS, 405),
        ("GET", f"{LEADS}/batch", 405),
        ("POST", "/apps", 405),
        ("POST", "/nothing", 404),
        ("GET", "/nothing", 404),
    ],
)
def test_methods_that_an_address_does_not_take(manager, method, path, status):
    answer, problem = manager.call(method, path)
    assert (answer, problem["status"]) == (status, status)


def test_file_names_are_cleaned_and_missing_files_refused(manager):
    status, problem = manager.call("POST", "/files", data={"other": "x"})
    assert (status, problem["issues"][0]["path"]) == (422, "/file")
