"""Views and sorts as a reader may use them."""

import pytest

from joinery.forms import AGGREGATES, check_view, parse_sort, resolve_view

FIELDS = {
    "name": {"type": "text"},
    "status": {"type": "choice", "options": {"new": {"label": {"en": "New", "zh": "新"}}}},
    "price": {"type": "money"},
    "notes": {"type": "long_text"},
    "due": {"type": "date"},
    "secret": {"type": "number"},
    "inner": {"type": "text", "hidden": True},
}
READABLE = frozenset({"name", "status", "price", "notes", "due", "id", "owner", "created_at"})


@pytest.fixture
def form(form_of):
    views = {
        "all": {"label": {"en": "All", "zh": "全部"}, "columns": ["name", "secret"], "sort": "-secret,name"},
        "rich": {"label": {"en": "Rich", "zh": "富"}, "columns": ["name"], "filter": "{secret} > 5"},
        "plain": {"label": {"en": "Plain", "zh": "简"}},
    }
    return form_of(FIELDS, views=views)


def codes(issues):
    return [(issue.path, issue.code) for issue in issues]


def test_unreadable_fields_drop_out_of_a_view(form):
    view = resolve_view(form, form.definition.views["all"], READABLE)
    assert view.columns == ("name",)
    assert view.sort == (("name", False),)
    assert resolve_view(form, form.definition.views["all"]).sort_text == "-secret,name"


def test_a_view_that_filters_by_an_unreadable_field_is_not_offered(form):
    assert resolve_view(form, form.definition.views["rich"], READABLE) is None
    assert resolve_view(form, form.definition.views["rich"]).filter is not None


def test_what_hangs_on_an_unreadable_field_drops_out_alone(form):
    document = {
        "key": "mixed",
        "label": "Mixed",
        "group_by": "secret,status",
        "totals": {"secret": "sum", "price": "sum"},
        "colors": [{"when": "{secret} > 1", "color": "red"}, {"when": "{price} > 1", "color": "green"}],
        "quick_filters": [{"field": "secret"}, {"field": "status", "value": "new"}],
    }
    view = resolve_view(form, document, READABLE)
    assert view.group_by == "status"
    assert view.totals == {"price": "sum"}
    assert [rule.color for rule in view.colors] == ["green"]
    assert [item.field for item in view.quick_filters] == ["status"]


def test_a_view_without_columns_shows_the_first_fields(form):
    assert resolve_view(form, form.definition.views["plain"], READABLE).columns == (
        "name",
        "status",
        "price",
        "notes",
        "due",
    )


def test_a_resolved_view_resolves_to_itself(form):
    view = resolve_view(form, form.definition.views["all"])
    assert resolve_view(form, view) == view


@pytest.mark.parametrize(
    "document, expected",
    [
        ({}, []),
        ({"columns": ["name"], "sort": "-price", "filter": "{price} > 1", "frozen": 1}, []),
        ({"kind": "kanban", "group_by": "status", "measure": "price", "card": ["owner"]}, []),
        ({"label": ""}, [("/label", "view_label")]),
        ({"label": 5}, [("/label", "view_label")]),
        ({"kind": "map"}, [("/kind", "view_kind")]),
        ({"kind": "kanban"}, [("/group_by", "view_kanban_group")]),
        ({"columns": ["name", "nmae"]}, [("/columns/1", "view_unknown_field")]),
        ({"columns": ["secret"]}, [("/columns/0", "view_unknown_field")]),
        ({"columns": "name"}, [("/columns", "view_not_a_list")]),
        (
            {"columns": [5, None]},
            [("/columns/0", "view_unknown_field"), ("/columns/1", "view_unknown_field")],
        ),
        ({"group_by": "notes"}, [("/group_by", "view_not_groupable")]),
        ({"measure": "name"}, [("/measure", "view_not_a_number")]),
        ({"sort": "-notes"}, [("/sort", "view_not_sortable")]),
        ({"sort": ["name"]}, [("/sort", "view_not_text")]),
        ({"filter": "{secret} > 1"}, [("/filter", "formula_unknown_field")]),
        ({"filter": "1 +"}, [("/filter", "formula_syntax")]),
        ({"filter": 5}, [("/filter", "view_not_text")]),
        ({"group_by": "status,due:month,created_at:year"}, []),
        ({"group_by": "status:month"}, [("/group_by", "view_group_period")]),
        ({"group_by": "due:decade"}, [("/group_by", "view_group_period")]),
        ({"group_by": "secret"}, [("/group_by", "view_unknown_field")]),
        ({"group_by": "status,due,owner,name"}, [("/group_by", "view_group_levels")]),
        ({"group_by": 5}, [("/group_by", "view_not_text")]),
        ({"totals": {"price": "average", "due": "max", "name": "count_distinct"}}, []),
        ({"totals": {"name": "sum"}}, [("/totals/name", "view_total")]),
        ({"totals": {"price": "median"}}, [("/totals/price", "view_total")]),
        ({"totals": {"secret": "sum"}}, [("/totals/secret", "view_unknown_field")]),
        ({"colors": [{"when": "{due} < TODAY()", "color": "red", "field": "due"}]}, []),
        ({"colors": [{"when": "{due} < TODAY()", "color": "scarlet"}]}, [("/colors/0", "view_color")]),
        ({"colors": [{"color": "red"}]}, [("/colors/0", "view_color")]),
        ({"colors": [{"when": "{secret} > 1", "color": "red"}]}, [("/colors/0/when", "formula_")]),
        (
            {"colors": [{"when": "TRUE", "color": "red", "field": "secret"}]},
            [("/colors/0/field", "view_unknown_field")],
        ),
        ({"quick_filters": [{"field": "status", "value": "new"}, {"field": "due"}, {"field": "owner"}]}, []),
        ({"quick_filters": [{"field": "price"}]}, [("/quick_filters/0/field", "view_quick_filter")]),
        ({"quick_filters": [{"field": "secret"}]}, [("/quick_filters/0/field", "view_unknown_field")]),
        ({"quick_filters": [{"field": "status", "value": 5}]}, [("/quick_filters/0/value", "view_not_text")]),
        ({"column_widths": {"name": 100}}, []),
        ({"column_widths": {"name": "wide"}}, [("/column_widths", "view_widths")]),
        ({"frozen": -1}, [("/frozen", "view_frozen")]),
    ],
)
def test_checking_a_saved_view(form, document, expected):
    _, issues = check_view(form, {"label": "Mine", **document}, READABLE)
    found = codes(issues)
    assert [path for path, _ in found] == [path for path, _ in expected]
    assert {code for _, code in found if not code.startswith("formula_")} == {
        code for _, code in expected if not code.startswith("formula_")
    }


@pytest.mark.parametrize(
    "text, sort, expected",
    [
        ("-created_at, name", (("created_at", True), ("name", False)), []),
        (None, (), []),
        ("", (), []),
        ("name,-name", (("name", False),), []),
        ("secret", (), ["view_unknown_field"]),
        ("notes", (), ["view_not_sortable"]),
    ],
)
def test_sorts(form, text, sort, expected):
    found, issues = parse_sort(form, text, READABLE)
    assert found == sort
    assert [code for _, code in codes(issues)] == expected


@pytest.mark.parametrize(
    "name, accepted",
    [
        ("count", {"name", "status", "price", "notes", "due", "secret", "inner"}),
        ("sum", {"price", "secret"}),
        ("average", {"price", "secret"}),
        ("min", {"price", "due", "secret"}),
        ("count_distinct", {"name", "status", "price", "due", "secret", "inner"}),
    ],
)
def test_aggregates_accept_what_makes_sense(form, name, accepted):
    assert {key for key, field in form.fields.items() if AGGREGATES[name].accepts(field)} == accepted
