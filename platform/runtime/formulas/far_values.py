"""The values of other records that expressions on a record look at: read once, for many records together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.formulas import Checked, Path
from joinery.permissions import RowScope, matches
from joinery.runtime.records.open_form import OpenForm
from joinery.storage.far_values import lock_along, read_paths

Values = Mapping[str, Any]
#: A form, a record of it, and whether paths are followed from there with the rights of the app.
_From = tuple[str, int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """Where a path is followed from: records of a form, and the `rest` of the path from each of them."""

    form: str
    ids: tuple[int, ...]
    rest: Path
    many: bool = False


class FarValues:
    """Follows paths from records of a form.

    With `lock` the records on the way stay as they are until the transaction ends; that is for saving.
    """

    def __init__(self, at: OpenForm, *, lock: bool = False) -> None:
        self._at = at
        self._lock = lock
        self._known: dict[_From, dict[Path, Any]] = {}
        self._asked: dict[_From, set[Path]] = {}
        forms = (at.form.key, *(lines.key for lines in at.form.line_forms.values()))
        dependent = [one for form in forms for one in at.app.compiled.dependences.get(form, ())]
        self._written = frozenset(step.form for one in dependent for step in one.back)

    def prefetch(
        self,
        records: Iterable[Values],
        paths: Collection[Path],
        *,
        as_app: bool = True,
        form: str | None = None,
    ) -> None:
        """Read for many records what will be asked for: `records` need only their id and their relations.

        They are records of the form at hand, or of another `form`.
        """
        if paths:
            form = form or self._at.form.key
            self._read_all(
                (self._start(form, values, path) for values in records for path in paths), as_app=as_app
            )

    def get(self, form: str, values: Values, paths: Collection[Path], as_app: bool) -> Mapping[Path, Any]:
        """The values at the ends of paths from a record of `form`; blank where there is no record."""
        starts = {path: self._start(form, values, path) for path in paths}
        self._read_all(starts.values(), as_app=as_app)
        return {path: self._found(start, as_app) for path, start in starts.items()}

    def _found(self, start: _Start, as_app: bool) -> Any:
        """What was read: one value, or for a relation to many those of its records in use, in its order."""
        known = [self._known[start.form, record_id, as_app] for record_id in start.ids]
        if not start.many:
            return known[0].get(start.rest) if known else None
        values = [one[start.rest] for one in known if start.rest in one]
        if not self._at.app.compiled.forms[start.form].names.source_of(start.rest):
            return tuple(values)
        return tuple(item for value in values for item in value or ())

    def _start(self, form: str, values: Values, path: Path) -> _Start:
        """Where a path is followed from: what a relation points at, or for its other end the record."""
        link = self._at.app.compiled.forms[form].names.link(path[0])
        if link is None or link.inverse:
            record_id = values.get("id")
            return _Start(form=form, ids=() if record_id is None else (record_id,), rest=path)
        value = values.get(link.field)
        if link.linked:
            return _Start(form=link.form, ids=tuple(value or ()), rest=path[1:], many=True)
        return _Start(form=link.form, ids=(value,) if type(value) is int else (), rest=path[1:])

    def _read_all(self, starts: Iterable[_Start], *, as_app: bool) -> None:
        """Read what is not known yet: for each form all records and paths together."""
        wanted: dict[str, tuple[set[int], dict[Path, None]]] = {}
        for start in starts:
            for record_id in start.ids:
                asked = self._asked.setdefault((start.form, record_id, as_app), set())
                if start.rest not in asked:
                    asked.add(start.rest)
                    ids, paths = wanted.setdefault(start.form, (set(), {}))
                    ids.add(record_id)
                    paths[start.rest] = None
        for form, (ids, paths) in wanted.items():
            self._read(form, ids, tuple(paths), as_app)

    def _read(self, form: str, ids: set[int], paths: Sequence[Path], as_app: bool) -> None:
        there = self._at.app.tables[form]
        if self._lock and as_app:
            lock_along(self._at.unit, there, ids, paths, self._written)
        reach = None if as_app else self._at.reach
        found = read_paths(self._at.unit, there, ids, paths, self._at.evaluation, reach)
        for record_id in ids:
            # Of a record that is not in use, or that may not be seen, nothing is known.
            self._known.setdefault((form, record_id, as_app), {}).update(found.get(record_id, {}))


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
