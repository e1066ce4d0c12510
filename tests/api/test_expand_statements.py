"""`expand` asks for related records form by form, never record by record, whatever type the relation has."""

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.statements import note_statements

LABEL = {"en": "x", "zh": "x"}
TIES = "/apps/ties/forms/tie/records"

#: Each kind of relation, and what it holds of the n-th record of either form.
KINDS = {
    "one": ({"type": "relation", "form": "near"}, lambda near, far: near),
    "pair": ({"type": "relation", "form": "near", "unique": True}, lambda near, far: near),
    "tree": ({"type": "relation", "form": "tie", "tree": True}, lambda near, far: None),
    "many": ({"type": "relations", "form": "near"}, lambda near, far: [near]),
    "any": (
        {"type": "relation_any", "forms": ["near", "far"]},
        lambda near, far: {"form": "far", "id": far} if near % 2 else {"form": "near", "id": near},
    ),
}
#: How many more statements whole records take than titles: one for each form that is looked at, but none for
#: titles once every relation is whole.
MORE = {"one": 1, "pair": 1, "tree": 0, "many": 1, "any": 2, "one,pair,many": 1, "one,pair,tree,many,any": 1}


@pytest.fixture
def ties(shop):
    """An app of two forms that are pointed at and one that points in every way, with an administrator."""
    plain = {
        "name": {"type": "text"},
        "worth": {"type": "formula", "result": "number", "formula": "LEN({name})"},
    }
    forms = {
        "near": plain,
        "far": plain,
        "tie": {"name": {"type": "text"}} | {k: v[0] for k, v in KINDS.items()},
    }
    labelled = {
        key: {"label": LABEL, "fields": {name: {"label": LABEL, **field} for name, field in fields.items()}}
        for key, fields in forms.items()
    }
    document = {
        "joinery": 1,
        "app": "ties",
        "version": "1.0.0",
        "label": LABEL,
        "menu": [],
        "forms": labelled,
    }
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "ties", document)
    return shop.as_user("admin")


def fill(client, number: int) -> None:
    """So many more records that point at others of their own."""
    names = [{"name": f"n{place}"} for place in range(number)]
    near, far = (
        [
            one["id"]
            for one in client.post(f"/apps/ties/forms/{form}/records/batch", {"create": names})[1]["created"]
        ]
        for form in ("near", "far")
    )
    records = [
        {"name": "t", **{key: value(one, other) for key, (_, value) in KINDS.items() if value(one, other)}}
        for one, other in zip(near, far, strict=True)
    ]
    assert client.post(f"{TIES}/batch", {"create": records})[0] == 200


@pytest.fixture
def statements(ties, monkeypatch):
    """The number of statements that the database gets for a page."""
    sent = note_statements(monkeypatch)

    def count(**query) -> int:
        ties.get(TIES, limit=50, **query)
        before = len(sent)
        status, page = ties.get(TIES, limit=50, **query)
        assert status == 200, page
        return len(sent) - before

    return count


def test_a_page_takes_as_many_statements_whatever_stands_on_it(ties, statements):
    fill(ties, 4)
    few = {key: statements(expand=key) for key in MORE}
    plain = statements()
    assert {key: number - plain for key, number in few.items()} == MORE
    fill(ties, 40)
    assert {key: statements(expand=key) for key in MORE} == few
    assert statements() == plain


def test_every_kind_answers_with_whole_records(ties):
    fill(ties, 2)
    status, page = ties.get(TIES, expand=",".join(KINDS), sort="id")
    assert status == 200
    first, second = page["records"]
    assert [first[key]["worth"] for key in ("one", "pair")] == [2, 2]
    assert [one["worth"] for one in first["many"]] == [2]
    assert {first["any"]["form"], second["any"]["form"]} == {"near", "far"}
    assert first["any"]["worth"] == second["any"]["worth"] == 2
    assert first["tree"] is None
