"""What an app says, as frozen values. JSON becomes these in `codec` and nowhere else.

Conditions and computations stay the text that was written; `joinery.forms` compiles them.
Mappings keep the order of the document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from joinery.definitions.audience import Audience
from joinery.definitions.conversion import ConversionDefinition
from joinery.definitions.matching import MatchField
from joinery.definitions.page import ActionDefinition, RelatedList
from joinery.definitions.view_kinds import CalendarSettings, GallerySettings, TreeSettings
from joinery.definitions.workflow import WorkflowDefinition

#: Text for people by language: keys "en" and "zh".
Label = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDefinition:
    """One value slot of a form; what only its type knows about is in `settings`."""

    key: str
    type: str
    label: Label
    help: Label | None = None
    placeholder: Label | None = None
    #: Condition under which a value must be given; "TRUE" for always, None for never.
    required: str | None = None
    visible: str | None = None
    #: Condition under which the value cannot be changed; "TRUE" for always.
    read_only: str | None = None
    #: Expression for the value of a new record.
    default: str | None = None
    unique: bool = False
    #: Conditions that must hold, each with what to say when one does not.
    validations: tuple[tuple[str, Label], ...] = ()
    #: Never shown, still stored and usable in expressions.
    hidden: bool = False
    #: The key this field had in the version before.
    was: str | None = None
    #: Fields whose values this one takes over when it is added: of each record the first that is filled.
    takes_over: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled block of a form; `columns` (1 to 3) is how many fields stand side by side."""

    key: str
    label: Label
    content: "tuple[LayoutItem, ...]"
    columns: int | None = None
    collapsed: bool = False
    visible: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A page of a form behind a tab."""

    key: str
    label: Label
    content: "tuple[LayoutItem, ...]"


#: Begins the keys of fields that the platform keeps of every line: "$parent", "$position".
KEPT = "$"

#: A field's key, a section, a tab or a related list.
LayoutItem = str | Section | Tab | RelatedList


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorRule:
    """Records for which `when` holds are drawn in `color`: the whole row, or the cell of `field` alone."""

    when: str
    color: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickFilter:
    """A field offered for filtering with one click; `value` is what is chosen at first."""

    field: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDefinition:
    """A way to list records; `kind` is one of `VIEW_KINDS`.

    What belongs to one kind may be given for another too: whoever shows the view that way finds it.
    """

    key: str
    label: Label
    #: None: everybody who may see the form. So it is wherever `visible_to` stands.
    visible_to: Audience | None = None
    kind: str = "list"
    columns: tuple[str, ...] = ()
    filter: str | None = None
    #: Field keys, "-" before those that descend: "-created_at,company".
    sort: str | None = None
    #: Levels of groups, dates with their period: "owner,due:month".
    group_by: str | None = None
    #: The function that sums up each column, by field; None for the usual ones.
    totals: Mapping[str, str] | None = None
    colors: tuple[ColorRule, ...] = ()
    quick_filters: tuple[QuickFilter, ...] = ()
    #: Fields on a kanban card.
    card: tuple[str, ...] = ()
    #: Field added up in the head of a kanban column.
    measure: str | None = None
    calendar: CalendarSettings | None = None
    gallery: GallerySettings | None = None
    tree: TreeSettings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDefinition:
    """A condition over the whole record that must hold (while `when` does)."""

    key: str
    validate: str
    message: Label
    #: The fields the message is shown at.
    fields: tuple[str, ...] = ()
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UniquenessDefinition:
    """Fields that no two records may have the same values in, while `when` holds for both."""

    key: str
    fields: tuple[MatchField, ...]
    when: str | None = None
    message: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDefinition:
    """Where a duplicate rule looks: the `fields` of a form, in the order of the rule's own."""

    form: str
    fields: tuple[str, ...]
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRuleDefinition:
    """When a record is probably there already.

    `answers` maps the ways in ("create", "edit", "import", "convert", "batch") to "block", "warn" or
    "ignore"; `tell` is what somebody learns about a match he may not see ("owner", "title").
    """

    key: str
    label: Label
    match: tuple[MatchField, ...]
    targets: tuple[MatchDefinition, ...]
    when: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    tell: frozenset[str] = frozenset()


#: What holds for the fields that a permission group does not name.
OtherFields = Literal["writable", "readable", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskDefinition:
    """How much of a text is shown: characters of its beginning and of its end."""

    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionGroupDefinition:
    """Rights on a form for those who have one of `roles`, and for external organisations of some kinds.

    `rows` is "all", "own", "none" or a condition over the record. `department` is the field that says to
    which department a record belongs, for people who have a role only in some departments.
    """

    key: str
    label: Label | None = None
    roles: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    rows: str = "all"
    hidden_fields: tuple[str, ...] = ()
    masked_fields: Mapping[str, MaskDefinition] = field(default_factory=dict)
    read_only_fields: tuple[str, ...] = ()
    writable_fields: tuple[str, ...] = ()
    other_fields: OtherFields = "writable"
    #: None stands for all buttons.
    buttons: tuple[str, ...] | None = None
    department: str | None = None

    def reach_of_field(self, key: str) -> OtherFields:
        """How far the group lets one reach a field: what is masked counts as hidden."""
        if key in self.hidden_fields or key in self.masked_fields:
            return "hidden"
        if key in self.read_only_fields:
            return "readable"
        return "writable" if key in self.writable_fields else self.other_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """What people fill in, and how it is listed, checked and protected."""

    app: str
    key: str
    label: Label
    plural: Label
    icon: str | None = None
    color: str | None = None
    description: Label | None = None
    #: Template over own fields ("{no} {company}"); None takes the first text field.
    title: str | None = None
    fields: Mapping[str, FieldDefinition] = field(default_factory=dict)
    #: As written; `complete_layout` also has the fields that were left out of it.
    layout: tuple[LayoutItem, ...] = ()
    facts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    #: The fields with the people of a record's team, by their part: "edit" or "read".
    team: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Buttons on the page of a record, in the order of the document.
    actions: Mapping[str, ActionDefinition] = field(default_factory=dict)
    #: Related lists whose records stand in the timeline, each with the field that says when.
    timeline: Mapping[str, str] = field(default_factory=dict)
    #: In the order in which they are offered.
    views: Mapping[str, ViewDefinition] = field(default_factory=dict)
    rules: Mapping[str, RuleDefinition] = field(default_factory=dict)
    unique: Mapping[str, UniquenessDefinition] = field(default_factory=dict)
    duplicates: Mapping[str, DuplicateRuleDefinition] = field(default_factory=dict)
    conversions: Mapping[str, ConversionDefinition] = field(default_factory=dict)
    #: None: every member of the workspace may do everything.
    permissions: Mapping[str, PermissionGroupDefinition] | None = None
    #: Fields that text search looks into; None takes every text-like field.
    search: tuple[str, ...] | None = None
    #: Of the lines of a subform: the form of the records they stand in.
    parent: str | None = None

    def complete_layout(self) -> tuple[LayoutItem, ...]:
        """The layout with the fields it does not name at its end, in document order."""
        placed = set(fields_of_layout(self.layout))
        return self.layout + tuple(key for key in self.fields if key not in placed)

    def field_order(self) -> tuple[str, ...]:
        """All fields as one meets them on the page from top to bottom."""
        return tuple(fields_of_layout(self.complete_layout()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDefinition:
    """What a person is in the company."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A form in the menu, opened with `view` when one is named."""

    form: str
    view: str | None = None
    visible_to: Audience | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuGroup:
    """Forms of the menu under one heading."""

    key: str
    label: Label
    icon: str | None = None
    items: tuple[MenuItem, ...] = ()
    visible_to: Audience | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppDefinition:
    """A whole app. `document` is the JSON it was loaded from and plays no part in comparisons."""

    key: str
    version: str
    label: Label
    icon: str | None = None
    description: Label | None = None
    roles: Mapping[str, RoleDefinition] = field(default_factory=dict)
    forms: Mapping[str, FormDefinition] = field(default_factory=dict)
    workflows: Mapping[str, WorkflowDefinition] = field(default_factory=dict)
    menu: tuple[MenuItem | MenuGroup, ...] = ()
    visible_to: Audience | None = None
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


def fields_of_layout(layout: tuple[LayoutItem, ...]) -> Iterator[str]:
    """The keys of the fields that a layout places, from top to bottom."""
    for item in layout:
        if isinstance(item, str):
            yield item
        elif not isinstance(item, RelatedList):
            yield from fields_of_layout(item.content)


def lists_of_layout(layout: tuple[LayoutItem, ...]) -> Iterator[RelatedList]:
    """The related lists that a layout places, from top to bottom."""
    for item in layout:
        if isinstance(item, RelatedList):
            yield item
        elif isinstance(item, Tab):
            yield from lists_of_layout(item.content)
