"""The record that is being prepared: the one mutable thing in this folder, handed from step to step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from joinery.forms.form import Field, Form
from joinery.formulas import OLD_RECORD, Checked, FormulaProblem, evaluate
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
    ) -> None:
        self.form = form
        self.before = before
        self.context = context
        #: Whether other records changed, and not this one.
        self.recomputing = recomputing
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
            names = {**names, **self.context.values_of(self.form.key, self.values, checked.far, as_app)}
        return names

    def is_up_to_date(self, checked: Checked) -> bool:
        """Whether nothing of this record has changed that a stored formula over other records looks at.

        What happened to the others has already brought it up to date.
        """
        if self.before is None or self.recomputing:
            return False
        near = {path[0] for path in checked.paths}
        return all(self.values.get(key) == self.before.get(key) for key in near)

    def holds_all(self, conditions: tuple[Checked, ...]) -> bool:
        """Whether all conditions are TRUE."""
        return all(self.holds(condition) for condition in conditions)

    def is_hidden(self, key: str) -> bool:
        """Whether a condition of the field's own or of a section around it hides it."""
        conditions = self.form.plan.visible.get(key)
        return conditions is not None and not self.holds_all(conditions)

    def refuse(self, key: str, code: str, **params: Any) -> None:
        """Note that the value of a field cannot be accepted."""
        self.issues.add("/" + key, code, **params)
        self.failed.add(key)
