"""Whether a document has the form of an app: the right properties with the right kinds of values."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from jsonschema import Draft202012Validator

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.json_schemas import schemas, settings_validator, validator
from joinery.definitions.labels import with_all_languages
from joinery.definitions.schema_errors import issues_of
from joinery.definitions.suggestions import nearest, shortened
from joinery.kernel import Issue, pointer

#: An app far beyond these is a mistake or an attack; the checks must stay quick.
MAX_DEPTH = 40
MAX_VALUES = 100_000
MAX_ISSUES = 500

Json = Mapping[str, Any]


def size_issues(document: Any) -> list[Issue]:
    """Whether the document is small enough to be looked at closely: at most one problem.

    Walks level by level, so that no nesting is too deep for it.
    """
    level, seen = [document], 0
    for _ in range(MAX_DEPTH):
        if not level:
            return []
        seen += len(level)
        if seen > MAX_VALUES:
            return [Issue("", "definition_too_large", {"maximum": MAX_VALUES})]
        level = list(islice(chain.from_iterable(map(_parts, level)), MAX_VALUES + 1))
    return [Issue("", "definition_too_deep", {"maximum": MAX_DEPTH})] if level else []


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def shape_issues(document: Any, catalogue: Catalogue) -> list[Issue]:
    """Every place where the document does not have the form of an app (at most MAX_ISSUES)."""
    errors = chain.from_iterable(map(issues_of, validator("app").iter_errors(document)))
    found = chain(
        errors,
        _line_field_issues(document),
        _field_issues(document, catalogue),
        _node_issues(document, catalogue),
    )
    return list(islice(found, MAX_ISSUES))


def _line_field_issues(document: Any) -> Iterator[Issue]:
    """What the fields of lines lack of what all fields have; they stand where a type's settings stand."""
    fields = validator("form").evolve(schema=schemas()["form"]["properties"]["fields"])
    for form, body in entries(part_of(document, "forms")):
        for key, field in entries(part_of(body, "fields")):
            if field.get("type") == "subform" and isinstance(inner := field.get("fields"), dict):
                at = pointer("forms", form, "fields", key, "fields")
                for error in fields.iter_errors(inner):
                    yield from (issue.under(at) for issue in issues_of(error))


def _field_issues(document: Any, catalogue: Catalogue) -> Iterator[Issue]:
    settings = _SettingsShapes(catalogue)
    for path, field in fields_in(document):
        for issue in settings.issues_of(field):
            yield issue.under(path)


def _node_issues(document: Any, catalogue: Catalogue) -> Iterator[Issue]:
    """Nodes of types that are not there, and settings that do not fit their types."""
    shapes = catalogue.node_shapes()
    validators = {name: settings_validator(shape.settings_schema) for name, shape in shapes.items()}
    common = schemas()["node"]["properties"]
    for workflow, body in entries(part_of(document, "workflows")):
        for key, node in entries(part_of(body, "nodes")):
            at, name = pointer("workflows", workflow, "nodes", key), node.get("type")
            if not isinstance(name, str):
                continue  # the common part of the schema reports it
            if name not in shapes:
                params = {"value": shortened(name), "suggestion": nearest(name, shapes)}
                yield Issue(f"{at}/type", "definition_unknown_node_type", params)
                continue
            settings = {part: value for part, value in node.items() if part not in common}
            for error in validators[name].iter_errors(with_all_languages(settings)):
                yield from (issue.under(at) for issue in issues_of(error))


def fields_in(document: Any) -> Iterator[tuple[str, Json]]:
    """Every field of the document with its JSON pointer, whatever else is wrong with the document."""
    for form, body in entries(part_of(document, "forms")):
        for key, field in entries(part_of(body, "fields")):
            at = pointer("forms", form, "fields", key)
            yield at, field
            if field.get("type") == "subform":
                lines = entries(part_of(field, "fields"))
                yield from ((at + pointer("fields", inner), found) for inner, found in lines)


def part_of(value: Any, name: str) -> Json:
    """The object called `name` inside `value`; an empty one where there is none."""
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def settings_of(field: Json) -> dict[str, Any]:
    """The properties of a field that only its type knows about."""
    common = schemas()["field"]["properties"]
    return {name: value for name, value in field.items() if name not in common}


def entries(value: Json) -> Iterator[tuple[str, Json]]:
    """The entries of an object that are objects themselves."""
    return ((key, part) for key, part in value.items() if isinstance(part, dict))


class _SettingsShapes:
    """Checks fields against the settings of their types; makes each type's validator once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names = frozenset(catalogue.names())
        self._common = schemas()["field"]["properties"]
        self._validators: dict[str, Draft202012Validator] = {}

    def issues_of(self, field: Json) -> Iterator[Issue]:
        """Problems with a field's type and settings; paths start at the field."""
        name = field.get("type")
        if not isinstance(name, str):
            return  # the common part of the schema reports it
        if name not in self._names:
            yield Issue(
                "/type",
                "definition_unknown_field_type",
                {"value": shortened(name), "suggestion": nearest(name, self._names)},
            )
            return
        for error in self._validator(name).iter_errors(with_all_languages(settings_of(field))):
            for issue in issues_of(error):
                yield self._with_common_names(issue, name)

    def _validator(self, name: str) -> Draft202012Validator:
        if name not in self._validators:
            self._validators[name] = settings_validator(self._catalogue.settings_schema(name))
        return self._validators[name]

    def _with_common_names(self, issue: Issue, name: str) -> Issue:
        """A misspelt setting may be meant as a common property."""
        if issue.code != "definition_unknown_property" or issue.path.count("/") > 1:
            return issue
        known = [*self._common, *self._catalogue.settings_schema(name).get("properties", {})]
        params = {
            "name": issue.params["name"],
            "type": self._catalogue.label(name),
            "suggestion": nearest(issue.params["name"], known),
        }
        return Issue(issue.path, "definition_unknown_setting", params)
