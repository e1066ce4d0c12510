"""Timing by turns: the product, bare Flask and raw SQL are measured alternately: noise hits all alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: medians in milliseconds (or a rate), beside the bound to hold."""

    work: str
    ours: float
    unit: str = "ms"
    bare: float | None = None
    raw: float | None = None
    bound: str = ""
    holds: bool | None = None
    note: str = ""


@dataclass(slots=True)
class Report:
    """The lines of one run."""

    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Take a line in and show it at once: a full run takes minutes."""
        self.rows.append(row)
        print(line_of(row), flush=True)


def by_turns(
    works: Mapping[str, Callable[[], object]], rounds: int = 60, warm_up: int = 8
) -> dict[str, float]:
    """The median time in milliseconds of each work, measured in turn `rounds` times."""
    for _ in range(warm_up):
        for work in works.values():
            work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(measured) for name, measured in times.items()}


def ratio_row(work: str, times: Mapping[str, float], at_most: float) -> Row:
    """A line whose bound is a ratio to the bare Flask endpoint."""
    ratio = times["ours"] / times["bare"]
    return Row(
        work=work,
        ours=times["ours"],
        bare=times["bare"],
        raw=times.get("raw"),
        bound=f"≤ {at_most:g} × bare",
        holds=ratio <= at_most,
        note=f"{ratio:.2f} ×",
    )


HEADER = (
    "| work | Joinery | bare Flask | raw SQL | bound | holds | note |\n"
    "| --- | ---: | ---: | ---: | --- | --- | --- |"
)


def line_of(row: Row) -> str:
    """A row as a line of a Markdown table."""

    def shown(value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:,.0f} {row.unit}" if value >= 100 else f"{value:.2f} {row.unit}"

    holds = {True: "yes", False: "**no**", None: ""}[row.holds]
    return (
        f"| {row.work} | {shown(row.ours)} | {shown(row.bare)} | {shown(row.raw)} "
        f"| {row.bound} | {holds} | {row.note} |"
    )
