"""What the earlier portions of a dry run would have stored.

Each portion of a large dry run is rolled back, so that nobody waits for it. Later portions must nevertheless
know the values that would be taken by then, and the records that would be there.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from joinery.forms import Form, UniqueKey
from joinery.kernel import Issue
from joinery.runtime.importing.links import Created
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.targets import field_of
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.uniqueness import applies, issue_of


class Rehearsal:
    """Remembers unique values, keys and titles of records that were created and rolled back.

    Titles only of the forms that are `named` in rows. Only hashes are kept: a million of them are some tens
    of megabytes.
    """

    def __init__(self, named: Collection[str]) -> None:
        self._named = named
        self._taken: dict[tuple[str, str], set[int]] = {}
        #: What records of this portion have that could not be stored, as they name such of earlier ones.
        self._unstored: dict[str, set[int]] = {}
        #: Titles that more than one of the records would have, by form.
        self._shared: dict[str, set[int]] = {}
        self._new: list[tuple[str, str, int]] = []

    def has_key(self, form: Form, key: tuple[Any, ...]) -> bool:
        """Whether an earlier portion would have created a record that rows find by this key."""
        return _hashed(key) in self._taken.get((form.key, ""), ())

    def knows(self, form: str, text: str) -> bool:
        """Whether a record of a form would be there that can be found by this text, and is not stored."""
        found = _hashed(text)
        return found in self._unstored.get(form, ()) or any(
            found in values for (of, _), values in self._taken.items() if of == form
        )

    def would_share(self, form: str, text: str) -> bool:
        """Whether earlier portions would have created several records of a form with this title."""
        return _hashed(text) in self._shared.get(form, ())

    def taken(self, at: OpenForm, values: Mapping[str, Any]) -> tuple[Issue, ...]:
        """The unique values of a new record that an earlier one would have taken."""
        return tuple(
            issue_of(at, key)
            for key in at.form.unique
            if applies(at, key.fields, key.when, values)
            and _hashed(_together(key, values)) in self._taken.get((at.form.key, _name(key)), ())
        )

    def note(
        self, at: OpenForm, found_by: tuple[Any, ...] | None, values: Mapping[str, Any], *, stored: bool
    ) -> None:
        """A record that would be created, the key by which rows find it, whether the portion stores it."""
        form = at.form.key
        new: list[tuple[str, str, int]] = []
        if form in self._named and values.get("title") is not None:
            new.append((form, "title", _hashed(values["title"])))
        new += [
            (form, _name(key), _hashed(_together(key, values)))
            for key in at.form.unique
            if applies(at, key.fields, key.when, values)
        ]
        if found_by is not None:
            new.append((form, "", _hashed(found_by)))
        self._new += new
        if not stored:
            self._unstored.setdefault(form, set()).update(value for _, _, value in new)

    def note_related(self, created: Created) -> dict[str, int]:
        """Records of other forms that would be made; how many of them no earlier portion would have made."""
        counts: dict[str, int] = {}
        for form, names in created.names.items():
            new = [name for name in names if not self.knows(form, name)]
            self._new += [(form, "title", _hashed(name)) for name in new]
            counts[form] = len(new)
        return counts

    def keep(self) -> None:
        """The portion is through: from now on its records count as stored."""
        for form, name, value in self._new:
            known = self._taken.setdefault((form, name), set())
            if name == "title" and value in known:
                self._shared.setdefault(form, set()).add(value)
            known.add(value)
        self.forget()

    def forget(self) -> None:
        """The portion is tried again: its records do not count."""
        self._new.clear()
        self._unstored.clear()


def named_forms(forms: Mapping[str, Form], orders: Sequence[ImportOrder]) -> frozenset[str]:
    """The forms whose records the rows of an import may name in the columns of relations."""
    fields = (field_of(forms[order.form], name) for order in orders for name in order.mapping.values())
    return frozenset(form for field in fields if field is not None for form in field.type.targets(field))


def _name(key: UniqueKey) -> str:
    """Where its values are kept: a single field's with those it can be found by."""
    return f"unique {key.rule}" if key.rule is not None else key.fields[0]


def _together(key: UniqueKey, values: Mapping[str, Any]) -> Any:
    found = tuple(_plain(values[name]) for name in key.fields)
    return found[0] if key.rule is None else found


def _plain(value: Any) -> Any:
    return value.strip().casefold() if isinstance(value, str) else value


def _hashed(value: Any) -> int:
    return hash(_plain(value))
