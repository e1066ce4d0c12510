"""The people of the demo workspace, whom everybody on this machine may sign in as."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PASSWORD = "joinery-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """A demo user; `role` is a key of the bundled suite, "admin" for the administrator."""

    email: str
    name: str
    role: str
    label: Mapping[str, str]


DEMO_PEOPLE = (
    DemoPerson(
        email="sales@example.com",
        name="Sam Sales",
        role="sales",
        label={"en": "Sales", "zh": "销售"},
    ),
    DemoPerson(
        email="manager@example.com",
        name="Mia Manager",
        role="sales_manager",
        label={"en": "Sales manager", "zh": "销售经理"},
    ),
    DemoPerson(
        email="sdr@example.com",
        name="Sid Sdr",
        role="sdr",
        label={"en": "Sales development", "zh": "销售开发"},
    ),
    DemoPerson(
        email="marketing@example.com",
        name="Mara Marketing",
        role="marketing",
        label={"en": "Marketing", "zh": "市场"},
    ),
    DemoPerson(
        email="finance@example.com",
        name="Finn Finance",
        role="finance",
        label={"en": "Finance", "zh": "财务"},
    ),
    DemoPerson(
        email="admin@example.com",
        name="Ada Admin",
        role="admin",
        label={"en": "Administrator", "zh": "管理员"},
    ),
)


def sign_ins() -> list[dict[str, Any]]:
    """What a sign-in page offers in demo mode."""
    return [{"email": person.email, "role": person.role, "label": person.label} for person in DEMO_PEOPLE]
