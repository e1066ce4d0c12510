"""A partner company beside the roles of the suite: its people see what it registered, and nothing else."""

from itertools import count

import pytest

_numbers = count(1)


def lead(person, **values):
    number = next(_numbers)
    return person.create(
        "lead",
        company=f"Registered {number}",
        contact_name=f"Contact {number}",
        mobile=str(13_900_300_000 + number),
        source="self",
        **values,
    )


@pytest.fixture
def registered(desk):
    """A lead of the partner, one of its rival, and one of our own, by whose it is."""
    return {name: lead(desk(name)) for name in ("partner", "rival", "sales")}


def test_a_lead_is_registered_for_the_company_of_who_makes_it(desk, registered):
    seen = desk("marketing").read("lead", registered["partner"], "partner")
    assert seen[0]["name"] == "Partner Ltd"
    assert desk("marketing").read("lead", registered["sales"], "partner") == [None]


def test_a_partner_lists_counts_adds_up_and_finds_only_what_his_company_registered(desk, registered):
    partner = desk("partner")
    mine = registered["partner"]["id"]
    status, page = partner.client.post(partner.url("lead", "/query"), {"limit": 500, "count": "exact"})
    ids = {record["id"] for record in page["records"]}
    assert (status, page["count"]["value"]) == (200, len(ids))
    assert mine in ids
    assert not ids & {registered["rival"]["id"], registered["sales"]["id"]}
    status, sums = partner.client.post(
        partner.url("lead", "/aggregate"), {"measures": {"leads": {"fn": "count"}}}
    )
    assert (status, sums["rows"]) == (200, [{"leads": len(ids)}])
    _, found = partner.client.get("/search", q="Registered")
    assert {one["id"] for one in found["results"]} <= ids
    _, described = partner.client.get("/apps")
    assert [app["key"] for app in described["apps"]] == ["crm_ltc"]


@pytest.mark.parametrize("rest", ["", "/history", "/timeline", "/files"])
def test_a_partner_opens_no_record_of_others_by_any_address(desk, registered, rest):
    partner = desk("partner")
    assert partner.client.get(partner.url("lead", f"/{registered['partner']['id']}{rest}"))[0] == 200
    for other in ("rival", "sales"):
        assert partner.client.get(partner.url("lead", f"/{registered[other]['id']}{rest}"))[0] == 404


def test_a_partner_changes_what_is_his_to_change_and_reads_no_note(desk, registered):
    partner, mine = desk("partner"), registered["partner"]
    desk("marketing").change("lead", mine, note="Do not tell the partner")
    path = partner.url("lead", f"/{mine['id']}")
    _, now = partner.client.get(path)
    assert "note" not in now
    assert "Do not tell" not in str(partner.client.get(f"{path}/history"))
    change = {"revision": now["revision"], "demand": "Two hundred seats"}
    assert partner.client.patch(path, change)[0] == 200
    status, problem = partner.client.patch(path, {"revision": now["revision"] + 1, "status": "converted"})
    assert status == 422, problem


def test_a_partner_knows_nobody_of_ours(desk, registered):
    partner = desk("partner")
    assert [one["name"] for one in partner.client.get("/users")[1]["users"]] == ["Partner"]
    assert partner.client.get("/departments")[1]["departments"] == []
    assert partner.client.get("/people")[0] == 403
