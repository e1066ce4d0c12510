"""The checked form of an expression as JSON, for the browser, which computes it while somebody types.

    "abc"  true  null  7                        a text, a truth, a blank, an id
    {"number": "1.5"}  {"date": "2026-01-31"}   other constants, also "datetime" (in UTC) and "time"
    {"field": "price"}                          a field of the record ("$old.price": before the change)
    {"field": "lines.price"}                    the list of a field of all its lines ("$parent.no": in a line)
    ["multiply", a, b]                          an operation on operands, by its name

The browser has a twin of every operation but those of SERVER_ONLY, held to the same results by the table
of cases and by property tests.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from joinery.formulas.core import Apply, Constant, Core, Each, Read, all_nodes, nodes_of
from joinery.formulas.form_names import OLD_RECORD
from joinery.formulas.language import Checked
from joinery.formulas.numbers import plain
from joinery.formulas.working_calendar import WorkingCalendar

#: Nodes of the largest expression that is sent; a name of LET counts wherever it stands.
MAXIMUM_NODES = 2_000

_PATTERNS = "patterns are matched by RE2, whose syntax and speed no browser's matcher has"
_CRITERIA = "criteria are for lists of related records, which the server reads"
_RECORDS = "it takes lists of related records, which the server reads"

_PEOPLE = "who is where in the organisation is known to the server"

#: Operations whose twin takes at most so many operands: beyond, they are about others than the viewer.
TWIN_TAKES: Mapping[str, int] = {
    "HASROLE": 1,
    "ROLES": 0,
    "DEPARTMENT": 0,
    "DEPARTMENTS": 0,
    "ORGANISATION": 0,
}

#: Operations that the browser does not compute, each with the reason; the server is asked instead.
SERVER_ONLY: Mapping[str, str] = {
    **dict.fromkeys(("REGEXMATCH", "REGEXEXTRACT", "REGEXREPLACE"), _PATTERNS),
    **dict.fromkeys(("SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS"), _CRITERIA),
    **dict.fromkeys(("MINIFS", "MAXIFS", "like", "not"), _CRITERIA),
    **dict.fromkeys(("FILTER", "SORTBY"), _RECORDS),
    **dict.fromkeys(
        ("MANAGER", "SUBORDINATES", "DEPARTMENTSBELOW", "DEPARTMENTHEADS", "INDEPARTMENT"), _PEOPLE
    ),
    **dict.fromkeys(("TEXTUSER", "TEXTDEPT"), _PEOPLE),
    "UUID": "the text that a record gets must be made once, where it is stored",
}


def runs_in_browser(checked: Checked, beside: Collection[str] = ()) -> bool:
    """Whether the browser can compute it: it looks at no other record, its operations have twins, and it is
    of a size that is worth sending.

    What is read through the names `beside` is at hand in an entry form too: the lines of a subform, and from
    a line the record around it.
    """
    nodes = all_nodes(checked.core)
    return all(_has_twin(node, beside) for node in nodes) and _size(checked.core) <= MAXIMUM_NODES


def to_core_json(checked: Checked) -> Any:
    """An expression for which `runs_in_browser` holds as JSON."""
    return _json_of(checked.core)


def constant_json(value: Any) -> Any:
    """A value that is not a list as it stands in the JSON of an expression."""
    match value:
        case Decimal():
            return {"number": plain(value)}
        case datetime():
            return {"datetime": value.astimezone(UTC).isoformat().replace("+00:00", "Z")}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
    return value


def calendar_json(calendar: WorkingCalendar) -> dict[str, Any]:
    """A working calendar as the browser reads it."""
    return {
        "weekend": sorted(calendar.weekend),
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "working": sorted(day.isoformat() for day in calendar.working),
    }


def _size(core: Core) -> int:
    sizes: dict[int, int] = {}
    for node in nodes_of(core):
        operands = node.operands if isinstance(node, Apply) else ()
        inside = sum(map(_size, node.parts)) if isinstance(node, Each) else 0
        sizes[id(node)] = 1 + inside + sum(sizes[id(operand)] for operand in operands)
    return sizes[id(core)]


def _has_twin(node: Core, beside: Collection[str]) -> bool:
    match node:
        case Constant():
            return not isinstance(node.value, tuple)
        case Read():
            return len(node.path) == 1 or (
                len(node.path) == 2 and (node.path[0] == OLD_RECORD or node.path[0] in beside)
            )
        case Apply():
            name = node.operation.name
            return name not in SERVER_ONLY and len(node.operands) <= TWIN_TAKES.get(name, len(node.operands))
        case Each():
            # Of each line the same field; what is computed for each line is a formula of the line.
            return isinstance(node.item, Read) and node.where is None and not node.order


def _json_of(core: Core) -> Any:
    match core:
        case Constant():
            return constant_json(core.value)
        case Read():
            return {"field": ".".join(core.path)}
        case Apply():
            return [core.operation.name, *map(_json_of, core.operands)]
        case Each():
            return _json_of(core.item)
    raise TypeError(f"{type(core).__name__} is not for the browser")
