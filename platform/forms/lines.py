"""The lines of subforms on the way into a record: read, filled in, computed and checked with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from joinery.definitions import POSITION
from joinery.forms.computing import compute_formulas, fill_from_relations, give, give_defaults, newly_chosen
from joinery.forms.field_type import ValueProblem
from joinery.forms.form import Field, LineFill
from joinery.forms.formula_runs import Step
from joinery.forms.rules import check_rules, check_validity
from joinery.forms.sending import read_values
from joinery.forms.titles import title_of
from joinery.forms.work import Work
from joinery.formulas import PARENT_RECORD, Checked
from joinery.kernel import pointer

Values = Mapping[str, Any]


def read_lines(
    work: Work,
    sent: Values,
    *,
    writable: frozenset[str] | None,
    readable: frozenset[str] | None,
    cells: bool,
) -> None:
    """Take over the lines that were sent, the complete list of each subform; what is wrong is noted.

    Lines that were not sent are those of the stored record. They are taken up only where something about them
    may be different now.
    """
    for field in work.form.plan.subforms:
        if field.key not in sent or not (readable is None or field.key in readable):
            if work.before is not None and work.form.line_forms[field.key].plan.looks_at_parent:
                stored = work.before.get(field.key) or ()
                work.lines[field.key] = [_line(work, field, place, own) for place, own in enumerate(stored)]
            continue
        may_write = writable is None or field.key in writable
        found, lines = _read(work, field, sent[field.key], frozenset() if not may_write else None, cells)
        if may_write:
            work.sent.add(field.key)
            work.lines[field.key] = lines
        elif not found or not _are_the_stored(work, field, lines):
            work.refuse(field.key, "record_read_only_field", label=field.label)


def complete_lines(work: Work) -> None:
    """Fill in lines from the relations chosen in them, give new ones their defaults, new records theirs."""
    for relation in work.form.plan.relations:
        _fill_lines(work, relation)
    for field in work.form.plan.subforms:
        if work.before is None and field.key not in work.sent | work.failed | work.filled:
            work.lines[field.key] = [
                _default_line(work, field, place, given) for place, given in enumerate(field.default_lines)
            ]
    for key in work.lines.keys() & work.filled:
        _read_ahead(work, key)
    for line in work.all_lines():
        fill_from_relations(line)
        if line.before is None:
            give_defaults(line)


def compute(work: Work, steps: Iterable[tuple[str, Step]]) -> None:
    """The formulas of a record and of its lines, in the order of their dependencies."""
    for subform, step in steps:
        for one in work.lines.get(subform, ()) if subform else (work,):
            compute_formulas(one, (step,))
    settle(work)


def settle(work: Work) -> None:
    """Make the lines as they are now the value of their field."""
    for key, lines in work.lines.items():
        work.values[key] = tuple(_settled(line, place) for place, line in enumerate(lines)) or None


def check_lines(work: Work, writable: frozenset[str] | None, *, complete: bool = True) -> None:
    """Note what is wrong with the lines at their places; without `complete` blanks may still be filled in."""
    for field in work.form.plan.subforms:
        lines = work.lines.get(field.key)
        if lines is None:
            continue
        for line in lines:
            open_fields, _ = work.context.line_access(field.key)
            if complete:
                check_rules(line, open_fields)
            else:
                check_validity(line)
            work.issues.extend(line.issues, under=pointer(field.key, line.place))
            if line.failed:
                work.failed.add(field.key)
        may_write = writable is None or field.key in writable
        least = field.settings["min_lines"]
        if complete and may_write and len(lines) < least and not work.is_hidden(field.key):
            work.refuse(field.key, "value_too_few_lines", minimum=least)


def _read(
    work: Work, field: Field, raw: Any, writable: frozenset[str] | None, cells: bool
) -> tuple[bool, list[Work]]:
    """The lines in what was sent, and whether nothing is wrong with the list itself."""
    items = [] if raw is None or raw == "" else raw
    if not isinstance(items, list | tuple):
        work.refuse(field.key, "value_not_lines")
        return False, []
    if len(items) > field.settings["max_lines"]:
        work.refuse(field.key, "value_too_many_lines", maximum=field.settings["max_lines"], count=len(items))
        return False, []
    stored = {line["id"]: line for line in (work.before or {}).get(field.key) or ()}
    open_fields, readable = work.context.line_access(field.key)
    lines = []
    for place, item in enumerate(items):
        own = _stored_line(work, field, place, item, stored)
        if own is not None:
            line = _line(work, field, place, own or None)
            values = {key: value for key, value in item.items() if key != "id"}
            allowed = open_fields if writable is None else writable
            read_values(line, values, writable=allowed, readable=readable, cells=cells)
            lines.append(line)
    return len(lines) == len(items), lines


def _stored_line(work: Work, field: Field, place: int, item: Any, stored: dict[int, Values]) -> Values | None:
    """The stored line that an item alters (once), {} for a new one, None when it is wrong."""
    if not isinstance(item, Mapping):
        work.refuse(field.key, "value_not_line", at=pointer(place))
        return None
    line_id = item.get("id")
    if line_id is None:
        return {}
    found = stored.pop(line_id, None) if type(line_id) is int else None
    if found is None:
        work.refuse(field.key, "value_unknown_line", at=pointer(place, "id"))
    return found


def _line(work: Work, field: Field, place: int, before: Values | None) -> Work:
    return Work(work.form.line_forms[field.key], before, work.context, parent=work, place=place)


def _default_line(work: Work, field: Field, place: int, given: Values) -> Work:
    """A line that a new record begins with."""
    line = _line(work, field, place, None)
    for key, value in given.items():
        own = line.form.plan.open.get(key)
        if own is None:
            continue
        if isinstance(value, Checked):
            done = give(line, own, value, line.names_for(value, as_app=False))
        else:
            done = _put(line, own, value)
        if done:
            line.filled.add(key)
    return line


def _fill_lines(work: Work, relation: Field) -> None:
    """Take over the lines of the record that was chosen; as with other fields, what was sent wins."""
    related, chosen = work.context.related, newly_chosen(work, relation)
    if not relation.fill_lines or related is None or len(chosen) != 1 or relation.owner in work.failed:
        return
    record = related(relation.settings["form"], chosen[0]) or {}
    for key, fill in relation.fill_lines.items():
        field = work.form.plan.open.get(key)
        if field is None or fill.source not in record or key in work.sent | work.failed:
            continue
        lines = record[fill.source] or ()
        maximum = field.settings["max_lines"]
        if len(lines) > maximum:
            work.refuse(key, "value_too_many_lines", maximum=maximum, count=len(lines))
            continue
        work.lines[key] = [_copied(work, field, place, line, fill) for place, line in enumerate(lines)]
        work.filled.add(key)


def _read_ahead(work: Work, key: str) -> None:
    """Have what formulas and rules look at behind the relations of lines that nobody sent read in one go."""
    form, read_ahead = work.form.line_forms[key], work.context.read_ahead
    beyond = {path[1:] for path in work.form.plan.far if path[0] == key}
    paths = {path for path in form.plan.far | beyond if len(path) > 1 and path[0] != PARENT_RECORD}
    if paths and read_ahead is not None:
        read_ahead(form.key, [line.values for line in work.lines[key]], paths)


def _copied(work: Work, field: Field, place: int, source: Values, fill: LineFill) -> Work:
    """A new line with the values of a line elsewhere, as far as they may stand here."""
    line = _line(work, field, place, None)
    for key in fill.fields & source.keys():
        own = line.form.plan.open.get(key)
        if own is not None and _put(line, own, source[key]):
            line.filled.add(key)
    return line


def _put(line: Work, field: Field, value: Any) -> bool:
    try:
        line.put(field, None if value is None else field.type.parse(field, value, line.context.parsing))
    except ValueProblem:
        return False
    return True


def _are_the_stored(work: Work, field: Field, lines: list[Work]) -> bool:
    """Whether lines somebody may not write were sent just as they are."""
    stored = (work.before or {}).get(field.key) or ()
    return [line.before and line.before["id"] for line in lines] == [
        line["id"] for line in stored
    ] and not any(line.issues for line in lines)


def _settled(line: Work, place: int) -> Values:
    """A line with its place; the stored one where nothing is different."""
    values, before = line.values, line.before
    values[POSITION] = place
    if before is not None:
        values[PARENT_RECORD] = before[PARENT_RECORD]
        if all(values[key] == before.get(key) for key in line.form.plan.tracked):
            return before
    evaluation = line.context.evaluation
    values["title"] = title_of(line.form, values, line.context.showing)
    values["updated_at"], values["updated_by"] = evaluation.now, evaluation.user_id
    return values
