"""What saving a record of a form needs, worked out once per version instead of once per record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from joinery.definitions import KEPT, FormDefinition, Label, LayoutItem, RelatedList, Section, Tab
from joinery.forms.expressions import in_dependency_order
from joinery.forms.formula_runs import FormulaRun, Step, formula_runs
from joinery.formulas import PARENT_RECORD, Checked, Path

if TYPE_CHECKING:
    from joinery.forms.form import Field, PermissionGroup, Rule


@dataclass(frozen=True, kw_only=True, eq=False)
class SavePlan:
    """The steps of saving a record, without those that this form does not need."""

    #: All values of a record, blank.
    blank: Mapping[str, Any]
    #: Fields that may be sent, the owner among them.
    open: "Mapping[str, Field]"
    #: Fields that may be sent only as they are: computed ones and those that the platform keeps.
    closed: "Mapping[str, Field]"
    assigned: "tuple[Field, ...]"
    relations: "tuple[Field, ...]"
    #: Fields with a default, each after those its default looks at.
    defaults: "tuple[Field, ...]"
    #: Formulas to evaluate: the stored ones and those that some rule or permission group looks at.
    formulas: tuple[Step, ...]
    required: tuple[tuple[str, Checked | None], ...]
    #: Conditions (of the field and of the sections around it) that must all hold for a field to be visible.
    visible: Mapping[str, tuple[Checked, ...]]
    read_only: tuple[tuple[str, Checked | None], ...]
    validations: tuple[tuple[str, Checked, Label], ...]
    #: The values of other records that stored formulas and rules look at.
    far: frozenset[Path]
    #: Those among them that stored formulas look at.
    computed_from: frozenset[Path]
    #: Keys whose changes are noted: stored fields and the owner.
    tracked: Mapping[str, None]
    #: The subforms.
    subforms: "tuple[Field, ...]" = ()
    #: Of the lines of a subform: whether some expression looks at the record around them.
    looks_at_parent: bool = False

    @cached_property
    def formula_runs(self) -> tuple[FormulaRun, ...]:
        """The formulas to evaluate, those together that can be remembered together."""
        return formula_runs(self.formulas)


def make_plan(
    definition: FormDefinition,
    fields: "Mapping[str, Field]",
    system: "Mapping[str, Field]",
    formula_order: "Iterable[Field]",
    rules: "Iterable[Rule]",
    sections: Mapping[str, Checked],
    groups: "Iterable[PermissionGroup]" = (),
) -> SavePlan:
    """The plan for a compiled form."""
    visible = _visibility(definition, fields, sections)
    typed = {key: field for key, field in fields.items() if not (field.type.computed or field.system)}
    looked_at = _looked_at(typed.values(), rules, visible, groups)
    return SavePlan(
        blank=dict.fromkeys(
            (*system, *fields, *(one.key for field in typed.values() for one in field.branches))
        ),
        open={**typed, "owner": system["owner"]},
        closed={
            key: field
            for key, field in {**system, **fields}.items()
            if key not in typed and key != "owner" and not key.startswith(KEPT)
        },
        assigned=tuple(field for field in fields.values() if field.type.assigned),
        relations=tuple(
            one
            for field in typed.values()
            for one in (field.branches or (field,))
            if one.fill or one.fill_lines or one.filter is not None
        ),
        defaults=_defaults_in_order(typed),
        formulas=_formulas_on_save(tuple(formula_order), looked_at),
        required=tuple(
            (key, _unless_always(field.required))
            for key, field in typed.items()
            if field.required is not None
        ),
        visible=visible,
        read_only=tuple(
            (key, _unless_always(field.read_only))
            for key, field in typed.items()
            if field.read_only is not None
        ),
        validations=tuple(
            (key, checked, message) for key, field in fields.items() for checked, message in field.validations
        ),
        far=_far(fields.values(), rules, visible),
        computed_from=frozenset(
            path
            for field in fields.values()
            if field.stored and field.formula is not None
            for path in field.formula.far
        ),
        tracked=dict.fromkeys((*(key for key, field in fields.items() if field.stored), "owner")),
        subforms=tuple(field for field in fields.values() if field.lines),
        looks_at_parent=_looks_at_parent(fields.values()),
    )


def _looks_at_parent(fields: "Iterable[Field]") -> bool:
    """Whether something about a line may be different when only its record has changed."""
    conditions = [
        checked
        for field in fields
        for checked in (field.formula, field.required, *(one for one, _ in field.validations))
        if checked is not None
    ]
    return any(path[0] == PARENT_RECORD for checked in conditions for path in checked.paths)


def sections_of(layout: tuple[LayoutItem, ...]) -> Iterator[Section]:
    """All sections of a layout, the inner ones too."""
    for item in layout:
        if isinstance(item, Section):
            yield item
        if isinstance(item, Section | Tab):
            yield from sections_of(item.content)


def _unless_always(condition: Checked | None) -> Checked | None:
    """None stands for a condition that is simply TRUE and needs no evaluation."""
    return None if condition is None or condition.text.strip().upper() == "TRUE" else condition


def _visibility(
    definition: FormDefinition, fields: "Mapping[str, Field]", sections: Mapping[str, Checked]
) -> dict[str, tuple[Checked, ...]]:
    conditions: dict[str, tuple[Checked, ...]] = {}

    def walk(layout: tuple[LayoutItem, ...], around: tuple[Checked, ...]) -> None:
        for item in layout:
            if isinstance(item, str):
                own = fields[item].visible if item in fields else None
                conditions[item] = around if own is None else (*around, own)
            elif not isinstance(item, RelatedList):
                inner = sections.get(item.key) if isinstance(item, Section) else None
                walk(item.content, around if inner is None else (*around, inner))

    walk(definition.complete_layout(), ())
    return {key: found for key, found in conditions.items() if found}


def _defaults_in_order(fields: "Mapping[str, Field]") -> "tuple[Field, ...]":
    defaults = {key: field.default for key, field in fields.items() if field.default is not None}
    # Defaults that look at each other in a circle are taken in the order of the form.
    order = in_dependency_order(defaults) or tuple(defaults)
    return tuple(fields[key] for key in order)


def _looked_at(
    fields: "Iterable[Field]",
    rules: "Iterable[Rule]",
    visible: Mapping[str, tuple[Checked, ...]],
    groups: "Iterable[PermissionGroup]",
) -> set[str]:
    """The keys that some condition of the form looks at; whether a record may be saved is one, too."""
    conditions = [checked for found in visible.values() for checked in found]
    for field in fields:
        conditions += [found for found in (field.required, field.read_only) if found is not None]
        conditions += [checked for checked, _ in field.validations]
    for rule in rules:
        conditions += [rule.validate] if rule.when is None else [rule.validate, rule.when]
    conditions += [group.condition for group in groups if group.condition is not None]
    return {path[0] for checked in conditions for path in checked.paths}


def _far(
    fields: "Iterable[Field]", rules: "Iterable[Rule]", visible: Mapping[str, tuple[Checked, ...]]
) -> frozenset[Path]:
    """What saving a record reads of others with the rights of the app."""
    looked_at = [checked for found in visible.values() for checked in found]
    for field in fields:
        own = (field.required, field.read_only, field.formula if field.stored else None)
        looked_at += [checked for checked in own if checked is not None]
        looked_at += [checked for checked, _ in field.validations]
    for rule in rules:
        looked_at += [rule.validate] if rule.when is None else [rule.validate, rule.when]
    return frozenset(path for checked in looked_at for path in checked.far)


def _formulas_on_save(formula_order: "tuple[Field, ...]", looked_at: set[str]) -> tuple[Step, ...]:
    wanted = set(looked_at)
    found: list[Step] = []
    for field in reversed(formula_order):
        if field.formula is not None and (field.stored or field.key in wanted):
            wanted.update(path[0] for path in field.formula.paths)
            found.append((field.key, field.formula, field))
    return tuple(reversed(found))
