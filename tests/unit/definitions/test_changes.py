"""What differs between two versions of an app."""

import copy

import pytest

from joinery.definitions import (
    AppChanged,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FieldRenamed,
    FieldRetyped,
    FormAdded,
    FormChanged,
    FormRemoved,
    UniqueAdded,
    UniqueRemoved,
    changes_between,
    load_app,
)

LABEL = {"en": "X", "zh": "某"}
OLD = {
    "joinery": 1,
    "app": "a",
    "version": "1.0.0",
    "label": LABEL,
    "forms": {
        "f": {
            "label": LABEL,
            "fields": {
                "x": {"type": "text", "label": LABEL},
                "y": {"type": "number", "label": LABEL, "decimals": 2},
                "z": {"type": "text", "label": LABEL, "unique": True},
            },
            "views": {"one": {"label": LABEL}, "two": {"label": LABEL}},
        },
        "g": {"label": LABEL, "fields": {"x": {"type": "text", "label": LABEL}}},
    },
}


def at(field="", form="f"):
    return {"app": "a", "form": form, "field": field}


def fields_of(document):
    return document["forms"]["f"]["fields"]


def rename(document, **more):
    fields = fields_of(document)
    fields["w"] = {**fields.pop("x"), "was": "x", **more}


CASES = {
    "nothing": (lambda d: None, []),
    "label of the app": (lambda d: d.update(label={"en": "Y"}), [AppChanged(app="a", properties=("label",))]),
    "version": (lambda d: d.update(version="1.0.1"), [AppChanged(app="a", properties=("version",))]),
    "form added": (lambda d: d["forms"].update(h=d["forms"]["g"]), [FormAdded(app="a", form="h")]),
    "form removed": (lambda d: d["forms"].pop("g"), [FormRemoved(app="a", form="g")]),
    "title of a form": (
        lambda d: d["forms"]["f"].update(title="{x}"),
        [FormChanged(app="a", form="f", properties=("title",))],
    ),
    "order of the views": (
        lambda d: d["forms"]["f"].update(view_order=["two", "one"]),
        [FormChanged(app="a", form="f", properties=("views",))],
    ),
    "field added": (
        lambda d: fields_of(d).update(w={"type": "date", "label": LABEL}),
        [FieldAdded(**at("w"))],
    ),
    "field removed": (lambda d: fields_of(d).pop("x"), [FieldRemoved(**at("x"))]),
    "field renamed": (rename, [FieldRenamed(**at("w"), was="x")]),
    "field renamed and retyped": (
        lambda d: rename(d, type="long_text"),
        [FieldRenamed(**at("w"), was="x"), FieldRetyped(**at("w"), old_type="text", new_type="long_text")],
    ),
    "field retyped, its settings with it": (
        lambda d: fields_of(d).update(y={"type": "text", "label": LABEL}),
        [
            FieldRetyped(**at("y"), old_type="number", new_type="text"),
            FieldChanged(**at("y"), properties=("decimals",)),
        ],
    ),
    "label and setting of a field": (
        lambda d: fields_of(d)["y"].update(label={"en": "Z"}, decimals=3),
        [FieldChanged(**at("y"), properties=("label", "decimals"))],
    ),
    "unique added": (lambda d: fields_of(d)["x"].update(unique=True), [UniqueAdded(**at("x"))]),
    "unique removed": (lambda d: fields_of(d)["z"].pop("unique"), [UniqueRemoved(**at("z"))]),
    "a former key that never was": (
        lambda d: fields_of(d).update(w={"type": "text", "label": LABEL, "was": "nothing"}),
        [FieldAdded(**at("w"))],
    ),
}


@pytest.mark.parametrize("edit, expected", CASES.values(), ids=CASES.keys())
def test_changes(edit, expected):
    document = copy.deepcopy(OLD)
    edit(document)
    assert list(changes_between(load_app(OLD), load_app(document))) == expected


def test_everything_is_new_at_the_first_installation():
    assert changes_between(None, load_app(OLD)) == (
        FormAdded(app="a", form="f"),
        FormAdded(app="a", form="g"),
    )


def test_a_renaming_that_was_carried_out_counts_no_more():
    document = copy.deepcopy(OLD)
    rename(document)
    assert changes_between(load_app(document), load_app(document)) == ()


def test_a_removed_field_may_come_back_beside_its_successor():
    renamed = copy.deepcopy(OLD)
    rename(renamed)
    again = copy.deepcopy(renamed)
    fields_of(again)["w"].pop("was")
    fields_of(again)["x"] = {"type": "text", "label": LABEL}
    assert list(changes_between(load_app(renamed), load_app(again))) == [FieldAdded(**at("x"))]
