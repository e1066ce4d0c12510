"""Which formulas of which forms look at the records of a form, and how to find the records that show them.

A formula field is stored, so whatever it looks at must bring it up to date. For every step of every path in
it there is one dependence: on a field of the record at the step (`watched`), and for the other end of a
relation on the relation that puts a record there (`member`), which comes and goes with the record itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from joinery.definitions import owner_key
from joinery.forms.form import Field, Form
from joinery.formulas import PARENT_RECORD, Link, Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A step against a path: from records of `form` to those related to them.

    `link` is the step as the path takes it: against one to the other end of a relation, the records it came
    from are those the far records point at; against one along a relation, those that point at the near ones.
    """

    form: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """A formula `field` of `form` that changes with the field `watched` of the form looked at.

    `back` leads from the changed records to those with the formula. With `member` it begins with the records
    that `watched` points at (before and after the change), and also counts when a record comes or goes.
    """

    form: str
    field: str
    watched: str
    back: tuple[Back, ...]
    member: bool = False

    @property
    def within(self) -> bool:
        """Whether it is all about one record and its own lines, which are computed together on saving."""
        inside = all(step.link.field == PARENT_RECORD for step in self.back)
        return inside and (not self.member or self.watched == PARENT_RECORD)


Dependences = Mapping[str, tuple[Dependence, ...]]


def dependences_of(forms: Mapping[str, Form]) -> Dependences:
    """All dependences on the records of each form, by its key."""
    found: dict[str, dict[Dependence, None]] = {key: {} for key in forms}
    for form in forms.values():
        for field in form.fields.values():
            if field.formula is None or not field.stored:
                continue
            for path in field.formula.far:
                for there, dependence in _along(forms, form, field, path):
                    found[there][dependence] = None
    return {key: tuple(those) for key, those in found.items()}


def holding_order(forms: Mapping[str, Form]) -> tuple[str, ...]:
    """All forms, each after those its relations point at (where they go round in a circle, by their keys).

    In this order records are held while saving: whoever looks at a record waits for it before he holds
    anything that its change would reach.
    """
    targets = {
        key: {field.references for field in form.relations.values() if field.references != key}
        for key, form in forms.items()
    }
    order: list[str] = []
    left = sorted(forms)
    while left:
        ready = next((key for key in left if not targets[key] - set(order)), left[0])
        left.remove(ready)
        order.append(ready)
    return tuple(order)


def fields_read(form: Form, field: Field) -> frozenset[tuple[str, str]]:
    """Everything a formula looks at: form and key of each field along its paths, relations included."""
    found: set[tuple[str, str]] = set()
    for path in field.formula.paths if field.formula else ():
        here = form.key
        links = form.names.links_along(path)
        for link in links:
            found.add((link.form if link.inverse else here, owner_key(link.field)))
            here = link.form
        if len(path) > len(links):
            found.add((here, owner_key(path[-1])))
    return frozenset(found)


def _along(
    forms: Mapping[str, Form], form: Form, field: Field, path: Path
) -> Iterator[tuple[str, Dependence]]:
    """The dependences of one path, each with the form whose records it is about."""
    back: tuple[Back, ...] = ()
    here = form.key
    links = form.names.links_along(path)
    for place, link in enumerate(links):
        if link.inverse:
            member = Dependence(form=form.key, field=field.key, watched=link.field, back=back, member=True)
            yield link.form, member
        elif place:
            # The first step is a field of the formula's own record, which is computed when it is saved.
            yield here, Dependence(form=form.key, field=field.key, watched=link.field, back=back)
        back = (Back(form=here, link=link), *back)
        here = link.form
    for key in _read_at(forms[here], path[-1] if len(path) > len(links) else "id"):
        yield here, Dependence(form=form.key, field=field.key, watched=key, back=back)


def _read_at(form: Form, key: str) -> Iterator[str]:
    """The stored fields that the value of a field is made of."""
    waiting, seen = [key], set[str]()
    while waiting:
        current = waiting.pop()
        if current in seen or current == "id":
            continue
        seen.add(current)
        field = form.fields.get(current)
        if field is not None and not field.stored and field.formula is not None:
            waiting.extend(path[0] for path in field.formula.paths if len(path) == 1)
        else:
            yield current
