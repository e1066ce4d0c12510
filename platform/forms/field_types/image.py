"""Image: uploaded pictures."""

from typing import ClassVar

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, StoredFile, ValueProblem
from joinery.forms.form import Field
from joinery.forms.uploads import Uploads

# SVG is not among them: it can carry scripts.
_PICTURES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif", "image/heic"}
)


@FIELD_TYPES.register
class Image(Uploads):
    """Pictures that a browser can show."""

    name, icon = "image", "image"
    label: ClassVar[Label] = {"en": "Images", "zh": "图片"}

    def check_file(self, field: Field, file: StoredFile) -> None:
        super().check_file(field, file)
        if file.type not in _PICTURES:
            raise ValueProblem("value_not_picture", name=file.name)
