"""The committed reference is what the code would write now, and leaves nothing out."""

import re
from pathlib import Path

import pytest

from joinery.cli.main import build_parser
from joinery.cli.reference_commands import all_pages, api_description
from joinery.forms import FIELD_TYPES
from joinery.formulas import FUNCTIONS
from joinery.kernel import catalogue
from joinery.runtime import settings
from joinery.web.body import api_schemas

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
COMMANDS = build_parser().parse_args(["docs"]).commands
PAGES = all_pages(COMMANDS)


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_up_to_date(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], "run: make docs"


def test_there_are_no_other_pages():
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


def headings(page: str) -> set[str]:
    return set(re.findall(r"^#{2,3} (.+)$", PAGES[page], flags=re.MULTILINE))


def test_every_function_and_field_type_is_documented():
    assert {function.name for function in FUNCTIONS} <= headings("functions.md")
    assert set(FIELD_TYPES.names()) <= headings("field-types.md")


def test_every_code_is_documented_in_both_languages():
    for code, sentence in catalogue().items():
        [row] = [line for line in PAGES["messages.md"].splitlines() if f"`{code}` |" in line]
        assert sentence["zh"].split("|")[0].split("\n")[0] in row


def test_every_call_and_shape_is_documented():
    for path, found in api_description()["paths"].items():
        for method in found:
            assert f"{method.upper()} {path}" in headings("api.md")
    assert set(api_schemas()) <= headings("api.md")


def test_every_variable_is_documented():
    read = set(re.findall(r"JOINERY_[A-Z_]+", Path(settings.__file__).read_text(encoding="utf-8")))
    assert read == set(settings.VARIABLES)
    for name, (_, default) in settings.VARIABLES.items():
        assert f"| `{name}` |" in PAGES["settings.md"]
        assert default in PAGES["settings.md"]


def test_the_documented_defaults_are_the_real_ones():
    found = settings.read_settings({})
    for name, attribute in (
        ("HOST", found.host),
        ("PORT", found.port),
        ("WEB_WORKERS", found.web_workers),
        ("WEB_THREADS", found.web_threads),
        ("JOB_WORKERS", found.job_workers),
        ("DEMO", int(found.demo)),
    ):
        assert settings.VARIABLES[f"JOINERY_{name}"][1] == str(attribute)


def test_every_command_and_option_is_documented():
    for name in COMMANDS.choices:
        assert any(title.startswith(f"joinery {name}") for title in headings("command-line.md"))
    rows = [line for line in PAGES["command-line.md"].splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.rstrip().endswith("|  |")] == []


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGES[name]):
        assert target in PAGES or (FOLDER / target).is_file()
