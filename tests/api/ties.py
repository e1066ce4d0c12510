"""The app of the tests of relations, and somebody who uses it."""

import copy
import json
from pathlib import Path
from typing import Any

from joinery.directory import Actor
from joinery.runtime.apps import publishing

DOCUMENT = json.loads((Path(__file__).parent / "relations_app.json").read_text(encoding="utf-8"))


class Ties:
    """The app through one person's browser."""

    def __init__(self, shop, client) -> None:
        self.shop = shop
        self.client = client

    def url(self, form: str, rest: str = "") -> str:
        return f"/apps/ties/forms/{form}/records{rest}"

    def create(self, form: str, **values: Any) -> dict[str, Any]:
        status, record = self.client.post(self.url(form), values)
        assert status == 201, record
        return record

    def read(self, form: str, record, *keys: str, **query: Any) -> Any:
        status, found = self.client.get(self.url(form, f"/{record['id']}"), **query)
        assert status == 200, found
        if not keys:
            return found
        return found[keys[0]] if len(keys) == 1 else [found[key] for key in keys]

    def send(self, form: str, record, **values: Any) -> tuple[int, Any]:
        revision = self.read(form, record, "revision")
        return self.client.patch(self.url(form, f"/{record['id']}"), {**values, "revision": revision})

    def change(self, form: str, record, **values: Any) -> dict[str, Any]:
        status, found = self.send(form, record, **values)
        assert status == 200, found
        return found

    def delete(self, form: str, record) -> tuple[int, Any]:
        return self.client.delete(self.url(form, f"/{record['id']}"))

    def restore(self, form: str, record) -> tuple[int, Any]:
        return self.client.post(self.url(form, f"/{record['id']}/restore"), {})

    def related(self, form: str, record, key: str, **query: Any) -> list[str]:
        status, page = self.client.get(self.url(form, f"/{record['id']}/related/{key}"), **query)
        assert status == 200, page
        return [found["title"] for found in page["records"]]

    def listed(self, form: str, **query: Any) -> list[str]:
        status, page = self.client.get(self.url(form), **query)
        assert status == 200, page
        return [found["title"] for found in page["records"]]

    def history(self, form: str, record) -> list[dict[str, Any]]:
        status, page = self.client.get(self.url(form, f"/{record['id']}/history"))
        assert status == 200, page
        return page["entries"]

    def as_user(self, name: str) -> "Ties":
        return Ties(self.shop, self.shop.as_user(name))


def document(**fields: Any) -> dict[str, Any]:
    """The app with other settings of some fields, given as `form__field`."""
    changed = copy.deepcopy(DOCUMENT)
    for place, settings in fields.items():
        form, _, key = place.partition("__")
        there = changed["forms"][form]["fields"]
        there[key] = {"label": {"en": key, "zh": key}, **there.get(key, {}), **settings}
    return changed


def publish(shop, document) -> None:
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "ties", document)


def ids(records) -> list[int]:
    return [record["id"] for record in records or ()]
