"""The processes that answer requests: gunicorn with threaded workers."""

import errno
import os
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from joinery.cli.processes import Guard
from joinery.cli.start import OF_REQUESTS, make_services
from joinery.kernel import Misconfigured
from joinery.runtime.settings import Settings
from joinery.web.app import create_app

#: Seconds a worker may be silent (stuck in one request) before it is replaced.
_TIMEOUT = 60
#: How long the port of a server that was killed may stay taken.
_LEAVING_SECONDS = 4


class WebServer(BaseApplication):  # type: ignore[misc]
    """Gunicorn on a socket that is already bound; each worker makes its own services after the fork."""

    def __init__(
        self, url: str, settings: Settings, listener: socket.socket, guard: Guard, ready: Callable[[], None]
    ) -> None:
        self._url = url
        self._settings = settings
        self._listener = listener
        self._guard = guard
        self._ready = ready
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options; no file and no environment variable changes them."""
        options = {
            "bind": f"fd://{self._listener.fileno()}",
            "worker_class": "gthread",
            "workers": self._settings.web_workers,
            "threads": self._settings.web_threads,
            "timeout": _TIMEOUT,
            "graceful_timeout": 10,
            "keepalive": 15,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "joinery",
            "when_ready": lambda _server: self._ready(),
            "post_fork": lambda _server, _worker: self._leave_with_parent(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application of one worker."""
        services = make_services(
            self._url, self._settings, pool_size=self._settings.web_threads, rubbish_after=OF_REQUESTS
        )
        return create_app(services)

    def _leave_with_parent(self) -> None:
        """In a worker: when the product's parent process is gone, stop gunicorn's own parent."""
        arbiter = os.getppid()

        def stop() -> None:
            if os.getppid() == arbiter:
                os.kill(arbiter, signal.SIGTERM)

        self._guard.when_orphaned(stop)


def bind_port(host: str, port: int) -> socket.socket:
    """A socket at the address, before anything slow is done.

    Processes of a server that was killed need a moment to leave. Raises Misconfigured when the address
    stays taken or is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + _LEAVING_SECONDS
    while True:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            return listener
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise Misconfigured(
                    reason=f"port {port} on {host} cannot be used ({error.strerror});"
                    " is Joinery running already? Choose another with --port or JOINERY_PORT."
                ) from error
            time.sleep(0.1)


def web_address(listener: socket.socket) -> str:
    """What to type into the browser."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(
    url: str, settings: Settings, listener: socket.socket, guard: Guard, ready: Callable[[], None]
) -> Any:
    """Answer requests until SIGTERM."""
    WebServer(url, settings, listener, guard, ready).run()
