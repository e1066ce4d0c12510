"""The app of the tests of calendars and trees."""

import json
from pathlib import Path
from typing import Any

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.conftest import Client, Shop, open_shop

DOCUMENT = json.loads((Path(__file__).parent / "views_app.json").read_text(encoding="utf-8"))


def open_agenda(database, folder: Path, key: str, time_zone: str = "Asia/Shanghai") -> Shop:
    """A workspace of its own with the app in it."""
    shop = open_shop(database, folder, key, time_zone)
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=key)
    with shop.services.unit(key) as unit:
        publishing.publish_app(unit, actor, "agenda", DOCUMENT)
    return shop


def url(form: str, rest: str = "") -> str:
    return f"/apps/agenda/forms/{form}/records{rest}"


def create_all(client: Client, form: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    status, done = client.post(url(form, "/batch"), {"create": rows})
    assert status == 200, done
    return done["created"]
