"""What the indexes of a form carry beside their own column, so that lists under row scopes are counted alone.

A count under a row scope and a filter looks at two columns. Where an index holds only one of them, each
record has to be fetched for the other; where it carries the other too, the index alone answers. Indexes of
columns that scopes look at carry those that lists are narrowed down by, which suits scopes that leave few
records, and the other way round, which suits those that leave many.

Only columns are carried that have an index of their own: a change of them makes a new entry in each index
anyway, so it costs no more than before. Texts and lists of values are never carried: an entry of an index
has room for some 2,700 bytes, and a record must not fail for it.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Form
from joinery.formulas import parse

#: So many columns of either kind are carried at most.
MOST_SCOPES, MOST_FILTERS = 3, 4

#: Groups of field types whose values are short.
_SHORT = frozenset({"choice", "people"})

Columns = Mapping[str, tuple[sa.Column[object], ...]]


def looked_at_by_scopes(form: Form) -> frozenset[str]:
    """Keys of the fields of the form itself that the row scopes of its permission groups look at."""
    groups = form.groups or ()
    conditions = {path[0] for one in groups if one.condition is not None for path in one.condition.paths}
    departments = {path[0] for one in groups if one.roles for path in parse(one.department).paths}
    return frozenset(conditions | departments)


def carried(form: Form, columns: Columns) -> Mapping[str, tuple[str, ...]]:
    """By the key of an indexed field the keys of those that its index carries."""
    scopes = sorted(looked_at_by_scopes(form) & columns.keys())
    if form.parent or not scopes:
        return {}
    short = [key for key in scopes if _is_short(form, columns, key)][:MOST_SCOPES]
    filters = [key for key in _narrowing(form, columns) if key not in scopes][:MOST_FILTERS]
    found = {key: tuple(other for other in (*short, *filters) if other != key) for key in scopes}
    return found | dict.fromkeys(filters, tuple(short))


def _narrowing(form: Form, columns: Columns) -> list[str]:
    """Choices that lists may be narrowed down by, those that views do first, in the order of the form."""
    by_views = {
        path[0] for view in form.definition.views.values() if view.filter for path in parse(view.filter).paths
    }
    choices = [
        key
        for key, field in form.fields.items()
        if field.type.group == "choice" and key in columns and _is_short(form, columns, key)
    ]
    return sorted(choices, key=lambda key: key not in by_views)


def _is_short(form: Form, columns: Columns, key: str) -> bool:
    field = form.field(key)
    if field is None or field.type.group not in _SHORT or field.branches:
        return False
    return not isinstance(columns[key][0].type, pg.ARRAY)
