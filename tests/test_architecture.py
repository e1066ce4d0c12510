"""The layout of the house: who may import whom, what pure folders must not do, how large a file may be."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLATFORM = ROOT / "platform"

LAYERS = {
    "kernel": 0,
    "formulas": 1,
    "definitions": 2,
    "directory": 2,
    "forms": 3,
    "permissions": 4,
    "workflows": 4,
    "storage": 5,
    "adapters": 5,
    "runtime": 6,
    "web": 7,
    "cli": 8,
}
FIRST_ACTING_LAYER = 5
FILES = sorted(PLATFORM.rglob("*.py"))
PURE = [path for path in FILES if LAYERS[path.relative_to(PLATFORM).parts[0]] < FIRST_ACTING_LAYER]

#: Modules that reach the outside world: nothing below the acting layers may name them.
OUTSIDE = {
    "socket",
    "subprocess",
    "requests",
    "urllib.request",
    "http.client",
    "flask",
    "psycopg",
    "gunicorn",
}
#: Calls that read the clock or chance: pure code is told what time it is.
CLOCK = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
CLOCK_OWNERS = {"datetime", "date", "time"}


def name_of(path: Path) -> str:
    return str(path.relative_to(PLATFORM))


def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_folder_imports_only_from_folders_below_it(path):
    folder = path.relative_to(PLATFORM).parts[0]
    for module in imports_of(path):
        package, _, rest = module.partition(".")
        if package != "joinery" or not rest:
            continue
        other, _, inside = rest.partition(".")
        if other in {folder, "suites"}:
            continue
        assert LAYERS[other] < LAYERS[folder], f"{folder} may not import {module}"
        # The modules of runtime and storage are their interface, one per noun; elsewhere it is the package.
        assert not inside or LAYERS[other] >= FIRST_ACTING_LAYER, (
            f"import from joinery.{other}, not from {module}"
        )


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_folders_that_compute_never_act(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not OUTSIDE.intersection(imports_of(path))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id in CLOCK_OWNERS:
            assert node.func.attr not in CLOCK, f"line {node.lineno} asks the clock"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_stay_small_enough_to_hold_in_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_every_folder_has_a_layer_and_the_platform_shadows_nothing():
    folders = {path.parent.name for path in PLATFORM.glob("*/*.py")}
    assert folders == set(LAYERS)
    assert not (PLATFORM / "__init__.py").exists(), "platform/__init__.py would shadow the standard library"
