"""What a field holds, what makes a record valid, and how records are shown, found and listed."""

from joinery.forms.field_type import (
    FIELD_TYPES,
    FieldType,
    ParseContext,
    ShowContext,
    StoredFile,
    ValueProblem,
)
from joinery.forms.form import CompiledApp, Field, Form, FormNames, Inverse, PermissionGroup, Rule

__all__ = [
    "FIELD_TYPES",
    "CompiledApp",
    "Field",
    "FieldType",
    "Form",
    "FormNames",
    "Inverse",
    "ParseContext",
    "PermissionGroup",
    "Rule",
    "ShowContext",
    "StoredFile",
    "ValueProblem",
]
