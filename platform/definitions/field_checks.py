"""Whether the keys of an app can become tables and columns, and whether the properties of a field agree."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.names import AppNames
from joinery.definitions.relations import ends_of
from joinery.definitions.shape import entries, part_of, settings_of
from joinery.definitions.subforms import SUBFORM, is_line_form
from joinery.formulas import JOINT, Type
from joinery.kernel import SYSTEM_FIELDS, Issue, pointer

Json = Mapping[str, Any]

#: Columns of every record's table besides the system fields.
RESERVED_COLUMNS = frozenset([*SYSTEM_FIELDS, "search", "deleted_at", "deleted_by"])

#: PostgreSQL cuts longer names off, and two of them could become one.
MAX_TABLE_NAME = 63

#: Lines of one record.
MAXIMUM_LINES = 1000


def key_issues(document: Json, names: AppNames) -> Iterator[Issue]:
    """Keys of forms and fields that would clash with something in the database."""
    app = str(document.get("app", ""))
    if JOINT in app:
        yield Issue("/app", "definition_double_underscore", {"name": app})
    for form in names.forms:
        at = pointer("forms", form)
        if JOINT in form:
            yield Issue(at, "definition_double_underscore", {"name": form})
        if len(app) + len(JOINT) + len(form.replace(".", JOINT)) > MAX_TABLE_NAME:
            yield Issue(at, "definition_keys_too_long", {"limit": MAX_TABLE_NAME - len(JOINT)})
        for key in names.fields(form):
            if key in RESERVED_COLUMNS:
                yield Issue(at + pointer("fields", key), "definition_reserved_key", {"name": key})
            elif JOINT in key:
                yield Issue(at + pointer("fields", key), "definition_double_underscore", {"name": key})
        for end in ends_of(names.fields(form)):
            if len(end.key) > MAX_TABLE_NAME:
                limit = {"limit": MAX_TABLE_NAME - len(JOINT)}
                yield Issue(at + pointer("fields", end.field), "definition_keys_too_long", limit)


def property_issues(names: AppNames, catalogue: Catalogue, malformed: Collection[str]) -> Iterator[Issue]:
    """Properties that a field of its type cannot have, and settings that contradict each other.

    `malformed` are the pointers of fields whose settings do not even have the right shape.
    """
    for form in names.forms:
        for key, field in entries(names.fields(form)):
            type_name = names.field_type(form, key)
            if type_name is None:
                continue
            at = pointer("forms", form, "fields", key)
            if at not in malformed:
                for issue in catalogue.settings_issues(type_name, settings_of(field)):
                    yield issue.under(at)
            params = {"type": catalogue.label(type_name)}
            for name in ("default", "required"):
                if name in field and catalogue.is_computed(type_name):
                    yield Issue(f"{at}/{name}", "definition_not_for_computed", {"name": name, **params})
            if field.get("tree") is True and field.get("form") != form:
                yield Issue(f"{at}/tree", "definition_tree_elsewhere", {})
            if field.get("unique") and not _can_be_unique(type_name, names.types(form)[key], catalogue):
                yield Issue(f"{at}/unique", "definition_cannot_be_unique", params)


def _can_be_unique(type_name: str, found: Type | None, catalogue: Catalogue) -> bool:
    usable = found is not None and found.kind not in ("boolean", "list")
    return usable and type_name != "formula" and catalogue.is_sortable(type_name)


def rename_issues(names: AppNames) -> Iterator[Issue]:
    """Former keys (`was`) that are still in use, or that two fields claim."""
    for form in names.forms:
        fields = dict(entries(names.fields(form)))
        claimed = Counter(field.get("was") for field in fields.values())
        for key, field in fields.items():
            was, at = field.get("was"), pointer("forms", form, "fields", key, "was")
            if was is None:
                continue
            if was in fields:
                yield Issue(at, "definition_was_is_current", {"name": was})
            elif claimed[was] > 1:
                yield Issue(at, "definition_was_claimed_twice", {"name": was})
            elif was in RESERVED_COLUMNS:
                yield Issue(at, "definition_reserved_key", {"name": was})


def takeover_issues(names: AppNames, catalogue: Catalogue) -> Iterator[Issue]:
    """Values that cannot be taken over: by a formula or lines, or of a field that only has another key."""
    for form in names.forms:
        fields = dict(entries(names.fields(form)))
        former = {field.get("was") for field in fields.values()}
        for key, field in fields.items():
            taken, at = field.get("takes_over"), pointer("forms", form, "fields", key, "takes_over")
            type_name = names.field_type(form, key)
            if not isinstance(taken, list) or type_name is None:
                continue
            if catalogue.is_computed(type_name) or type_name == SUBFORM:
                params = {"name": "takes_over", "type": catalogue.label(type_name)}
                yield Issue(at, "definition_not_for_computed", params)
            for place, name in enumerate(taken):
                if name in former:
                    yield Issue(f"{at}/{place}", "definition_was_claimed_twice", {"name": name})


#: Types that lines cannot have: a number is that of a record, many records stand in many lines, and lines
#: have no lines.
_NOT_IN_LINES = frozenset({"autonumber", "relations", SUBFORM})


def line_issues(names: AppNames, catalogue: Catalogue) -> Iterator[Issue]:
    """Fields of lines that only records can have, and subforms whose limits contradict each other."""
    for form in names.forms:
        for key, field in entries(names.fields(form)):
            at = pointer("forms", form, "fields", key)
            if is_line_form(form) and (type_name := names.field_type(form, key)):
                params = {"type": catalogue.label(type_name)}
                if type_name in _NOT_IN_LINES:
                    yield Issue(f"{at}/type", "definition_not_in_lines", params)
                if field.get("unique"):
                    yield Issue(f"{at}/unique", "definition_line_unique")
            elif field.get("type") == SUBFORM:
                yield from (issue.under(at) for issue in _limit_issues(field))


def inverse_use_issues(names: AppNames) -> Iterator[Issue]:
    """Buttons and timelines that would begin or date records by a relation of their lines."""
    of_lines = {
        (inverse.target, inverse.key)
        for inverse in names.inverses
        if is_line_form(inverse.form) and not inverse.field.startswith("$")
    }
    for form, body in entries(names.forms) if of_lines else ():
        uses = [
            (pointer("actions", key, "list"), action.get("list"))
            for key, action in entries(part_of(body, "actions"))
        ]
        uses += [(pointer("timeline", key), key) for key in part_of(body, "timeline")]
        for place, key in uses:
            if isinstance(key, str) and (form, key) in of_lines:
                yield Issue(pointer("forms", form) + place, "definition_inverse_of_lines", {"name": key})


def _limit_issues(field: Json) -> Iterator[Issue]:
    least, most = field.get("min_lines", 0), field.get("max_lines", MAXIMUM_LINES)
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield Issue("/min_lines", "definition_lines_limits")
    default = field.get("default_lines", 0)
    given = len(default) if isinstance(default, list) else default
    if isinstance(given, int) and isinstance(most, int) and given > most:
        yield Issue("/default_lines", "definition_too_many_default_lines", {"maximum": most})


def inverse_issues(names: AppNames) -> Iterator[Issue]:
    """Inverse lists that would hide a field or another inverse list of the form they show on."""
    claimed = Counter((inverse.target, inverse.key) for inverse in names.inverses)
    for inverse in names.inverses:
        at = inverse.path
        params = {"name": inverse.key, "form": inverse.target}
        if is_line_form(inverse.form) and inverse.field.startswith("$"):
            continue  # the subform itself
        if inverse.key in names.fields(inverse.target) or inverse.key in RESERVED_COLUMNS:
            yield Issue(at, "definition_inverse_is_field", params)
        elif claimed[inverse.target, inverse.key] > 1:
            yield Issue(at, "definition_inverse_twice", params)
