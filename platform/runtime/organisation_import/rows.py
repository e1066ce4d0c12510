"""The rows of a file of departments or people, by what their columns are called."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from joinery.kernel import InvalidInput, Issues, label_key
from joinery.runtime.importing.mapping import normalise
from joinery.runtime.importing.reader import Source, open_source

Kind = Literal["people", "departments"]

MOST_ROWS = 5000

#: What columns may be called, normalised; the first two name them in templates, in English and Chinese.
_COLUMNS: Mapping[Kind, Mapping[str, Sequence[str]]] = {
    "people": {
        "email": ("email", "邮箱", "emailaddress", "mail", "电子邮箱", "电子邮件", "邮件"),
        "name": ("name", "姓名", "fullname", "名字", "成员"),
        "departments": ("departments", "部门", "department", "所在部门"),
        "head_of": ("headof", "负责部门", "heads", "主管部门"),
        "manager": ("manager", "直属上级", "reportsto", "上级", "主管"),
        "roles": ("roles", "角色", "role"),
        "language": ("language", "语言"),
    },
    "departments": {
        "path": ("department", "部门", "path", "departments", "name", "部门路径", "部门名称", "名称"),
        "parent": ("below", "上级部门", "parent", "上级"),
        "heads": ("heads", "负责人", "head", "manager", "部门负责人", "主管"),
    },
}
_TITLES: Mapping[str, str] = {
    "email": "E-mail",
    "name": "Name",
    "departments": "Departments",
    "head_of": "Head of",
    "manager": "Manager",
    "roles": "Roles",
    "language": "Language",
    "path": "Department",
    "parent": "Below",
    "heads": "Heads",
}
_LISTS = re.compile(r"[;；,，、\n]")
#: Names of departments may hold a comma.
_PLACES = re.compile(r"[;；\n]")
_STEPS = re.compile(r"[/>\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the file: `number` as spreadsheets show it, `cells` by part; missing columns are blank."""

    number: int
    cells: Mapping[str, str]

    def path(self, part: str) -> str:
        """Where a problem with one of its cells is."""
        return f"/rows/{self.number}/{part}"

    def listed(self, part: str) -> list[str]:
        """The things that a cell lists."""
        return _parts(_LISTS, self.cells[part])

    def places(self, part: str) -> list[str]:
        """The departments that a cell lists, each a name or a path."""
        return _parts(_PLACES, self.cells[part])


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file holds: `ignored` are columns that mean nothing here."""

    kind: Kind
    rows: Sequence[Row]
    ignored: Sequence[str]


def read_table(name: str, content: bytes, issues: Issues) -> Table:
    """The rows of a CSV file or workbook; a column of addresses says that they are people.

    Rows that cannot be read are among the `issues`. Raises InvalidInput when it is no table of these.
    """
    source = open_source(BytesIO(content), name)
    found = {normalise(column): place for place, column in enumerate(source.columns)}
    kind: Kind = "people" if _place(found, "people", "email") is not None else "departments"
    places = {part: _place(found, kind, part) for part in _COLUMNS[kind]}
    if kind == "departments" and places["path"] is None:
        issues.add("/file", "organisation_no_columns")
        raise InvalidInput(issues=issues)
    known = {place for place in places.values() if place is not None}
    ignored = [column for place, column in enumerate(source.columns) if place not in known]
    return Table(kind=kind, rows=_rows(source, places, issues), ignored=ignored)


def steps(path: str) -> tuple[str, ...]:
    """The names of a path: "Sales / North"."""
    return tuple(_parts(_STEPS, path))


def template(kind: Kind, language: str) -> bytes:
    """An empty file with the columns, as CSV that spreadsheets open."""
    chinese = label_key(language) == "zh"
    text = io.StringIO(newline="")
    csv.writer(text).writerow(
        names[1] if chinese else _TITLES[part] for part, names in _COLUMNS[kind].items()
    )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _place(found: Mapping[str, int], kind: Kind, part: str) -> int | None:
    return next((found[name] for name in map(normalise, _COLUMNS[kind][part]) if name in found), None)


def _rows(source: Source, places: Mapping[str, int | None], issues: Issues) -> list[Row]:
    rows: list[Row] = []
    for row in source.rows():
        cells = {part: "" if at is None else row.cells[at].strip() for part, at in places.items()}
        if row.issue is not None:
            issues.extend([row.issue], under=f"/rows/{row.number}")
        elif any(cells.values()):
            rows.append(Row(number=row.number, cells=cells))
        if len(rows) > MOST_ROWS:
            issues.add("/file", "organisation_too_many_rows", maximum=MOST_ROWS)
            break
    return rows


def _parts(sign: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in sign.split(text) if part.strip()]
