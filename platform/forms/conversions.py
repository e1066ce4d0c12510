"""Conversions of a form, compiled: what is made of a record, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from joinery.definitions import ConversionDefinition, FormDefinition, TargetDefinition
from joinery.forms.expressions import ExpressionCompiler, in_order
from joinery.forms.form import Field
from joinery.forms.matching import Key, part_of_key
from joinery.formulas import Checked, FormNames
from joinery.kernel import pointer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Target:
    """One record that is made; by each of `match` alone a record is found that is there already."""

    definition: TargetDefinition
    values: Mapping[str, Checked] = field(default_factory=dict)
    match: tuple[Key, ...] = ()

    @property
    def key(self) -> str:
        """What the record is called in the conversion."""
        return self.definition.key

    @property
    def form(self) -> str:
        """The form of the record."""
        return self.definition.form


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Conversion:
    """How a record becomes others; each of `targets` stands after those it links to."""

    definition: ConversionDefinition
    targets: tuple[Target, ...]
    when: Checked | None = None
    set: Mapping[str, Checked] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its key in the form."""
        return self.definition.key


def compile_conversions(
    definition: FormDefinition,
    fields: Mapping[str, Mapping[str, Field]],
    names: Mapping[str, FormNames],
    compiler: ExpressionCompiler,
    place: str,
) -> dict[str, Conversion]:
    """The conversions of a form; `fields` and `names` are those of all forms."""
    own = names[definition.key]

    def values_of(texts: Mapping[str, str], form: str, at: str) -> dict[str, Checked]:
        found = {
            key: compiler.expression(text, own, at + pointer(key), names[form].type_of((key,)))
            for key, text in texts.items()
        }
        return {key: checked for key, checked in found.items() if checked is not None}

    compiled = {}
    for key, conversion in definition.conversions.items():
        at = place + pointer("conversions", key)
        order = in_order({name: [*part.links.values()] for name, part in conversion.targets.items()})
        targets = (conversion.targets[name] for name in order or conversion.targets)
        compiled[key] = Conversion(
            definition=conversion,
            targets=tuple(
                Target(
                    definition=target,
                    values=values_of(
                        target.values, target.form, at + pointer("targets", target.key, "values")
                    ),
                    match=tuple((part_of_key(one, fields[target.form][one.field]),) for one in target.match),
                )
                for target in targets
            ),
            when=compiler.condition(conversion.when, own, f"{at}/when"),
            set=values_of(conversion.set, definition.key, f"{at}/set"),
        )
    return compiled
