"""What the kinds of views need beside columns: where a record stands in a calendar, on a card, in a tree."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

Json = Mapping[str, Any]

#: The kinds of views, and those that cannot do without the settings of their name.
VIEW_KINDS = ("list", "kanban", "calendar", "gallery", "tree")
SETTLED_KINDS = ("calendar", "tree")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSettings:
    """Where a record stands in a calendar: from the field `start` to the field `end`, both days or moments.

    `title` is a template ("{name}"), None for the record's title; `mode` is what is shown at first.
    """

    start: str
    end: str | None = None
    title: str | None = None
    mode: str = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardField:
    """A field on a card: with its name or without, in letters that are "small", "normal" or "large"."""

    field: str
    label: bool = True
    size: str = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class GallerySettings:
    """A card: the picture of the field `cover` ("fill" or "whole"), a title, fields and badges."""

    cover: str | None = None
    fit: str = "fill"
    title: str | None = None
    size: str = "medium"
    fields: tuple[CardField, ...] = ()
    badges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeSettings:
    """How records stand below each other: the relation `parent` leads to the one above."""

    parent: str


def load_calendar(body: Json | None) -> CalendarSettings | None:
    """The calendar settings in a view's JSON."""
    return None if body is None else CalendarSettings(**body)


def load_gallery(body: Json | None) -> GallerySettings | None:
    """The gallery settings in a view's JSON."""
    if body is None:
        return None
    return GallerySettings(
        **{
            **body,
            "fields": tuple(CardField(**item) for item in body.get("fields") or ()),
            "badges": tuple(body.get("badges") or ()),
        }
    )


def load_tree(body: Json | None) -> TreeSettings | None:
    """The tree settings in a view's JSON."""
    return None if body is None else TreeSettings(**body)


def dump_settings(settings: CalendarSettings | GallerySettings | TreeSettings | CardField) -> dict[str, Any]:
    """Settings as JSON, without what is as usual."""
    written: dict[str, Any] = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        if value != one.default:
            written[one.name] = [_dump(item) for item in value] if isinstance(value, tuple) else value
    return written


def _dump(item: Any) -> Any:
    return dump_settings(item) if isinstance(item, CardField) else item
