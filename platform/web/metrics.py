"""What this process has answered, for Prometheus.

Counters are per process and carry its id, so that several processes behind one address never seem to
count backwards.
"""

import os
import time
from collections import Counter
from threading import Lock

from flask import Flask, Response, g, request

from joinery.runtime.services import Services

#: Upper bounds of the histogram of durations, in seconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestCounts:
    """Requests by method, route and status, and how long they took."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.durations: Counter[float] = Counter()
        self.seconds = 0.0

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        bound = next((bound for bound in BOUNDS if seconds <= bound), float("inf"))
        with self._lock:
            self.requests[method, route, status] += 1
            self.durations[bound] += 1
            self.seconds += seconds


def register_metrics(app: Flask) -> None:
    """Count every answer of the application."""
    counts = app.extensions["joinery_metrics"] = RequestCounts()

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unknown"
        counts.add(request.method, route, response.status_code, time.perf_counter() - g.started)
        return response


def render_metrics(counts: RequestCounts, services: Services, *, database_up: bool) -> str:
    """All counters in Prometheus' text format."""
    process = f'process="{os.getpid()}"'
    lines = [
        "# HELP joinery_requests_total Answers by method, route and status.",
        "# TYPE joinery_requests_total counter",
    ]
    for (method, route, status), number in sorted(counts.requests.items()):
        labels = f'{process},method="{method}",route="{route}",status="{status}"'
        lines.append(f"joinery_requests_total{{{labels}}} {number}")
    lines += [
        "# HELP joinery_request_seconds Duration of answers.",
        "# TYPE joinery_request_seconds histogram",
    ]
    total = 0
    for bound in (*BOUNDS, float("inf")):
        total += counts.durations[bound]
        label = "+Inf" if bound == float("inf") else f"{bound:g}"
        lines.append(f'joinery_request_seconds_bucket{{{process},le="{label}"}} {total}')
    lines.append(f"joinery_request_seconds_sum{{{process}}} {counts.seconds:.6f}")
    lines.append(f"joinery_request_seconds_count{{{process}}} {total}")
    lines += _database_lines(services, database_up)
    return "\n".join(lines) + "\n"


def _database_lines(services: Services, up: bool) -> list[str]:
    pool = services.database.engine.pool
    in_use = pool.checkedout() if hasattr(pool, "checkedout") else 0
    return [
        "# HELP joinery_database_up Whether the database answers.",
        "# TYPE joinery_database_up gauge",
        f"joinery_database_up {int(up)}",
        "# HELP joinery_database_connections_in_use Connections this process holds.",
        "# TYPE joinery_database_connections_in_use gauge",
        f'joinery_database_connections_in_use{{process="{os.getpid()}"}} {in_use}',
    ]
