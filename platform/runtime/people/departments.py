"""The departments of a workspace, as administrators arrange them."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor, Department, Directory, Management
from joinery.kernel import Conflict, InvalidInput, Issues, NotFound
from joinery.runtime.kinds import DEPARTMENT
from joinery.runtime.people.limits import check_department, require_arranged
from joinery.runtime.people.organising import check_name, check_people, directory_to_change, note
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation

#: Departments below departments.
DEEPEST = 12


class DepartmentInUse(Conflict):
    """A department cannot be closed while people or open departments are in it (`people`, `departments`)."""

    code = "department_in_use"


def list_departments(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """The departments that the actor manages with their heads, closed ones included, in the order in which
    they are shown."""
    known = directory.load(unit)
    may = Management(known, actor)
    return [department_json(known, one) for one in known.departments if may.manages_department(one.id)]


def create_department(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A new department, the last among its neighbours; raises InvalidInput."""
    known = directory_to_change(unit)
    check_department(known, actor, None, sent)
    _check(known, None, sent)
    department_id = organisation.add_department(
        unit,
        name=sent["name"].strip(),
        parent_id=sent.get("parent_id"),
        head_ids=sent.get("head_ids", ()),
    )
    _put_in_order(unit, known, department_id, sent.get("parent_id"), sent.get("before_id"))
    return _noted(unit, actor, "department_created", None, department_id)


def change_department(
    unit: Unit, actor: Actor, department_id: int, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Change the name, the heads or the place of a department.

    `before_id` is the neighbour before which it goes, None puts it last. Raises NotFound and InvalidInput.
    """
    known = directory_to_change(unit)
    before = _require(known, department_id)
    check_department(known, actor, department_id, sent)
    _check(known, before, sent)
    values = {name: sent[name] for name in ("parent_id", "head_ids") if name in sent}
    if "name" in sent:
        values["name"] = sent["name"].strip()
    if sent.get("active"):
        values["active"] = True
    if values:
        organisation.change_department(unit, department_id, **values)
    if "parent_id" in sent or "before_id" in sent:
        parent_id = sent.get("parent_id", before.parent_id)
        _put_in_order(unit, known, department_id, parent_id, sent.get("before_id"))
    return _noted(unit, actor, "department_changed", department_json(known, before), department_id)


def close_department(unit: Unit, actor: Actor, department_id: int) -> dict[str, Any]:
    """Close a department in which nobody is left; records go on naming it.

    Raises NotFound, and DepartmentInUse while people or open departments are in it.
    """
    known = directory_to_change(unit)
    before = _require(known, department_id)
    require_arranged(known, actor, department_id)
    people = len(known.members(department_id))
    below = sum(one.active for one in known.tree.children(department_id))
    if people or below:
        raise DepartmentInUse(
            people=people, departments=below, details={"people": people, "departments": below}
        )
    organisation.change_department(unit, department_id, active=False, head_ids=[])
    return _noted(unit, actor, "department_closed", department_json(known, before), department_id)


def department_json(known: Directory, department: Department) -> dict[str, Any]:
    """A department as administrators see it; `people` counts those who are directly in it."""
    return {
        "id": department.id,
        "name": department.name,
        "parent_id": department.parent_id,
        "head_ids": list(department.head_ids),
        "active": department.active,
        "people": len(known.members(department.id)),
    }


def _noted(
    unit: Unit, actor: Actor, kind: str, before: Mapping[str, Any] | None, department_id: int
) -> dict[str, Any]:
    changed = directory.read(unit)
    after = department_json(changed, _require(changed, department_id))
    note(unit, actor, kind, before, after)
    return after


def _require(known: Directory, department_id: int) -> Department:
    found = known.department(department_id)
    if found is None:
        raise NotFound(kind=DEPARTMENT)
    return found


def _check(known: Directory, before: Department | None, sent: Mapping[str, Any]) -> None:
    """Raise InvalidInput with everything that is wrong with a department as it would be."""
    issues = Issues()
    parent_id = sent.get("parent_id", before.parent_id if before else None)
    name = sent.get("name", before.name if before else "")
    if "name" in sent:
        check_name(issues, "/name", name)
    if parent_id is not None:
        _check_parent(issues, known, before, parent_id)
    if _is_taken(known, before, parent_id, name):
        issues.add("/name", "department_name_taken")
    if "head_ids" in sent:
        check_people(issues, "/head_ids", sent["head_ids"], known)
    if (neighbour := sent.get("before_id")) is not None:
        found = known.department(neighbour)
        if found is None or found.parent_id != parent_id:
            issues.add("/before_id", "department_no_neighbour")
    if issues:
        raise InvalidInput(issues=issues)


def _check_parent(issues: Issues, known: Directory, before: Department | None, parent_id: int) -> None:
    parent = known.department(parent_id)
    if parent is None or not parent.active:
        issues.add("/parent_id", "no_such_department", id=parent_id)
    elif before is not None and parent_id in known.tree.with_below(before.id):
        issues.add("/parent_id", "department_circle")
    elif len(known.tree.upwards(parent_id)) + _height(known, before) > DEEPEST:
        issues.add("/parent_id", "departments_too_deep", maximum=DEEPEST)


def _height(known: Directory, department: Department | None) -> int:
    """How many levels a department has, its own counted."""
    if department is None:
        return 1
    return 1 + max((_height(known, one) for one in known.tree.children(department.id)), default=0)


def _is_taken(known: Directory, before: Department | None, parent_id: int | None, name: str) -> bool:
    """Whether an open neighbour has the name, in any case."""
    wanted = " ".join(name.split()).casefold()
    return any(
        one.active and one != before and " ".join(one.name.split()).casefold() == wanted
        for one in known.tree.children(parent_id)
    )


def _put_in_order(
    unit: Unit, known: Directory, department_id: int, parent_id: int | None, before_id: int | None
) -> None:
    """Put a department before a neighbour, or behind all of them."""
    line = [one.id for one in known.tree.children(parent_id) if one.id != department_id]
    place = line.index(before_id) if before_id in line else len(line)
    organisation.order_departments(unit, [*line[:place], department_id, *line[place:]])
