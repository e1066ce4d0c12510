"""A second try is counted over all workers, and too many of them fail the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.second_tries import MOST

ROOT = Path(__file__).parents[1]
#: The first tries of the first so many tests fail.
SICK = """
import pathlib
import pytest

@pytest.fixture(scope="session")
def shared():
    return pathlib.Path(__file__).parent

@pytest.mark.parametrize("number", range(8))
def test_one(shared, number):
    tried = shared / f"{number}.{__name__}"
    first = not tried.exists()
    tried.touch()
    assert not (first and number < FAILING)
"""


def run(folder: Path, failing: int) -> subprocess.CompletedProcess:
    (folder / "pytest.ini").write_text("[pytest]\n")
    for half, count in (("one", failing // 2), ("other", failing - failing // 2)):
        (folder / f"test_{half}.py").write_text(SICK.replace("FAILING", str(count)))
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--reruns", "1", "-rR"]
    return subprocess.run(
        [*command, "-p", "tests.browser.second_tries", "-p", "no:cacheprovider", folder],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("failing", "status"), [(MOST, 0), (MOST + 1, 1)])
def test_many_second_tries_fail_the_run(tmp_path, failing, status):
    done = run(tmp_path, failing)
    assert done.returncode == status, done.stdout
    assert f"16 passed, {failing} rerun" in done.stdout
    assert done.stdout.count("RERUN test_") == failing
    assert (f"{failing} tests needed a second try" in done.stdout) == bool(status)
