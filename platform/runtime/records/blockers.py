"""Records that point at others which somebody wants to delete, told as far as he may see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.forms import Field
from joinery.runtime.records.open_form import OpenForm
from joinery.storage import records
from joinery.storage.lines import records_of

#: So many of the records of a form are named.
NAMED = 3

_HIDDEN = {"en": "records you may not see", "zh": "您无权查看的记录"}
_NOBODY: Mapping[str, Any] = {"form": None, "label": None, "count": 0, "records": []}


class Blockers:
    """By form, each once, though it may point there by several relations or lines."""

    def __init__(self) -> None:
        self._labels: dict[str, Mapping[str, str]] = {}
        self._titles: dict[str, dict[int, str]] = {}
        self._unseen: set[tuple[str, int]] = set()

    def __bool__(self) -> bool:
        return bool(self._titles or self._unseen)

    @property
    def hidden(self) -> bool:
        """Whether there are some that the actor may not see."""
        return bool(self._unseen)

    def add(self, there: OpenForm, field: Field, referring: Sequence[int]) -> None:
        """Take in the records of a form that point there by one relation; for lines those around them."""
        shown = there.access.allows("view") and field.owner in there.access.readable
        if there.form.parent is not None:
            referring = sorted(set(records_of(there.unit, there.table, referring).values()))
            there = there.beside(there.form.parent)
            shown = shown and there.access.allows("view")
        key = there.form.key
        seen = (
            records.titles(there.unit, there.table, referring, there.access.rows, there.evaluation)
            if shown and referring
            else {}
        )
        if seen:
            self._labels[key] = there.form.label
            self._titles.setdefault(key, {}).update(seen)
        known = self._titles.get(key, {})
        self._unseen = {one for one in self._unseen if one[0] != key or one[1] not in known}
        self._unseen |= {(key, one) for one in referring if one not in known}

    def by_form(self) -> list[dict[str, Any]]:
        """How many the actor may see of each form; the first by title."""
        return [
            {
                "form": key,
                "label": self._labels[key],
                "count": len(titles),
                "records": [{"id": one, "title": title} for one, title in sorted(titles.items())[:NAMED]],
            }
            for key, titles in self._titles.items()
        ]

    def told(self) -> list[dict[str, Any]]:
        """The same for an error: where the actor may see none of them, he is told at least that they are."""
        return self.by_form() or [dict(_NOBODY)]

    def words(self) -> dict[str, str]:
        """In words: "Orders (5): SO-1, SO-2, …", by language."""
        told = self.by_form()
        return {
            language: "; ".join(_words(one, language) for one in told) or hidden
            for language, hidden in _HIDDEN.items()
        }


def _words(one: Mapping[str, Any], language: str) -> str:
    titles = [record["title"] or f"#{record['id']}" for record in one["records"]]
    more = ["…"] if one["count"] > len(titles) else []
    return f"{one['label'][language]} ({one['count']}): {', '.join([*titles, *more])}"
