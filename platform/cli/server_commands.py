"""`joinery serve` and `joinery worker`."""

import argparse
import gc
import logging
import os
import signal
import socket
import sys
import threading
from typing import Any

from joinery.cli import workspace_commands
from joinery.cli.processes import Child, Guard, Supervisor
from joinery.cli.start import add_place, database_url, make_services, services_of, settings_of
from joinery.cli.web_process import bind_port, serve, web_address
from joinery.kernel import PlatformError
from joinery.runtime.demo.people import DEMO_PEOPLE, PARTNER, PASSWORD
from joinery.runtime.settings import Settings
from joinery.runtime.worker import run_worker


def add_commands(commands: Any) -> None:
    """Add both commands to the parser."""
    serving = commands.add_parser("serve", help="start the product: database, web server and worker")
    serving.add_argument("--host", help="address to listen on (JOINERY_HOST, 127.0.0.1)")
    serving.add_argument("--port", type=_port, help="port to listen on (JOINERY_PORT, 8000)")
    serving.add_argument("--demo", action="store_true", help="with the demo workspace and its sign-ins")
    add_place(serving)
    serving.set_defaults(run=run_serve)
    working = commands.add_parser("worker", help="do jobs only, for machines beside the web server's")
    working.add_argument("--jobs", type=int, default=0, metavar="N", help="jobs at the same time")
    working.add_argument("--until-done", action="store_true", help="leave when nothing is left to do")
    add_place(working)
    working.set_defaults(run=run_work)


def run_serve(options: argparse.Namespace) -> int:
    """Start everything and keep it running until Ctrl-C or kill."""
    settings = settings_of(options)
    listener = bind_port(settings.host, settings.port)
    with database_url(settings) as url:
        if not _prepare_in_child(url, settings, web_address(listener)):
            return 1
        # What is loaded so far is shared by all processes; the collector must not touch it.
        gc.freeze()
        # A request or a portion of an import makes many values and no cycles: look for those less often.
        gc.set_threshold(50_000, 20, 50)
        return Supervisor(_children(url, settings, listener)).run()


def _children(url: str, settings: Settings, listener: socket.socket) -> list[Child]:
    # Asked now: gunicorn takes the socket over.
    address = web_address(listener)

    def ready() -> None:
        _announce(settings, address)

    children = [Child("web server", lambda guard: serve(url, settings, listener, guard, ready))]
    if settings.job_workers:
        children.append(Child("worker", lambda guard: _work(url, settings, guard, listener)))
    return children


def _prepare_in_child(url: str, settings: Settings, address: str) -> bool:
    """Prepare the database in a process of its own, whose memory is given back; whether it worked."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            workspace_commands.prepare(make_services(url, settings), address)
            code = 0
        except PlatformError as error:
            print(error, file=sys.stderr)
        except KeyboardInterrupt:
            pass
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    try:
        return os.waitpid(pid, 0)[1] == 0
    except BaseException:
        os.kill(pid, signal.SIGTERM)
        raise


def _work(url: str, settings: Settings, guard: Guard, listener: socket.socket) -> None:
    listener.close()
    logging.basicConfig(level=logging.WARNING)
    guard.when_orphaned(_leave)
    run_worker(make_services(url, settings), concurrency=settings.job_workers)


def _leave() -> None:
    """Stop this process in order, and after a while without."""
    ending = threading.Timer(10, os._exit, [1])
    ending.daemon = True
    ending.start()
    os.kill(os.getpid(), signal.SIGTERM)


def _announce(settings: Settings, address: str) -> None:
    print(f"\nJoinery is running at {address}\n")
    if settings.demo:
        print(f"  Sign in as one of these people, password {PASSWORD}:")
        for person in (*DEMO_PEOPLE, PARTNER):
            print(f"    {person.email:<24} {person.label['en']}")
        print()
    print("Ctrl-C stops it.", flush=True)


def run_work(options: argparse.Namespace) -> int:
    """Do jobs until Ctrl-C or kill."""
    logging.basicConfig(level=logging.WARNING)
    with services_of(options) as services:
        concurrency = options.jobs or max(services.settings.job_workers, 1)
        run_worker(services, concurrency=concurrency, wait=not options.until_done)
    return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 65535")
    return int(text)
