"""From what somebody sent to a record that may be stored: the one way in for screen, import and API."""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from joinery.directory import Directory
from joinery.forms.computing import (
    assign_numbers,
    compute_runs,
    fill_from_relations,
    give_defaults,
    take_given,
)
from joinery.forms.field_type import DateOrder, ParseContext, ShowContext, StoredFile
from joinery.forms.form import Field, Form
from joinery.forms.from_blank import FromBlank
from joinery.forms.lines import check_lines, complete_lines, compute, read_lines
from joinery.forms.rules import check_rules
from joinery.forms.sending import read_values
from joinery.forms.titles import title_of
from joinery.forms.work import Work
from joinery.formulas import Checked, EvaluationContext, FormulaProblem, Path
from joinery.kernel import Issues

#: Fields that the actor may write, and those he may read.
LineAccess = tuple[frozenset[str] | None, frozenset[str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContext:
    """What preparing records needs to know; made once for a request or a batch.

    `evaluation.user_id` is the actor. `language` is the workspace's: titles are stored in it.
    `next_number(field key, period)` counts autonumbers; without it none are given.
    `related(form, id)` gives the values of a related record that the actor may read (others are left out),
    None when he may not see it; without it nothing is filled in and relation filters are not checked.
    `far(form key, values, paths, as_app)` gives the values of other records that paths from a record of a
    form lead to, with the rights of the app or else of the actor; without it they are blank.
    `read_ahead(form key, records, paths)` says what `far` will be asked for with the rights of the app: it is
    read for all of them at once then.
    `line_fields` are by subform the fields of its lines that the actor may write and read (None: all).
    `find_file`, `find_record` and `date_order` are as in ParseContext, `title_of_record` as in ShowContext.
    """

    evaluation: EvaluationContext
    directory: Directory
    language: str = "en"
    date_order: DateOrder = "ymd"
    next_number: Callable[[str, str], int] | None = None
    related: Callable[[str, int], Mapping[str, Any] | None] | None = None
    far: Callable[[str, Mapping[str, Any], Collection[Path], bool], Mapping[Path, Any]] | None = None
    read_ahead: Callable[[str, Collection[Mapping[str, Any]], Collection[Path]], None] | None = None
    find_file: Callable[[int], StoredFile | None] | None = None
    find_record: Callable[[str, str], int | None] | None = None
    line_fields: Mapping[str, LineAccess] = field(default_factory=dict)
    title_of_record: Callable[[str, int], str | None] | None = None
    lookup: Directory | None = None
    parsing: ParseContext = field(init=False)
    showing: ShowContext = field(init=False)
    #: Defaults that look at nothing of a record, as they turned out, and what was wrong with them.
    defaults: dict[Field, tuple[Any, FormulaProblem | None]] = field(init=False)

    def values_of(
        self, form: str, values: Mapping[str, Any], paths: Collection[Path], as_app: bool
    ) -> Mapping[Path, Any]:
        """The values at the ends of paths from a record; those that cannot be read are left out."""
        return self.far(form, values, paths, as_app) if self.far is not None else {}

    def line_access(self, subform: str) -> LineAccess:
        """The fields of its lines that the actor may write and those he may read; None for all."""
        return self.line_fields.get(subform, (None, None))

    def __post_init__(self) -> None:
        zone = self.evaluation.time_zone
        parsing = ParseContext(
            directory=self.directory if self.lookup is None else self.lookup,
            language=self.language,
            time_zone=zone,
            date_order=self.date_order,
            find_file=self.find_file,
            find_record=self.find_record,
        )
        showing = ShowContext(
            directory=self.directory,
            language=self.language,
            time_zone=zone,
            title_of=self.title_of_record,
            find_file=self.find_file,
        )
        object.__setattr__(self, "parsing", parsing)
        object.__setattr__(self, "showing", showing)
        object.__setattr__(self, "defaults", {})

    def with_line_fields(self, fields: Mapping[str, LineAccess]) -> "RecordContext":
        """The same with other rights on the lines of subforms."""
        if fields == self.line_fields:
            return self
        other = copy(self)
        object.__setattr__(other, "line_fields", fields)
        return other

    def as_of(self, moment: datetime) -> "RecordContext":
        """The same as it was at another moment (aware)."""
        # Neither reading nor showing values depends on the moment, so the copy shares both.
        then = copy(self)
        object.__setattr__(then, "evaluation", replace(self.evaluation, now=moment))
        object.__setattr__(then, "defaults", {})
        return then


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record before it is stored.

    `values` are complete, system fields included; `changed` has the old and the new value of every stored
    field that differs (a new record has changed from blank). `problems` are the error values of formulas,
    which store as blank. With `issues` nothing may be stored.
    """

    values: Mapping[str, Any]
    changed: Mapping[str, tuple[Any, Any]]
    issues: Issues
    problems: Mapping[str, FormulaProblem]
    #: The values that an expression over the record looks at, of other records and of its lines too.
    names_for: Callable[[Checked], Mapping[Any, Any]] = field(repr=False, compare=False)

    @property
    def to_write(self) -> dict[str, Any]:
        """The values an update must write: what changed, and what goes along with any change."""
        values = {key: new for key, (_, new) in self.changed.items()}
        if values:
            values.update({key: self.values[key] for key in ("title", "updated_at", "updated_by")})
        return values


def prepare_record(
    form: Form,
    before: Mapping[str, Any] | None,
    values: Mapping[str, Any],
    context: RecordContext,
    *,
    writable: frozenset[str] | None = None,
    readable: frozenset[str] | None = None,
    cells: bool = False,
    given: Mapping[str, Any] | None = None,
) -> Draft:
    """Check and complete the values sent for a new record (`before` is None) or a change of one.

    Values are raw JSON by field key (of a subform the complete list of its lines, those that stay with their
    id; the value is a tuple of whole lines then), or spreadsheet cells when `cells` is set (a blank cell of a
    new record then counts as not sent). A key that was not sent keeps its value; on creation it gets its
    default.
    `writable` and `readable` limit what the actor may send (None: everything); a field that is not readable
    is answered like one that does not exist. `given` are results of the app's own expressions by field, to
    which no such limit applies. Required fields that the actor may not write are not demanded.
    Existence of related records and uniqueness are left to the caller.
    """
    work = Work(form, before, context)
    read_values(work, values, writable=writable, readable=readable, cells=cells)
    if given:
        take_given(work, given)
    if form.line_forms:
        read_lines(work, values, writable=writable, readable=readable, cells=cells)
    fill_from_relations(work)
    if before is None:
        give_defaults(work)
    if form.line_forms:
        complete_lines(work)
    if before is None and not (work.issues or any(line.issues for line in work.all_lines())):
        assign_numbers(work)
    if work.lines:
        compute(work, form.steps)
        check_lines(work, writable)
    else:
        compute_runs(work, form.plan.formula_runs)
    check_rules(work, writable)
    return _draft(work)


def recompute_record(form: Form, before: Mapping[str, Any], context: RecordContext) -> Draft:
    """A stored record with its formulas as they are after other records changed; nothing is checked."""
    work = Work(form, before, context, recomputing=True)
    compute_runs(work, form.plan.formula_runs)
    return _draft(work)


def _draft(work: Work) -> Draft:
    work.values["title"] = title_of(work.form, work.values, work.context.showing)
    return Draft(
        values=work.values,
        changed=_changes(work),
        issues=work.issues,
        problems=work.problems,
        names_for=work.names_for,
    )


def _changes(work: Work) -> Mapping[str, tuple[Any, Any]]:
    values, before, keys = work.values, work.before, work.form.plan.tracked
    if work.lines:
        keys = {**keys, **dict.fromkeys(work.lines)}
    if before is None:
        return FromBlank(values, keys)
    return {key: (old, new) for key in keys if (new := values[key]) != (old := before.get(key))}
