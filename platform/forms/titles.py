"""What a record is called: a template over its fields, kept as text."""

import re
from collections.abc import Mapping
from typing import Any

from joinery.definitions import FormDefinition
from joinery.forms.field_type import ShowContext
from joinery.forms.form import Field, Form

MAXIMUM_TITLE = 255

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_SEPARATORS = " -–—·|/,;:、，"


def title_parts(definition: FormDefinition, fields: Mapping[str, Field]) -> tuple[str | Field, ...]:
    """The parts of a form's title; without a template the first text-like field is the title."""
    if definition.title is None:
        hidden = hidden_fields(definition)
        texts = (field for field in fields.values() if field.type.searched_by_default)
        first = next((field for field in texts if field.key not in hidden), None)
        return () if first is None else (first,)
    pieces = _PLACE.split(definition.title)
    # Texts and keys take turns in what `split` gives.
    parts = [fields.get(piece, piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return tuple(part for part in parts if part != "")


def hidden_fields(definition: FormDefinition) -> frozenset[str]:
    """The fields that some permission group hides.

    Titles are told to everybody who sees a record, in relations and searches too, so none of these is in one.
    """
    groups = (definition.permissions or {}).values()
    return frozenset(key for group in groups for key in group.hidden_fields)


def title_of(form: Form, values: Mapping[str, Any], context: ShowContext) -> str:
    """The title of a record; the first words found in it when the template gives nothing, at worst ""."""
    texts, filled, gaps = [], False, False
    for part in form.title_parts:
        if isinstance(part, str):
            texts.append(part)
        elif (value := values.get(part.key)) is not None:
            texts.append(part.type.plain_text(part, value, context))
            filled = True
        else:
            gaps = True
    if not filled:
        texts = _first_words(form, values, context)
    title = " ".join("".join(texts).split())
    return (_without_loose_ends(title) if gaps and filled else title)[:MAXIMUM_TITLE]


def _without_loose_ends(title: str) -> str:
    """What stays sensible of "{no} - {company} ({city})" when one of them is blank."""
    return title.replace("()", "").replace("（）", "").strip(_SEPARATORS)


def _first_words(form: Form, values: Mapping[str, Any], context: ShowContext) -> list[str]:
    for field in form.title_fallbacks:
        value = values.get(field.key)
        if value is not None and (text := field.type.plain_text(field, value, context)):
            return [text]
    return []
