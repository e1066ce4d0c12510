"""The settings of nodes that give fields values."""

from collections.abc import Mapping
from typing import Any

from joinery.workflows.people_settings import NAME

Json = Mapping[str, Any]

#: A related list of the record.
LIST: Json = {**NAME, "names": "list", "label": {"en": "Related list", "zh": "关联列表"}}
#: A relation of the record to one other.
RELATION: Json = {**NAME, "names": "relation", "label": {"en": "Relation", "zh": "关联字段"}}


def values_setting(names: str, expression: str) -> Json:
    """Expressions by field; `names` and `expression` say whose fields, and over which record."""
    return {
        "type": "object",
        "propertyNames": {"$ref": "urn:joinery:schema:key", "names": names},
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 10000},
        "minProperties": 1,
        "maxProperties": 100,
        "expression": expression,
        "label": {"en": "Values", "zh": "取值"},
    }
