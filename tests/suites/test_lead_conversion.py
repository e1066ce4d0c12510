"""A lead becomes an account, a contact and an opportunity; what was known of it moves along."""

from itertools import count

import pytest

_numbers = count(1)


@pytest.fixture
def number() -> int:
    """What tells the companies of the tests apart."""
    return next(_numbers)


@pytest.fixture
def tax_no(number) -> str:
    return f"91310000MA1FL{number:05}"


@pytest.fixture
def lead(desk, number):
    """A lead of the salesperson, with two follow-ups."""
    found = desk("sales").create(
        "lead",
        contact_name="Li Na",
        company=f"上海云图{number}科技有限公司",
        mobile=f"1381234{number:04}",
        source="website",
        decision_role="decision_maker",
        budget=50000,
        expected_purchase="2026-09-01",
        status="following",
    )
    for text in ("First call", "Demo"):
        about = {"form": "lead", "id": found["id"]}
        desk("sales").create("follow_up", about=about, content=text, result="interested")
    return found


def path(record, rest: str = "") -> str:
    return f"/apps/crm_ltc/forms/lead/records/{record['id']}/conversions{rest}"


def convert(desk, record, **body):
    revision = desk.read("lead", record, "revision")[0]
    return desk.client.post(path(record, "/convert"), {"revision": revision, **body})


def made(answer) -> dict[str, dict]:
    return {one["key"]: one["record"] for one in answer["conversion"]["targets"]}


def test_the_registered_name_and_the_tax_number_are_demanded(desk, lead):
    sales = desk("sales")
    status, preview = sales.client.post(path(lead, "/convert/preview"), {})
    assert status == 200
    assert preview["required"] == ["company", "tax_no"]
    assert [issue["path"] for issue in preview["issues"]] == ["/values/tax_no"]
    assert preview["moved"] == [{"list": "follow_ups", "count": 2}]
    status, answer = convert(sales, lead)
    assert (status, [issue["path"] for issue in answer["issues"]]) == (422, ["/values/tax_no"])
    status, answer = convert(sales, lead, values={"tax_no": "12"})
    assert (status, [issue["path"] for issue in answer["issues"]]) == (
        422,
        ["/targets/account/values/tax_no"],
    )


def test_a_lead_becomes_a_customer_and_back(desk, lead, tax_no):
    sales = desk("sales")
    assert "convert" in sales.read("lead", lead)["$actions"]
    status, answer = convert(sales, lead, values={"tax_no": tax_no})
    assert status == 200, answer
    records = made(answer)
    account = sales.read("account", records["account"])
    assert (account["name"], account["tax_no"], account["lifecycle"]) == (
        lead["company"],
        tax_no,
        "opportunity",
    )
    contact = sales.read("contact", records["contact"])
    assert (contact["account"]["id"], contact["mobile"], contact["role"]) == (
        account["id"],
        lead["mobile"],
        "decision",
    )
    deal = sales.read("opportunity", records["opportunity"])
    assert (deal["account"]["id"], deal["contact"]["id"], deal["amount"], deal["expected_close"]) == (
        account["id"],
        contact["id"],
        50000,
        "2026-09-01",
    )
    now = sales.read("lead", lead)
    assert (now["status"], now["converted_account"]["id"], now["converted_opportunity"]["id"]) == (
        "converted",
        account["id"],
        deal["id"],
    )
    for form, record in (("account", account), ("opportunity", deal), ("contact", contact)):
        talks = sales.related(form, record, "follow_ups")
        assert [talk["about"]["form"] for talk in talks] == ["opportunity"] * 2
        assert {talk["stage_then"] for talk in talks} == {"following"}, "what was noted stays noted"
    assert sales.related("lead", lead, "follow_ups") == []
    assert account["$conversions"]["made_by"][0]["record"]["id"] == lead["id"]

    status, back = sales.client.delete(path(lead, "/convert"))
    assert status == 200, back
    assert (back["record"]["status"], back["record"]["converted_account"]) == ("following", None)
    assert sales.client.get(sales.url("account", f"/{account['id']}"))[0] == 404
    talks = sales.related("lead", lead, "follow_ups")
    assert [(talk["account"], talk["contact"], talk["stage_then"]) for talk in talks] == [
        (None, None, "following")
    ] * 2


def test_a_customer_that_is_there_already_is_used(desk, lead, number, tax_no):
    sales = desk("sales")
    there = sales.create("account", name=f"上海云图{number}科技", tax_no=tax_no)
    status, preview = sales.client.post(path(lead, "/convert/preview"), {"values": {"tax_no": tax_no}})
    [account] = [target for target in preview["targets"] if target["key"] == "account"]
    assert (status, account["existing"]) == (200, [{"id": there["id"], "title": there["name"]}])
    targets = {"account": {"use": there["id"]}, "opportunity": {"skip": True}}
    status, answer = convert(sales, lead, values={"tax_no": tax_no}, targets=targets)
    assert status == 200, answer
    assert sales.read("contact", made(answer)["contact"])["account"]["id"] == there["id"]
    assert sales.client.delete(path(lead, "/convert"))[0] == 200
    assert sales.read("account", there)["id"] == there["id"]


def test_what_was_done_with_the_customer_is_in_the_way_of_undoing(desk, lead, tax_no):
    sales = desk("sales")
    account = made(convert(sales, lead, values={"tax_no": tax_no})[1])["account"]
    sales.create("contact", account=account["id"], name="Wang Wei")
    status, answer = sales.client.delete(path(lead, "/convert"))
    assert (status, answer["code"]) == (409, "conversion_in_use")
    assert [one["records"][0]["title"] for one in answer["blockers"]] == ["Wang Wei"]


def test_the_same_mobile_and_the_same_company_are_told(desk, lead, number, tax_no):
    sales, other = desk("sales"), desk("other")
    values = {"contact_name": "Na Li", "source": "website", "mobile": f"+86 138-1234-{number:04}"}
    status, answer = other.client.post(other.url("lead"), values)
    assert (status, answer["code"]) == (409, "possible_duplicates")
    [match] = answer["matches"]
    assert (match["rule"], match["record"], match["owner"]["name"]) == ("same_mobile", None, "Sales")
    assert convert(sales, lead, values={"tax_no": tax_no})[0] == 200
    values |= {"mobile": f"1390000{number:04}", "company": f"上海 云图{number}科技"}
    status, answer = other.client.post(other.url("lead"), values)
    assert (status, [match["rule"] for match in answer["matches"]]) == (409, ["same_company"])
    assert other.client.post(other.url("lead") + "?confirm=duplicates", values)[0] == 201


def test_telesales_does_not_convert(desk, lead, tax_no):
    marketing = desk("marketing")
    assert "convert" not in marketing.read("lead", lead)["$actions"]
    assert convert(marketing, lead, values={"tax_no": tax_no})[0] == 403
