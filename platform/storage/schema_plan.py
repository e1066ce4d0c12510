"""What publishing will do to the tables, as a value that a person can read before it happens.

Nothing is ever dropped that somebody entered: columns and tables are set aside under another name.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from joinery.definitions import (
    Change,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FieldRenamed,
    FieldRetyped,
    FormAdded,
    FormRemoved,
    FormRenamed,
    Label,
    owner_key,
)
from joinery.forms import CompiledApp, Field, Form, fields_read
from joinery.storage.plan_labels import LABELS
from joinery.storage.record_indexes import IndexSpec
from joinery.storage.record_tables import field_columns, record_tables

Safety = Literal["safe", "slow", "keeps_aside", "converts"]

Kind = Literal[
    "create_table",
    "rename_table",
    "set_table_aside",
    "add_column",
    "set_column_aside",
    "rename_column",
    "convert_column",
    "take_over",
    "recompute",
    "refresh",
    "drop_index",
    "build_index",
]

#: Tables with more rows are indexed, converted and recomputed by a job after publishing.
SMALL_TABLE = 10_000

#: The order in which steps are taken.
_ORDER: tuple[Kind, ...] = (
    "rename_table",
    "create_table",
    "drop_index",
    "set_column_aside",
    "rename_column",
    "add_column",
    "convert_column",
    "take_over",
    "recompute",
    "refresh",
    "build_index",
    "set_table_aside",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that publishing does.

    `was` is the former key of a field that is renamed or converted, or the keys of those whose values it
    takes over; `index` is the name of an index.
    `later` marks what a job does after publishing, because the table is large.
    """

    kind: Kind
    form: str
    field: str = ""
    was: str = ""
    index: str = ""
    later: bool = False
    safety: Safety = "safe"

    @property
    def description(self) -> Label:
        """The step in words."""
        names = {"form": self.form, "field": self.field, "was": self.was}
        return {language: text.format_map(names) for language, text in LABELS[self.kind].items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPlan:
    """All steps from `old` to `new`; plans with the same `id` do the same."""

    steps: tuple[Step, ...]
    old: CompiledApp | None = field(compare=False, repr=False)
    new: CompiledApp = field(compare=False, repr=False)

    @property
    def id(self) -> str:
        """A fingerprint of the steps."""
        return hashlib.sha256(repr(self.steps).encode()).hexdigest()[:16]


def plan_schema(
    changes: Iterable[Change], old: CompiledApp | None, new: CompiledApp, row_counts: Mapping[str, int]
) -> SchemaPlan:
    """The steps for `changes` (from `changes_between`); `row_counts` has the records of each old form."""
    by_form: dict[str, list[Change]] = {}
    renamed: dict[str, str] = {}
    for change in changes:
        by_form.setdefault(change.form, []).append(change)
        if isinstance(change, FormRenamed):
            renamed[change.was] = change.form
    if old is not None and renamed:
        # The table gets its new name before anything else is done to it.
        old = _with_names(old, renamed)
        row_counts = {renamed.get(form, form): count for form, count in row_counts.items()}
    steps = [
        step
        for form, found in by_form.items()
        for step in _form_steps(form, found, old, new, row_counts.get(form, 0) > SMALL_TABLE)
    ]
    steps += _recompute_steps(by_form, steps, new, row_counts)
    return SchemaPlan(steps=tuple(sorted(steps, key=lambda step: _ORDER.index(step.kind))), old=old, new=new)


def _with_names(app: CompiledApp, renamed: Mapping[str, str]) -> CompiledApp:
    """An app in which some forms have other keys."""
    forms = {}
    for was, form in app.forms.items():
        key = renamed.get(was, was)
        forms[key] = replace(form, key=key, definition=replace(form.definition, key=key))
    return replace(app, forms=forms)


def _form_steps(
    key: str, changes: list[Change], old: CompiledApp | None, new: CompiledApp, large: bool
) -> Iterator[Step]:
    if any(isinstance(change, FormAdded) for change in changes):
        yield Step(kind="create_table", form=key)
    elif any(isinstance(change, FormRemoved) for change in changes):
        yield Step(kind="set_table_aside", form=key, safety="keeps_aside")
    elif key and old is not None:
        for change in changes:
            if isinstance(change, FormRenamed):
                yield Step(kind="rename_table", form=key, was=change.was)
        found = (step for change in changes for step in _column_steps(change, old.forms[key], new.forms[key]))
        columns = [
            _postponed(step, large) if step.kind in ("convert_column", "take_over") else step
            for step in dict.fromkeys(found)
        ]
        yield from columns
        if _needs_refresh(changes, columns, old.forms[key], new.forms[key]):
            yield _postponed(Step(kind="refresh", form=key), large)
        yield from _index_steps(key, columns, old, new, large)


def _column_steps(change: Change, old: Form, new: Form) -> Iterator[Step]:
    """What happens to the columns of one field."""
    place = change.form
    match change:
        case FieldAdded(field=key) if new.fields[key].stored:
            yield Step(kind="add_column", form=place, field=key)
            if sources := takeover_sources(old, new.fields[key]):
                yield Step(kind="take_over", form=place, field=key, was=", ".join(sources), safety="converts")
        case FieldRemoved(field=key) if old.fields[key].stored:
            yield Step(kind="set_column_aside", form=place, field=key, safety="keeps_aside")
        case FieldRenamed(field=key, was=was) if new.fields[key].stored and not _replaced(
            old.fields[was], new.fields[key]
        ):
            yield Step(kind="rename_column", form=place, field=key, was=was)
        case FieldRetyped(field=key) | FieldChanged(field=key):
            was = _former_key(key, old, new)
            if _replaced(old.fields[was], new.fields[key]):
                yield from _replacement(place, old.fields[was], new.fields[key])


def takeover_sources(old: Form, field: Field) -> tuple[str, ...]:
    """The fields of the version before whose values a new field takes over."""
    return tuple(
        key
        for key in field.definition.takes_over
        if key in old.fields and old.fields[key].stored and not old.fields[key].type.computed
    )


def _replacement(form: str, old: Field, new: Field) -> Iterator[Step]:
    """The columns of a field give way to others."""
    if old.stored and new.stored and not new.type.computed:
        yield Step(kind="convert_column", form=form, field=new.key, was=old.key, safety="converts")
        return
    if old.stored:
        yield Step(kind="set_column_aside", form=form, field=old.key, safety="keeps_aside")
    if new.stored:
        yield Step(kind="add_column", form=form, field=new.key)


def _replaced(old: Field, new: Field) -> bool:
    """Whether the values need other columns: another type, or another kind of column for the same one."""
    if old.type.name != new.type.name or old.stored != new.stored or _kinds(old) != _kinds(new):
        return True
    # The links of a relation to many lead into one form's table.
    return new.type.several and old.references != new.references


def _kinds(field: Field) -> list[str]:
    return [repr(column.type) + column.name.removeprefix(field.key) for column in field_columns(field)]


def _former_key(key: str, old: Form, new: Form) -> str:
    return key if key in old.fields else new.fields[key].definition.was or key


#: What can be changed about a formula without its values becoming others.
_ONLY_SHOWN = frozenset({"label", "help", "placeholder", "hidden"})


def _recompute_steps(
    changes: Mapping[str, list[Change]],
    steps: Iterable[Step],
    new: CompiledApp,
    row_counts: Mapping[str, int],
) -> Iterator[Step]:
    """Stored formulas that are new or changed, or look at something that changed, on whatever form."""
    dirty = {(step.form, step.field) for step in steps if step.kind in ("add_column", "convert_column")}
    dirty |= {
        (form, change.field)
        for form, found in changes.items()
        for change in found
        if isinstance(change, FieldChanged) and not _ONLY_SHOWN.issuperset(change.properties)
    }
    for key, field_key in new.formula_order:
        form = new.forms[key]
        found = form.fields[field_key]
        # The table of a new form has no records.
        if not found.stored or key not in row_counts:
            continue
        if (key, field_key) in dirty or dirty & fields_read(form, found):
            dirty.add((key, field_key))
            yield _postponed(Step(kind="recompute", form=key, field=field_key), row_counts[key] > SMALL_TABLE)


def _needs_refresh(changes: list[Change], columns: list[Step], old: Form, new: Form) -> bool:
    """Whether stored titles and search texts say something else now."""
    if _titled(old) != _titled(new) or _searched(old) != _searched(new):
        return True
    titled = {part.key for part in new.title_parts if not isinstance(part, str)}
    moved = ("convert_column", "take_over", "rename_column")
    touched = {step.field for step in columns if step.kind in moved}
    touched |= {
        change.field
        for change in changes
        if isinstance(change, FieldChanged) and {"options", "formula"} & set(change.properties)
    }
    return bool(touched & (titled | set(_searched(new))))


def _titled(form: Form) -> tuple[object, ...]:
    """What titles are made of; the fields that some group hides are not among it."""
    parts = (part if isinstance(part, str) else ("field", part.key) for part in form.title_parts)
    return (*parts, *(field.key for field in form.title_fallbacks))


def _searched(form: Form) -> tuple[str, ...]:
    return tuple(field.key for field in form.search_fields)


def _index_steps(
    key: str, columns: list[Step], old: CompiledApp, new: CompiledApp, large: bool
) -> Iterator[Step]:
    """Indexes that go, and those that come; an index does not outlive the column it was made for.

    Where building takes long, one that is replaced stays until its successor is there: building drops it.
    """
    before = {spec.name: spec for spec in record_tables(old)[key].indexes}
    after = {spec.name: spec for spec in record_tables(new)[key].indexes}
    gone = {step.was or step.field for step in columns if step.kind not in ("add_column", "take_over")}
    dropped = {
        name
        for name, spec in before.items()
        if after.get(name) != spec or gone.intersection(map(owner_key, (*spec.fields, *spec.carried)))
    }
    built = [spec for name, spec in after.items() if name not in before or name in dropped]
    for name in sorted(dropped):
        spec = before[name]
        intact = name not in after and not gone.intersection(map(owner_key, (*spec.fields, *spec.carried)))
        if not (large and intact and any(_replaces(new, spec) for new in built)):
            yield Step(kind="drop_index", form=key, field=spec.fields[0], index=name)
    for spec in built:
        yield _postponed(Step(kind="build_index", form=key, field=spec.fields[0], index=spec.name), large)


def _replaces(new: IndexSpec, old: IndexSpec) -> bool:
    """Whether one index finds all that another did."""
    return (new.parts, new.clauses, new.method) == (old.parts, old.clauses, old.method) and not old.unique


def _postponed(step: Step, large: bool) -> Step:
    safety: Safety = "slow" if large and step.safety == "safe" else step.safety
    return replace(step, later=large, safety=safety)
