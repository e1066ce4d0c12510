"""Uploaded files as values: lists of ids, shown by name."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.forms.field_type import FieldType, ParseContext, ShowContext, StoredFile, ValueProblem, cell_text
from joinery.forms.form import Field
from joinery.forms.identities import as_items, read_id
from joinery.forms.listed import join_list, list_from_row, split_list

MAXIMUM_COUNT = {
    "type": "integer",
    "minimum": 1,
    "maximum": 100,
    "default": 20,
    "label": {"en": "At most this many", "zh": "最多数量"},
}
#: Size in megabytes.
MAXIMUM_SIZE = {
    "type": "integer",
    "minimum": 1,
    "maximum": 50,
    "default": 50,
    "label": {"en": "Largest file (MB)", "zh": "单个文件上限（MB）"},
}

_WITH_ID = re.compile(r".*\(#(\d{1,18})\)", re.ASCII | re.DOTALL)


class Uploads(FieldType):
    """The base of the types that hold uploaded files."""

    group = "files"
    stores, several = "files", True
    sortable, groupable = False, False
    settings: ClassVar[Mapping[str, Any]] = {"maximum": MAXIMUM_COUNT, "maximum_size": MAXIMUM_SIZE}

    def check_file(self, field: Field, file: StoredFile) -> None:
        """Refuse a file that does not belong into this field, by ValueProblem."""
        if file.size > field.settings["maximum_size"] * 1024 * 1024:
            raise ValueProblem("value_file_too_large", name=file.name, maximum=field.settings["maximum_size"])

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, ARRAY(sa.BigInteger)),)

    def to_row(self, field: Field, value: Any) -> dict[str, Any]:
        return {field.key: None if value is None else list(value)}

    def from_row(self, field: Field, row: Mapping[str, Any]) -> tuple[int, ...] | None:
        return list_from_row(row[field.key])

    def parse(self, field: Field, raw: Any, context: ParseContext) -> tuple[int, ...] | None:
        ids = tuple(dict.fromkeys(self._file_id(field, item, context) for item in as_items(raw)))
        if len(ids) > field.settings["maximum"]:
            raise ValueProblem("value_too_many", maximum=field.settings["maximum"])
        return ids or None

    def _file_id(self, field: Field, item: Any, context: ParseContext) -> int:
        file_id = read_id(item)
        if file_id is None:
            raise ValueProblem("value_not_file")
        if context.find_file is not None:
            file = context.find_file(file_id)
            if file is None:
                raise ValueProblem("value_unknown_file")
            self.check_file(field, file)
        return file_id

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> tuple[int, ...] | None:
        matches = [_WITH_ID.fullmatch(piece) for piece in split_list(cell_text(text))]
        return self.parse(field, [int(match[1]) if match else None for match in matches], context)

    def to_json(self, field: Field, value: Any, context: ShowContext) -> Any:
        return None if value is None else [_shown(item, context) for item in value]

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return join_list(f"{_shown(item, context)['name'] or ''} (#{item})".strip() for item in value or ())


def _shown(file_id: int, context: ShowContext) -> dict[str, Any]:
    file = context.find_file(file_id) if context.find_file else None
    if file is None:
        return {"id": file_id, "name": None, "size": None, "type": None}
    return {"id": file_id, "name": file.name, "size": file.size, "type": file.type}
