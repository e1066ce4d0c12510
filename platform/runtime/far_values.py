"""The values of other records that expressions on a record look at: read once, for many records together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from joinery.formulas import Checked, Path
from joinery.permissions import RowScope, matches
from joinery.runtime.open_form import OpenForm
from joinery.storage.far_values import lock_along, read_paths

Values = Mapping[str, Any]
#: A form, the record of it at which a path begins, and whether it is followed with the rights of the app.
_Start = tuple[str, int, bool]


class FarValues:
    """Follows paths from records of a form.

    With `lock` the records on the way stay as they are until the transaction ends; that is for saving.
    """

    def __init__(self, at: OpenForm, *, lock: bool = False) -> None:
        self._at = at
        self._lock = lock
        self._known: dict[_Start, dict[Path, Any]] = {}
        dependent = at.app.compiled.dependences.get(at.form.key, ())
        self._written = frozenset(step.form for one in dependent for step in one.back)

    def prefetch(self, records: Iterable[Values], paths: Collection[Path], *, as_app: bool = True) -> None:
        """Read for many records what will be asked for: `records` need only their id and their relations."""
        wanted: dict[tuple[str, bool], dict[Path, set[int]]] = {}
        if not paths:
            return
        for values in records:
            for path in paths:
                form, record_id, rest = self._start(self._at.form.key, values, path)
                if record_id is not None and rest not in self._known.get((form, record_id, as_app), {}):
                    wanted.setdefault((form, as_app), {}).setdefault(rest, set()).add(record_id)
        self._read_all(wanted)

    def get(self, form: str, values: Values, paths: Collection[Path], as_app: bool) -> Mapping[Path, Any]:
        """The values at the ends of paths from a record of `form`; blank where there is no record."""
        found: dict[Path, Any] = {}
        starts = {path: self._start(form, values, path) for path in paths}
        wanted: dict[tuple[str, bool], dict[Path, set[int]]] = {}
        for where, record_id, rest in starts.values():
            if record_id is not None and rest not in self._known.get((where, record_id, as_app), {}):
                wanted.setdefault((where, as_app), {}).setdefault(rest, set()).add(record_id)
        self._read_all(wanted)
        for path, (where, record_id, rest) in starts.items():
            known = self._known.get((where, record_id, as_app), {}) if record_id is not None else {}
            found[path] = known.get(rest)
        return found

    def _start(self, form: str, values: Values, path: Path) -> tuple[str, int | None, Path]:
        """Where a path is followed from: the record a relation points at, or for many the record itself."""
        link = self._at.app.compiled.forms[form].names.link(path[0])
        if link is None or link.many:
            return form, values.get("id"), path
        record_id = values.get(link.field)
        return link.form, record_id if type(record_id) is int else None, path[1:]

    def _read_all(self, wanted: Mapping[tuple[str, bool], Mapping[Path, set[int]]]) -> None:
        for (form, as_app), by_path in wanted.items():
            ids = set().union(*by_path.values())
            self._read(form, ids, tuple(by_path), as_app)

    def _read(self, form: str, ids: set[int], paths: Sequence[Path], as_app: bool) -> None:
        there = self._at.app.tables[form]
        if self._lock and as_app:
            lock_along(self._at.unit, there, ids, paths, self._written)
        reach = None if as_app else self._at.reach
        found = read_paths(self._at.unit, there, ids, paths, self._at.evaluation, reach)
        for record_id in ids:
            known = self._known.setdefault((form, record_id, as_app), {})
            values = found.get(record_id, {})
            known.update({path: values.get(path) for path in paths})


def in_scope(at: OpenForm, scope: RowScope, values: Values, far: FarValues | None = None) -> bool:
    """Whether a record is within a row scope, which may look at other records with the rights of the app."""
    return matches(scope, values_for(at, scope.condition, values, far), at.evaluation)


def values_for(
    at: OpenForm,
    checked: Checked | None,
    values: Values,
    far: FarValues | None = None,
    *,
    as_app: bool = True,
) -> Mapping[Any, Any]:
    """A record's values with those of other records that an expression looks at."""
    if checked is None or not checked.far:
        return values
    return {**values, **(far or FarValues(at)).get(at.form.key, values, checked.far, as_app)}
