"""A customer's app, the suite it was made from and the suite's new version become one."""

import json
from itertools import permutations

import pytest

from joinery.definitions import differences, merge_documents


def merged(base, own, suite, **options):
    found = merge_documents({"x": base}, {"x": own}, {"x": suite}, **options)
    return found.document["x"], [conflict.path for conflict in found.conflicts]


#: What it was, what was made of it here and in the suite, what comes out, and where both changed the same.
CASES = {
    "nobody": (1, 1, 1, 1, []),
    "only the suite": (1, 1, 2, 2, []),
    "only here": (1, 2, 1, 2, []),
    "both alike": (1, 2, 2, 2, []),
    "both differently": (1, 2, 3, 2, ["/x"]),
    "other properties": ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}, {"a": 2, "b": 3}, []),
    "added on both sides": ({"a": 1}, {"a": 1, "b": 2}, {"a": 1, "c": 3}, {"a": 1, "b": 2, "c": 3}, []),
    "added alike": ({}, {"b": {"z": 2}}, {"b": {"z": 3}}, {"b": {"z": 2}}, ["/x/b/z"]),
    "taken away here": ({"a": 1, "b": 1}, {"b": 1}, {"a": 1, "b": 2}, {"b": 2}, []),
    "taken away by the suite": ({"a": 1, "b": 1}, {"a": 1, "b": 2}, {"b": 1}, {"b": 2}, []),
    "taken away here, changed there": ({"a": {"y": 1}}, {}, {"a": {"y": 2}}, {}, ["/x/a"]),
    "changed here, taken away there": ({"a": {"y": 1}}, {"a": {"y": 2}}, {}, {"a": {"y": 2}}, ["/x/a"]),
    "names": (["a", "b"], ["a", "own", "b"], ["a", "b", "new"], ["a", "own", "b", "new"], []),
    "names taken away": (["a", "b", "c"], ["b", "c"], ["a", "b"], ["b"], []),
    "another order here": (["a", "b", "c"], ["c", "a", "b"], ["a", "b", "n", "c"], ["c", "a", "b", "n"], []),
    "another order there": (["a", "b", "c"], ["a", "b", "o", "c"], ["c", "a", "b"], ["c", "a", "b", "o"], []),
    "blocks": (
        [{"section": "s", "content": ["a"]}, "b"],
        [{"section": "s", "content": ["a", "own"]}, "b"],
        [{"tab": "t", "content": []}, {"section": "s", "content": ["a", "new"]}],
        [{"tab": "t", "content": []}, {"section": "s", "content": ["a", "own", "new"]}],
        [],
    ),
    "entries of a menu": (
        [{"form": "lead"}, {"form": "lead", "view": "mine"}],
        [{"form": "lead"}],
        [{"form": "lead"}, {"form": "lead", "view": "mine"}, {"form": "order"}],
        [{"form": "lead"}, {"form": "order"}],
        [],
    ),
    "lists of values": ([{"text": "A"}], [{"text": "B"}], [{"text": "C"}], [{"text": "B"}], ["/x"]),
    "true is not one": (1, True, 2, True, ["/x"]),
}  # fmt: skip


@pytest.mark.parametrize("base, own, suite, expected, conflicts", CASES.values(), ids=CASES)
def test_what_comes_out(base, own, suite, expected, conflicts):
    found, told = merged(base, own, suite)
    assert json.dumps(found) == json.dumps(expected)
    assert told == conflicts


@pytest.mark.parametrize("base, own, suite, expected, conflicts", CASES.values(), ids=CASES)
def test_what_is_the_same_on_two_sides_is_never_a_conflict(base, own, suite, expected, conflicts):
    for one, other in permutations((base, own, suite), 2):
        assert merged(one, one, other) == (other, [])
        assert merged(one, other, one) == (other, [])
        assert merged(one, other, other) == (other, [])


def test_the_suite_may_be_preferred_and_both_values_are_told():
    base, own, suite = (
        {"label": "A", "color": "red"},
        {"label": "B", "color": "blue"},
        {"label": "C", "color": "red"},
    )
    found = merge_documents(base, own, suite, prefer="suite")
    assert found.document == {"label": "C", "color": "blue", "version": None}
    [conflict] = found.conflicts
    assert (conflict.base, conflict.own, conflict.suite) == ("A", "B", "C")


def test_the_version_is_the_suites():
    found = merge_documents({"version": "1"}, {"version": "my own"}, {"version": "2"})
    assert (found.document["version"], found.conflicts) == ("2", ())


def test_single_places_are_decided_by_their_paths():
    base, own, suite = {"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 2}, {"a": 3, "b": 3, "c": 3}
    found = merge_documents({"x": base}, {"x": own}, {"x": suite}, choices={"/x/b": "suite", "/x/c": "own"})
    assert found.document["x"] == {"a": 2, "b": 3, "c": 2}
    assert [(one.path, one.side) for one in found.conflicts] == [
        ("/x/a", "own"),
        ("/x/b", "suite"),
        ("/x/c", "own"),
    ]
    preferred = merge_documents(
        {"x": base}, {"x": own}, {"x": suite}, prefer="suite", choices={"/x/c": "own"}
    )
    assert preferred.document["x"] == {"a": 3, "b": 3, "c": 2}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (1, 1, []),
        (1, 2, [("", 1, 2, False)]),
        (1, True, [("", 1, True, False)]),
        ({"a": 1}, {"a": 1, "b": {"c": 2}}, [("/b", None, {"c": 2}, False)]),
        ({"a": {"b": 1, "c": 1}}, {"a": {"c": 2}}, [("/a/b", 1, None, False), ("/a/c", 1, 2, False)]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, [("", None, None, True)]),
        (["a", "b"], ["b", "n"], [("/a", "a", None, False), ("/n", None, "n", False)]),
        ([{"form": "x", "icon": "a"}], [{"form": "x", "icon": "b"}], [("/x/icon", "a", "b", False)]),
        ([1, 2], [2, 1], [("", [1, 2], [2, 1], False)]),
    ],
)
def test_documents_differ_at_their_innermost_places(before, after, expected):
    found = sorted((one.path, one.before, one.after, one.order) for one in differences(before, after))
    assert found == expected
