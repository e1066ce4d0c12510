"""Keep a few child processes running until somebody says stop.

Children are forked, so what was imported before is shared memory. Each holds the reading end of a pipe
whose writing end only the parent has: when the parent dies, however suddenly, the pipe ends and the
children leave. This works where `getppid` does not (in containers, under subreapers).
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

#: Seconds that children get to finish what they do before they are killed.
GRACE_SECONDS = 20
#: A child that ends by itself is started again, unless it does so this often within a minute.
MOST_RESTARTS = 5

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Guard:
    """Tells a process that the parent is gone."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()

    def in_child(self) -> None:
        """Give up the end that only the parent may hold."""
        os.close(self._writing)

    def when_orphaned(self, leave: Callable[[], None]) -> None:
        """Call `leave` from a thread of its own as soon as the parent is gone."""

        def watch() -> None:
            os.read(self._reading, 1)
            leave()

        threading.Thread(target=watch, name="guard", daemon=True).start()


@dataclass(slots=True)
class Child:
    """A process to keep running: `work` is called in it with the guard."""

    name: str
    work: Callable[[Guard], None]
    pid: int = 0
    starts: list[float] = field(default_factory=list)


def restart_pause(starts: Sequence[float], now: float) -> float | None:
    """Seconds to wait before a child that has ended is started again; None when it does so too often.

    `starts` are the moments at which it was started, in seconds of the same clock as `now`.
    """
    recent = sum(now - start < 60 for start in starts)
    return None if recent >= MOST_RESTARTS else max(0, recent - 1)


class Supervisor:
    """Runs children until SIGTERM, SIGINT or SIGHUP, or until one of them cannot be kept alive."""

    def __init__(self, children: list[Child]) -> None:
        self._children = children
        self._guard = Guard()
        self._stopping = False
        self._failed = False

    def run(self) -> int:
        """Start everything and wait; returns the exit code for the whole."""
        for number in _STOP_SIGNALS:
            signal.signal(number, self._stop)
        signal.signal(signal.SIGALRM, self._kill)
        for child in self._children:
            self._start(child)
        while any(child.pid for child in self._children):
            pid, _ = os.waitpid(-1, 0)
            for child in self._children:
                if child.pid == pid:
                    child.pid = 0
                    self._ended(child)
        signal.alarm(0)
        return 1 if self._failed else 0

    def _start(self, child: Child) -> None:
        child.starts.append(time.monotonic())
        sys.stdout.flush()
        sys.stderr.flush()
        child.pid = os.fork()
        if child.pid == 0:
            self._be(child)
        elif self._stopping:
            os.kill(child.pid, signal.SIGTERM)

    def _be(self, child: Child) -> None:
        """Be the child, and never return into what the parent was doing."""
        code = 1
        try:
            for number in (*_STOP_SIGNALS, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            # Ctrl-C reaches the parent alone, which then stops the children in order.
            os.setpgid(0, 0)
            self._guard.in_child()
            child.work(self._guard)
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Not sys.exit: what the parent registered to happen at its end is not for the child to do.
            os._exit(code)

    def _ended(self, child: Child) -> None:
        if self._stopping:
            return
        pause = restart_pause(child.starts, time.monotonic())
        if pause is None:
            print(f"The {child.name} ends again and again; stopping.", file=sys.stderr, flush=True)
            self._failed = True
            self._stop(signal.SIGTERM, None)
            return
        print(f"The {child.name} ended unexpectedly and is started again.", file=sys.stderr, flush=True)
        time.sleep(pause)
        self._start(child)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        signal.alarm(GRACE_SECONDS)
        self._tell(signal.SIGTERM)

    def _kill(self, _number: int, _frame: FrameType | None) -> None:
        self._tell(signal.SIGKILL)

    def _tell(self, number: signal.Signals) -> None:
        for child in self._children:
            if child.pid:
                os.kill(child.pid, number)
