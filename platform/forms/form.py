"""A form as the running product uses it: types resolved, settings complete, expressions compiled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from joinery.definitions import JOINT, AppDefinition, FieldDefinition, FormDefinition, Label, MaskDefinition
from joinery.forms.field_type import FieldType
from joinery.forms.formula_runs import Step
from joinery.forms.plan import SavePlan
from joinery.formulas import Checked, FormNames, Type

if TYPE_CHECKING:
    from joinery.forms.actions import Action
    from joinery.forms.conversions import Conversion
    from joinery.forms.dependences import Dependences
    from joinery.forms.matching import DuplicateRule, Key, UniqueKey

#: Actions on records that exist; who may do one of them to a record may also see it.
SEEING = frozenset({"view", "edit", "batch", "delete", "restore", "export", "comment", "print", "share"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFill:
    """The lines of the subform `source` of another form, and which of their fields are taken over."""

    source: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """One field of a compiled form.

    `settings` are complete (defaults filled in); `prepared` is what its type looks up while parsing.
    `stored` fields have columns; a `volatile` formula depends on the day or the viewer and is computed
    in the query instead.
    """

    key: str
    definition: FieldDefinition
    type: FieldType
    settings: Mapping[str, Any]
    prepared: Any = None
    formula_type: Type | None = None
    required: Checked | None = None
    visible: Checked | None = None
    read_only: Checked | None = None
    default: Checked | None = None
    formula: Checked | None = None
    #: Each with the sentence for when it does not hold.
    validations: tuple[tuple[Checked, Label], ...] = ()
    #: Of a relation: which records may be chosen ({$form.x} is this record), and what choosing one fills in.
    filter: Checked | None = None
    fill: Mapping[str, Checked] = field(default_factory=dict)
    #: By subform: the subform of the related record whose lines become its own.
    fill_lines: "Mapping[str, LineFill]" = field(default_factory=dict)
    stored: bool = True
    volatile: bool = False
    #: Of a relation to one of several forms: the relation to each, in which it is stored.
    branches: "tuple[Field, ...]" = ()
    #: Of such a branch: the key of the field it belongs to.
    branch_of: str | None = None
    #: Of a subform: the key of the form of its lines, and those a new record begins with, each as values
    #: or compiled expressions by field.
    lines: str | None = None
    default_lines: tuple[Mapping[str, Any], ...] = ()
    #: One of the columns that every record has.
    system: bool = False

    @property
    def label(self) -> Label:
        """What people call the field."""
        return self.definition.label

    @property
    def column(self) -> str | None:
        """The name of its (first) column."""
        return columns[0].name if self.stored and (columns := self.type.columns(self)) else None

    @property
    def references(self) -> str | None:
        """The key of the one form its value points at."""
        return self.type.references(self)

    @property
    def owner(self) -> str:
        """The key people know it by: a branch goes by that of its field."""
        return self.branch_of or self.key

    def ids_in(self, values: Mapping[str, Any]) -> tuple[int, ...]:
        """Of a relation to one form, or a branch: the records that it points at in the values of a record."""
        value = values.get(self.key)
        return tuple(record_id for _, record_id in self.type.records_in(self, value)) if value else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverse:
    """The other end of a relation: the records of `form` whose `field` points here."""

    key: str
    label: Label
    form: str
    field: str
    columns: tuple[str, ...] = ()
    #: One record instead of a list.
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition over the whole record with what to say when it does not hold."""

    key: str
    validate: Checked
    message: Label
    fields: tuple[str, ...] = ()
    when: Checked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionGroup:
    """A permission group; `condition` is None where `rows` is "all" or "none".

    `external` are kinds of external organisations whose people are in it.
    `department` gives the department to which a record belongs, for those who have a role of the group in
    some departments only. What is masked is among the hidden fields, so that nothing but the place that
    shows it can get at it. `around` are the rows as they are written, of lines those of the records they
    stand in, and `sees_around` says whether the group shows these.
    """

    key: str
    label: Label | None
    roles: frozenset[str]
    external: frozenset[str]
    actions: frozenset[str]
    rows: str
    around: str
    sees_around: bool
    condition: Checked | None
    department: str
    hidden_fields: frozenset[str]
    masked_fields: Mapping[str, MaskDefinition]
    read_only_fields: frozenset[str]
    #: None stands for all buttons.
    buttons: frozenset[str] | None

    @property
    def sees(self) -> bool:
        """Whether the group shows its records: who may do something to a record may also see it."""
        return bool(self.actions & SEEING)


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """A form ready to check, compute and show records."""

    app: str
    key: str
    definition: FormDefinition
    fields: Mapping[str, Field]
    system_fields: Mapping[str, Field]
    #: Keys of the fields from the top of the page to its bottom.
    order: tuple[str, ...]
    names: FormNames
    inverses: tuple[Inverse, ...] = ()
    #: Buttons on the page of a record, in their order.
    actions: "Mapping[str, Action]" = field(default_factory=dict)
    #: Formula fields, each after those it depends on.
    formula_order: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()
    #: What may be there only once.
    unique: "tuple[UniqueKey, ...]" = ()
    #: When a record is probably there already.
    duplicate_rules: "tuple[DuplicateRule, ...]" = ()
    #: What records can be made into, by key.
    conversions: "Mapping[str, Conversion]" = field(default_factory=dict)
    #: Whether a conversion of any form makes records of this one.
    is_made: bool = False
    #: The keys under which duplicate rules and conversions of any form look for records of this one.
    found_by: "tuple[Key, ...]" = ()
    #: Visibility of the sections that have a condition.
    sections: Mapping[str, Checked] = field(default_factory=dict)
    #: The title's parts: literal text and fields in turn.
    title_parts: tuple[str | Field, ...] = ()
    search_fields: tuple[Field, ...] = ()
    #: What a title is made of when its template gives nothing.
    title_fallbacks: tuple[Field, ...] = ()
    #: None: every member of the workspace may do everything.
    groups: tuple[PermissionGroup, ...] | None = None
    #: What saving a record needs, worked out in advance.
    plan: SavePlan
    #: The forms of the lines of its subforms, by the field they stand in.
    line_forms: "Mapping[str, Form]" = field(default_factory=dict)
    #: The stored formulas of records and their lines ("": of the record) in the order of their dependencies.
    steps: tuple[tuple[str, Step], ...] = ()
    #: All their formulas, those that are only shown included.
    shown_steps: tuple[tuple[str, Step], ...] = ()

    @property
    def label(self) -> Label:
        """What people call the form."""
        return self.definition.label

    @property
    def converts(self) -> bool:
        """Whether its records are made into others, or out of others."""
        return self.is_made or bool(self.conversions)

    @cached_property
    def relations(self) -> "Mapping[str, Field]":
        """Every relation to one form by its key: fields, and branches of those to one of several forms."""
        every = (one for field in self.fields.values() for one in (field.branches or (field,)))
        return {one.key: one for one in every if one.references is not None}

    def pointing(self, relation: str, record_id: int) -> tuple[str, Any]:
        """What to send so that a relation, or a branch of one, points at a record: a field and its value."""
        found = self.relations[relation]
        if found.branch_of is not None:
            return found.branch_of, {"form": found.references, "id": record_id}
        return relation, [record_id] if found.type.several else record_id

    @property
    def table_name(self) -> str:
        """The name of the table of its records, inside the workspace's schema."""
        return f"{self.app}__{self.key.replace(JOINT, '__')}"

    @property
    def parent(self) -> str | None:
        """Of the lines of a subform: the form of the records they stand in."""
        return self.definition.parent

    @property
    def subform(self) -> str:
        """Of the lines of a subform: the field of their record that they are the value of."""
        return self.key.partition(JOINT)[2]

    @property
    def live(self) -> bool:
        """Whether the entry form must ask for computed values and rules while somebody types."""
        return bool(
            self.rules
            or self.sections
            or self.formula_order
            or any(form.live for form in self.line_forms.values())
            or any(
                f.default or f.required or f.visible or f.read_only or f.validations or f.fill or f.fill_lines
                for f in self.fields.values()
            )
        )

    def field(self, key: str) -> Field | None:
        """The field or system field of this key."""
        return self.fields.get(key) or self.system_fields.get(key)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CompiledApp:
    """One version of an app, ready to run; `forms` has those of the lines of subforms as well."""

    definition: AppDefinition
    forms: Mapping[str, Form]
    #: Form and key of every formula field, each after those it depends on.
    formula_order: tuple[tuple[str, str], ...] = ()
    #: All forms in the order in which their records are held while saving; see `holding_order`.
    holding_order: tuple[str, ...] = ()
    #: Formulas that look at the records of each form, by the form looked at; see `dependences`.
    dependences: "Dependences" = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The app's key."""
        return self.definition.key
