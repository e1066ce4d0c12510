"""What an app may say: its JSON language, its checks, and how two versions differ."""

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.codec import dump_app, dump_layout, load_app
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
)

__all__ = [
    "AppDefinition",
    "Catalogue",
    "FieldDefinition",
    "FormDefinition",
    "Label",
    "LayoutItem",
    "MenuGroup",
    "MenuItem",
    "PermissionGroupDefinition",
    "RoleDefinition",
    "RuleDefinition",
    "Section",
    "Tab",
    "ViewDefinition",
    "dump_app",
    "dump_layout",
    "fields_of_layout",
    "load_app",
]
