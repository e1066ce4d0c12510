"""Permission groups add up: their rows, and over the rows that several have, what they say about fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from joinery.forms import Form, PermissionGroup
from joinery.formulas import BOOLEAN, compile_formula
from joinery.permissions.field_rights import FieldRights, in_common, together
from joinery.permissions.memberships import Membership
from joinery.permissions.record_rights import RecordRights
from joinery.permissions.row_scope import NOTHING, RowScope


def rows_of(form: Form, held: Sequence[Membership]) -> RowScope:
    """The rows of several groups together; the reason names the groups that contribute."""
    giving = [one for one in held if one.group.rows != "none"]
    if not giving:
        return NOTHING
    unlimited = [one.group.key for one in giving if one.condition is None]
    if unlimited:
        return RowScope(kind="everything", reason=_reason(unlimited))
    conditions = {one.condition.text: one.condition for one in giving if one.condition}
    reason = _reason(one.group.key for one in giving)
    if len(conditions) == 1:
        return RowScope(kind="condition", reason=reason, condition=next(iter(conditions.values())))
    # A condition that fails for a record must not take away what another group grants.
    text = "OR(" + ", ".join(f"IFERROR({part}, FALSE)" for part in conditions) + ")"
    return RowScope(
        kind="condition", reason=reason, condition=compile_formula(text, form.names, expects=BOOLEAN)
    )


def _reason(keys: Iterable[str]) -> str:
    return "permission groups: " + ", ".join(keys)


def rights_of(form: Form, group: PermissionGroup) -> FieldRights:
    """What one group says about the fields of its records."""
    return _on_records(form, group, frozenset())


def rights_on_records(form: Form, held: Sequence[Membership]) -> tuple[FieldRights, RecordRights | None]:
    """What holds for all records that groups let one see, and, if it is not the same for each, for which."""
    giving = [one for one in held if one.group.sees_around and one.group.around != "none"]
    if not giving:
        # There are no records; what the form looks like is told all the same.
        return together([FieldRights(), *(_on_records(form, one.group, frozenset()) for one in held)]), None
    editing = [one for one in giving if "edit" in one.group.actions]
    changed = _everywhere(
        editing, {one.group.key: FieldRights(writable=_fields(form, one.group)[1]) for one in editing}
    ).writable
    rights = {one.group.key: _on_records(form, one.group, changed) for one in giving}
    everywhere = _everywhere(giving, rights)
    if all(kind == everywhere for kind in _kinds(giving, rights)):
        return everywhere, None
    somewhere = together(rights.values())
    return everywhere, RecordRights(
        always=_always(giving, rights),
        by_group={one.group.key: rights[one.group.key] for one in giving if one.told_apart is not None},
        somewhere=somewhere,
        veils=_veils(form, giving, rights, somewhere.readable - everywhere.readable),
    )


def rights_to_fill(form: Form, creating: Sequence[Membership]) -> RecordRights | None:
    """What may be filled in of new records by what they become, if it is not the same for all."""
    giving = [one for one in creating if one.group.rows != "none"]
    rights = {one.group.key: FieldRights(writable=_fields(form, one.group)[1]) for one in giving}
    if len({one.writable for one in rights.values()}) < 2:
        return None
    return RecordRights(
        always=_always(giving, rights),
        by_group={one.group.key: rights[one.group.key] for one in giving if one.told_apart is not None},
        somewhere=together(rights.values()),
        veils={},
    )


def rights_on_new(form: Form, creating: Sequence[Membership], everywhere: FieldRights) -> FieldRights | None:
    """What holds for a record that is being created, None if that is what holds everywhere."""
    fields = [_fields(form, one.group) for one in creating]
    shown = together([everywhere, *(FieldRights(readable=readable) for readable, _ in fields)])
    found = replace(shown, writable=frozenset[str]().union(*(writable for _, writable in fields)))
    return None if not creating or found == everywhere else found


def _everywhere(giving: Sequence[Membership], rights: Mapping[str, FieldRights]) -> FieldRights:
    """What holds for each record that is among the rows of one of these groups."""
    if any(one.told_apart is None for one in giving):
        return _always(giving, rights)
    return in_common(_kinds(giving, rights))


def _always(giving: Sequence[Membership], rights: Mapping[str, FieldRights]) -> FieldRights:
    """What groups give that have all records."""
    return together([FieldRights(), *(rights[one.group.key] for one in giving if one.told_apart is None)])


def _kinds(giving: Sequence[Membership], rights: Mapping[str, FieldRights]) -> list[FieldRights]:
    """The rights that are told apart by rows, each with what holds for all."""
    always = _always(giving, rights)
    apart: dict[str, list[FieldRights]] = {}
    for one in giving:
        if one.told_apart is not None:
            apart.setdefault(one.told_apart, [always]).append(rights[one.group.key])
    return [together(parts) for parts in apart.values()]


def _on_records(form: Form, group: PermissionGroup, changed: frozenset[str]) -> FieldRights:
    """What a group says about its records.

    One that does not let them be changed says nothing of which fields may be: there it goes by `changed`,
    those of all records that may be.
    """
    if not group.sees:
        return FieldRights()
    readable, writable = _fields(form, group)
    return FieldRights(
        readable=readable,
        writable=writable if "edit" in group.actions else changed,
        masked=group.masked_fields,
        buttons=frozenset(form.actions) if group.buttons is None else group.buttons,
    )


def _fields(form: Form, group: PermissionGroup) -> tuple[frozenset[str], frozenset[str]]:
    """The fields that a group shows, and those that it would let one fill in."""
    keys = frozenset((*form.fields, *form.system_fields))
    may_fill = frozenset(form.plan.open)
    return keys - group.hidden_fields, may_fill - group.hidden_fields - group.read_only_fields


def _veils(
    form: Form, giving: Sequence[Membership], rights: Mapping[str, FieldRights], keys: Iterable[str]
) -> dict[str, RowScope]:
    """For each of these fields the records on which it may be read."""
    if form.parent is not None:
        return {}
    return {
        key: rows_of(form, [one for one in giving if key in rights[one.group.key].readable])
        for key in sorted(keys)
    }
