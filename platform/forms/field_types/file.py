"""File: uploaded files of any kind."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, StoredFile, ValueProblem
from joinery.forms.form import Field
from joinery.forms.uploads import Uploads


@FIELD_TYPES.register
class File(Uploads):
    """Attachments; `extensions` restricts them by the end of their names."""

    name, icon = "file", "paperclip"
    label: ClassVar[Label] = {"en": "Files", "zh": "附件"}
    settings: ClassVar[Mapping[str, Any]] = {
        **Uploads.settings,
        "extensions": {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z0-9]{1,10}$"},
            "label": {"en": "Allowed endings (pdf, docx)", "zh": "允许的扩展名（pdf、docx）"},
        },
    }

    def check_file(self, field: Field, file: StoredFile) -> None:
        super().check_file(field, file)
        allowed = field.settings.get("extensions")
        if allowed and file.name.rpartition(".")[2].lower() not in allowed:
            raise ValueProblem("value_file_extension", name=file.name, allowed=", ".join(allowed))
