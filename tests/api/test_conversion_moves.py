"""What moves along with a conversion: relations of every kind, lines, and all of it back."""

from typing import Any

import pytest

from tests.api.ties import Ties, document, ids, publish

LABEL = {"en": "Become", "zh": "转为"}


def relation(kind: str, form: str, inverse: str, **settings: Any) -> dict[str, Any]:
    return {"type": kind, "form": form, "inverse": {"key": inverse, "label": LABEL}, **settings}


@pytest.fixture
def ties(shop) -> Ties:
    app = document(
        lead__companies=relation("relations", "account", "leads"),
        visit__hosts=relation("relations", "account", "hosted", on_delete="unlink"),
        visit__guests=relation("relations", "lead", "invited", on_delete="unlink"),
        visit__host=relation("relation", "account", "host_of", on_delete="unlink"),
        deal__needs={
            "type": "subform",
            "fields": {
                "what": {"type": "text", "label": LABEL},
                "who": {
                    "type": "relation_any",
                    "forms": ["lead", "account"],
                    "label": LABEL,
                    "inverse": {"key": "needs", "label": LABEL},
                    "on_delete": "unlink",
                },
            },
        },
    )
    app["forms"]["lead"]["conversions"] = {
        "become": {
            "label": LABEL,
            "targets": {"account": {"form": "account", "values": {"name": "{company}"}}},
            "links": {"companies": "account"},
            "move": {
                "talks": {"about": "account", "hosts": "account", "host": "account"},
                "invited": {"host": "account"},
                "needs": {"needs.who": "account"},
            },
        }
    }
    publish(shop, app)
    return Ties(shop, shop.as_user("admin"))


def path(lead: dict[str, Any]) -> str:
    return f"/apps/ties/forms/lead/records/{lead['id']}/conversions/become"


def convert(ties: Ties, lead: dict[str, Any]) -> int:
    status, done = ties.client.post(path(lead), {"revision": ties.read("lead", lead, "revision")})
    assert status == 200, done
    return done["conversion"]["targets"][0]["record"]["id"]


def undo(ties: Ties, lead: dict[str, Any]) -> tuple[int, Any]:
    return ties.client.delete(path(lead))


def about(form: str, record: Any) -> dict[str, Any]:
    return {"form": form, "id": record["id"] if isinstance(record, dict) else record}


def told(value: Any) -> tuple[str, int] | None:
    return value and (value["form"], value["id"])


def test_relations_of_every_kind_move_along_and_back(ties) -> None:
    lead = ties.create("lead", company="Acme")
    other = ties.create("account", name="Other")
    ties.change("lead", lead, companies=[other["id"]])
    talk = ties.create("visit", note="T", hours=2, about=about("lead", lead), hosts=[other["id"]])
    kept = ties.create("visit", note="K", hours=3, about=about("lead", lead), host=other["id"])
    guest = ties.create("visit", note="G", about=about("account", other), guests=[lead["id"]])
    needs = [{"what": "a", "who": about("lead", lead)}, {"what": "b", "who": about("account", other)}]
    deal = ties.create("deal", name="D", needs=[*needs, {"what": "c"}])
    assert ties.read("lead", lead, "hours") == 5

    account = convert(ties, lead)
    made = {"id": account}
    assert ids(ties.read("lead", lead, "companies")) == [other["id"], account]
    found, hosts, host = ties.read("visit", talk, "about", "hosts", "host")
    assert told(found) == ("account", account)
    assert (ids(hosts), host["id"]) == ([other["id"], account], account)
    assert ties.read("visit", kept, "host")["id"] == other["id"], "what points elsewhere stays"
    assert told(ties.read("visit", guest, "about")) == ("account", other["id"])
    assert ties.read("visit", guest, "host")["id"] == account
    lines = ties.read("deal", deal, "needs")
    assert [told(line["who"]) for line in lines] == [("account", account), ("account", other["id"]), None]
    assert (ties.read("lead", lead, "hours"), ties.read("account", made, "hours")) == (0, 5)
    assert sorted(ties.related("account", made, "visits")) == ["K", "T"]

    status, answer = undo(ties, lead)
    assert status == 200, answer
    found, hosts, host = ties.read("visit", talk, "about", "hosts", "host")
    assert (told(found), ids(hosts), host) == (("lead", lead["id"]), [other["id"]], None)
    assert ties.read("visit", guest, "host") is None
    back = ties.read("deal", deal, "needs")
    assert [line["id"] for line in back] == [line["id"] for line in lines]
    assert [told(line["who"]) for line in back] == [("lead", lead["id"]), ("account", other["id"]), None]
    assert ids(ties.read("lead", lead, "companies")) == [other["id"]]
    assert ties.read("lead", lead, "hours") == 5


def test_what_was_changed_since_stays(ties) -> None:
    lead = ties.create("lead", company="Acme")
    other = ties.create("account", name="Other")
    talk = ties.create("visit", note="T", about=about("lead", lead))
    deal = ties.create("deal", name="D", needs=[{"what": "a", "who": about("lead", lead)}, {"what": "b"}])
    account = convert(ties, lead)
    ties.change("visit", talk, about=about("account", other), hosts=[other["id"], account])
    second = ties.read("deal", deal, "needs")[1]
    ties.change("deal", deal, needs=[{"id": second["id"], "what": "c"}])
    assert undo(ties, lead)[0] == 200
    found, hosts = ties.read("visit", talk, "about", "hosts")
    assert (told(found), ids(hosts)) == (("account", other["id"]), [other["id"]])
    assert [line["what"] for line in ties.read("deal", deal, "needs")] == ["c"]


@pytest.mark.parametrize("by", ["about", "hosts", "line"])
def test_whatever_points_at_it_is_in_the_way(ties, by) -> None:
    lead = ties.create("lead", company="Acme")
    account = convert(ties, lead)
    later = {
        "about": lambda: ties.create("visit", note="Later", about=about("account", account)),
        "hosts": lambda: ties.create("visit", note="Later", hosts=[account]),
        "line": lambda: ties.create("deal", name="Later", needs=[{"who": about("account", account)}]),
    }[by]()
    status, answer = undo(ties, lead)
    assert (status, answer["code"]) == (409, "conversion_in_use")
    [blocker] = answer["blockers"]
    assert blocker["records"] == [{"id": later["id"], "title": "Later"}]
    assert "Later" in answer["detail"]
    ties.delete(blocker["form"], later)
    assert undo(ties, lead)[0] == 200


def test_what_moved_is_in_the_way_when_it_was_tied_anew(ties) -> None:
    """It refers to what was made by more than the conversion did: undoing may not cut that tie in silence."""
    lead = ties.create("lead", company="Acme")
    guest = ties.create("visit", note="G", guests=[lead["id"]])
    account = convert(ties, lead)
    ties.change("visit", guest, about=about("account", account))
    status, answer = undo(ties, lead)
    assert (status, answer["code"]) == (409, "conversion_in_use")
    assert answer["blockers"][0]["records"] == [{"id": guest["id"], "title": "G"}]
    found, host = ties.read("visit", guest, "about", "host")
    assert (told(found), host["id"]) == (("account", account), account), "nothing was put back"
    ties.change("visit", guest, about=None)
    assert undo(ties, lead)[0] == 200
    assert ties.read("visit", guest, "host") is None


def test_what_moved_is_one_entry_of_its_history(ties) -> None:
    lead = ties.create("lead", company="Acme")
    deal = ties.create("deal", name="D", needs=[{"what": "a", "who": about("lead", lead)}])
    convert(ties, lead)
    entry = ties.history("deal", deal)[0]
    assert (entry["source"], [change["field"] for change in entry["changes"]]) == ("conversion", ["needs"])
