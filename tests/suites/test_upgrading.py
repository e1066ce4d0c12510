"""The suite's new version comes into an app that people work with and have changed: nothing is lost."""

from copy import deepcopy

import pytest

from joinery.definitions import check_app
from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.apps.suites import suite_document
from joinery.workflows import catalogue
from tests.api.conftest import clock, jobs, services, shop
from tests.suites.former_suite import former_suite

__all__ = ["clock", "jobs", "services", "shop"]

RECORDS = "/apps/crm_ltc/forms"
TALKED = {"type": "call", "content": "Asked for prices", "result": "interested"}


def publish(shop, document):
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "crm_ltc", document)


@pytest.fixture
def admin(shop):
    """Who looks after a workspace in which the former suite is installed."""
    publish(shop, former_suite())
    return shop.as_user("admin")


@pytest.fixture
def changed(shop, admin):
    """What somebody made of the suite since."""
    document = former_suite()
    follow_up = document["forms"]["follow_up"]
    follow_up["fields"]["mood"] = {"type": "text", "label": {"en": "Mood", "zh": "气氛"}}
    follow_up["layout"][1]["content"].append("mood")
    follow_up["fields"]["account"]["label"] = {"en": "Client", "zh": "客户方"}
    follow_up["label"] = {"en": "Talk", "zh": "沟通"}
    publish(shop, document)
    return document


def create(client, form, **values):
    status, record = client.post(f"{RECORDS}/{form}/records", values)
    assert status == 201, record
    return record


def upgrade(client, preview=False, **body):
    return client.post(
        f"/apps/crm_ltc/upgrade{'?preview=true' if preview else ''}", {"base_version": 1, **body}
    )


def test_the_former_suite_is_one_that_this_version_reads():
    assert list(check_app(former_suite(), catalogue())) == []
    assert former_suite()["forms"]["follow_up"] != suite_document("crm_ltc")["forms"]["follow_up"]


def test_follow_ups_go_on_with_what_they_were_about(admin):
    account = create(admin, "account", name="Acme")
    deal = create(admin, "opportunity", name="CRM", account=account["id"], expected_close="2027-01-01")
    lead = create(admin, "lead", contact_name="Bo", mobile="13800138000", source="exhibition")
    about = {
        "opportunity": {"opportunity": deal["id"], "account": account["id"]},
        "account": {"account": account["id"]},
        "lead": {"lead": lead["id"]},
    }
    made = {form: create(admin, "follow_up", **TALKED, **values) for form, values in about.items()}
    status, done = upgrade(admin)
    assert (status, done["published"], done["version"], done["conflicts"]) == (200, True, 2, [])
    assert (done["from_version"], done["to_version"]) == ("1.0.0", suite_document("crm_ltc")["version"])
    for form, values in about.items():
        record = admin.get(f"{RECORDS}/follow_up/records/{made[form]['id']}")[1]
        assert (record["about"]["form"], record["about"]["id"]) == (form, values[form])
        assert (record["account"] or {}).get("id") == values.get("account")
        assert record["content"] == TALKED["content"]
    page = admin.get(f"{RECORDS}/account/records/{account['id']}/related/follow_ups")[1]
    assert len(page["records"]) == 2
    assert upgrade(admin)[1]["published"] is False


def test_what_was_changed_stays_and_what_both_changed_is_listed(admin, changed):
    draft = deepcopy(changed)
    draft["forms"]["lead"]["label"] = {"en": "Prospect", "zh": "潜客"}
    assert admin.call("PUT", "/apps/crm_ltc/draft", {"document": draft, "revision": 0})[0] == 200
    status, plan = upgrade(admin, preview=True)
    assert (status, plan["published"]) == (200, False)
    wanted = {"path": "/forms/follow_up/fields/account/label", "own": {"en": "Client", "zh": "客户方"}}
    label = suite_document("crm_ltc")["forms"]["follow_up"]["fields"]["account"]["label"]
    paths = {conflict["path"]: conflict for conflict in plan["conflicts"]}
    assert {path.rpartition("/")[0] for path in paths} == {wanted["path"]}
    assert paths[wanted["path"] + "/en"]["suite"] == label["en"]
    assert "take_over" in {step["kind"] for step in plan["plan"]["steps"]}
    status, done = upgrade(admin, plan_id=plan["plan"]["id"])
    assert (status, done["published"]) == (200, True), done
    follow_up = admin.get("/apps/crm_ltc/definition")[1]["forms"]["follow_up"]
    assert follow_up["label"] == changed["forms"]["follow_up"]["label"]
    assert follow_up["fields"]["account"]["label"] == wanted["own"]
    assert "mood" in follow_up["layout"][1]["content"]
    assert {"about", "mood"} <= follow_up["fields"].keys()
    assert not {"lead", "opportunity"} & follow_up["fields"].keys()
    # The draft takes it over, and is still one.
    after = admin.get("/apps/crm_ltc/draft")[1]["document"]["forms"]
    assert after["lead"]["label"] == draft["forms"]["lead"]["label"]
    assert {"about", "mood"} <= after["follow_up"]["fields"].keys()
    assert admin.get("/apps/crm_ltc/definition")[1]["forms"]["lead"]["label"]["en"] == "Lead"


def test_conflicts_are_decided_one_by_one_and_the_report_stays(shop, admin, changed):
    account = "/forms/follow_up/fields/account/label"
    suite = suite_document("crm_ltc")["forms"]["follow_up"]["fields"]["account"]["label"]
    status, plan = upgrade(admin, preview=True, choices={f"{account}/en": "suite"})
    assert status == 200
    sides = {one["path"]: (one["side"], one["orphan"]) for one in plan["conflicts"]}
    assert sides == {f"{account}/en": ("suite", False), f"{account}/zh": ("own", False)}
    assert {"en": "Talk", "zh": "沟通"} in plan["conflicts"][0]["where"]
    kept = {one["path"]: one for one in plan["kept"]}
    assert kept["/forms/follow_up/fields/mood"]["change"] == "added"
    assert {"/forms/follow_up/label/en", "/forms/follow_up/label/zh"} <= kept.keys()
    taken = {one["path"] for one in plan["taken"]}
    assert "/forms/follow_up/fields/about" in taken
    assert not taken & kept.keys()
    assert {one["path"] for one in plan["rights"]} <= taken
    assert upgrade(admin, preview=True, choices={account: "suite"})[0] == 422

    status, done = upgrade(admin, choices={f"{account}/en": "suite"}, plan_id=plan["plan"]["id"])
    assert (status, done["published"]) == (200, True)
    label = admin.get("/apps/crm_ltc/definition")[1]["forms"]["follow_up"]["fields"]["account"]["label"]
    assert label == {"en": suite["en"], "zh": "客户方"}
    [report] = admin.get("/apps/crm_ltc/upgrades")[1]["upgrades"]
    assert {name: report[name] for name in ("taken", "kept", "conflicts", "rights")} == {
        name: plan[name] for name in ("taken", "kept", "conflicts", "rights")
    }
    assert (report["from_version"], report["to_version"]) == (done["from_version"], done["to_version"])
    assert shop.as_user("sales").get("/apps/crm_ltc/upgrades")[0] == 403


def test_what_does_not_fit_together_is_refused_with_the_reason(shop, admin):
    document = former_suite()
    # It is kept because it was changed here, and its list has the name of the new one.
    document["forms"]["follow_up"]["fields"]["lead"]["label"] = {"en": "Prospect", "zh": "潜客"}
    publish(shop, document)
    status, problem = upgrade(admin)
    assert (status, problem["code"]) == (422, "invalid_definition")
    assert "definition_inverse_twice" in {issue["code"] for issue in problem["issues"]}
    orphans = {conflict["path"] for conflict in problem["conflicts"] if conflict["orphan"]}
    assert orphans == {"/forms/follow_up/fields/lead"}
    assert upgrade(admin, prefer="suite")[1]["published"] is True


def test_it_must_be_known_what_the_app_was_made_from(shop, admin):
    status, problem = admin.post("/apps/crm_ltc/upgrade", {})
    assert (status, problem["code"]) == (409, "unknown_suite_version")
    assert upgrade(admin, base_version=7)[0] == 404
    assert admin.post("/apps/shop/upgrade", {"base_version": 1})[0] == 404
    assert shop.as_user("sales").post("/apps/crm_ltc/upgrade", {})[0] == 403
    upgrade(admin)
    status, again = admin.post("/apps/crm_ltc/upgrade", {})
    assert (status, again["published"], again["conflicts"]) == (200, False, [])


def test_an_installed_suite_is_known(shop):
    admin = shop.as_user("admin")
    assert admin.post("/suites/install", {"suite": "crm_ltc"})[0] == 200
    status, answer = admin.post("/apps/crm_ltc/upgrade?preview=true", {})
    assert (status, answer["published"], answer["plan"]["steps"]) == (200, False, [])
