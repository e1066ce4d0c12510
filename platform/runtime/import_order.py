"""What somebody wants imported and how: checked once, kept with the job."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from joinery.kernel import InvalidInput, Issues, closest, pointer
from joinery.runtime.open_form import OpenForm

MODES = ("add", "update", "add_or_update")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """An import: columns of a stored file go into fields of a form.

    `match` is the field by which rows find existing records (modes "update" and "add_or_update").
    `date_orders` says for each column with dates how they are written. With `confirm_duplicates` rows are
    saved that duplicate rules warn of.
    """

    app: str
    form: str
    file_id: int
    mapping: Mapping[str, str]
    match: str | None = None
    mode: str = "add"
    dry_run: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    date_orders: Mapping[str, str] = field(default_factory=dict)
    confirm_duplicates: bool = False

    def params(self) -> dict[str, Any]:
        """The order as the parameters of a job."""
        return asdict(self)


def order_of(params: Mapping[str, Any]) -> ImportOrder:
    """The order kept in the parameters of a job."""
    return ImportOrder(**{name: params[name] for name in ImportOrder.__dataclass_fields__ if name in params})


def check_order(order: ImportOrder, columns: tuple[str, ...], at: OpenForm) -> None:
    """Raise Forbidden when the actor may not do it, InvalidInput with everything that is wrong with it."""
    at.access.require("import")
    issues = Issues()
    if order.mode not in MODES:
        issues.add("/mode", "import_unknown_mode", known=", ".join(MODES))
    if order.mode in ("add", "add_or_update"):
        at.access.require("create")
    if order.mode in ("update", "add_or_update"):
        at.access.require("edit")
        if not order.match:
            issues.add("/match", "import_match_missing")
    if not order.mapping:
        issues.add("/mapping", "import_nothing_mapped")
    _check_mapping(order, columns, at, issues)
    if order.match and not _can_match(at, order.match):
        issues.add("/match", "import_match_unknown", field=order.match[:60])
    elif order.match and order.match not in order.mapping.values():
        issues.add("/match", "import_match_not_mapped")
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
        elif not can_be_imported(at, key) and key != order.match:
            issues.add(
                path, "import_field_not_writable", field=key, suggestion=closest(key, at.access.writable)
            )
        used.setdefault(key, column)


def _can_match(at: OpenForm, key: str) -> bool:
    """Whether rows can find records by the field: the actor may read it and the table has it."""
    return key in at.access.readable and at.form.field(key) is not None and key in at.table.columns


def can_be_imported(at: OpenForm, key: str) -> bool:
    """Whether a column may be written into the field: the actor may write it and it has a text form."""
    found = at.form.field(key)
    return found is not None and key in at.access.writable and not found.type.computed
