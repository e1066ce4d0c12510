"""The settings of calendars, cards and trees as a reader may use them."""

import pytest

from joinery.forms import check_view, resolve_view

FIELDS = {
    "name": {"type": "text"},
    "status": {"type": "choice", "options": {"new": {"label": {"en": "New", "zh": "新"}}}},
    "price": {"type": "money"},
    "due": {"type": "date"},
    "until": {"type": "date"},
    "moment": {"type": "datetime"},
    "photo": {"type": "image"},
    "above": {"type": "relation", "form": "thing", "tree": True},
    "beside": {"type": "relation", "form": "thing"},
    "secret": {"type": "text"},
    "secret_day": {"type": "date"},
}
READABLE = frozenset({*FIELDS, "id", "owner", "created_at"} - {"secret", "secret_day"})


@pytest.fixture
def form(form_of):
    return form_of(FIELDS)


@pytest.mark.parametrize(
    "document, expected",
    [
        ({"kind": "calendar", "calendar": {"start": "due", "end": "until", "title": "{name} {owner}"}}, []),
        ({"kind": "calendar", "calendar": {"start": "created_at", "mode": "day"}}, []),
        ({"kind": "calendar"}, [("/calendar", "view_calendar_missing")]),
        ({"calendar": 5}, [("/calendar", "view_not_an_object")]),
        ({"calendar": {}}, [("/calendar/start", "view_unknown_field")]),
        ({"calendar": {"start": "name"}}, [("/calendar/start", "view_not_a_date")]),
        ({"calendar": {"start": "due", "end": "moment"}}, [("/calendar/end", "view_calendar_kinds")]),
        ({"calendar": {"start": "due", "mode": "year"}}, [("/calendar/mode", "view_word")]),
        (
            {"calendar": {"start": "due", "title": "{secret}"}},
            [("/calendar/title", "view_unknown_field")],
        ),
        ({"calendar": {"start": "due", "title": "{photo}"}}, [("/calendar/title", "view_caption")]),
        ({"calendar": {"start": "due", "title": "{name"}}, [("/calendar/title", "view_braces")]),
        ({"calendar": {"start": "due", "title": "x" * 201}}, [("/calendar/title", "view_title")]),
        (
            {
                "kind": "gallery",
                "gallery": {
                    "cover": "photo",
                    "size": "large",
                    "fields": [{"field": "due"}],
                    "badges": ["status"],
                },
            },
            [],
        ),
        ({"kind": "gallery"}, []),
        ({"gallery": {"cover": "name"}}, [("/gallery/cover", "view_cover")]),
        ({"gallery": {"fit": "some"}}, [("/gallery/fit", "view_word")]),
        ({"gallery": {"fields": ["name"]}}, [("/gallery/fields/0", "view_not_an_object")]),
        ({"gallery": {"fields": 5}}, [("/gallery/fields", "view_too_many")]),
        ({"gallery": {"fields": [{"field": "secret"}]}}, [("/gallery/fields/0/field", "view_unknown_field")]),
        (
            {"gallery": {"fields": [{"field": "due", "size": "tiny"}]}},
            [("/gallery/fields/0/size", "view_word")],
        ),
        ({"gallery": {"badges": ["price"]}}, [("/gallery/badges/0", "view_badge")]),
        ({"kind": "tree", "tree": {"parent": "above"}}, []),
        ({"kind": "tree"}, [("/tree", "view_tree_missing")]),
        ({"tree": {"parent": "beside"}}, [("/tree/parent", "view_tree")]),
        ({"tree": {"parent": "name"}}, [("/tree/parent", "view_tree")]),
        ({"tree": {"parent": None}}, [("/tree/parent", "view_unknown_field")]),
    ],
)
def test_checking(form, document, expected):
    _, issues = check_view(form, {"label": "Mine", **document}, READABLE)
    assert [(issue.path, issue.code) for issue in issues] == expected


@pytest.mark.parametrize(
    "document, kind",
    [
        ({"kind": "calendar", "calendar": {"start": "due", "end": "secret_day"}}, "calendar"),
        ({"kind": "calendar", "calendar": {"start": "secret_day"}}, "list"),
        ({"kind": "tree", "tree": {"parent": "above"}}, "list"),
        ({"kind": "gallery", "gallery": {"cover": "photo"}}, "gallery"),
    ],
)
def test_a_view_that_loses_what_its_kind_stands_on_is_a_list(form, document, kind):
    readable = READABLE - {"above", "photo"}
    view = resolve_view(form, {"key": "one", "label": "One", **document}, readable)
    assert view.kind == kind
    assert view.calendar is None or view.calendar.end is None
    assert view.gallery is None or view.gallery.cover is None


def test_a_title_with_a_hidden_field_is_the_title_of_the_record(form):
    document = {
        "key": "one",
        "label": "One",
        "kind": "calendar",
        "calendar": {"start": "due", "title": "{name} {secret}"},
    }
    assert resolve_view(form, document, READABLE).calendar.title is None
    assert resolve_view(form, document).calendar.title == "{name} {secret}"
