"""`python -m bench --records N`: starts the product with N leads and measures it."""

import argparse
import contextlib
import platform
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.measure import HEADER, Report, Row, line_of
from bench.servers import Servers, started
from bench.works import run_all


def main() -> None:
    """Measure, print the table, and write it down when asked to."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--records", type=int, default=20_000, help="leads in the workspace")
    parser.add_argument("--write", type=Path, help="also write the table to this Markdown file")
    parser.add_argument("--data", type=Path, help="keep the data in this folder and use it again")
    parser.add_argument("--only", default="", help="names of measurements, with commas between them")
    parser.add_argument(
        "--rows",
        type=int,
        default=100_000,
        help="rows of the file that import_memory takes (at most 1,500,000)",
    )
    parser.add_argument(
        "--scoped", type=int, default=0, help="records under row scopes, as many as there are leads if 0"
    )
    wanted = parser.parse_args()
    report = Report()
    with started(wanted.records, wanted.data) as servers:
        print(HEADER, flush=True)
        memory(servers, report)
        only = [name for name in wanted.only.split(",") if name]
        rows = min(wanted.rows, 1_500_000)
        run_all(servers, report, only, memory_rows=rows, scoped=wanted.scoped)
    if wanted.write:
        wanted.write.write_text(page(report, wanted.records), encoding="utf-8")


def memory(servers: Servers, report: Report) -> None:
    """Memory of the whole idle product, each shared page counted once (PSS)."""
    product = psutil.Process(servers.product_pid)
    database = psutil.Process(int((servers.data_dir / "postmaster.pid").read_text().split()[0]))
    total = 0.0
    for process in (product, database, *product.children(recursive=True), *database.children()):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss / 2**20
    report.add(
        Row(
            work="memory, idle, PostgreSQL included",
            ours=total,
            unit="MB",
            bound="≤ 300 MB",
            holds=total <= 300,
        )
    )


def page(report: Report, records: int) -> str:
    """The report as a page of the documentation."""
    day = datetime.now(UTC).date().isoformat()
    lines = "\n".join(line_of(row) for row in report.rows)
    return (
        f"# Measurements\n\n{records:,} leads, measured on {day} with `make bench N={records}` "
        f"({platform.machine()}, {psutil.cpu_count()} cores, PostgreSQL embedded on the same machine).\n\n"
        "“bare Flask” is a hand-written endpoint with the same SQL under the same gunicorn, measured in turn "
        "with the product in the same run; “raw SQL” is psycopg alone. Times are medians.\n\n"
        f"{HEADER}\n{lines}\n"
    )


if __name__ == "__main__":
    main()
