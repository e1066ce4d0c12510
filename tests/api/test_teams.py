"""The team of a record: who may change it, and whom workflows ask; and who may print."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, label, quote, read, start, todo


def people(text):
    return {"type": "users", "label": label(text)}


def with_team(groups, team=None):
    document = approvals.document(
        approval={
            **copy.deepcopy(APPROVAL),
            "lock": {"fields": []},
        }
    )
    form = document["forms"]["quote"]
    form["fields"] |= {"helpers": people("Helpers"), "watchers": people("Watchers")}
    form["team"] = team or {"edit": ["helpers"], "read": ["watchers"]}
    form["permissions"] = groups
    return document


#: Whoever owns a quote shares it; those whom it is shared with change it, or only read it.
GROUPS = {
    "own": {"roles": ["sales"], "actions": ["view", "create", "edit", "share", "print"], "rows": "own"},
    "helping": {"roles": ["guest"], "actions": ["view", "edit"], "rows": "HAS({helpers}, ME())"},
    "watching": {"roles": ["guest"], "actions": ["view"], "rows": "HAS({watchers}, ME())"},
    "boss": {"roles": ["manager"], "actions": ["view", "edit", "print"], "rows": "all"},
}


@pytest.fixture
def publish(shop):
    def run(document):
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", document)

    return run


def id_of(client):
    return client.me["user"]["id"]


def change(client, record, **values):
    return client.patch(f"{QUOTES}/{record['id']}", {"revision": record["revision"], **values})


def test_only_who_may_share_changes_the_team(publish, sales, guest, manager, admin):
    publish(with_team(GROUPS))
    made = quote(sales, helpers=[id_of(guest)])
    assert [one["id"] for one in read(sales, made)["helpers"]] == [id_of(guest)]
    # Whom it is shared with works on it, and shares it with nobody.
    status, changed = change(guest, made, note="Mine now")
    assert status == 200, changed
    for client in (guest, manager):
        for field in ("helpers", "watchers"):
            status, refused = change(client, changed, **{field: [id_of(manager)]})
            told = [(issue["path"], issue["code"]) for issue in refused["issues"]]
            assert (status, told) == (422, [(f"/{field}", "record_read_only_field")]), refused
    status, changed = change(sales, changed, helpers=[], watchers=[id_of(guest)])
    assert status == 200, changed
    assert read(guest, made)["note"] == "Mine now"
    assert change(guest, changed, note="Still mine")[0] in (403, 404)
    assert change(admin, changed, helpers=[id_of(manager)])[0] == 200


def test_without_a_group_that_shares_whoever_edits_changes_the_team(publish, sales, manager):
    groups = copy.deepcopy(GROUPS)
    groups["own"]["actions"].remove("share")
    publish(with_team(groups))
    made = quote(sales)
    status, changed = change(manager, made, helpers=[id_of(manager)])
    assert status == 200, changed


def test_what_somebody_may_do_says_whether_he_prints_and_shares(publish, sales, guest, manager, admin):
    publish(with_team(GROUPS))
    made = quote(sales, helpers=[id_of(guest)])
    may = {
        name: set(client.get("/apps/shop/forms/quote/describe")[1]["actions"]) & {"print", "share"}
        for name, client in {"sales": sales, "guest": guest, "manager": manager, "admin": admin}.items()
    }
    assert may == {
        "sales": {"print", "share"},
        "guest": set(),
        "manager": {"print"},
        "admin": {"print", "share"},
    }
    fields = guest.get("/apps/shop/forms/quote/describe")[1]["fields"]
    assert fields["helpers"]["read_only"] is True
    status, explained = admin.get(f"{QUOTES}/{made['id']}/access/{id_of(guest)}")
    assert status == 200, explained
    assert (explained["actions"]["print"], explained["actions"]["share"]) == (False, False)


@pytest.mark.parametrize(
    ("part", "asked"),
    [(None, {"Sales", "Guest", "Manager"}), ("owner", {"Sales"}), ("edit", {"Guest"}), ("read", {"Manager"})],
)
def test_workflows_ask_the_team_by_part(publish, sales, guest, manager, part, asked):
    document = with_team(GROUPS)
    rule = {"by": "collaborators"} | ({"part": part} if part else {})
    document["workflows"]["approval"]["nodes"]["manager"]["assignees"] = [rule]
    publish(document)
    made = quote(sales, helpers=[id_of(guest)], watchers=[id_of(manager)])
    start(sales, made)
    holding = {
        name for name, client in {"Sales": sales, "Guest": guest, "Manager": manager}.items() if todo(client)
    }
    assert holding == asked


@pytest.mark.parametrize(
    ("team", "path", "code"),
    [
        ({"edit": ["no"]}, "/forms/quote/team/edit/0", "definition_cannot_team"),
        ({"read": ["helper"]}, "/forms/quote/team/read/0", "definition_unknown_field"),
        ({"edit": ["owner"]}, "/forms/quote/team/edit/0", "definition_unknown_field"),
        ({"admin": ["helpers"]}, "/forms/quote/team/admin", None),
        (["helpers"], "/forms/quote/team", None),
    ],
)
def test_a_team_that_makes_no_sense_is_told_at_its_place(team, path, code):
    found = {one.path: one.code for one in publishing.check_definition(with_team(GROUPS, team), "shop")}
    assert path in found
    assert code is None or found[path] == code
