"""The bundled suite at work: installed once, with somebody of every role at a desk."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.people import people
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.runtime.unit import Unit
from joinery.storage import (
    Database,
    create_workspace,
    directory,
    external_organisations,
    organisation,
    touch_directory,
)
from joinery.web.app import create_app
from tests.api.conftest import PASSWORD, Client, Jobs
from tests.conftest import NOW

Record = dict[str, Any]

#: Role by name; "other" is a salesperson who has nothing to do with what the first one does.
ROLES = {
    "sales": "sales",
    "other": "sales",
    "manager": "sales_manager",
    "finance": "finance",
    "sales_ops": "sales_ops",
    "marketing": "marketing",
    "sdr": "sdr",
    "commercial": "commercial",
    "presales": "presales",
    "delivery": "delivery",
    "executive": "executive",
    "rep": "sales",
    "lead": "sales_manager",
}
#: Department by name: the manager heads what is below his.
DEPARTMENTS = {"manager": "Sales", "sales": "North", "other": "North", "sdr": "North"}
_numbers = count(1)


class Desk:
    """Somebody at work in the suite."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def id(self) -> int:
        """The person's own id."""
        return self.client.me["user"]["id"]

    def url(self, form: str, rest: str = "") -> str:
        return f"/apps/crm_ltc/forms/{form}/records{rest}"

    def create(self, form: str, **values: Any) -> Record:
        status, record = self.client.post(self.url(form), values)
        assert status == 201, record
        return record

    def refused(self, form: str, **values: Any) -> set[str]:
        status, answer = self.client.post(self.url(form), values)
        assert status == 422, answer
        return {issue["path"] for issue in answer["issues"]}

    def change(self, form: str, record: Record, **values: Any) -> Record:
        body = {"revision": self.read(form, record, "revision")[0], **values}
        status, answer = self.client.patch(self.url(form, f"/{record['id']}"), body)
        assert status == 200, answer
        return answer

    def read(self, form: str, record: Record, *keys: str) -> Any:
        status, found = self.client.get(self.url(form, f"/{record['id']}"))
        assert status == 200, found
        return found if not keys else [found[key] for key in keys]

    def sees(self, form: str, record: Record) -> bool:
        status, answer = self.client.get(self.url(form, f"/{record['id']}"))
        assert status in (200, 403, 404), answer
        return status == 200

    def related(self, form: str, record: Record, name: str) -> list[Record]:
        status, answer = self.client.get(self.url(form, f"/{record['id']}/related/{name}"))
        assert status == 200, answer
        return answer["records"]

    def records(self, form: str, condition: str) -> list[Record]:
        """The records that somebody sees for which a condition holds."""
        status, answer = self.client.get(self.url(form), filter=condition)
        assert status == 200, answer
        found: list[Record] = answer["records"]
        return found

    def press(self, form: str, record: Record, action: str, **values: Any) -> tuple[int, Any]:
        body = {"revision": self.read(form, record, "revision")[0], "values": values}
        return self.client.post(self.url(form, f"/{record['id']}/actions/{action}"), body)

    def do(self, form: str, record: Record, action: str, **values: Any) -> Any:
        status, answer = self.press(form, record, action, **values)
        assert status == 200, answer
        return answer["created"]

    def submit(self, form: str, record: Record, workflow: str) -> Record:
        """Start a workflow by its button."""
        status, instance = self.client.post(
            self.url(form, f"/{record['id']}/workflow"), {"workflow": workflow}
        )
        assert status == 201, instance
        return instance

    def decide(self, form: str, record: Record, decision: str = "approve", **more: Any) -> Record:
        """Decide what the person has to do about a record."""
        tasks = self.client.get("/tasks", form=form, limit=200)[1]["tasks"]
        [task] = [one for one in tasks if one["record"]["id"] == record["id"]]
        status, answer = self.client.post(f"/tasks/{task['id']}/decision", {"decision": decision, **more})
        assert status == 200, answer
        return answer


@pytest.fixture(scope="session")
def desk(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Desk]:
    """The desk of somebody by name, in one workspace for all tests: each makes what it works with."""
    folder: Path = tmp_path_factory.mktemp("suite")
    with database.begin() as unit:
        create_workspace(unit, "suite", name="Suite", at=NOW, time_zone="Asia/Shanghai")
    services = Services(
        database=database, settings=Settings(data_dir=folder), clock=FixedClock(NOW), defer=Jobs()
    )
    with services.unit("suite") as unit:
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace="suite")
        publishing.install_suite(unit, actor, suite="crm_ltc")
        places = _add_departments(unit)
        for name, role in ROLES.items():
            people.add_user(
                unit,
                email=f"{name}@suite.example.com",
                name=name.title(),
                password=PASSWORD,
                is_admin=False,
                roles=[role],
                department_ids=[places[DEPARTMENTS[name]]] if name in DEPARTMENTS else [],
            )
        _add_partners(unit)
        _add_team(unit)
    app = create_app(services, interface=folder / "ui")
    desks: dict[str, Desk] = {}

    def of(name: str) -> Desk:
        if name not in desks:
            desks[name] = Desk(Client(app.test_client()).sign_in(f"{name}@suite.example.com"))
        return desks[name]

    return of


def _add_departments(unit: Unit) -> dict[str, int]:
    """The ids of "Sales" and of "North", which is below it, by name."""
    sales = organisation.add_department(unit, name="Sales", parent_id=None, head_ids=())
    north = organisation.add_department(unit, name="North", parent_id=sales, head_ids=())
    return {"Sales": sales, "North": north}


def _add_team(unit: Unit) -> None:
    """A department of one, "rep" works for "lead"; "sales" works for "manager"."""
    found = {user.name: user.id for user in directory.load(unit).users}
    team = organisation.add_department(unit, name="Team", parent_id=None, head_ids=[found["Lead"]])
    organisation.change_member(unit, found["Rep"], department_ids=[team])
    organisation.change_member(unit, found["Sales"], manager_id=found["Manager"])
    touch_directory(unit)


def _add_partners(unit: Unit) -> None:
    """Somebody of each of two partner companies: "partner" and "rival"."""
    for name in ("partner", "rival"):
        company = external_organisations.add(unit, name=f"{name.title()} Ltd", kind="dealer", at=NOW)
        user_id = people.add_user(
            unit, email=f"{name}@suite.example.com", name=name.title(), password=PASSWORD
        )
        organisation.change_member(unit, user_id, organisation_id=company)
    touch_directory(unit)


@pytest.fixture
def deal(desk: Callable[[str], Desk]) -> Record:
    """A deal of the salesperson, with what is sold."""
    ops, sales, number = desk("sales_ops"), desk("sales"), next(_numbers)
    products = [
        ops.create("product", name=f"{name} {number}", price=price, minimum_price=minimum, tax_rate="0.1")[
            "id"
        ]
        for name, price, minimum in (("Desk", 100, 80), ("Chair", 50, 40))
    ]
    account = sales.create("account", name=f"Acme {number}")
    opportunity = sales.create(
        "opportunity", name="Furniture", account=account["id"], expected_close="2026-12-01"
    )
    return {"products": products, "account": account, "opportunity": opportunity}
