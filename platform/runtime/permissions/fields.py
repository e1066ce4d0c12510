"""What a permission group can say about each field of a draft."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import JOINT, AppNames, line_form_key
from joinery.forms import SYSTEM_LABELS, catalogue

#: System fields that groups limit in practice; the others are kept by the platform, and read by everybody.
_SYSTEM = ("owner",)


def permission_fields(names: AppNames, form: str) -> list[dict[str, Any]]:
    """The fields of a form in their order, those of lines as "lines.price" behind their subform.

    `writable` says whether anybody could fill it in, `maskable` whether it can be shown in part.
    """
    return list(_fields(names, form))


def _fields(names: AppNames, form: str) -> Iterator[dict[str, Any]]:
    for key, body in names.fields(form).items():
        yield _field(names, form, key, body, "")
        lines = line_form_key(form, key)
        for inner, part in names.fields(lines).items():
            # What begins so leads from a line to its record.
            if not inner.startswith("$"):
                yield _field(names, lines, inner, part, f"{key}{JOINT}")
    for key in _SYSTEM:
        label = SYSTEM_LABELS[key]
        yield {"key": key, "label": label, "type": "user", "writable": True, "maskable": False}


def _field(names: AppNames, form: str, key: str, body: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    type_name = names.field_type(form, key)
    found = names.types(form).get(key)
    return {
        "key": f"{prefix}{key}",
        "label": body.get("label"),
        "type": type_name,
        "writable": type_name is None or not catalogue().is_computed(type_name),
        "maskable": type_name is not None
        and found is not None
        and found.kind == "text"
        and catalogue().is_sortable(type_name),
    }
