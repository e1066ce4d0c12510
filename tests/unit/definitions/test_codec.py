"""A definition survives being written and read again."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.definitions import (
    VIEW_KINDS,
    ActionDefinition,
    AppDefinition,
    Audience,
    CalendarSettings,
    CardField,
    ColorRule,
    FieldDefinition,
    FormDefinition,
    GallerySettings,
    MenuGroup,
    MenuItem,
    PermissionGroupDefinition,
    QuickFilter,
    RelatedList,
    RoleDefinition,
    RuleDefinition,
    Section,
    Tab,
    TreeSettings,
    ViewDefinition,
    dump_app,
    load_app,
)
from tests.examples import examples

VALID = sorted((Path(__file__).parents[2] / "cases" / "definitions" / "valid").glob("*.json"))

keys = st.sampled_from(["a", "b2", "c_d", "company", "stage", "owner_department"])
texts = st.text(min_size=1, max_size=12)
labels = st.fixed_dictionaries({"en": texts, "zh": texts})
listed = st.lists(keys, max_size=3, unique=True).map(tuple)


def perhaps(strategy):
    return st.none() | strategy


audiences = st.builds(
    Audience,
    roles=listed,
    departments=st.lists(texts, max_size=2, unique=True).map(tuple),
    users=st.lists(texts, max_size=2, unique=True).map(tuple),
    organisations=st.lists(texts, max_size=2, unique=True).map(tuple),
    external=st.sampled_from([(), ("dealer",), ("customer", "supplier")]),
)


def keyed(build):
    """Things by key, each of which knows its key."""
    return st.lists(keys, max_size=3, unique=True).flatmap(
        lambda names: st.tuples(*(build(key=st.just(name)) for name in names)).map(
            lambda things: {thing.key: thing for thing in things}
        )
    )


def fields(key):
    return st.builds(
        FieldDefinition,
        key=key,
        type=keys,
        label=labels,
        help=perhaps(labels),
        placeholder=perhaps(labels),
        required=perhaps(texts),
        visible=perhaps(texts),
        read_only=perhaps(st.just("TRUE")),
        default=perhaps(texts),
        unique=st.booleans(),
        validations=st.dictionaries(texts, labels, max_size=2).map(lambda found: tuple(found.items())),
        hidden=st.booleans(),
        was=perhaps(keys),
        settings=st.dictionaries(
            keys.map("x_{}".format), st.integers() | texts | st.lists(texts), max_size=3
        ),
    )


sections = st.builds(
    Section,
    key=keys,
    label=labels,
    content=listed,
    columns=perhaps(st.integers(1, 3)),
    collapsed=st.booleans(),
    visible=perhaps(texts),
)
related = st.builds(
    RelatedList,
    key=keys,
    label=perhaps(labels),
    display=st.sampled_from(["table", "cards"]),
    columns=listed,
    filter=perhaps(texts),
    sort=perhaps(texts),
    limit=perhaps(st.integers(1, 100)),
    summary=st.dictionaries(keys, st.sampled_from(["sum", "average"]), max_size=2),
)
tabs = st.builds(
    Tab, key=keys, label=labels, content=st.lists(keys | sections | related, max_size=3).map(tuple)
)
layouts = st.lists(keys | sections | related | tabs, max_size=4).map(tuple)


def actions(key):
    return st.builds(
        ActionDefinition,
        key=key,
        label=labels,
        kind=st.sampled_from(["set", "create"]),
        icon=perhaps(keys),
        primary=st.booleans(),
        condition=perhaps(texts),
        roles=listed,
        confirm=perhaps(labels),
        values=st.dictionaries(keys, texts, max_size=2),
        ask=listed,
        list=perhaps(keys),
        form=perhaps(keys),
    )


def views(key):
    return st.builds(
        ViewDefinition,
        key=key,
        label=labels,
        visible_to=perhaps(audiences),
        kind=st.sampled_from(VIEW_KINDS),
        columns=listed,
        filter=perhaps(texts),
        sort=perhaps(texts),
        group_by=perhaps(keys),
        card=listed,
        measure=perhaps(keys),
        totals=perhaps(st.dictionaries(keys, st.just("sum"), max_size=2)),
        colors=st.lists(
            st.builds(ColorRule, when=texts, color=st.just("red"), field=perhaps(keys)), max_size=2
        ).map(tuple),
        quick_filters=st.lists(st.builds(QuickFilter, field=keys, value=perhaps(texts)), max_size=2).map(
            tuple
        ),
        calendar=perhaps(
            st.builds(
                CalendarSettings,
                start=keys,
                end=perhaps(keys),
                title=perhaps(texts),
                mode=st.sampled_from(["month", "agenda"]),
            )
        ),
        gallery=perhaps(
            st.builds(
                GallerySettings,
                cover=perhaps(keys),
                fit=st.sampled_from(["fill", "whole"]),
                title=perhaps(texts),
                size=st.sampled_from(["small", "medium"]),
                fields=st.lists(
                    st.builds(
                        CardField,
                        field=keys,
                        label=st.booleans(),
                        size=st.sampled_from(["normal", "large"]),
                    ),
                    max_size=2,
                ).map(tuple),
                badges=listed,
            )
        ),
        tree=perhaps(st.builds(TreeSettings, parent=keys)),
    )


def rules(key):
    return st.builds(
        RuleDefinition, key=key, validate=texts, message=labels, fields=listed, when=perhaps(texts)
    )


def groups(key):
    return st.builds(
        PermissionGroupDefinition,
        key=key,
        label=perhaps(labels),
        roles=listed,
        actions=listed,
        rows=texts,
        hidden_fields=listed,
        read_only_fields=listed,
    )


def forms(key):
    return st.builds(
        FormDefinition,
        app=st.just("thing"),
        key=key,
        label=labels,
        plural=labels,
        icon=perhaps(texts),
        color=perhaps(texts),
        description=perhaps(labels),
        title=perhaps(texts),
        fields=keyed(fields),
        layout=layouts,
        facts=listed,
        related=listed,
        actions=keyed(actions),
        timeline=st.dictionaries(keys, keys, max_size=2),
        views=keyed(views),
        rules=keyed(rules),
        permissions=perhaps(keyed(groups)),
        search=perhaps(listed),
    )


menu_items = st.builds(MenuItem, form=keys, view=perhaps(keys), visible_to=perhaps(audiences))
menu_groups = st.builds(
    MenuGroup,
    key=keys,
    label=labels,
    icon=perhaps(texts),
    items=st.lists(menu_items, max_size=2).map(tuple),
    visible_to=perhaps(audiences),
)
apps = st.builds(
    AppDefinition,
    key=st.just("thing"),
    version=texts,
    label=labels,
    icon=perhaps(texts),
    description=perhaps(labels),
    roles=keyed(lambda key: st.builds(RoleDefinition, key=key, label=labels)),
    forms=keyed(forms),
    menu=st.lists(menu_items | menu_groups, max_size=2).map(tuple),
    visible_to=perhaps(audiences),
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(apps)
def test_any_app_survives(app):
    assert load_app(json.loads(json.dumps(dump_app(app)))) == app


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_documents_survive(path):
    app = load_app(json.loads(path.read_text(encoding="utf-8")))
    dumped = dump_app(app)
    assert load_app(dumped) == app
    assert dump_app(load_app(dumped)) == dumped


def shop():
    path = next(path for path in VALID if path.stem == "shop")
    return load_app(json.loads(path.read_text(encoding="utf-8")))


def test_views_stand_in_the_order_of_view_order():
    assert list(shop().forms["order"].views) == ["board", "open"]


def test_fields_missing_in_the_layout_follow_in_document_order():
    order = shop().forms["order"].field_order()
    assert " ".join(order) == (
        "no price quantity amount note due paid_at customer status overdue secret files"
    )


def test_true_is_a_condition_and_false_is_none():
    document = {
        "joinery": 1,
        "app": "a",
        "version": "1.0.0",
        "label": {"en": "A"},
        "forms": {
            "f": {
                "label": {"en": "F"},
                "fields": {
                    "x": {"type": "text", "label": {"en": "X"}, "required": True, "read_only": False},
                    "y": {"type": "text", "label": {"zh": "乙"}, "required": "{x} = 1"},
                },
            }
        },
    }
    fields = load_app(document).forms["f"].fields
    assert (fields["x"].required, fields["x"].read_only, fields["y"].required) == ("TRUE", None, "{x} = 1")
    assert fields["y"].label == {"en": "乙", "zh": "乙"}


def test_labels_inside_settings_are_completed_and_other_settings_left_alone():
    settings = {
        "options": {"en": {"label": {"en": "English"}}, "zh": {"label": {"zh": "中文"}}},
        "fill": {"zh": "{x}"},
    }
    document = {
        "joinery": 1,
        "app": "a",
        "version": "1.0.0",
        "label": {"en": "A"},
        "forms": {
            "f": {"label": {"en": "F"}, "fields": {"x": {"type": "choice", "label": {"en": "X"}, **settings}}}
        },
    }
    found = load_app(document).forms["f"].fields["x"].settings
    assert found["options"]["en"]["label"] == {"en": "English", "zh": "English"}
    assert found["options"]["zh"]["label"] == {"en": "中文", "zh": "中文"}
    assert found["fill"] == {"zh": "{x}"}
