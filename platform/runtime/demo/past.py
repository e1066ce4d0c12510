"""When and by whom the records of the demo were made: told to the write path, so that histories read well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from joinery.directory import Actor, Directory
from joinery.runtime.records.past import Past, PastChange
from joinery.runtime.unit import Unit
from joinery.storage import directory

#: What the workspace began with was brought in before the first deal of the sample data.
_BEGINNING = datetime(2016, 10, 10, 1, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPast:
    """Tells the past of each imported row, seen from the moment `now`."""

    now: datetime
    zone: ZoneInfo
    people: Directory

    @classmethod
    def of(cls, unit: Unit) -> "DemoPast":
        """The pasts of a demo workspace that is made now."""
        return cls(now=unit.now, zone=ZoneInfo(unit.workspace.time_zone), people=directory.load(unit))

    @property
    def today(self) -> date:
        """The date in the workspace."""
        return self.now.astimezone(self.zone).date()

    def administrator(self) -> Actor:
        """Who sets the workspace up."""
        email = "admin@example.com"
        return Actor(user_id=self.person(email), name="Ada Admin", email=email, is_admin=True)

    def person(self, email: str) -> int | None:
        """The id of somebody."""
        user = self.people.find_user(email)
        return user.id if user else None

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day in the workspace, never in the future."""
        return min(datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC), self.now)

    def master(self, cells: Mapping[str, str]) -> Past:
        """Products, competitors and the like, imported by the administrator when the workspace was new."""
        return Past(at=_BEGINNING, by=self.person("admin@example.com"), source="import")

    def company(self, cells: Mapping[str, str]) -> Past:
        """A customer, imported like other master data; one that was founded later was brought in later."""
        founded = datetime(int(cells["year_established"]), 1, 9, 1, 30, tzinfo=UTC)
        return Past(at=max(founded, _BEGINNING), by=self.person("admin@example.com"), source="import")

    def pool(self, cells: Mapping[str, str]) -> Past:
        """Pools, made by the manager before the first lead of the year."""
        return Past(at=self.at(self.today - timedelta(days=400), 10), by=self.person("manager@example.com"))

    def campaign(self, cells: Mapping[str, str]) -> Past:
        """Campaigns, planned two weeks ahead."""
        start = date.fromisoformat(cells["start_on"]) - timedelta(days=14)
        return Past(
            at=self.at(min(start, self.today - timedelta(days=9)), 14, 20), by=self.person(cells["owner"])
        )

    def deal(self, cells: Mapping[str, str]) -> Past:
        """A deal is opened by its owner, who also moves it on."""
        owner = self.person(cells["owner"])
        minute = sum(map(ord, cells["external_id"])) % 60
        opened = self.at(date.fromisoformat(cells["started_on"]), 9 + minute % 3, minute)
        moved = PastChange(
            at=self.at(date.fromisoformat(cells["stage_entered_on"]), 14 + minute % 4, minute),
            by=owner,
            changes=_moved(cells),
        )
        return Past(at=opened, by=owner, changes=(moved,) if moved.changes else ())


def _moved(cells: Mapping[str, str]) -> dict[str, tuple[Any, Any]]:
    """What changed when a deal came into its stage; nothing when it still stands in the first one."""
    stage = cells["stage"]
    if stage == "requirement":
        return {}
    if stage == "demo":
        return {"stage": ("requirement", stage)}
    if "closed_on" not in cells:
        return {"stage": ("demo", stage), "amount": (None, Decimal(cells["amount"]))}
    return {
        "stage": ("negotiation" if stage == "won" else "proposal", stage),
        "closed_on": (None, date.fromisoformat(cells["closed_on"])),
    }
