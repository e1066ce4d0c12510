"""The departments of a workspace as a tree: who is above, below, and at the head."""

from collections.abc import Iterable, Iterator

from joinery.directory.model import Department


class DepartmentTree:
    """Departments in the order in which they are shown; a circle in the data is cut, never walked twice."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._departments = {one.id: one for one in departments}
        self._children: dict[int | None, list[Department]] = {}
        for one in self._departments.values():
            parent = one.parent_id if one.parent_id in self._departments else None
            self._children.setdefault(parent, []).append(one)

    def get(self, department_id: int) -> Department | None:
        """The department with this id."""
        return self._departments.get(department_id)

    def __iter__(self) -> Iterator[Department]:
        return iter(self._departments.values())

    def children(self, department_id: int | None) -> tuple[Department, ...]:
        """The departments right below one, or the topmost ones."""
        return tuple(self._children.get(department_id, ()))

    def upwards(self, department_id: int) -> tuple[Department, ...]:
        """The department itself, then the one above it, up to the top; () when there is no such one."""
        found: dict[int, Department] = {}
        current = self._departments.get(department_id)
        while current is not None and current.id not in found:
            found[current.id] = current
            current = None if current.parent_id is None else self._departments.get(current.parent_id)
        return tuple(found.values())

    def with_below(self, department_id: int) -> frozenset[int]:
        """The ids of a department and of all departments below it; empty when there is no such one."""
        if department_id not in self._departments:
            return frozenset()
        found: set[int] = set()
        waiting = [department_id]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(one.id for one in self._children.get(current, ()))
        return frozenset(found)

    def heads(self, department_id: int, level: int = 1) -> tuple[int, ...]:
        """The heads of a department (level 1), of the one above it (2), and so on; () above the top."""
        line = self.upwards(department_id)
        return line[level - 1].head_ids if 1 <= level <= len(line) else ()

    def name_path(self, department_id: int) -> tuple[str, ...]:
        """The names from the top down to a department."""
        return tuple(one.name for one in reversed(self.upwards(department_id)))
