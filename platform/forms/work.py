"""The record that is being prepared: the one mutable thing in this folder, handed from step to step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from joinery.forms.form import Form
from joinery.formulas import Checked, FormulaProblem, evaluate
from joinery.kernel import Issues

if TYPE_CHECKING:
    from joinery.forms.record import RecordContext


class Work:
    """The values so far, which keys were sent, and what was found wrong."""

    __slots__ = ("before", "context", "failed", "filled", "form", "issues", "problems", "sent", "values")

    def __init__(self, form: Form, before: Mapping[str, Any] | None, context: "RecordContext") -> None:
        self.form = form
        self.before = before
        self.context = context
        self.issues = Issues()
        self.problems: dict[str, FormulaProblem] = {}
        #: Keys whose new value was sent and accepted.
        self.sent: set[str] = set()
        #: Keys that choosing a related record filled in.
        self.filled: set[str] = set()
        #: Keys whose new value was refused: rules that look at them would only repeat it.
        self.failed: set[str] = set()
        now, actor = context.evaluation.now, context.evaluation.user_id
        self.values: dict[str, Any] = {**form.plan.blank, **(before or {})}
        self.values["updated_at"], self.values["updated_by"] = now, actor
        if before is None:
            self.values.update(revision=1, owner=actor, created_at=now, created_by=actor)

    def holds(self, condition: Checked) -> bool:
        """Whether a condition is TRUE for the values so far; blank and error values are not."""
        return evaluate(condition, self.values, self.context.evaluation) is True

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
