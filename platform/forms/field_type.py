"""What a field type is: its settings, its columns, and how its values are read and shown.

A new type is one file in `field_types/`. Every method but `columns` and `parse` has a useful default.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from joinery.definitions import FieldDefinition, Label
from joinery.directory import Directory
from joinery.kernel import Issue, Registry, to_json

if TYPE_CHECKING:
    from joinery.forms.form import Field
    from joinery.formulas import Type

DateOrder = Literal["ymd", "dmy", "mdy"]


class ValueProblem(Exception):
    """A value that cannot be accepted; `code` names the sentence, `params` fill its placeholders."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """What is known of an uploaded file; `size` in bytes, `type` its media type."""

    id: int
    name: str
    size: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseContext:
    """What reading a value needs to know.

    `time_zone` is the workspace's (for datetimes without an offset), `date_order` how 03/04/2026 is meant.
    `find_file` gives a file the actor may attach, `find_record(form, title)` the id of a record; without them
    files are not checked and relations are not found by text. `accept_inactive` lets people who left stay
    where they are (conversions, old data).
    """

    directory: Directory
    language: str = "en"
    time_zone: str = "UTC"
    date_order: DateOrder = "ymd"
    accept_inactive: bool = False
    find_file: Callable[[int], StoredFile | None] | None = None
    find_record: Callable[[str, str], int | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowContext:
    """What showing a value needs to know.

    `title_of(form, id)` is None where the reader may not see the record.
    """

    directory: Directory
    language: str = "en"
    time_zone: str = "UTC"
    title_of: Callable[[str, int], str | None] | None = None
    find_file: Callable[[int], StoredFile | None] | None = None


class FieldType(ABC):
    """The base of all field types; one instance of each is in FIELD_TYPES."""

    name: ClassVar[str]
    label: ClassVar[Label]
    icon: ClassVar[str]
    #: Place in the palette: "text", "number", "choice", "date", "people", "files", "relation" or "computed".
    group: ClassVar[str]
    #: JSON Schema `properties` of the settings; each property carries a `label` in both languages.
    settings: ClassVar[Mapping[str, Any]] = {}
    required_settings: ClassVar[tuple[str, ...]] = ()
    #: Types that store the same kind of thing convert into each other without a detour over text.
    stores: ClassVar[str] = "text"
    several: ClassVar[bool] = False
    #: Computed values are never sent by anybody; of these, `assigned` ones are given once, on creation.
    computed: ClassVar[bool] = False
    assigned: ClassVar[bool] = False
    #: The value is the lines of a subform, which have a form and a table of their own.
    has_lines: ClassVar[bool] = False
    index: ClassVar[Literal["btree", "gin"] | None] = None
    sortable: ClassVar[bool] = True
    groupable: ClassVar[bool] = True
    searchable: ClassVar[bool] = False
    #: Whether text search looks into it where the form does not say what it looks into.
    searched_by_default: ClassVar[bool] = False

    @property
    def settings_schema(self) -> dict[str, Any]:
        """The JSON Schema of the settings; draws the designer's panel too."""
        return {"type": "object", "properties": dict(self.settings), "required": list(self.required_settings)}

    def settings_issues(self, settings: Mapping[str, Any]) -> Iterable[Issue]:
        """What is wrong with complete settings beyond what the schema says; paths start at the field."""
        return ()

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Any:
        """What `parse` wants to look up quickly; made once per version, found in `field.prepared`."""
        return None

    def formula_type(self, settings: Mapping[str, Any]) -> "Type | None":
        """The type of a value in expressions; None where it cannot be used in them."""
        return None

    @cached_property
    def is_own_text(self) -> bool:
        """Whether a value is text and stands for itself in titles and in search."""
        shown = (self.search_text, self.plain_text, self.to_text)
        usual = (FieldType.search_text, FieldType.plain_text, FieldType.to_text)
        return self.stores == "text" and all(
            getattr(mine, "__func__", None) is theirs for mine, theirs in zip(shown, usual, strict=True)
        )

    @abstractmethod
    def columns(self, field: "Field") -> tuple[sa.Column[Any], ...]:
        """Fresh columns, the first named like the field; () when nothing is stored."""

    def to_row(self, field: "Field", value: Any) -> dict[str, Any]:
        """The value by column name, as the database driver takes it."""
        return {field.key: value}

    def from_row(self, field: "Field", row: Mapping[str, Any]) -> Any:
        """The value from a row of the database."""
        return row[field.key]

    @abstractmethod
    def parse(self, field: "Field", raw: Any, context: ParseContext) -> Any:
        """The value for JSON input (never None or ""); a value that is already a Python value is checked too.

        Raises ValueProblem. Returns None for what turns out to be blank.
        """

    def parse_text(self, field: "Field", text: Any, context: ParseContext) -> Any:
        """The value for a spreadsheet cell: text, or the bool, number, date or time a workbook holds."""
        return self.parse(field, cell_text(text), context)

    def to_json(self, field: "Field", value: Any, context: ShowContext) -> Any:
        """The value as JSON."""
        return to_json(value)

    def to_text(self, field: "Field", value: Any, context: ShowContext) -> str:
        """The value as text that `parse_text` reads back, in the reader's language; "" when blank."""
        return "" if value is None else str(value)

    def plain_text(self, field: "Field", value: Any, context: ShowContext) -> str:
        """The value as words: for titles and conversion."""
        return self.to_text(field, value, context)

    def search_text(self, field: "Field", value: Any, context: ShowContext) -> str:
        """Everything by which text search should find the value, whatever the reader's language."""
        return self.plain_text(field, value, context)

    def references(self, field: "Field") -> str | None:
        """The key of the one form whose records the value names."""
        return None

    def targets(self, field: "Field") -> tuple[str, ...]:
        """The keys of all forms whose records the value may name."""
        form = self.references(field)
        return () if form is None else (form,)

    def records_in(self, field: "Field", value: Any) -> tuple[tuple[str, int], ...]:
        """The records that a value names, each by form and id."""
        return ()

    def records_sent(self, field: "Field", raw: Any) -> tuple[tuple[str, int], ...]:
        """The records in what was sent for the field, which nobody has checked yet."""
        return ()

    def branch_values(self, field: "Field", value: Any) -> dict[str, Any]:
        """Of a relation to one of several forms: the value of each of its branches."""
        return {}

    def assign(self, field: "Field", today: date, next_number: Callable[[str, str], int]) -> Any:
        """The value of a new record; `next_number(field key, period)` counts from 1 within each period."""
        return None

    def from_formula(self, field: "Field", value: Any) -> Any:
        """A computed value as this type stores it (rounded, cleaned); ValueProblem where it does not fit."""
        return value

    def from_formula_sql(self, field: "Field", expression: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """The same in SQL, so that a set-based recomputation stores equal values."""
        return expression

    def convert(self, old: "Field", value: Any, field: "Field", context: ParseContext) -> Any:
        """A value of the field's former type as one of this type; ValueProblem = could not convert."""
        if value is None:
            return None
        if old.type.stores == self.stores:
            try:
                return self.parse(field, self._as_own_shape(old, value), context)
            except ValueProblem:
                # An option of another list may still be known by its label.
                pass
        show = ShowContext(
            directory=context.directory, language=context.language, time_zone=context.time_zone
        )
        return self.parse_text(field, old.type.plain_text(old, value, show), context)

    def _as_own_shape(self, old: "Field", value: Any) -> Any:
        if self.several and not old.type.several:
            return (value,)
        if old.type.several and not self.several:
            if len(value) != 1:
                raise ValueProblem("value_more_than_one")
            return value[0]
        return value


def complete_settings(field_type: FieldType, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a field with the defaults of its type filled in."""
    defaults = {name: part["default"] for name, part in field_type.settings.items() if "default" in part}
    return {**defaults, **settings}


def cell_text(cell: Any) -> str:
    """What a spreadsheet cell shows as plain text: 13800138000.0 is "13800138000"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


FIELD_TYPES: Registry[FieldType] = Registry("field type")
