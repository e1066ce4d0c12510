"""What the checks need to know of the field types, which live in a higher layer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from joinery.definitions.model import Label

if TYPE_CHECKING:
    from joinery.formulas import Type


class Catalogue(Protocol):
    """All registered field types by name; `joinery.forms` provides it."""

    def names(self) -> tuple[str, ...]:
        """The names of all field types, sorted."""

    def label(self, type_name: str) -> Label:
        """What people call the type."""

    def settings_schema(self, type_name: str) -> Mapping[str, Any]:
        """JSON Schema of the type's own settings: `{"properties": {...}, "required": [...]}`."""

    def formula_type(self, type_name: str, settings: Mapping[str, Any]) -> "Type | None":
        """The type a field's value has in expressions; None: it cannot be used there."""

    def is_searchable(self, type_name: str) -> bool:
        """Whether text search can look into it."""

    def is_sortable(self, type_name: str) -> bool:
        """Whether records can be sorted by it."""

    def is_groupable(self, type_name: str) -> bool:
        """Whether records can be grouped by it."""
