"""What somebody asked an import to do, and whether it can be done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from joinery.forms import Field
from joinery.kernel import InvalidInput, Issues, closest, pointer
from joinery.runtime.importing.formats import NUMBER_STYLES
from joinery.runtime.importing.mapping import DATE_ORDERS
from joinery.runtime.importing.targets import (
    can_be_imported,
    named,
    open_targets,
    parts_of,
    subforms_in,
    target_of,
)
from joinery.runtime.records.open_form import OpenForm

MODES = ("add", "update", "add_or_update")
#: What a blank cell does to the value of a stored record.
BLANKS = ("keep", "clear")
#: What happens to a row that several stored records match.
SEVERAL = ("fail", "skip", "first")
#: What happens to the lines that a record has already: see `LineChoice`.
LINE_MODES = ("replace", "add", "update", "add_or_update")
#: What happens to a cell whose record, person, department or option is not known.
UNKNOWN = ("fail", "blank")

#: Values of one column that are replaced by others.
MOST_REPLACED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """How the cells of one column are read.

    `values` replaces cells by others (as a person would type them; "" leaves the cell blank), `numbers` says
    which sign is the decimal one. For relations: `find_by` is the field by which the related record is named
    (None: unique fields, then the title), with `create_missing` records that are not there are made.
    `unknown` says what becomes of a record, person or option that is not known.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    numbers: str | None = None
    find_by: str | None = None
    create_missing: bool = False
    unknown: str = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChoice:
    """What the lines of the file do to those that a stored record has in a subform.

    "replace": the record has the lines of the file afterwards, and no others. "add": they come after those
    that are there; "update": they change those that are there; "add_or_update": both. `match` are the fields
    by which a line of the file is one that is there (the first of several that are alike is the first of
    these); with "add" such a line is passed over. Without it "replace" knows lines again that are alike in
    all columns, and "add" none.
    """

    mode: str = "replace"
    match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """An import: columns of a stored file go into fields of a form, or of its lines ("lines.qty").

    `match` are the fields by which rows find existing records, all of them together; with the mode "add" a
    row that finds one is skipped. `lines` says for each subform what becomes of lines that are there.
    `date_orders` says for each column with dates how they are written, `columns` everything else about
    columns. With `confirm_duplicates` rows are saved that duplicate rules warn of.
    """

    app: str
    form: str
    file_id: int
    mapping: Mapping[str, str]
    match: str | tuple[str, ...] | None = None
    mode: str = "add"
    dry_run: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    date_orders: Mapping[str, str] = field(default_factory=dict)
    confirm_duplicates: bool = False
    blank: str = "keep"
    several: str = "fail"
    columns: Mapping[str, ColumnChoice] = field(default_factory=dict)
    lines: Mapping[str, LineChoice] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields by which rows find existing records; () when they do not."""
        return (self.match,) if isinstance(self.match, str) else tuple(self.match or ())

    def choice(self, column: str) -> ColumnChoice:
        """How the cells of a column are read."""
        return self.columns.get(column, _USUAL)

    def lines_of(self, subform: str) -> LineChoice:
        """What the lines of a subform do to those that are there."""
        return self.lines.get(subform, _USUAL_LINES)

    def params(self) -> dict[str, Any]:
        """The order as the parameters of a job."""
        return asdict(self)


_USUAL = ColumnChoice()
_USUAL_LINES = LineChoice()


def order_of(params: Mapping[str, Any]) -> ImportOrder:
    """The order kept in the parameters of a job."""
    known = {name: params[name] for name in ImportOrder.__dataclass_fields__ if name in params}
    match = known.get("match")
    columns = {name: ColumnChoice(**choice) for name, choice in known.get("columns", {}).items()}
    lines = {
        name: LineChoice(mode=choice["mode"], match=tuple(choice["match"]))
        for name, choice in known.get("lines", {}).items()
    }
    return ImportOrder(
        **{
            **known,
            "columns": columns,
            "lines": lines,
            "match": tuple(match) if isinstance(match, list) else match,
        }
    )


def check_order(order: ImportOrder, columns: tuple[str, ...], at: OpenForm) -> None:
    """Raise Forbidden when the actor may not do it, InvalidInput with everything that is wrong with it."""
    at.access.require("import")
    issues = Issues()
    for name, value, known in (
        ("mode", order.mode, MODES),
        ("blank", order.blank, BLANKS),
        ("several", order.several, SEVERAL),
    ):
        if value not in known:
            issues.add(f"/{name}", "import_unknown_mode", known=", ".join(known))
    if order.mode in ("add", "add_or_update"):
        at.access.require("create")
    if order.mode in ("update", "add_or_update"):
        at.access.require("edit")
        if not order.keys:
            issues.add("/match", "import_match_missing")
    if not order.mapping:
        issues.add("/mapping", "import_nothing_mapped")
    _check_mapping(order, columns, at, issues)
    for key in order.keys:
        if not can_match(at, key):
            issues.add("/match", "import_match_unknown", field=key[:60])
        elif key not in order.mapping.values():
            issues.add("/match", "import_match_not_mapped")
    _check_lines(order, at, issues)
    for column, choice in order.columns.items():
        _check_choice(order, column, choice, columns, at, issues)
    for column, date_order in order.date_orders.items():
        if date_order not in DATE_ORDERS:
            issues.add(pointer("date_orders", column), "import_unknown_mode", known=", ".join(DATE_ORDERS))
    if issues:
        raise InvalidInput(issues=issues)


def _check_mapping(order: ImportOrder, columns: tuple[str, ...], at: OpenForm, issues: Issues) -> None:
    used: dict[str, str] = {}
    for column, key in order.mapping.items():
        path = pointer("mapping", column)
        if column not in columns:
            issues.add(path, "import_no_such_column", column=column, suggestion=closest(column, columns))
        elif key in used:
            issues.add(path, "import_field_twice", column=column, other=used[key])
        elif not can_be_imported(at, key) and key not in order.keys:
            known = [found.name for found in open_targets(at)]
            issues.add(path, "import_field_not_writable", field=key[:90], suggestion=closest(key[:90], known))
        used.setdefault(key, column)


def _check_lines(order: ImportOrder, at: OpenForm, issues: Issues) -> None:
    names = list(order.mapping.values())
    filled = subforms_in(names)
    if filled and all(parts_of(name)[0] for name in names):
        issues.add("/mapping", "import_only_lines", label=at.form.label)
    for subform, choice in order.lines.items():
        path = pointer("lines", subform)
        if subform not in filled:
            issues.add(path, "import_no_lines", field=subform[:60])
        if choice.mode not in LINE_MODES:
            issues.add(f"{path}/mode", "import_unknown_mode", known=", ".join(LINE_MODES))
        elif choice.mode in ("update", "add_or_update") and not choice.match:
            issues.add(f"{path}/match", "import_line_match_missing")
        for key in choice.match:
            if named(subform, key) not in names:
                issues.add(f"{path}/match", "import_line_match_not_mapped", field=key[:60])


def _check_choice(
    order: ImportOrder,
    column: str,
    choice: ColumnChoice,
    columns: tuple[str, ...],
    at: OpenForm,
    issues: Issues,
) -> None:
    path = pointer("columns", column)
    if column not in columns:
        issues.add(path, "import_no_such_column", column=column, suggestion=closest(column, columns))
        return
    if choice.numbers not in (None, *NUMBER_STYLES):
        issues.add(f"{path}/numbers", "import_unknown_mode", known=", ".join(NUMBER_STYLES))
    if choice.unknown not in UNKNOWN:
        issues.add(f"{path}/unknown", "import_unknown_mode", known=", ".join(UNKNOWN))
    if len(choice.values) > MOST_REPLACED:
        issues.add(f"{path}/values", "import_too_many_replaced", maximum=MOST_REPLACED)
    if choice.find_by is None and not choice.create_missing:
        return
    target = target_of(at, order.mapping.get(column, ""))
    field = target.field if target else None
    if (
        target is None
        or field is None
        or not field.references
        or field.key not in target.at.access.readable_somewhere
    ):
        issues.add(path, "import_no_relation", column=column)
        return
    there = at.beside(field.references)
    if not there.access.allows("view"):
        # What the form is called is not told to those who may not know it.
        issues.add(path, "import_no_relation", column=column)
    elif choice.find_by is not None and choice.find_by not in find_keys(there):
        issues.add(f"{path}/find_by", "import_match_unknown", field=choice.find_by[:60])
    elif choice.create_missing:
        problem = why_not_created(there, choice.find_by)
        if problem is not None:
            issues.add(f"{path}/create_missing", problem, label=there.form.label)


def find_keys(there: OpenForm) -> tuple[str, ...]:
    """The fields of a form by which a cell may name one of its records, the likeliest first."""
    if not there.access.allows("view"):
        return ()
    found = [
        key
        for key, field in there.form.fields.items()
        if key in there.access.readable and field.stored and not field.type.several and _names_things(field)
    ]
    found.sort(key=lambda key: not _is_unique(there.form.fields[key]))
    return (*found, "title", "id")


def _names_things(field: Field) -> bool:
    return field.type.is_own_text or field.type.name in ("autonumber", "number", "email", "phone", "url")


def _is_unique(field: Field) -> bool:
    return field.definition.unique or field.type.assigned


def naming_field(there: OpenForm, find_by: str | None) -> str | None:
    """The field of a new record that takes the name in a cell; None when there is no such field."""
    key = find_by
    if key in (None, "title"):
        parts = [part for part in there.form.title_parts if isinstance(part, Field)]
        texts = [part for part in there.form.title_parts if isinstance(part, str)]
        key = parts[0].key if len(parts) == 1 and not texts else None
    return key if key is not None and can_be_imported(there, key) else None


def why_not_created(there: OpenForm, find_by: str | None) -> str | None:
    """The code of the reason why the actor cannot make records of a form by their name alone."""
    if not there.access.allows("create"):
        return "import_may_not_create"
    return None if naming_field(there, find_by) else "import_no_name_field"


def can_match(at: OpenForm, key: str) -> bool:
    """Whether rows can find records by the field: the actor may read it and the table has it."""
    return key == "id" or (
        key in at.access.readable and at.form.field(key) is not None and key in at.table.columns
    )
