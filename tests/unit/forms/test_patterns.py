"""Patterns for texts: the same answers as Python's own, and no text or pattern that takes long."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinery.forms.patterns import PatternError, linear_pattern

PATTERNS = [
    r"\d{6}",
    r"^[A-Z]{2}-\d+$",
    r"(ab|a)(bc|c)?",
    r"a*b+c?",
    r"[^]x]+",
    r"(?:\d{3}-){2}\d",
    r"a{2,}?",
    r"(a|b)*abb",
    r"",
    r"x|",
    r"\$",
    r"[\]a]+",
    r"(){3}a{0}b",
    r"\x41+|.*-",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("ab c1-$]AZx\n", max_size=8))
def test_the_same_answer_as_pythons_own(pattern, text):
    assert linear_pattern(pattern).matches(text) is bool(re.fullmatch(pattern, text, re.DOTALL))


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a**",
        "(?=a)",
        r"(a)\1",
        "a{1001}",
        "((a{900}){900})",
        "\ud800",
    ],
)
def test_what_cannot_be_matched_step_by_step_is_refused(pattern):
    with pytest.raises(PatternError):
        linear_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a?){200}a{200}b", "(.*)*(.*)*x", "(a|aa)+b"])
def test_no_pattern_takes_long(pattern):
    """Python's own would take longer than the universe is old."""
    assert not linear_pattern(pattern).matches("a" * 500)
