"""The record that is being prepared: the one mutable thing in this folder, handed from step to step."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from joinery.forms.form import Field, Form
from joinery.formulas import OLD_RECORD, PARENT_RECORD, Checked, FormulaProblem, Path, evaluate
from joinery.kernel import Issues

if TYPE_CHECKING:
    from joinery.forms.record import RecordContext


class Work:
    """The values so far, which keys were sent, and what was found wrong."""

    __slots__ = (
        "before",
        "context",
        "failed",
        "filled",
        "form",
        "given",
        "issues",
        "lines",
        "parent",
        "place",
        "problems",
        "recomputing",
        "sent",
        "values",
    )

    def __init__(
        self,
        form: Form,
        before: Mapping[str, Any] | None,
        context: "RecordContext",
        *,
        recomputing: bool = False,
        parent: "Work | None" = None,
        place: int = 0,
    ) -> None:
        self.form = form
        self.before = before
        self.context = context
        #: Whether other records changed, and not this one.
        self.recomputing = recomputing
        #: Of a line: the record around it, and its place among the lines that were sent.
        self.parent = parent
        self.place = place
        #: The lines of each subform that take part in this, in their order.
        self.lines: dict[str, list[Work]] = {}
        self.issues = Issues()
        self.problems: dict[str, FormulaProblem] = {}
        #: Keys whose new value was sent and accepted.
        self.sent: set[str] = set()
        #: Those among them that the app itself gave.
        self.given: set[str] = set()
        #: Keys that choosing a related record filled in.
        self.filled: set[str] = set()
        #: Keys whose new value was refused: rules that look at them would only repeat it.
        self.failed: set[str] = set()
        now, actor = context.evaluation.now, context.evaluation.user_id
        self.values: dict[str, Any] = {**form.plan.blank, **(before or {})}
        if not recomputing:
            self.values["updated_at"], self.values["updated_by"] = now, actor
        if before is None:
            self.values.update(revision=1, owner=actor, created_at=now, created_by=actor)

    def put(self, field: Field, value: Any) -> None:
        """Give a field another value."""
        self.values[field.key] = value
        if field.branches:
            self.values.update(field.type.branch_values(field, value))

    def holds(self, condition: Checked) -> bool:
        """Whether a condition of the app is TRUE for the values so far; blank and error values are not."""
        return evaluate(condition, self.names_for(condition), self.context.evaluation) is True

    def names_for(self, checked: Checked, *, as_app: bool = True) -> Mapping[Any, Any]:
        """The values so far with those of other records that an expression looks at.

        `as_app` reads these with the rights of the app, otherwise as far as the actor may.
        """
        names: Mapping[Any, Any] = self.values
        if checked.is_about_change:
            names = {**names, OLD_RECORD: self.before or {}}
        if checked.far:
            names = {**names, **self.far_values(checked.far, as_app=as_app)}
        return names

    def far_values(self, paths: Collection[Path], *, as_app: bool) -> Mapping[Path, Any]:
        """The values of other records: those around and inside this one as they are now, others as stored."""
        beside = [path for path in paths if not self._is_here(path)]
        found = dict(self.context.values_of(self.form.key, self.values, beside, as_app)) if beside else {}
        if len(beside) < len(paths):
            found |= {path: self._here(path, as_app) for path in paths if self._is_here(path)}
        return found

    def all_lines(self) -> Iterator["Work"]:
        """The lines of all subforms that take part in this."""
        return chain.from_iterable(self.lines.values())

    def _is_here(self, path: Path) -> bool:
        return path[0] in self.lines or (self.parent is not None and path[0] == PARENT_RECORD)

    def _here(self, path: Path, as_app: bool) -> Any:
        """What a path leads to that goes into the lines of this record, or from a line to its record."""
        if path[0] not in self.lines:
            assert self.parent is not None, "only lines have a record around them"
            return self.parent._value(path[1:], as_app)
        rest = path[1:]
        found: list[Any] = []
        for place, line in enumerate(self.lines[path[0]]):
            if rest == ("id",):
                # A new line counts like any other, though it has no number yet.
                found.append(line.values["id"] or -1 - place)
            elif line.form.names.source_of(rest):
                found += line._value(rest, as_app) or ()
            else:
                found.append(line._value(rest, as_app))
        return tuple(found)

    def _value(self, path: Path, as_app: bool) -> Any:
        if len(path) == 1:
            return self.values.get(path[0])
        return self.far_values((path,), as_app=as_app).get(path)

    def is_up_to_date(self, checked: Checked) -> bool:
        """Whether nothing of this record has changed that a stored formula over other records looks at.

        What happened to the others has already brought it up to date.
        """
        near = {path[0] for path in checked.paths}
        if self.before is None or self.recomputing or near & self.lines.keys():
            return False
        if self.parent is not None and PARENT_RECORD in near:
            return False
        return all(self.values.get(key) == self.before.get(key) for key in near)

    def holds_all(self, conditions: tuple[Checked, ...]) -> bool:
        """Whether all conditions are TRUE."""
        return all(self.holds(condition) for condition in conditions)

    def is_hidden(self, key: str) -> bool:
        """Whether a condition of the field's own or of a section around it hides it."""
        conditions = self.form.plan.visible.get(key)
        return conditions is not None and not self.holds_all(conditions)

    def refuse(self, key: str, code: str, at: str = "", **params: Any) -> None:
        """Note that the value of a field cannot be accepted; `at` is the place inside of it."""
        self.issues.add("/" + key + at, code, **params)
        self.failed.add(key)
