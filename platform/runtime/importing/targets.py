"""What a column of a file goes into: a field of the records, or of the lines of one of their subforms.

A field of lines is named with its subform before it: "lines.qty".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from joinery.definitions import JOINT
from joinery.forms import Field, Form
from joinery.runtime.records.open_form import OpenForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A field that a column goes into, with the form that has it; `subform` is "" for the records' own."""

    at: OpenForm
    field: Field
    subform: str = ""

    @property
    def name(self) -> str:
        """How a mapping names it."""
        return named(self.subform, self.field.key)

    @property
    def is_open(self) -> bool:
        """Whether the actor may write it and it has a text form."""
        kind = self.field.type
        return (
            self.field.key in self.at.access.writable_somewhere and not kind.computed and not kind.has_lines
        )


def named(subform: str, key: str) -> str:
    """The name of a field in a mapping."""
    return f"{subform}{JOINT}{key}" if subform else key


def parts_of(name: str) -> tuple[str, str]:
    """The subform ("" for none) and the field that a mapping names."""
    subform, joint, key = name.partition(JOINT)
    return (subform, key) if joint else ("", name)


def field_of(form: Form, name: str) -> Field | None:
    """The field that a mapping names; None when the form has no such field."""
    subform, key = parts_of(name)
    if not subform:
        return form.field(name)
    there = form.line_forms.get(subform)
    return there.fields.get(key) if there is not None else None


def target_of(at: OpenForm, name: str) -> Target | None:
    """The field that a mapping names, with its form; None when there is no such field."""
    subform, key = parts_of(name)
    if not subform:
        field = at.form.field(name)
        return None if field is None else Target(at=at, field=field)
    if subform not in at.form.line_forms or subform not in at.access.writable_somewhere:
        return None
    there = at.beside(at.form.line_forms[subform].key)
    field = there.form.fields.get(key)
    return None if field is None or field.system else Target(at=there, field=field, subform=subform)


def can_be_imported(at: OpenForm, name: str) -> bool:
    """Whether a column may be written into the field: the actor may write it and it has a text form."""
    found = target_of(at, name)
    return found is not None and found.is_open


def open_targets(at: OpenForm) -> Iterator[Target]:
    """Everything that a column may be written into: the fields of the records, then those of their lines."""
    names = [
        *at.form.fields,
        *at.form.system_fields,
        *(named(one, key) for one, key in _line_fields(at.form)),
    ]
    yield from (found for name in names if (found := target_of(at, name)) is not None and found.is_open)


def demanded(form: Form) -> set[str]:
    """What a new record must get from a file: required always, with no default and not taken from a relation.

    Of a subform that is required itself, its name; fields of lines are only demanded where there are lines.
    """
    needed = _needed(form)
    for subform, lines in form.line_forms.items():
        needed |= {named(subform, key) for key in _needed(lines)}
    return needed


def _needed(form: Form) -> set[str]:
    filled = {key for field in form.fields.values() for key in field.fill}
    return {
        key
        for key, field in form.fields.items()
        if (field.definition.required or "").upper() == "TRUE"
        and field.default is None
        and not field.type.computed
        and key not in filled
    }


def lacking(form: Form, names: Iterable[str]) -> set[str]:
    """What records need that a mapping to these names does not fill."""
    mapped = set(names)
    filled = {*mapped, *subforms_in(mapped)}
    return {name for name in demanded(form) - filled if parts_of(name)[0] in ("", *filled)}


def subforms_in(names: Iterable[str]) -> tuple[str, ...]:
    """The subforms whose lines a mapping fills, in their order in it."""
    return tuple(dict.fromkeys(subform for name in names if (subform := parts_of(name)[0])))


def _line_fields(form: Form) -> Iterator[tuple[str, str]]:
    for subform, lines in form.line_forms.items():
        yield from ((subform, key) for key in lines.fields)
