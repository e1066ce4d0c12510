"""What an app may say: its JSON language, its checks, and how two versions differ."""

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.changes import (
    AppChanged,
    Change,
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
)
from joinery.definitions.checks import check_app, names_in_app
from joinery.definitions.codec import dump_app, dump_layout, load_app
from joinery.definitions.expressions import Expression, expressions_in
from joinery.definitions.model import (
    AppDefinition,
    FieldDefinition,
    FormDefinition,
    Label,
    LayoutItem,
    MenuGroup,
    MenuItem,
    PermissionGroupDefinition,
    RoleDefinition,
    RuleDefinition,
    Section,
    Tab,
    ViewDefinition,
    fields_of_layout,
    lists_of_layout,
)
from joinery.definitions.names import AppNames, ExpressionNames
from joinery.definitions.page import ActionDefinition, RelatedList
from joinery.definitions.reference_pages import markdown_table, reference_pages
from joinery.definitions.references import Reference, references_in

__all__ = [
    "ActionDefinition",
    "AppChanged",
    "AppDefinition",
    "AppNames",
    "Catalogue",
    "Change",
    "Expression",
    "ExpressionNames",
    "FieldAdded",
    "FieldChanged",
    "FieldDefinition",
    "FieldRemoved",
    "FieldRenamed",
    "FieldRetyped",
    "FormAdded",
    "FormChanged",
    "FormDefinition",
    "FormRemoved",
    "Label",
    "LayoutItem",
    "MenuGroup",
    "MenuItem",
    "PermissionGroupDefinition",
    "Reference",
    "RelatedList",
    "RoleDefinition",
    "RuleDefinition",
    "Section",
    "Tab",
    "UniqueAdded",
    "UniqueRemoved",
    "ViewDefinition",
    "changes_between",
    "check_app",
    "dump_app",
    "dump_layout",
    "expressions_in",
    "fields_of_layout",
    "lists_of_layout",
    "load_app",
    "markdown_table",
    "names_in_app",
    "reference_pages",
    "references_in",
]
