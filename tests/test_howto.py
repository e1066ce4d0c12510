"""What the how-tos show works: filters, the example app, links, commands and settings."""

import json
import re
from pathlib import Path

import pytest

from joinery.adapters import FixedClock
from joinery.cli.main import build_parser
from joinery.definitions import load_app
from joinery.directory import Actor
from joinery.forms import check_filter, compile_app
from joinery.formulas import check
from joinery.kernel import load_json
from joinery.runtime.apps import publishing
from joinery.runtime.apps.suites import suite_document
from joinery.runtime.records import records
from joinery.runtime.services import Services
from joinery.runtime.settings import VARIABLES, Settings

FOLDER = Path(__file__).parents[1] / "docs" / "howto"
EXAMPLE = load_json((FOLDER / "example_app.json").read_bytes())
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
FILTERS = re.findall(r"^\| [^|`]+ \| `(.+)` \|$", TEXTS["filters.md"], flags=re.MULTILINE)


FORMULAS = re.findall(r"^\| [^|`]+ \| `(.+)` \|$", TEXTS["write-a-formula.md"], flags=re.MULTILINE)


@pytest.fixture(scope="module")
def forms():
    return compile_app(load_app(suite_document("crm_ltc"))).forms


@pytest.fixture(scope="module")
def leads(forms):
    return forms["lead"]


def test_there_are_twenty_filters():
    assert len(FILTERS) == 20


@pytest.mark.parametrize("text", FILTERS)
def test_the_filters_are_right(leads, text):
    checked, issues = check_filter(leads.names, text)
    assert list(issues) == []
    assert checked is not None


def test_there_are_formulas():
    assert len(FORMULAS) > 5


@pytest.mark.parametrize("text", FORMULAS)
def test_the_formulas_are_right(forms, text):
    checked, issues = check(text, forms["account"].names)
    assert list(issues) == []
    assert checked is not None


def test_the_example_app_has_no_mistakes():
    assert list(publishing.check_definition(EXAMPLE)) == []


def test_the_example_app_installs_and_works(database, workspace, now, tmp_path):
    services = Services(database=database, settings=Settings(data_dir=tmp_path), clock=FixedClock(now))
    actor = Actor(user_id=None, name="reader", is_admin=True, workspace=workspace.key)
    with services.unit(workspace.key) as unit:
        assert publishing.install_suite(unit, actor, EXAMPLE)["published"]
        customer = records.create_record(unit, actor, "helpdesk", "customer", {"name": "Acme"})
        values = {"subject": "Printer", "customer": customer["id"]}
        ticket = records.create_record(unit, actor, "helpdesk", "ticket", values)
    assert ticket["title"] == "T-00001 Printer"
    assert (ticket["status"], ticket["due"], ticket["late"]) == ("open", "2026-04-04", False)


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", TEXTS[name]):
        assert (FOLDER / target).is_file(), target


@pytest.mark.parametrize("name", TEXTS)
def test_variables_and_definitions_are_real(name):
    assert set(re.findall(r"JOINERY_[A-Z_]+", TEXTS[name])) <= set(VARIABLES)
    for block in re.findall(r"```json\n(.*?)```", TEXTS[name], flags=re.DOTALL):
        json.loads(block if block.startswith("{") else "{" + block + "}")


def commands() -> list[list[tuple[str, str]]]:
    found = re.findall(
        r"^(?:JOINERY_\S+ )*joinery ([^#&|\n`]+)", "\n".join(TEXTS.values()), flags=re.MULTILINE
    )
    return [re.findall(r'"([^"]*)"|(\S+)', line) for line in found]


@pytest.mark.parametrize("words", commands(), ids=str)
def test_commands_are_real(words):
    build_parser().parse_args([quoted or plain for quoted, plain in words])
