"""The field types as the checks of definitions want to ask about them."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from joinery.definitions import Catalogue, Label, NodeShapes
from joinery.forms.field_type import FIELD_TYPES, complete_settings
from joinery.formulas import Type
from joinery.kernel import Issue


class FieldTypeCatalogue:
    """`joinery.definitions.Catalogue` over the registry of field types."""

    def names(self) -> tuple[str, ...]:
        """The names of all field types, sorted."""
        return FIELD_TYPES.names()

    def label(self, type_name: str) -> Label:
        """What people call the type."""
        return FIELD_TYPES[type_name].label

    def settings_schema(self, type_name: str) -> Mapping[str, Any]:
        """JSON Schema of the type's own settings."""
        return FIELD_TYPES[type_name].settings_schema

    def settings_issues(self, type_name: str, settings: Mapping[str, Any]) -> Iterable[Issue]:
        """What the schema cannot say about settings that fit it."""
        field_type = FIELD_TYPES[type_name]
        return field_type.settings_issues(complete_settings(field_type, settings))

    def formula_type(self, type_name: str, settings: Mapping[str, Any]) -> Type | None:
        """The type a field's value has in expressions; None: it cannot be used there."""
        return FIELD_TYPES[type_name].formula_type(settings)

    def is_searchable(self, type_name: str) -> bool:
        """Whether text search can look into it."""
        return FIELD_TYPES[type_name].searchable

    def is_sortable(self, type_name: str) -> bool:
        """Whether records can be sorted by it."""
        return FIELD_TYPES[type_name].sortable

    def is_groupable(self, type_name: str) -> bool:
        """Whether records can be grouped by it."""
        return FIELD_TYPES[type_name].groupable

    def node_shapes(self) -> NodeShapes:
        """None: forms know nothing of workflows."""
        return {}

    def is_computed(self, type_name: str) -> bool:
        """Whether the platform makes the value, so that nobody can enter it."""
        return FIELD_TYPES[type_name].computed


@cache
def catalogue() -> Catalogue:
    """All field types."""
    return FieldTypeCatalogue()
