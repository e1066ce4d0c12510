"""Which browser tests needed a second try (`--reruns 1`), and when that is too many to be called whole."""

import pytest

#: A machine has a bad moment now and then; more than this many are a fault of the product or of its tests.
MOST = 5


class SecondTries:
    """Fails a run in which more than `MOST` tests passed only at their second try.

    It listens where the reports of all workers come together.
    """

    def __init__(self) -> None:
        self._tests: set[str] = set()

    def pytest_runtest_logreport(self, report) -> None:
        if report.outcome == "rerun":
            self._tests.add(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session) -> None:
        if len(self._tests) > MOST:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if len(self._tests) > MOST:
            told = f"{len(self._tests)} tests needed a second try, which is more than {MOST}"
            terminalreporter.write_line(told, red=True)


def pytest_configure(config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SecondTries())
