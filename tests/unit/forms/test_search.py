"""Search by pieces of two characters."""

import pytest

from joinery.forms import folded, grams, search_tokens


@pytest.mark.parametrize(
    "text, expected",
    [
        ("华为技术", {"为技", "华为", "技术", "术"}),
        ("Abc", {"ab", "bc", "c"}),
        ("ａｂ", {"ab", "b"}),
        ("a b", {"a", "b"}),
        ("aaa", {"a", "aa"}),
        ("", set()),
        ("  \n ", set()),
    ],
)
def test_grams(text, expected):
    assert grams(folded(text)) == expected


@pytest.mark.parametrize(
    "query, expected",
    [
        ("华为", ["华为"]),
        ("为", ["为"]),
        ("Smith Co", ["sm", "mi", "it", "th", "co"]),
        (" ", []),
        ("aaaa", ["aa"]),
    ],
)
def test_tokens(query, expected):
    assert search_tokens(query) == expected


@pytest.mark.parametrize("query", ["华为", "技", "术", "为技术", "TECH", "h", "C", "co 华"])
def test_what_a_text_contains_is_found(query):
    pieces = grams(folded("华为技术 Tech Co"))
    for token in search_tokens(query):
        assert token in pieces if len(token) > 1 else any(piece.startswith(token) for piece in pieces)


def test_text_like_fields_are_searched_unless_the_form_says_otherwise(form_of, showing):
    fields = {
        "name": {"type": "text"},
        "mail": {"type": "email"},
        "price": {"type": "money"},
        "story": {"type": "rich_text"},
        "status": {"type": "choice", "options": {"new": {"label": {"en": "New", "zh": "新建"}}}},
    }
    form = form_of(fields)
    assert [field.key for field in form.search_fields] == ["name", "mail", "story"]
    assert [field.key for field in form_of(fields, search=["status", "price"]).search_fields] == [
        "status",
        "price",
    ]
    story, status = form.fields["story"], form.fields["status"]
    assert story.type.search_text(story, "<p>a&amp;b</p><p>c</p>", showing) == "a&b\nc"
    assert status.type.search_text(status, "new", showing) == "New 新建"
