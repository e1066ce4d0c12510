"""The command as an operator uses it, in processes of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

COMMAND = Path(sys.executable).with_name("joinery")
SUITES = Path(__file__).parents[2] / "suites"
PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """A data folder with a short path: sockets live in it."""
    folder = Path(tempfile.mkdtemp(prefix="joinery-cli-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def joinery(data_dir):
    """Run the command; gives exit code, output and errors."""

    def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
        done = subprocess.run(
            [COMMAND, *arguments],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
            env=os.environ | {"JOINERY_DATA_DIR": str(data_dir), "LC_ALL": "C.UTF-8"},
        )
        return done.returncode, done.stdout, done.stderr

    return run


def start_server(data_dir: Path, port: int) -> subprocess.Popen[bytes]:
    """`joinery serve` on an empty workspace, once it answers."""
    log = data_dir / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)],
            env=os.environ | {"JOINERY_DATA_DIR": str(data_dir)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        assert process.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return process
        except OSError:
            time.sleep(0.1)


def test_a_workspace_from_the_first_command_to_an_export(joinery, tmp_path):
    code, output, errors = joinery("init", "--time-zone", "Asia/Shanghai")
    assert code == 0, errors
    assert "/setup?token=" in output
    code, output, errors = joinery(
        "user", "add", "boss@example.org", "The Boss", "--admin", text="a good password\n"
    )
    assert (code, output.strip()) == (0, "boss@example.org can sign in now."), errors
    assert "/setup?token=" not in joinery("init")[1]

    source = tmp_path / "leads.csv"
    source.write_text(
        "Company,Contact,Mobile,Lead source\n华为,张三,13800138000,Website\n,,,\nX,Y,no number,Website\n"
    )
    mapping = ["Company=company", "Contact=contact_name", "Mobile=mobile", "Lead source=source"]
    options = [part for pair in mapping for part in ("--map", pair)]
    failed = tmp_path / "failed.csv"
    code, output, errors = joinery("import", str(source), "--form", "lead", *options, "--dry-run")
    assert (code, output) == (1, "Would be: 1 created, 0 updated, 0 unchanged, 1 failed\n"), errors
    code, output, errors = joinery("import", str(source), "--form", "lead", *options, "--failed", str(failed))
    assert (code, output) == (1, "1 created, 0 updated, 0 unchanged, 1 failed\n"), errors
    assert "no number" in failed.read_text(encoding="utf-8-sig")

    code, output, errors = joinery("export", "--form", "lead", "--fields", "company,contact_name,mobile")
    assert code == 0, errors
    assert output.splitlines()[1].startswith("华为,张三,")


def test_a_second_workspace_is_made_and_somebody_of_the_first_joins_it(joinery):
    joinery("init")
    for name in ("ann", "bob"):
        code, _, errors = joinery("user", "add", f"{name}@example.org", name, text="a good password\n")
        assert code == 0, errors
    code, output, errors = joinery(
        "workspace", "create", "north", "--name", "North", "--admin", "ann@example.org"
    )
    assert (code, output) == (0, "The workspace north is ready.\n"), errors
    assert joinery("workspace", "list")[1].splitlines() == ["main\tJoinery", "north\tNorth"]
    code, output, errors = joinery("workspace", "join", "north", "bob@example.org", "--role", "sales")
    assert (code, output) == (0, "bob@example.org is a member of north now.\n"), errors
    assert joinery("export", "--form", "lead", "--workspace", "north")[0] == 0
    for arguments, complaint in (
        (("create", "north"), "There is a workspace with this key already"),
        (("create", "Not a key"), "key"),
        (("create", "south", "--admin", "nobody@example.org"), "There is no such user"),
        (("join", "north", "ann@example.org"), "member of the workspace already"),
        (("join", "nowhere", "ann@example.org"), "There is no such workspace"),
    ):
        code, _, errors = joinery("workspace", *arguments)
        assert code == 1
        assert complaint in errors
    assert [line.split("\t")[0] for line in joinery("workspace", "list")[1].splitlines()] == ["main", "north"]


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["export", "--form", "nothing"], "There is no such form"),
        (["import", "/nowhere.csv", "--form", "lead"], "The file cannot be read"),
        (["import", __file__, "--form", "lead", "--map", "x"], "Write --map as COLUMN=FIELD"),
        (["user", "add", "not an address", "X"], "This is not an e-mail address"),
        (["user", "reset-password", "nobody@example.org"], "There is no such user"),
        (["suite", "check", "/nowhere.json"], "The file cannot be read"),
        (["suite", "install", __file__], "not valid JSON"),
    ],
)
def test_mistakes_are_explained(joinery, arguments, complaint):
    code, _, errors = joinery(*arguments, text="a good password\n")
    assert code == 1
    assert complaint in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["serve", "--port", "70000"], ["demo", "--leads", "many"]]
)
def test_wrong_use_is_code_two(joinery, arguments):
    assert joinery(*arguments)[0] == 2


def test_the_bundled_suite_is_right(joinery):
    assert joinery("suite", "check", str(SUITES / "crm_ltc.json"))[0] == 0


def test_the_server_stops_in_order_and_survives_being_killed(joinery, data_dir):
    port = free_port()
    server = start_server(data_dir, port)
    family = psutil.Process(server.pid).children(recursive=True)
    assert len(family) >= 3

    code, _, errors = joinery("serve", "--port", str(port))
    assert code == 1
    assert f"port {port}" in errors

    server.send_signal(signal.SIGKILL)
    server.wait()
    _, alive = psutil.wait_procs(family, timeout=30)
    assert not alive

    server = start_server(data_dir, port)
    family = psutil.Process(server.pid).children(recursive=True)
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
    assert not (data_dir / "database" / "postmaster.pid").exists()
