"""Departments from a file: what is not there yet is made, heads are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.directory import Actor, Directory
from joinery.kernel import Issues
from joinery.runtime.organisation_import.finding import find_person
from joinery.runtime.organisation_import.rows import Row, steps
from joinery.runtime.people.departments import DEEPEST, department_json
from joinery.runtime.people.organising import check_name, note
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation


@dataclass(slots=True)
class DepartmentPlan:
    """What the file makes of the departments. Those to be made have negative ids until then.

    `added` gives the name and what it stands below; `heads` whom a department gets as heads.
    """

    known: Directory
    added: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    heads: dict[int, list[int]] = field(default_factory=dict)
    unchanged: int = 0
    _children: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.known.departments:
            if one.active:
                self._children.setdefault((one.parent_id, _folded(one.name)), one.id)

    def find(self, names: Sequence[str]) -> int | None:
        """The department at this path from the top, or else the only one whose path ends like this."""
        place: int | None = None
        for name in names:
            place = self._children.get((place, _folded(name)))
            if place is None:
                break
        if place is not None:
            return place
        found = self.known.find_department(" / ".join(names))
        return found.id if found is not None and found.active else None

    def make(self, names: Sequence[str]) -> int:
        """The department at this path; it and what is missing above it are to be made."""
        found = self.find(names)
        if found is not None:
            return found
        parent = self.make(names[:-1]) if len(names) > 1 else None
        new = -1 - len(self.added)
        self.added[new] = (names[-1], parent)
        self._children[parent, _folded(names[-1])] = new
        return new

    def depth(self, department: int | None) -> int:
        """How deep a department stands."""
        level = 0
        while department is not None and department < 0:
            level, department = level + 1, self.added[department][1]
        return level if department is None else level + len(self.known.tree.upwards(department))

    def path(self, department: int) -> str:
        """The names from the top to a department that is to be made."""
        name, parent = self.added[department]
        if parent is None:
            return name
        above = self.path(parent) if parent < 0 else " / ".join(self.known.tree.name_path(parent))
        return f"{above} / {name}"


def plan_departments(known: Directory, rows: Sequence[Row], issues: Issues) -> DepartmentPlan:
    """What the rows mean; everything that is wrong with them is noted."""
    plan = DepartmentPlan(known)
    seen: set[int] = set()
    for row in rows:
        names = (*steps(row.cells["parent"]), *steps(row.cells["path"]))
        if not steps(row.cells["path"]):
            check_name(issues, row.path("path"), "")
            continue
        wrong = Issues()
        for name in names:
            check_name(wrong, row.path("path"), name)
        if wrong:
            issues.extend(wrong)
            continue
        before = len(plan.added)
        department = plan.make(names)
        if department in seen:
            issues.add(row.path("path"), "given_twice")
        seen.add(department)
        if plan.depth(department) > DEEPEST:
            issues.add(row.path("path"), "departments_too_deep", maximum=DEEPEST)
        heads = _heads(known, row, issues)
        stored = known.department(department)
        if heads and (stored is None or heads != list(stored.head_ids)):
            plan.heads[department] = heads
        elif department > 0 and len(plan.added) == before:
            plan.unchanged += 1
    return plan


def save_departments(unit: Unit, actor: Actor, plan: DepartmentPlan) -> None:
    """Do what was planned; each department is noted by itself."""
    ids: dict[int, int] = {}
    for new, (name, parent) in plan.added.items():
        above = ids[parent] if parent is not None and parent < 0 else parent
        heads = plan.heads.get(new, ())
        ids[new] = organisation.add_department(unit, name=name, parent_id=above, head_ids=heads)
    for department, heads in plan.heads.items():
        if department > 0:
            organisation.change_department(unit, department, head_ids=heads)
    _put_last(unit, plan, ids)
    now = directory.read(unit)
    for new in ids.values():
        note(unit, actor, "department_created", None, _json(now, new))
    for department in plan.heads:
        if department > 0:
            note(unit, actor, "department_changed", _json(plan.known, department), _json(now, department))


def _put_last(unit: Unit, plan: DepartmentPlan, ids: Mapping[int, int]) -> None:
    """New departments stand behind their neighbours, in the order of the file."""
    below: dict[int | None, list[int]] = {}
    for new, (_, parent) in plan.added.items():
        above = ids[parent] if parent is not None and parent < 0 else parent
        below.setdefault(above, []).append(ids[new])
    for parent, new_ones in below.items():
        there = [one.id for one in plan.known.tree.children(parent)]
        organisation.order_departments(unit, [*there, *new_ones])


def _json(known: Directory, department_id: int) -> dict[str, Any]:
    department = known.department(department_id)
    assert department is not None, "it was read or made a moment ago"
    return department_json(known, department)


def _heads(known: Directory, row: Row, issues: Issues) -> list[int]:
    found = [find_person(known, text, row.path("heads"), issues) for text in row.listed("heads")]
    return list(dict.fromkeys(one.id for one in found if one is not None))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
