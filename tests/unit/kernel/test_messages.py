"""Sentences for people: complete in both languages, with the same placeholders."""

import string

import pytest

from joinery.kernel import Issue, NotFound, PlatformError, catalogue, closest, issue_message, message, pointer


def family(root):
    """A class and everything below it."""
    return [root] + [found for child in root.__subclasses__() for found in family(child)]


ERRORS = family(PlatformError)


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_message_stands_in_both_languages_with_the_same_placeholders(code):
    texts = catalogue()[code]
    assert set(texts) == {"en", "zh"}
    assert all(texts.values())
    assert placeholders(texts["en"]) == placeholders(texts["zh"])


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_sentence(error):
    assert error.code in catalogue()


def test_a_message_is_told_in_the_readers_language_with_labels_in_it():
    label = {"en": "Company", "zh": "公司"}
    assert NotFound(kind=label).message("zh-CN") == "找不到该公司，或您无权查看。"
    assert NotFound(kind=label).message("en").startswith("There is no such Company")


def test_a_suggestion_is_added_to_the_sentence():
    issue = Issue("", "not_found", {"kind": "form", "suggestion": "lead"})
    assert issue_message(issue, "en").endswith('Did you mean "lead"?')


def test_an_unknown_code_is_shown_as_it_is():
    assert message("no_such_code", "en") == "no_such_code"


@pytest.mark.parametrize("name, expected", [("compnay", "company"), ("xyz", None)])
def test_the_closest_name_is_found(name, expected):
    assert closest(name, ["company", "owner"]) == expected


def test_pointers_escape_what_json_pointer_escapes():
    assert pointer("forms", "a/b~c", 0) == "/forms/a~1b~0c/0"
