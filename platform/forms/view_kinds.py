"""The settings of calendars, cards and trees, as far as they are right for one reader.

As in `view_parts`: each takes what stands in the document, and what is wrong goes to `issues` with its place.
Settings that lack what they stand on are None; the rest of them drops out alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from joinery.definitions import CalendarSettings, CardField, GallerySettings, TreeSettings
from joinery.forms.form import Field, Form
from joinery.forms.view_parts import Known
from joinery.kernel import Issues

MODES = ("month", "week", "day", "agenda")
FITS = ("fill", "whole")
SIZES = ("small", "medium", "large")
LETTERS = ("small", "normal", "large")
MOST_FIELDS = 8
MOST_BADGES = 4
LONGEST_TITLE = 200

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_DATES = ("date", "datetime")
#: Kinds of values that can stand in a line of text.
_CAPTION = frozenset(
    {
        "text",
        "choice",
        "number",
        "money",
        "percent",
        "date",
        "datetime",
        "time",
        "user",
        "department",
        "organisation",
        "record",
    }
)
_BADGES = ("choice", "multi_choice")


def calendar_settings(sent: Any, known: Known, issues: Issues) -> CalendarSettings | None:
    """Where a record stands in a calendar; None without a start that the reader may read."""
    body = _object(sent, "calendar", issues)
    if body is None:
        return None
    start = _moment(body.get("start"), "/calendar/start", known, issues)
    end = None if body.get("end") is None else _moment(body["end"], "/calendar/end", known, issues)
    if start is None:
        return None
    if end is not None and _kind(end) != _kind(start):
        issues.add("/calendar/end", "view_calendar_kinds", label=end.label)
        end = None
    return CalendarSettings(
        start=start.key,
        end=end.key if end else None,
        title=_title(body.get("title"), "/calendar/title", known, issues),
        mode=_word(body.get("mode"), MODES, "/calendar/mode", issues),
    )


def gallery_settings(sent: Any, known: Known, issues: Issues) -> GallerySettings | None:
    """What a card shows."""
    body = _object(sent, "gallery", issues)
    if body is None:
        return None
    cover = None if body.get("cover") is None else known(body["cover"], "/gallery/cover")
    if cover is not None and cover.type.name != "image":
        issues.add("/gallery/cover", "view_cover", label=cover.label)
        cover = None
    return GallerySettings(
        cover=cover.key if cover else None,
        fit=_word(body.get("fit"), FITS, "/gallery/fit", issues),
        title=_title(body.get("title"), "/gallery/title", known, issues),
        size=_word(body.get("size"), SIZES, "/gallery/size", issues, usual="medium"),
        fields=tuple(_card_fields(body.get("fields"), known, issues)),
        badges=tuple(_badges(body.get("badges"), known, issues)),
    )


def tree_settings(sent: Any, form: Form, known: Known, issues: Issues) -> TreeSettings | None:
    """How records stand below each other; None without the relation to the record above."""
    body = _object(sent, "tree", issues)
    if body is None or (parent := known(body.get("parent"), "/tree/parent")) is None:
        return None
    if not is_tree(form, parent):
        issues.add("/tree/parent", "view_tree", label=parent.label)
        return None
    return TreeSettings(parent=parent.key)


def is_tree(form: Form, field: Field) -> bool:
    """Whether a field leads to the record above in a tree of the form's records."""
    return field.references == form.key and not field.type.several and bool(field.settings.get("tree"))


def _moment(key: Any, path: str, known: Known, issues: Issues) -> Field | None:
    field = known(key, path)
    if field is not None and _kind(field) not in _DATES:
        issues.add(path, "view_not_a_date", label=field.label)
        return None
    return field


def _card_fields(items: Any, known: Known, issues: Issues) -> Iterator[CardField]:
    seen = set()
    for path, item in _items(items, "fields", MOST_FIELDS, issues):
        if not isinstance(item, Mapping):
            issues.add(path, "view_not_an_object")
            continue
        field = known(item.get("field"), f"{path}/field")
        size = _word(item.get("size"), LETTERS, f"{path}/size", issues, usual="normal")
        if field is not None and field.key not in seen:
            seen.add(field.key)
            yield CardField(field=field.key, label=item.get("label") is not False, size=size)


def _badges(items: Any, known: Known, issues: Issues) -> Iterator[str]:
    for path, key in _items(items, "badges", MOST_BADGES, issues):
        field = known(key, path)
        if field is not None and field.type.name not in _BADGES:
            issues.add(path, "view_badge", label=field.label)
        elif field is not None:
            yield field.key


def _title(text: Any, path: str, known: Known, issues: Issues) -> str | None:
    """A template all of whose fields the reader may read; without it records go by their titles."""
    if text is None or text == "":
        return None
    if not isinstance(text, str) or len(text) > LONGEST_TITLE:
        issues.add(path, "view_title", most=LONGEST_TITLE)
        return None
    right = True
    for found in _PLACEHOLDER.finditer(text):
        field = known(found[1], path)
        if field is not None and _kind(field) not in _CAPTION:
            issues.add(path, "view_caption", label=field.label)
        right = right and field is not None and _kind(field) in _CAPTION
    if set(_PLACEHOLDER.sub("", text)) & {"{", "}"}:
        issues.add(path, "view_braces")
        return None
    return text if right else None


def _word(value: Any, words: Sequence[str], path: str, issues: Issues, usual: str | None = None) -> str:
    if value is not None and value not in words:
        issues.add(path, "view_word", words=", ".join(words))
    return value if value in words else usual or words[0]


def _object(sent: Any, name: str, issues: Issues) -> Mapping[str, Any] | None:
    if sent is not None and not isinstance(sent, Mapping):
        issues.add(f"/{name}", "view_not_an_object")
        return None
    return sent


def _items(items: Any, name: str, most: int, issues: Issues) -> Iterator[tuple[str, Any]]:
    if items is None:
        return
    if not isinstance(items, Sequence) or isinstance(items, str) or len(items) > most:
        issues.add(f"/gallery/{name}", "view_too_many", most=most)
        return
    for place, item in enumerate(items):
        yield f"/gallery/{name}/{place}", item


def _kind(field: Field) -> str:
    return field.formula_type.kind if field.formula_type else ""
