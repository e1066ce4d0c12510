"""A relation becomes one to many, to one, or to one of several forms: values go along or are listed."""

import copy

import pytest

from tests.api.ties import DOCUMENT, Ties, ids, publish

LABEL = {"en": "Account", "zh": "客户"}
INVERSE = {"key": "deals", "label": {"en": "Deals", "zh": "商机"}}
TO_ONE = {"type": "relation", "form": "account", "label": LABEL, "on_delete": "unlink", "inverse": INVERSE}
TO_MANY = {"type": "relations", "form": "account", "label": LABEL, "inverse": INVERSE}
TO_ANY = {"type": "relation_any", "forms": ["account", "lead"], "label": LABEL, "inverse": INVERSE}


def document(relation) -> dict:
    changed = copy.deepcopy(DOCUMENT)
    del changed["forms"]["visit"]
    del changed["forms"]["account"]["fields"]["hours"]
    del changed["forms"]["lead"]["fields"]["hours"]
    changed["forms"]["deal"]["fields"]["account"] = relation
    return changed


@pytest.fixture
def ties(shop) -> Ties:
    publish(shop, document(TO_ONE))
    return Ties(shop, shop.as_user("admin"))


def unconverted(ties) -> list:
    status, found = ties.client.get("/apps/ties/unconverted")
    assert status == 200, found
    return [(one["record"]["title"], one["value"]) for one in found["values"]]


def test_to_many_and_back(ties) -> None:
    acme, other = (ties.create("account", name=name) for name in ("Acme", "Other"))
    one, two = (ties.create("deal", name=name, account=acme["id"]) for name in ("A", "B"))
    publish(ties.shop, document(TO_MANY))
    assert ids(ties.read("deal", one, "account")) == ids([acme])
    assert sorted(ties.related("account", acme, "deals")) == ["A", "B"]
    ties.change("deal", two, account=ids([other, acme]))
    assert ties.related("account", other, "deals") == ["B"]
    publish(ties.shop, document(TO_ONE))
    assert ties.read("deal", one, "account")["id"] == acme["id"]
    assert ties.read("deal", two, "account") is None
    assert [title for title, _ in unconverted(ties)] == ["B"]
    assert ties.related("account", acme, "deals") == ["A"]
    assert [ties.read("account", each, "phones") for each in (acme, other)] == [0, 0]


def test_to_several_forms_and_back(ties) -> None:
    acme, lido = ties.create("account", name="Acme"), ties.create("lead", company="Lido")
    one, two = (ties.create("deal", name=name, account=acme["id"]) for name in ("A", "B"))
    publish(ties.shop, document(TO_ANY))
    assert ties.read("deal", one, "account") == {"form": "account", "id": acme["id"], "title": "Acme"}
    ties.change("deal", two, account={"form": "lead", "id": lido["id"]})
    assert ties.related("lead", lido, "deals") == ["B"]
    publish(ties.shop, document({**TO_ANY, "forms": ["account"]}))
    assert ties.read("deal", one, "account")["title"] == "Acme"
    assert ties.read("deal", two, "account") is None
    assert [title for title, _ in unconverted(ties)] == ["B"]
    publish(ties.shop, document(TO_ONE))
    assert ties.read("deal", one, "account") == {"id": acme["id"], "title": "Acme"}
    assert ties.related("account", acme, "deals") == ["A"]


def test_to_several_forms_and_to_many(ties) -> None:
    acme = ties.create("account", name="Acme")
    deal = ties.create("deal", name="A", account=acme["id"])
    publish(ties.shop, document(TO_ANY))
    publish(ties.shop, document(TO_MANY))
    assert ids(ties.read("deal", deal, "account")) == ids([acme])
    publish(ties.shop, document(TO_ANY))
    assert ties.read("deal", deal, "account")["id"] == acme["id"]


@pytest.mark.parametrize("relation", [TO_ONE, TO_MANY, TO_ANY])
def test_renaming_and_removing(ties, relation) -> None:
    acme = ties.create("account", name="Acme")
    deal = ties.create("deal", name="A", account=acme["id"])
    publish(ties.shop, document(relation))
    renamed = document(relation)
    fields = renamed["forms"]["deal"]["fields"]
    fields["client"] = {**fields.pop("account"), "was": "account"}
    publish(ties.shop, renamed)
    assert ties.related("account", acme, "deals") == ["A"]
    assert ties.delete("account", acme)[0] in (204, 409)
    removed = copy.deepcopy(renamed)
    del removed["forms"]["deal"]["fields"]["client"]
    del removed["forms"]["account"]["fields"]["phones"]
    publish(ties.shop, removed)
    assert "client" not in ties.read("deal", deal)
    publish(ties.shop, renamed)
    assert ties.read("deal", deal, "client") is None
