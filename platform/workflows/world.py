"""What the engine may ask about the record, the people and the time; it reads, and never writes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from joinery.workflows.model import Instance


class World(Protocol):
    """One record at one moment."""

    @property
    def now(self) -> datetime:
        """The moment, aware."""

    def condition(self, text: str) -> bool:
        """Whether a condition holds for the record; one that cannot be computed does not."""

    def evaluate(self, text: str) -> Any:
        """The value of an expression over the record; None where it cannot be computed."""

    def people(self, rule: Mapping[str, Any], instance: Instance) -> tuple[int, ...]:
        """The active people whom an assignee rule names, each once, in order."""

    def deputy(self, user: int) -> int | None:
        """Who decides for somebody who is away; None when he decides himself."""

    def administrators(self) -> tuple[int, ...]:
        """The active administrators."""

    def is_active(self, user: int) -> bool:
        """Whether somebody can be asked at all."""

    def works_with(self, user: int, other: int) -> bool:
        """Whether the other is in a department of the user, or in one below it."""

    def day_begins(self, day: date) -> datetime:
        """The moment at which a day begins where the workspace is."""

    def add(self, amount: int, unit: str, start: datetime) -> datetime:
        """The moment a duration after (or, of a negative amount, before) another."""
