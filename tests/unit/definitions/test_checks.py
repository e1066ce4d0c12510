"""Documents with mistakes, and documents without: tables of cases under tests/cases/definitions."""

import copy
import json
from pathlib import Path

import pytest

import joinery.definitions
from joinery.definitions import check_app
from joinery.kernel import catalogue as messages
from joinery.kernel import issue_message
from joinery.workflows import catalogue

CASES = Path(__file__).parents[2] / "cases" / "definitions"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def invalid_cases():
    for path in sorted((CASES / "invalid").glob("*.json")):
        table = read(path)
        base = read(CASES / "valid" / f"{table['base']}.json")
        for case in table["cases"]:
            document = case["document"] if "document" in case else edited(base, case)
            yield pytest.param(document, case["issues"], id=f"{path.stem}: {case['what']}")


def edited(base, case):
    document = copy.deepcopy(base)
    for path in case.get("remove", ()):
        part, name = place(document, path)
        del part[name]
    for path, value in case.get("set", {}).items():
        part, name = place(document, path)
        part[name] = value
    return document


def place(document, path):
    """The object or list that holds the value at a JSON pointer, and the value's name in it."""
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
    for name in way:
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document, int(last) if isinstance(document, list) else last


INVALID = list(invalid_cases())


@pytest.mark.parametrize("path", sorted((CASES / "valid").glob("*.json")), ids=lambda path: path.stem)
def test_valid(path):
    assert list(check_app(read(path), catalogue())) == []


@pytest.mark.parametrize("document, expected", INVALID)
def test_invalid(document, expected):
    issues = list(check_app(document, catalogue()))
    assert sorted((issue.path, issue.code) for issue in issues) == sorted(
        (case[0], case[1]) for case in expected
    )
    for path, code, *rest in expected:
        for params in rest:
            assert any(
                issue.path == path and issue.code == code and params.items() <= issue.params.items()
                for issue in issues
            ), (params, issues)


@pytest.mark.parametrize("document, expected", INVALID)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_problem_has_a_complete_sentence(document, expected, language):
    for issue in check_app(document, catalogue()):
        assert issue.code in messages()
        sentence = issue_message(issue, language)
        assert sentence
        assert "{name}" not in sentence
        assert "{expected}" not in sentence


def test_every_sentence_is_used():
    """A message that nobody can get is a rule that nobody checks."""
    folder = Path(joinery.definitions.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    composed = ("definition_unknown_", "definition_cannot_")
    codes = [code for code in read(folder / "messages.json") if not code.startswith(composed)]
    assert [code for code in codes if f'"{code}"' not in source] == []
