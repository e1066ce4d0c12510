"""Apps, entries of the menu and views are shown to whom they are meant for; rights on records stay apart."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.people import people
from joinery.storage import external_organisations, organisation, touch_directory
from tests.api.conftest import DOCUMENT, PASSWORD, Client
from tests.conftest import NOW

NOBODY = {}


@pytest.fixture
def publish(shop):
    """Publish the small app with something changed in it."""

    def changed(change):
        document = copy.deepcopy(DOCUMENT)
        document["forms"]["lead"]["permissions"]["partners"] = {
            "roles": [],
            "external": ["dealer"],
            "actions": ["view"],
        }
        change(document)
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", document)

    return changed


@pytest.fixture
def crowd(shop, sales, other, manager, admin):
    """Everybody by name; "other" works in Sales / North, "dealer" for North Dealers."""
    with shop.services.unit(shop.workspace_key) as unit:
        above = organisation.add_department(unit, name="Sales", parent_id=None, head_ids=())
        north = organisation.add_department(unit, name="North", parent_id=above, head_ids=())
        organisation.change_member(unit, other.me["user"]["id"], department_ids=[north])
        dealer = external_organisations.add(unit, name="North Dealers", kind="dealer", at=NOW)
        email = f"dealer.{shop.workspace_key}@example.com"
        user_id = people.add_user(unit, email=email, name="Dealer", password=PASSWORD)
        organisation.change_member(unit, user_id, organisation_id=dealer)
        touch_directory(unit)
    outside = Client(shop.app.test_client()).sign_in(email)
    return {"sales": sales, "other": other, "manager": manager, "admin": admin, "dealer": outside}


AUDIENCES = [
    (None, {"sales", "other", "manager", "dealer"}),
    (NOBODY, set()),
    ({"roles": ["sales"]}, {"sales", "other"}),
    ({"roles": ["manager"], "external": ["dealer"]}, {"manager", "dealer"}),
    ({"external": ["supplier"]}, set()),
    ({"departments": ["Sales"]}, {"other"}),
    ({"departments": ["sales / north"]}, {"other"}),
    ({"departments": ["South"]}, set()),
    ({"users": ["SALES"]}, {"sales"}),
    ({"users": ["nobody@example.com"]}, set()),
    ({"organisations": ["north dealers"]}, {"dealer"}),
    ({"organisations": ["Others"], "roles": ["manager"]}, {"manager"}),
]


@pytest.fixture
def audiences(shop, crowd):
    """By a key each audience and who is in it; an administrator always is."""

    def written(audience):
        if audience and "users" in audience:
            addresses = [one if "@" in one else shop.email(one.lower()) for one in audience["users"]]
            return {"users": [one.upper() for one in addresses]}
        return audience

    return {
        f"a{place}": (written(audience), expected | {"admin"})
        for place, (audience, expected) in enumerate(AUDIENCES)
    }


def a_workflow(**more):
    approval = {"type": "approval", "label": {"en": "Look", "zh": "看"}, "next": "end"}
    return {
        "label": {"en": "Wombat approval", "zh": "袋熊审批"},
        "form": "lead",
        "starts": [{"on": "button"}],
        "lock": {"fields": "all"},
        "first": "look",
        "nodes": {
            "look": {**approval, "assignees": [{"by": "role", "role": "manager"}]},
            "end": {"type": "end", "label": {"en": "End", "zh": "结束"}},
        },
        **more,
    }


def with_audience(part, audience):
    return part if audience is None else {**part, "visible_to": audience}


def meant_for(audiences, name):
    """The keys of the audiences that somebody is in."""
    return [key for key, (_, expected) in audiences.items() if name in expected]


def test_views_are_shown_to_those_they_are_meant_for(publish, crowd, audiences):
    def change(document):
        for key, (audience, _) in audiences.items():
            view = {"label": {"en": f"Plan {key}!", "zh": key}, "columns": ["company"]}
            document["forms"]["lead"]["views"][key] = with_audience(view, audience)
        document["menu"] = [{"form": "lead", "view": key} for key in audiences]

    publish(change)
    for name, person in crowd.items():
        _, app = person.get("/apps/shop")
        _, described = person.get("/apps/shop/forms/lead/describe")
        meant = meant_for(audiences, name)
        for views in (app["forms"]["lead"]["views"], described["views"]):
            assert [view["key"] for view in views if view["key"] in audiences] == meant, name
        hidden = [key for key in audiences if key not in meant]
        assert not [key for key in hidden if f"Plan {key}!" in str((app, described))], name
        # Who does not know the view still comes to the form.
        expected = [{"form": "lead", "view": key} if key in meant else {"form": "lead"} for key in audiences]
        assert app["menu"] == expected, name
        assert "visible_to" not in str((app, described)), name


def test_entries_of_the_menu_are_shown_to_those_they_are_meant_for(publish, crowd, audiences):
    def group(key, *items):
        return {"group": key, "label": {"en": key, "zh": key}, "items": list(items)}

    def change(document):
        groups = [with_audience(group(key, {"form": "lead"}), one) for key, (one, _) in audiences.items()]
        inside = [
            group(f"in_{key}", with_audience({"form": "lead"}, one)) for key, (one, _) in audiences.items()
        ]
        document["menu"] = [*groups, *inside]

    publish(change)
    for name, person in crowd.items():
        _, app = person.get("/apps/shop")
        meant = meant_for(audiences, name)
        assert [entry["group"] for entry in app["menu"]] == [*meant, *(f"in_{key}" for key in meant)], name
        # The form itself is a matter of rights.
        assert "lead" in app["forms"], name


@pytest.mark.parametrize("place", [0, 1, 3, 5])
def test_an_app_is_shown_to_those_it_is_meant_for(publish, crowd, audiences, place):
    audience, expected = audiences[f"a{place}"]
    publish(lambda document: document.update(with_audience({}, audience)))
    for name, person in crowd.items():
        shown = name in expected
        assert ([app["key"] for app in person.get("/apps")[1]["apps"]] == ["shop"]) is shown, name
        assert person.get("/apps/shop")[0] == (200 if shown else 404), name


def test_a_change_of_department_counts_from_the_next_call(shop, publish, crowd):
    publish(lambda document: document.update(visible_to={"departments": ["Sales / North"]}))
    other = crowd["other"]
    assert other.get("/apps/shop")[0] == 200
    with shop.services.unit(shop.workspace_key) as unit:
        organisation.change_member(unit, other.me["user"]["id"], department_ids=[])
        touch_directory(unit)
    assert other.get("/apps/shop")[0] == 404


@pytest.mark.parametrize(
    "place",
    ["", "/menu/0", "/menu/1", "/menu/1/items/0", "/forms/lead/views/open", "/workflows/approval"],
)
@pytest.mark.parametrize(
    ("written", "path", "code"),
    [
        ({"roles": ["sails"]}, "/visible_to/roles/0", "definition_unknown_role"),
        ({"external": ["friend"]}, "/visible_to/external/0", None),
        ({"people": ["x"]}, "/visible_to/people", None),
        (["sales"], "/visible_to", None),
    ],
)
def test_an_audience_that_makes_no_sense_is_told_at_its_place(written, path, code, place):
    document = copy.deepcopy(DOCUMENT)
    document["workflows"] = {"approval": a_workflow()}
    part = document
    for step in place.split("/")[1:]:
        part = part[int(step) if isinstance(part, list) else step]
    part["visible_to"] = written
    found = {issue.path: issue.code for issue in publishing.check_definition(document, "shop")}
    assert f"{place}{path}" in found
    assert code is None or found[f"{place}{path}"] == code


def test_workflows_are_shown_to_those_they_are_meant_for(publish, crowd, audiences):
    def change(document):
        document["workflows"] = {
            key: with_audience(a_workflow(label={"en": f"Plan {key}!", "zh": key}), audience)
            for key, (audience, _) in audiences.items()
        }
        for name in ("sales", "manager"):
            group = document["forms"]["lead"]["permissions"][name]
            document["forms"]["lead"]["permissions"][name] = {**group, "rows": "all"}

    publish(change)
    lead = crowd["admin"].create("lead", company="Acme")
    path = f"/apps/shop/forms/lead/records/{lead['id']}/workflow"
    for name, person in crowd.items():
        meant = meant_for(audiences, name)
        _, described = person.get("/apps/shop/forms/lead/describe")
        assert [one["key"] for one in described["workflows"]] == meant, name
        _, told = person.get(path)
        # Who may not change the record starts nothing on it.
        starts = meant if "edit" in described["actions"] else []
        assert [one["workflow"] for one in told["startable"]] == starts, name
        for key in audiences:
            if key not in meant:
                status, answer = person.post(path, {"workflow": key})
                assert (status, f"Plan {key}!" in str((described, told, answer))) == (404, False), (name, key)


def test_a_run_of_a_hidden_workflow_is_shown_to_those_who_have_a_part_in_it(publish, crowd):
    admin, sales, other, manager = (crowd[name] for name in ("admin", "sales", "other", "manager"))

    def change(document, **audience):
        document["workflows"] = {"approval": a_workflow(visible_to={"roles": ["sales"], **audience})}
        for name in ("sales", "manager"):
            group = document["forms"]["lead"]["permissions"][name]
            document["forms"]["lead"]["permissions"][name] = {**group, "rows": "all"}

    publish(change)
    lead = sales.create("lead", company="Acme")
    path = f"/apps/shop/forms/lead/records/{lead['id']}/workflow"
    status, run = sales.post(path, {"workflow": "approval"})
    assert status == 201, run
    seeing = f"/workflow-instances/{run['id']}"
    # Without the audience only those with a part in it are left: who started it and whose turn it is.
    publish(lambda document: change(document, roles=[]))
    parts = {"sales": 1, "manager": 1, "admin": 1, "other": 0, "dealer": 0}
    for name, count in parts.items():
        person = crowd[name]
        assert len(person.get(path)[1]["instances"]) == count, name
        assert person.get(seeing)[0] == (200 if count else 404), name
        assert person.get("/apps/shop/forms/lead/describe")[1]["workflows"] == (
            [{"key": "approval", "label": a_workflow()["label"]}] if name == "admin" else []
        )
    # Nobody else learns its name from what it locks.
    record = other.get(f"/apps/shop/forms/lead/records/{lead['id']}")[1]
    assert record["$locked"]["workflow"] == {"en": "A workflow", "zh": "流程"}
    status, refused = other.patch(
        f"/apps/shop/forms/lead/records/{lead['id']}", {"revision": record["revision"], "company": "New"}
    )
    assert (status, refused["code"], "Wombat" in str(refused)) == (409, "locked_by_workflow", False)
    locked = admin.get(f"/apps/shop/forms/lead/records/{lead['id']}")[1]["$locked"]
    assert locked["workflow"]["en"] == "Wombat approval"
    assert manager.get("/tasks")[1]["tasks"][0]["instance"]["label"]["en"] == "Wombat approval"
