"""Imports through the worker: how many rows a second, and how much memory a file of very many takes."""

import csv
import io
import time
from collections.abc import Iterable, Mapping
from typing import Any

import psutil

from bench.client import Client
from bench.measure import Report, Row
from bench.servers import Servers

FORM = "/api/v1/apps/crm_ltc/forms/lead"
#: Shares of the rows at which the memory is told.
SHARES = (0.1, 0.5, 1.0)
#: The most that the highest memory of all rows may be over that of the first tenth.
FLAT = 1.15


def lead_values(number: int) -> dict[str, Any]:
    """A lead like those people type."""
    return {
        "company": f"Bench 测试公司 {number}",
        "contact_name": f"联系人 {number}",
        "mobile": f"139{number:08d}",
        "source": "website",
        "industry": "software",
        "company_size": "medium",
        "budget": 120000,
    }


def short_values(number: int) -> dict[str, Any]:
    """A lead in so few bytes that a million of them are a file that may be uploaded."""
    return {"company": f"B{number}", "contact_name": "N", "mobile": f"137{number:08d}", "source": "sem"}


def import_file(admin: Client, servers: Servers, report: Report, rows: int = 50_000) -> None:
    """A CSV with validation, formulas and history, through the worker."""
    form = Importing(admin, servers)
    file = form.upload([lead_values(30_000_000 + number) for number in range(rows)])
    worked, started = form.seconds_of_worker(), time.perf_counter()
    done = form.finished(form.start(file), {})
    wall, worked = time.perf_counter() - started, form.seconds_of_worker() - worked
    note = f"{done['summary']['created']:,} created, {done['summary']['failed']:,} failed"
    report.add(
        Row(
            work=f"CSV import of {rows:,} rows",
            ours=rows / wall,
            unit="rows/s",
            bound="≥ 10,000 rows/s",
            holds=rows / wall >= 10_000,
            note=note,
        )
    )
    report.add(
        Row(
            work="the same by processor time of the worker, without the database",
            ours=rows / worked,
            unit="rows/s",
            bound="≥ 10,000 rows/s",
            holds=rows / worked >= 10_000,
            note=f"{worked / rows * 1e6:.1f} µs a row",
        )
    )


def import_memory(admin: Client, servers: Servers, report: Report, rows: int) -> None:
    """The highest memory of the worker while it imports a file of `rows`, undoes that, and tries it."""
    form = Importing(admin, servers)
    first = int(time.time()) % 10_000 * 10_000
    file = form.upload(short_values(first + number) for number in range(rows))
    works = {
        "import": lambda: form.start(file),
        "undo of the import": lambda: admin.call("POST", f"/api/v1/jobs/{imported}/undo")["job"]["id"],
        "dry run": lambda: form.start(file, dry_run=True),
    }
    imported = 0
    for work, start in works.items():
        started = time.perf_counter()
        job = start()
        if work == "import":
            imported = job
        peaks: dict[float, float] = {}
        done = form.finished(job, peaks)
        seconds = time.perf_counter() - started
        ratio = peaks[SHARES[-1]] / peaks[SHARES[0]]
        told = ", ".join(f"{share:.0%} {peaks[share]:,.0f} MB" for share in SHARES)
        counts = {name: done["summary"].get(name) for name in ("created", "failed", "deleted", "left")}
        report.add(
            Row(
                work=f"{work} of {rows:,} rows: memory of the worker",
                ours=peaks[SHARES[-1]],
                unit="MB",
                bound=f"≤ {FLAT} × the first tenth",
                holds=ratio <= FLAT,
                note=f"highest until {told}: {ratio:.2f} ×; {seconds:,.0f} s; "
                + ", ".join(f"{count:,} {name}" for name, count in counts.items() if count is not None),
            )
        )


class Importing:
    """Uploads and imports leads, and looks at the processes of the product meanwhile."""

    def __init__(self, admin: Client, servers: Servers) -> None:
        self._admin = admin
        self._product = psutil.Process(servers.product_pid)

    def upload(self, leads: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
        """A file of these leads: the choices for importing it."""
        text = io.StringIO()
        names: list[str] = []
        for lead in leads:
            if not names:
                names = list(lead)
                csv.writer(text).writerow(names)
            csv.writer(text).writerow(lead.values())
        shown = self._admin.upload(f"{FORM}/import/preview", "leads.csv", text.getvalue().encode())
        return {"file": shown["file"]["id"], "mapping": {name: name for name in names}, "mode": "add"}

    def start(self, file: Mapping[str, Any], **choices: Any) -> int:
        """The job of an import."""
        wanted = {**file, **choices, "confirm": "duplicates"}
        return int(self._admin.call("POST", f"{FORM}/import", wanted)["job"]["id"])

    def finished(self, job: int, peaks: dict[float, float]) -> Any:
        """Wait until a job is over; the highest memory until each of SHARES, in MB, goes into `peaks`.

        Raises RuntimeError when it failed.
        """
        highest = 0.0
        while True:
            state = self._admin.get(f"/api/v1/jobs/{job}")
            highest = max(highest, self._memory_of_worker())
            for share in SHARES:
                if share not in peaks and state["done"] >= share * (state["total"] or 1):
                    peaks[share] = highest
            if state["state"] in ("done", "failed", "cancelled"):
                if state["state"] != "done":
                    raise RuntimeError(f"job {job}: {state}")
                peaks[SHARES[-1]] = highest
                return state
            time.sleep(0.1)

    def seconds_of_worker(self) -> float:
        """Processor time so far of the process that does jobs."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self._workers())

    def _memory_of_worker(self) -> float:
        """Its resident memory, in MB."""
        return max((worker.memory_info().rss for worker in self._workers()), default=0) / 2**20

    def _workers(self) -> list[psutil.Process]:
        """Of the processes below the product's first one those that have none below them."""
        return [child for child in self._product.children() if not child.children()]
