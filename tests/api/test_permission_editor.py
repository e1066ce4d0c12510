"""What the permission editor asks: who is in the groups of a draft, and what the draft changes for people."""

import copy
import json
from pathlib import Path

import pytest

DOCUMENT = json.loads((Path(__file__).parent / "app.json").read_text(encoding="utf-8"))
GROUPS = DOCUMENT["forms"]["lead"]["permissions"]
SALES = GROUPS["sales"]
DRAFT = "/apps/shop/draft"
EFFECT = f"{DRAFT}/permissions/effect"
NOTHING = {"gained": [], "lost": []}


#: Of a field that is as open on all records.
ALIKE = {"before_elsewhere": None, "after_elsewhere": None}


@pytest.fixture
def drafted(admin):
    """Set the permission groups of leads in the draft."""

    def change(groups):
        revision = admin.get(DRAFT)[1]["revision"]
        body = {"revision": revision, "changes": [{"path": "/forms/lead/permissions", "value": groups}]}
        status, draft = admin.patch(DRAFT, body)
        assert status == 200, draft

    return change


def effect_on(admin, *people, form="lead"):
    users = [person.me["user"]["id"] for person in people]
    status, answer = admin.post(EFFECT, {"form": form, "users": users})
    assert status == 200, answer
    return answer["people"]


@pytest.mark.parametrize(
    ("changed", "records", "actions", "fields"),
    [
        ({}, (1, 1, 0, 0), NOTHING, {}),
        ({"rows": "all"}, (1, 3, 2, 0), NOTHING, {}),
        ({"rows": "none"}, (1, 0, 0, 1), NOTHING, {}),
        ({"rows": '{company} = "Of others"'}, (1, 2, 2, 1), NOTHING, {}),
        ({"actions": ["view", "export"]}, (1, 1, 0, 0), None, None),
        ({"hidden_fields": []}, (1, 1, 0, 0), NOTHING, {"secret": ("hidden", "writable")}),
        (
            {"hidden_fields": ["amount"], "masked_fields": {"secret": {"first": 1}}, "read_only_fields": []},
            (1, 1, 0, 0),
            NOTHING,
            {
                "amount": ("writable", "hidden"),
                "secret": ("hidden", "masked"),
                "score": ("readable", "writable"),
            },
        ),
    ],
)
def test_the_effect_of_a_draft_on_a_person(admin, sales, manager, drafted, changed, records, actions, fields):
    sales.create("lead", company="Mine")
    for _ in range(2):
        manager.create("lead", company="Of others")
    drafted({**GROUPS, "sales": {**SALES, **changed}})
    (told,) = effect_on(admin, sales)
    assert tuple(told["records"]["view"][name] for name in ("before", "after", "gained", "lost")) == records
    expected = {"gained": ["export"], "lost": ["create", "edit", "batch", "delete", "restore", "share"]}
    assert told["actions"] == (expected if actions is None else actions)
    if fields is not None:
        assert {one["key"]: (one["before"], one["after"]) for one in told["fields"]} == fields
    # What is published still holds.
    assert len(sales.get("/apps/shop/forms/lead/records")[1]["records"]) == 1


def test_people_are_suggested_one_for_each_role(admin, sales, other, manager, drafted):
    drafted({**GROUPS, "sales": {**SALES, "rows": "all"}})
    _, answer = admin.post(EFFECT, {"form": "lead"})
    told = {person["user"]["name"]: [role["key"] for role in person["roles"]] for person in answer["people"]}
    assert sorted(role for roles in told.values() for role in roles) == ["manager", "sales"]
    assert "Admin" not in told


def test_a_form_that_is_opened_or_closed_to_everybody(admin, as_user, sales, drafted):
    sales.create("lead", company="Mine")
    guest = as_user("guest")
    drafted(None)
    (told,) = effect_on(admin, guest)
    assert (told["records"]["view"], told["actions"]["lost"]) == (
        {"before": 0, "after": 1, "gained": 1, "lost": 0},
        [],
    )
    assert "create" in told["actions"]["gained"]
    drafted({})
    (told,) = effect_on(admin, sales)
    assert told["records"]["view"] == {"before": 1, "after": 0, "gained": 0, "lost": 1}
    (told,) = effect_on(admin, admin)
    assert told["administrator"]
    assert (told["records"]["view"]["lost"], told["actions"], told["fields"]) == (0, NOTHING, [])


def test_records_of_fields_that_are_not_there_yet_are_not_counted(admin, sales):
    document = copy.deepcopy(DOCUMENT)
    lead = document["forms"]["lead"]
    lead["fields"]["helpers"] = {"type": "users", "label": {"en": "Helpers", "zh": "协作人"}}
    lead["permissions"]["sales"]["rows"] = "HAS({helpers}, ME())"
    status, draft = admin.call("PUT", DRAFT, {"document": document})
    assert status == 200, draft
    (told,) = effect_on(admin, sales)
    assert told["records"] == {"view": None, "edit": None, "delete": None}
    assert {"key": "helpers", "before": "hidden", "after": "writable", **ALIKE} in told["fields"]


def test_a_draft_with_mistakes_has_no_effect_but_its_problems(admin, sales, drafted):
    drafted({"sales": {**SALES, "rows": "{nowhere} = 1"}})
    status, problem = admin.post(EFFECT, {"form": "lead"})
    assert status == 422
    assert problem["issues"][0]["path"] == "/forms/lead/permissions/sales/rows"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"form": "nowhere"}, 404),
        ({"form": "lead", "users": [987654]}, 422),
        ({"form": "lead", "users": []}, 422),
    ],
)
def test_questions_that_make_no_sense(admin, body, status):
    assert admin.post(EFFECT, body)[0] == status


def test_only_administrators_ask(sales):
    assert sales.post(EFFECT, {"form": "lead"})[0] == 403
    assert sales.get(f"{DRAFT}/permissions")[0] == 403


def test_the_groups_of_a_draft_with_their_people_and_fields(admin, sales, manager, drafted):
    users = [sales.me["user"]["id"]]
    status, _ = admin.call(
        "PUT", "/apps/shop/forms/lead/permission-groups/manager/members", {"users": users, "departments": []}
    )
    assert status == 200
    drafted({"manager": GROUPS["manager"], "new": {"roles": ["sales"], "actions": ["view"]}})
    status, told = admin.get(f"{DRAFT}/permissions")
    assert status == 200, told
    lead = told["forms"]["lead"]
    assert [group["key"] for group in lead["groups"]] == ["manager", "new"]
    assert lead["published"] == ["sales", "manager"]
    assert lead["groups"][0]["users"] == [{"id": users[0], "name": "Sales"}]
    assert lead["groups"][0]["people"]["names"] == ["Sales", "Manager"]
    can = {field["key"]: (field["writable"], field["maskable"]) for field in lead["fields"]}
    assert can["company"] == (True, True)
    assert can["expected"] == (False, False)
    assert can["amount"] == can["owner"] == (True, False)
    assert {role["key"]: role["people"] for role in told["roles"]}["sales"] >= 1
    drafted(None)
    assert admin.get(f"{DRAFT}/permissions")[1]["forms"]["lead"]["groups"] is None
    drafted("nonsense")
    assert admin.get(f"{DRAFT}/permissions")[0] == 200


def test_publishing_notes_the_groups_before_and_after(admin, drafted):
    changed = {**GROUPS, "sales": {**SALES, "rows": "all"}}
    drafted(changed)
    assert admin.post("/apps/shop/publish", {})[0] == 200
    _, page = admin.get("/audit", kind="permissions_changed")
    (entry,) = page["entries"]
    assert entry["subject"] == "shop.lead"
    assert entry["before"] == {"groups": {"sales": SALES}}
    assert entry["after"] == {"groups": {"sales": changed["sales"]}}
    drafted(None)
    assert admin.post("/apps/shop/publish", {})[0] == 200
    _, page = admin.get("/audit", kind="permissions_changed")
    assert page["entries"][0]["after"] == {"everybody": True}
    assert page["entries"][0]["before"] == {"groups": changed}


def test_a_field_that_is_less_open_on_some_records_says_so(admin, sales, drafted):
    seen = {"roles": ["sales"], "actions": ["view"], "rows": "all", "hidden_fields": ["amount"]}
    masked = {"secret": {"first": 1}}
    drafted({**GROUPS, "sales": {**SALES, "hidden_fields": []}, "seen": {**seen, "masked_fields": masked}})
    (told,) = effect_on(admin, sales)
    fields = {one["key"]: one for one in told["fields"]}
    assert (fields["amount"]["after"], fields["amount"]["after_elsewhere"]) == ("writable", "hidden")
    assert (fields["secret"]["after"], fields["secret"]["after_elsewhere"]) == ("writable", "masked")
    assert fields["amount"]["before_elsewhere"] is None
