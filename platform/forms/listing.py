"""Filters and sorts that come as text, checked against what the reader may read."""

from collections.abc import Collection

from joinery.forms.form import Form
from joinery.formulas import BOOLEAN, Checked, Names, check
from joinery.kernel import Issues, closest

#: Field keys with whether they descend.
Sort = tuple[tuple[str, bool], ...]


def check_filter(names: Names, text: str) -> tuple[Checked | None, Issues]:
    """A filter over the names that the reader may use; others count as unknown."""
    return check(text, names, expects=BOOLEAN)


def parse_sort(
    form: Form, text: str | None, readable: Collection[str] | None = None, path: str = "/sort"
) -> tuple[Sort, Issues]:
    """A sort such as "-created_at,company", and what is wrong with it."""
    issues = Issues()
    found: dict[str, bool] = {}
    for piece in (text or "").split(",")[:10]:
        key = piece.strip().removeprefix("-")
        if not key:
            continue
        field = form.field(key)
        if field is None or not may_read(key, readable):
            issues.add(path, "view_unknown_field", key=key[:100], suggestion=nearest(form, key, readable))
        elif not field.type.sortable:
            issues.add(path, "view_not_sortable", label=field.label)
        else:
            found.setdefault(key, piece.strip().startswith("-"))
    return tuple(found.items()), issues


def usable_sort(form: Form, text: str | None, readable: Collection[str]) -> str | None:
    """A sort that a definition names as text, without the fields that the reader may not sort by."""
    kept, _ = parse_sort(form, text, readable)
    return ",".join(("-" if descending else "") + key for key, descending in kept) or None


def may_read(key: str, readable: Collection[str] | None) -> bool:
    """Whether a field is among the readable ones (None: all are)."""
    return readable is None or key in readable


def nearest(form: Form, key: str, readable: Collection[str] | None) -> str | None:
    """The readable field that somebody probably meant."""
    return closest(
        key[:100], [name for name in (*form.fields, *form.system_fields) if may_read(name, readable)]
    )
