"""The keys by which the same thing is found again: uniqueness and duplicate rules, ready to run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from joinery.definitions import AppDefinition, FormDefinition, Label, MatchField
from joinery.forms.expressions import ExpressionCompiler
from joinery.forms.form import Field
from joinery.forms.normal_forms import normal_form
from joinery.formulas import Checked, FormNames
from joinery.kernel import pointer

#: The ways a record comes in, each with what happens when a rule says nothing about it.
WAYS_IN: Mapping[str, str] = dict.fromkeys(("create", "edit", "import", "convert", "batch"), "warn")

#: How texts are compared when a duplicate rule leaves it open, by field type.
_BY_TYPE = {"phone": "phone", "email": "email"}


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A field and how its values are compared."""

    field: str
    how: str

    def sql(self, operand: str) -> str:
        """The SQL of what is compared, of an SQL operand."""
        return normal_form(self.how, operand)

    @property
    def narrows(self) -> bool:
        """Whether nothing can be left of a text that is not blank."""
        return self.how not in ("exact", "any_case")


Key = tuple[KeyPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UniqueKey:
    """Fields whose values may be there only once while `when` holds.

    `rule` is the key of the rule, None where the one field itself is unique.
    """

    rule: str | None
    parts: Key
    when: Checked | None = None
    message: Label | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are compared."""
        return tuple(part.field for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MatchTarget:
    """Where a duplicate rule looks: the records of a form by the `parts` of a key."""

    form: str
    parts: Key
    when: Checked | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DuplicateRule:
    """When a record is probably there already; `answers` names every way in."""

    key: str
    label: Label
    parts: Key
    targets: tuple[MatchTarget, ...]
    when: Checked | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    tell: frozenset[str] = frozenset()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the record itself that are compared."""
        return tuple(part.field for part in self.parts)


def is_text_field(field: Field) -> bool:
    """Whether the field is stored as a text (and not as a list of them)."""
    columns = field.type.columns(field)
    return bool(columns) and isinstance(columns[0].type, sa.String)


def compile_unique(
    definition: FormDefinition,
    fields: Mapping[str, Field],
    names: FormNames,
    compiler: ExpressionCompiler,
    place: str,
) -> tuple[UniqueKey, ...]:
    """All that is unique on a form: single fields, then several together."""
    single = (
        UniqueKey(rule=None, parts=(part_of_key(MatchField(field=key), found, "any_case"),))
        for key, found in fields.items()
        if found.definition.unique and found.stored
    )
    several = (
        UniqueKey(
            rule=key,
            parts=tuple(part_of_key(one, fields[one.field], "any_case") for one in rule.fields),
            when=compiler.condition(rule.when, names, place + pointer("unique", key, "when")),
            message=rule.message,
        )
        for key, rule in definition.unique.items()
    )
    return (*single, *several)


def compile_duplicate_rules(
    definition: FormDefinition,
    fields: Mapping[str, Mapping[str, Field]],
    names: Mapping[str, FormNames],
    compiler: ExpressionCompiler,
    place: str,
) -> tuple[DuplicateRule, ...]:
    """The duplicate rules of a form; `fields` and `names` are those of all forms."""
    own = fields[definition.key]
    rules = []
    for key, rule in definition.duplicates.items():
        at = place + pointer("duplicates", key)
        parts = tuple(part_of_key(one, own[one.field]) for one in rule.match)
        rules.append(
            DuplicateRule(
                key=key,
                label=rule.label,
                parts=parts,
                targets=tuple(
                    MatchTarget(
                        form=target.form,
                        parts=_like(parts, target.fields),
                        when=compiler.condition(target.when, names[target.form], f"{at}/with/{index}/when"),
                    )
                    for index, target in enumerate(rule.targets)
                ),
                when=compiler.condition(rule.when, names[definition.key], f"{at}/when"),
                answers={**WAYS_IN, **rule.answers},
                tell=rule.tell,
            )
        )
    return tuple(rules)


def keys_looked_up(
    definition: AppDefinition, fields: Mapping[str, Mapping[str, Field]]
) -> dict[str, tuple[Key, ...]]:
    """By form the keys under which duplicate rules and conversions of any form look for its records."""
    found: dict[str, dict[Key, None]] = {}
    for form, rule in _rules(definition):
        parts = tuple(part_of_key(one, fields[form][one.field]) for one in rule.match)
        for target in rule.targets:
            found.setdefault(target.form, {})[_like(parts, target.fields)] = None
    for made in (
        target
        for form in definition.forms.values()
        for conversion in form.conversions.values()
        for target in conversion.targets.values()
    ):
        for one in made.match:
            found.setdefault(made.form, {})[(part_of_key(one, fields[made.form][one.field]),)] = None
    return {form: tuple(keys) for form, keys in found.items()}


def _rules(definition: AppDefinition) -> Iterator[tuple[str, Any]]:
    for form in definition.forms.values():
        for rule in form.duplicates.values():
            yield form.key, rule


def _like(parts: Key, fields: Iterable[str]) -> Key:
    """The same comparison over other fields."""
    return tuple(KeyPart(name, part.how) for name, part in zip(fields, parts, strict=True))


def part_of_key(one: MatchField, field: Field, default: str | None = None) -> KeyPart:
    """How the values of a field are compared; without `default` by the type of the field."""
    if not is_text_field(field):
        return KeyPart(one.field, "exact")
    how = one.how or default
    if how is None:
        kind = field.formula_type.kind if field.formula_type else ""
        how = _BY_TYPE.get(field.type.name, "text" if kind == "text" else "exact")
    return KeyPart(one.field, how)
