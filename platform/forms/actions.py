"""Action buttons of a form, compiled: on which records they stand, and what they give."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from joinery.definitions import ActionDefinition, FormDefinition
from joinery.forms.expressions import ExpressionCompiler
from joinery.forms.form import Inverse
from joinery.formulas import Checked, FormNames
from joinery.kernel import pointer

#: The icon of a conversion that has none of its own.
CONVERSION_ICON = "arrows-exchange"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Action:
    """A button on the page of a record.

    `form` is the form whose fields `values` are for: its own one, or that of the new record, in which
    `relation` is then the field that points back at this record.
    """

    key: str
    definition: ActionDefinition
    form: str
    relation: str | None = None
    condition: Checked | None = None
    values: Mapping[str, Checked] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it does."""
        return self.definition.kind


def compile_actions(
    definition: FormDefinition,
    inverses: Iterable[Inverse],
    names: Mapping[str, FormNames],
    compiler: ExpressionCompiler,
) -> dict[str, Action]:
    """The buttons of a form; `names` are those of the expressions of every form of the app."""
    behind = {inverse.key: inverse for inverse in inverses}
    own = names[definition.key]
    compiled = {}
    for key, action in (*definition.actions.items(), *_of_conversions(definition)):
        place = pointer("forms", definition.key, "actions", key)
        inverse = behind.get(action.list or "")
        form = definition.key
        if action.kind == "create":
            form = inverse.form if inverse else action.form or ""
        values = {
            name: checked
            for name, text in action.values.items()
            if (
                checked := compiler.expression(
                    text, own, place + pointer("values", name), names[form].type_of((name,))
                )
            )
        }
        compiled[key] = Action(
            key=key,
            definition=action,
            form=form,
            relation=inverse.field if inverse else None,
            condition=compiler.condition(action.condition, own, place + "/condition"),
            values=values,
        )
    return compiled


def _of_conversions(definition: FormDefinition) -> Iterator[tuple[str, ActionDefinition]]:
    """A button for each conversion that has none; no button of an app can have its key."""
    placed = {action.conversion for action in definition.actions.values() if action.kind == "convert"}
    for key, conversion in definition.conversions.items():
        if key not in placed:
            icon = conversion.icon or CONVERSION_ICON
            made = ActionDefinition(
                key=f"${key}", label=conversion.label, kind="convert", icon=icon, conversion=key
            )
            yield made.key, made
