"""The values of other records that expressions on a record look at: read once, for many records together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from joinery.formulas import Checked, Path
from joinery.permissions import RowScope, matches
from joinery.runtime.open_form import OpenForm
from joinery.storage.far_values import lock_along, read_paths

Values = Mapping[str, Any]
#: A form, a record of it, and whether paths are followed from there with the rights of the app.
_From = tuple[str, int, bool]


class FarValues:
    """Follows paths from records of a form.

    With `lock` the records on the way stay as they are until the transaction ends; that is for saving.
    """

    def __init__(self, at: OpenForm, *, lock: bool = False) -> None:
        self._at = at
        self._lock = lock
        self._known: dict[_From, dict[Path, Any]] = {}
        dependent = at.app.compiled.dependences.get(at.form.key, ())
        self._written = frozenset(step.form for one in dependent for step in one.back)

    def prefetch(self, records: Iterable[Values], paths: Collection[Path], *, as_app: bool = True) -> None:
        """Read for many records what will be asked for: `records` need only their id and their relations."""
        if paths:
            form = self._at.form.key
            self._read_all(
                (self._start(form, values, path) for values in records for path in paths), as_app=as_app
            )

    def get(self, form: str, values: Values, paths: Collection[Path], as_app: bool) -> Mapping[Path, Any]:
        """The values at the ends of paths from a record of `form`; blank where there is no record."""
        starts = {path: self._start(form, values, path) for path in paths}
        self._read_all(starts.values(), as_app=as_app)
        return {
            path: None if record_id is None else self._known[where, record_id, as_app].get(rest)
            for path, (where, record_id, rest) in starts.items()
        }

    def _start(self, form: str, values: Values, path: Path) -> tuple[str, int | None, Path]:
        """Where a path is followed from: the record a relation points at, or for many the record itself."""
        link = self._at.app.compiled.forms[form].names.link(path[0])
        if link is None or link.many:
            return form, values.get("id"), path
        record_id = values.get(link.field)
        return link.form, record_id if type(record_id) is int else None, path[1:]

    def _read_all(self, starts: Iterable[tuple[str, int | None, Path]], *, as_app: bool) -> None:
        """Read what is not known yet: for each form all records and paths together."""
        wanted: dict[str, tuple[set[int], dict[Path, None]]] = {}
        for form, record_id, rest in starts:
            if record_id is not None and rest not in self._known.get((form, record_id, as_app), {}):
                ids, paths = wanted.setdefault(form, (set(), {}))
                ids.add(record_id)
                paths[rest] = None
        for form, (ids, paths) in wanted.items():
            self._read(form, ids, tuple(paths), as_app)

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


def far_of(scope: RowScope) -> frozenset[Path]:
    """The values of other records that a row scope looks at."""
    return frozenset() if scope.condition is None else scope.condition.far


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
