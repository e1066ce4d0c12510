"""What a leaver has is listed, and given to successors all at once."""

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.handover.handing import hand_over, plan_of
from joinery.runtime.handover.jobs import run_handover


def named(text):
    return {"en": text, "zh": text}


PERSON = {"type": "user", "label": named("Person")}
TEAM = {
    "joinery": 1,
    "app": "team",
    "version": "1.0.0",
    "label": named("Team"),
    "menu": [],
    "forms": {
        "deal": {
            "label": named("Deal"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": named("Name")},
                "amount": {"type": "number", "label": named("Amount")},
                "helpers": {"type": "users", "label": named("Helpers")},
                "expert": PERSON,
                "contact": {
                    "type": "formula",
                    "result": "text",
                    "label": named("Contact"),
                    "formula": 'TEXTUSER({owner}, "name")',
                },
                "shares": {
                    "type": "subform",
                    "label": named("Shares"),
                    "fields": {"who": PERSON, "part": {"type": "number", "label": named("Part")}},
                },
            },
            "rules": {
                "positive": {
                    "validate": "{amount} <> -1",
                    "message": named("Not below zero"),
                    "fields": ["amount"],
                }
            },
            "permissions": {
                "readers": {"label": named("Readers"), "roles": [], "actions": ["view"], "rows": "all"}
            },
        }
    },
}


class World:
    """An app about deals, and three people: Lee leaves, Sam and Kim stay."""

    def __init__(self, shop) -> None:
        self.shop = shop
        self.admin = shop.as_user("admin")
        self.publish(TEAM)
        self.lee, self.sam, self.kim = (self.person(name) for name in ("Lee", "Sam", "Kim"))

    def publish(self, document) -> None:
        operator = Actor(user_id=None, name="setup", is_admin=True, workspace=self.shop.workspace_key)
        with self.shop.services.unit(self.shop.workspace_key) as unit:
            publishing.publish_app(unit, operator, "team", document)

    def person(self, name) -> int:
        email = f"{name}.{self.shop.workspace_key}@example.com"
        status, made = self.admin.post("/users", {"name": name, "email": email})
        assert status == 201, made
        return made["id"]

    def deal(self, **values) -> int:
        status, made = self.admin.post("/apps/team/forms/deal/records", values)
        assert status == 201, made
        return made["id"]

    def read(self, record) -> dict:
        status, found = self.admin.get(f"/apps/team/forms/deal/records/{record}")
        assert status == 200
        return found

    def has(self, user) -> dict[str, int]:
        status, found = self.admin.get(f"/users/{user}/belongings")
        assert status == 200
        return {item["key"]: item["count"] for item in found["items"]}

    def hand_over(self, **body):
        return self.admin.post(f"/users/{self.lee}/handover", body)

    def run_jobs(self, jobs) -> None:
        for kind, arguments in jobs.deferred:
            if kind == "handover":
                run_handover(self.shop.services, self.shop.workspace_key, **arguments)
        jobs.deferred.clear()


@pytest.fixture
def world(shop) -> World:
    return World(shop)


def ids(people) -> list[int]:
    return [one["id"] for one in people or ()]


def test_everything_is_listed_and_given_to_one_successor(world):
    mine = world.deal(name="Mine", owner=world.lee)
    helped = world.deal(name="Helped", owner=world.kim, helpers=[world.kim, world.lee], expert=world.lee)
    shared = world.deal(
        name="Shared", owner=world.kim, shares=[{"who": world.kim, "part": 1}, {"who": world.lee}]
    )
    _, place = world.admin.post("/departments", {"name": "North", "head_ids": [world.lee, world.kim]})
    world.admin.patch(f"/users/{world.kim}", {"manager_id": world.lee})
    group = "/apps/team/forms/deal/permission-groups/readers/members"
    assert world.admin.call("PUT", group, {"users": [world.lee], "departments": []})[0] == 200
    assert world.has(world.lee) == {
        "team.deal.owner": 1,
        "team.deal.helpers": 1,
        "team.deal.expert": 1,
        "team.deal.shares.who": 1,
        "departments": 1,
        "reports": 1,
        "groups": 1,
    }

    status, done = world.hand_over(to=world.sam)
    assert (status, done["job"], done["records"], done["left"]) == (200, None, 3, 0)
    assert world.has(world.lee) == {}
    assert world.read(mine)["owner"]["id"] == world.sam
    assert world.read(mine)["contact"] == "Sam"
    assert ids(world.read(helped)["helpers"]) == [world.kim, world.sam]
    assert world.read(helped)["expert"]["id"] == world.sam
    lines = world.read(shared)["shares"]
    assert [(line["who"]["id"], line["part"]) for line in lines] == [(world.kim, 1), (world.sam, None)]
    _, tree = world.admin.get("/organisation")
    assert [one["head_ids"] for one in tree["departments"] if one["id"] == place["id"]] == [
        [world.sam, world.kim]
    ]
    assert world.admin.get(f"/users/{world.kim}")[1]["manager_id"] == world.sam
    _, groups = world.admin.get("/apps/team/forms/deal/permission-groups")
    assert ids(groups["groups"][0]["users"]) == [world.sam]

    _, history = world.admin.get(f"/apps/team/forms/deal/records/{mine}/history")
    [entry] = [one for one in history["entries"] if one["source"] == "handover"]
    assert entry["actor"]["id"] == world.admin.me["user"]["id"]
    _, log = world.admin.get("/audit", kind="handed_over")
    [told] = log["entries"]
    assert (told["subject"], told["before"]["team.deal.owner"]) == ("Lee", 1)
    assert told["before"]["departments"] == ["North"]
    assert told["after"]["departments"] == f"Sam (#{world.sam})"
    assert told["after"]["records"] == 3


def test_each_thing_may_have_another_successor_or_stay(world):
    deal = world.deal(name="Deal", owner=world.lee, expert=world.lee, helpers=[world.lee])
    items = [{"key": "team.deal.expert", "to": world.kim}, {"key": "team.deal.helpers", "to": None}]
    status, _ = world.hand_over(to=world.sam, items=items)
    assert status == 200
    values = world.read(deal)
    assert (values["owner"]["id"], values["expert"]["id"]) == (world.sam, world.kim)
    assert ids(values["helpers"]) == [world.lee]
    assert world.has(world.lee) == {"team.deal.helpers": 1}


def test_somebody_is_deactivated_in_the_same_step_or_was_long_ago(world):
    first = world.deal(name="First", owner=world.lee, helpers=[world.lee, world.kim])
    world.admin.post("/departments", {"name": "North", "head_ids": [world.lee]})
    status, _ = world.hand_over(
        to=world.sam, items=[{"key": "team.deal.helpers", "to": None}], deactivate=True
    )
    assert status == 200
    assert world.admin.get(f"/users/{world.lee}")[1]["state"] == "inactive"
    assert world.has(world.lee) == {"team.deal.helpers": 1}
    assert "departments" in world.has(world.sam)
    world.admin.post(f"/users/{world.kim}/deactivate", {})
    # Kim left too and stays among the helpers all the same.
    assert world.hand_over(to=world.sam)[0] == 200
    assert ids(world.read(first)["helpers"]) == [world.sam, world.kim]


def test_people_above_the_successor_are_not_managed_by_him(world):
    world.admin.patch(f"/users/{world.kim}", {"manager_id": world.lee})
    world.admin.patch(f"/users/{world.sam}", {"manager_id": world.kim})
    assert world.hand_over(to=world.sam)[0] == 200
    assert world.admin.get(f"/users/{world.kim}")[1]["manager_id"] is None
    assert world.admin.get(f"/users/{world.sam}")[1]["manager_id"] == world.kim


def test_views_go_to_the_successor(world):
    lee = world.shop.as_user("sales")
    me = lee.me["user"]["id"]
    view = {"label": "Mine", "kind": "list", "columns": ["company"]}
    status, _ = lee.post("/apps/shop/forms/lead/views", view)
    assert status == 201
    assert world.has(me) == {"views": 1}
    assert world.admin.post(f"/users/{me}/handover", {"to": world.sam})[0] == 200
    assert world.has(me) == {}
    assert world.has(world.sam) == {"views": 1}


@pytest.mark.parametrize(
    "body, path, code",
    [
        ({}, "/to", "handover_to_nobody"),
        ({"to": None, "items": [{"key": "views", "to": None}]}, "/to", "handover_to_nobody"),
        ({"to": 4_000_000}, "/to", "no_such_person"),
        ({"items": [{"key": "views", "to": 4_000_000}]}, "/items/0/to", "no_such_person"),
    ],
)
def test_a_plan_names_successors_who_are_here(world, body, path, code):
    status, problem = world.hand_over(**body)
    assert status == 422
    assert [(one["path"], one["code"]) for one in problem["issues"]] == [(path, code)]


def test_nobody_succeeds_himself_and_nobody_hands_over_but_administrators(world):
    status, problem = world.hand_over(to=world.lee)
    assert (status, problem["issues"][0]["code"]) == (422, "handover_to_oneself")
    assert world.admin.post("/users/4000000/handover", {"to": world.sam})[0] == 404
    manager = world.shop.as_user("manager")
    assert manager.get(f"/users/{world.lee}/belongings")[0] == 403
    assert manager.post(f"/users/{world.lee}/handover", {"to": world.sam})[0] == 403


def test_records_that_break_a_rule_keep_everything_as_it_is_or_are_passed_over(world):
    rules = TEAM["forms"]["deal"]["rules"]
    world.publish({**TEAM, "forms": {"deal": {**TEAM["forms"]["deal"], "rules": {}}}})
    wrong = world.deal(name="Wrong", owner=world.lee, amount=-1)
    right = world.deal(name="Right", owner=world.lee)
    world.publish({**TEAM, "forms": {"deal": {**TEAM["forms"]["deal"], "rules": rules}}})
    status, problem = world.hand_over(to=world.sam, deactivate=True)
    assert status == 422
    assert [one["message"] for one in problem["issues"]] == ["Wrong (Deal): Not below zero"]
    assert world.has(world.lee) == {"team.deal.owner": 2}
    assert world.admin.get(f"/users/{world.lee}")[1]["state"] == "invited"
    status, done = world.hand_over(to=world.sam, partly=True)
    assert (status, done["records"], done["left"]) == (200, 1, 1)
    assert world.read(right)["owner"]["id"] == world.sam
    assert world.read(wrong)["owner"]["id"] == world.lee


def many(world, count=510) -> None:
    sent = [{"name": f"Deal {number}", "owner": world.lee} for number in range(count)]
    status, _ = world.admin.post("/apps/team/forms/deal/records/batch", {"create": sent})
    assert status == 200


def test_many_records_are_left_to_a_job(world, jobs):
    many(world)
    world.admin.post("/departments", {"name": "North", "head_ids": [world.lee]})
    status, started = world.hand_over(to=world.sam, deactivate=True)
    assert (status, started["handed"]) == (200, [])
    # He is out at once; what he had is all there until the job has done it.
    assert world.admin.get(f"/users/{world.lee}")[1]["state"] == "inactive"
    assert world.has(world.lee) == {"team.deal.owner": 510, "departments": 1}
    world.run_jobs(jobs)
    _, job = world.admin.get(f"/jobs/{started['job']}")
    assert (job["state"], job["done"], job["summary"]["records"]) == ("done", 510, 510), job
    assert world.has(world.lee) == {}
    assert world.has(world.sam) == {"team.deal.owner": 510, "departments": 1}


def test_a_job_that_was_cancelled_or_cannot_be_done_leaves_everything(world, jobs):
    many(world)
    _, started = world.hand_over(to=world.sam)
    world.admin.post(f"/jobs/{started['job']}/cancel", {})
    world.run_jobs(jobs)
    assert world.has(world.lee) == {"team.deal.owner": 510}
    _, started = world.hand_over(to=world.sam)
    world.admin.post(f"/users/{world.sam}/deactivate", {})
    world.run_jobs(jobs)
    _, job = world.admin.get(f"/jobs/{started['job']}")
    assert job["state"] == "failed"
    assert world.has(world.lee) == {"team.deal.owner": 510}


def test_what_is_cut_off_in_the_middle_leaves_nothing_half_done(world):
    many(world)
    operator = Actor(user_id=None, name="setup", is_admin=True, workspace=world.shop.workspace_key)

    def cut_off(count: int) -> None:
        assert count > 0
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), world.shop.services.unit(world.shop.workspace_key) as unit:
        hand_over(unit, operator, plan_of(world.lee, {"to": world.sam, "deactivate": True}), cut_off)
    assert world.has(world.lee) == {"team.deal.owner": 510}
    assert world.has(world.sam) == {}
    assert world.admin.get(f"/users/{world.lee}")[1]["state"] == "invited"
