"""Every registered field type keeps its contract, whatever it holds."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
import sqlalchemy as sa
from jsonschema import Draft202012Validator
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from joinery.definitions import load_app
from joinery.directory import Department, Directory, ExternalOrganisation, User
from joinery.forms import FIELD_TYPES, ParseContext, ShowContext, catalogue, compile_app, complete_settings
from joinery.forms.identities import RecordRef
from joinery.formulas import BOOLEAN, DATE, DATETIME, MONEY, NUMBER, PERCENT, TEXT, TIME
from joinery.kernel import dump_json, load_json
from joinery.workflows import NODE_TYPES

#: What every field may have; a setting of the same name could not be told from it.
FIELD_PROPERTIES = {"type", "label", "help", "placeholder", "required", "visible"} | {
    *("read_only", "default", "unique", "validate", "hidden", "was", "takes_over")
}
GROUPS = {"text", "number", "choice", "date", "people", "files", "relation", "computed"}
LABEL = {"en": "Label", "zh": "标签"}
OPTIONS = {"options": {"a": {"label": {"en": "A", "zh": "甲"}, "color": "blue"}, "b": {"label": LABEL}}}

#: Settings that a type cannot do without, and a value of each.
EXAMPLES = {
    "address": ({}, {"city": "深圳市", "detail": "1"}),
    "autonumber": ({}, "000001"),
    "boolean": ({}, False),
    "choice": (OPTIONS, "a"),
    "date": ({}, date(2026, 1, 31)),
    "datetime": ({}, datetime(2026, 1, 31, 8, tzinfo=UTC)),
    "department": ({}, 1),
    "departments": ({}, (1,)),
    "email": ({}, "a@example.com"),
    "file": ({}, (7,)),
    "formula": ({"result": "money", "formula": "1"}, Decimal("1.50")),
    "image": ({}, (7, 8)),
    "long_text": ({}, "a\nb"),
    "money": ({}, Decimal("12.34")),
    "multi_choice": (OPTIONS, ("a", "b")),
    "number": ({}, Decimal("12")),
    "organisation": ({}, 1),
    "percent": ({}, Decimal("0.15")),
    "phone": ({}, "123 456"),
    "rating": ({}, 3),
    "relation": ({"form": "thing"}, 1),
    "relation_any": ({"forms": ["thing"]}, RecordRef("thing", 1)),
    "relations": ({"form": "thing"}, (2, 1)),
    "rich_text": ({}, "<p>a</p>"),
    "text": ({}, "a"),
    "time": ({}, time(8, 30)),
    "url": ({}, "https://example.com"),
    "user": ({}, 1),
    "users": ({}, (1, 2)),
}

DIRECTORY = Directory(
    [User(id=1, name="Ann", email="a@example.com"), User(id=2, name="Bo", email="b@example.com")],
    [Department(id=1, name="Sales")],
    organisations=[ExternalOrganisation(id=1, name="Dealers", kind="dealer")],
)
PARSING = ParseContext(directory=DIRECTORY, time_zone="Asia/Shanghai")
SHOWING = ShowContext(directory=DIRECTORY, time_zone="Asia/Shanghai")

every_type = pytest.mark.parametrize("name", sorted(EXAMPLES))
#: Subforms hold lines instead of a value: they have no column, and are read and shown with their record.
every_type_and_subforms = pytest.mark.parametrize("name", sorted([*EXAMPLES, "subform"]))


def field_of(name):
    fields = {"x": {"type": name, "label": LABEL, **EXAMPLES[name][0]}}
    document = {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL}
    form = {"label": LABEL, "fields": fields}
    return compile_app(load_app({**document, "forms": {"thing": form}})).forms["thing"].fields["x"]


def test_the_types_are_these():
    assert FIELD_TYPES.names() == tuple(sorted([*EXAMPLES, "subform"]))
    assert catalogue().names() == FIELD_TYPES.names()


@every_type_and_subforms
def test_the_type_describes_itself(name):
    found = FIELD_TYPES[name]
    assert set(found.label) == {"en", "zh"}
    assert all(found.label.values())
    assert found.icon
    assert found.group in GROUPS
    assert found.index in ("btree", "gin", None)
    assert catalogue().label(name) == found.label
    assert catalogue().is_computed(name) == found.computed


@every_type_and_subforms
def test_the_settings_schema_is_a_schema_with_labels_in_both_languages(name):
    schema = catalogue().settings_schema(name)
    Draft202012Validator.check_schema(schema)
    assert set(schema["required"]) <= schema["properties"].keys()
    for setting in schema["properties"].values():
        assert set(setting["label"]) == {"en", "zh"}
    assert not FIELD_PROPERTIES & schema["properties"].keys()


@every_type
def test_examples_and_defaults_fit_the_schema(name):
    found = FIELD_TYPES[name]
    settings = complete_settings(found, EXAMPLES[name][0])
    Draft202012Validator(found.settings_schema).validate(settings)
    assert list(catalogue().settings_issues(name, EXAMPLES[name][0])) == []


@every_type
def test_columns_are_fresh_and_begin_with_the_field_s_key(name):
    field = field_of(name)
    first, second = field.type.columns(field), field.type.columns(field)
    stored = {"relation_any": ["x__thing"], "relations": []}.get(name, ["x"])
    assert [column.name for column in first] == stored
    if not stored:
        return
    assert field.column == stored[0]
    assert all(one is not other for one, other in zip(first, second, strict=True))
    table = sa.Table("t", sa.MetaData(), *first)
    assert str(CreateTable(table).compile(dialect=postgresql.dialect()))


@every_type
@pytest.mark.parametrize("blank", [True, False])
def test_rows_hold_the_value(name, blank):
    field = field_of(name)
    value = None if blank else EXAMPLES[name][1]
    row = field.type.to_row(field, value)
    if name == "relations":
        # Stored in a table of its own.
        assert row == {}
        return
    assert row.keys() == {column.name for column in field.type.columns(field)}
    assert field.type.from_row(field, row) == value


@every_type
def test_json_holds_the_value(name):
    field, value = field_of(name), EXAMPLES[name][1]
    sent = load_json(dump_json(field.type.to_json(field, value, SHOWING)))
    assert field.type.parse(field, sent, PARSING) == value
    assert field.type.to_json(field, None, SHOWING) is None


@every_type
def test_text_holds_the_value(name):
    field, value = field_of(name), EXAMPLES[name][1]
    assert field.type.parse_text(field, field.type.to_text(field, value, SHOWING), PARSING) == value
    assert field.type.to_text(field, None, SHOWING) == ""
    assert isinstance(field.type.search_text(field, value, SHOWING), str)


@every_type
def test_a_value_is_accepted_as_itself(name):
    field, value = field_of(name), EXAMPLES[name][1]
    assert field.type.parse(field, value, PARSING) == value


@pytest.mark.parametrize(
    "name, settings, path",
    [
        ("text", {"min_length": 300}, "/min_length"),
        ("text", {"pattern": "("}, "/pattern"),
        ("number", {"minimum": 2, "maximum": 1}, "/minimum"),
        ("money", {"maximum": 10**40}, "/maximum"),
        ("choice", {**OPTIONS, "option_order": ["b", "c"]}, "/option_order/1"),
        ("multi_choice", {**OPTIONS, "option_order": ["z"]}, "/option_order/0"),
        ("relation_any", {"forms": ["lead"], "filter": {"order": "TRUE"}}, "/filter/order"),
        ("relation_any", {"forms": ["lead"], "inverse": {"key": "x", "keys": {"a": "b"}}}, "/inverse/keys/a"),
    ],
)
def test_settings_that_contradict_each_other(name, settings, path):
    assert [issue.path for issue in catalogue().settings_issues(name, settings)] == [path]


@pytest.mark.parametrize(
    "name, settings",
    [
        ("choice", {}),
        ("choice", {"options": {}}),
        ("choice", {"options": {"a": {"label": {"en": "A"}}}}),
        ("relation", {}),
        ("relations", {}),
        ("relation_any", {}),
        ("relation_any", {"forms": []}),
        ("formula", {"result": "user", "formula": "1"}),
        ("number", {"decimals": 11}),
        ("money", {"currency": "yuan"}),
        ("autonumber", {"pattern": [{"text": "x"}]}),
        ("autonumber", {"pattern": [{"counter": 1}, {"counter": 2}]}),
        ("autonumber", {"pattern": [{"date": "mm"}, {"counter": 1}]}),
        ("rating", {"maximum": 11}),
        ("subform", {}),
        ("subform", {"fields": {}}),
        ("subform", {"fields": {"a": {}}, "max_lines": 0}),
        ("subform", {"fields": {"a": {}}, "max_lines": 1001}),
        ("subform", {"fields": {"a": {}}, "default_lines": [1]}),
    ],
)
def test_settings_that_do_not_fit(name, settings):
    schema = FIELD_TYPES[name].settings_schema
    assert not Draft202012Validator(schema).is_valid(settings)


@pytest.mark.parametrize(
    "result, expected",
    [
        ("text", TEXT),
        ("number", NUMBER),
        ("money", MONEY),
        ("percent", PERCENT),
        ("boolean", BOOLEAN),
        ("date", DATE),
        ("datetime", DATETIME),
        ("time", TIME),
    ],
)
def test_a_formula_has_the_type_of_its_result(result, expected):
    assert catalogue().formula_type("formula", {"result": result, "formula": "1"}) == expected


NODE_TYPE_NAMES = (
    *("approval", "branch", "copy", "create_record", "delay", "end", "fill_in", "join", "message"),
    *("set_fields", "sub_workflow", "update_records", "wait_for", "webhook"),
)


def test_the_types_of_nodes_are_these():
    assert NODE_TYPES.names() == NODE_TYPE_NAMES


@pytest.mark.parametrize("name", NODE_TYPE_NAMES)
def test_the_type_of_node_describes_itself(name):
    found = NODE_TYPES[name]
    assert set(found.label) == set(found.help) == {"en", "zh"}
    assert found.icon
    assert found.group in {"people", "way", "data", "time"}
    Draft202012Validator.check_schema(found.settings_schema)
    assert set(found.required_settings) <= found.settings.keys()
    for setting in found.settings.values():
        assert set(setting["label"]) == {"en", "zh"}
    assert not {"type", "label", "next", "state"} & found.settings.keys()
