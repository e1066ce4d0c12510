"""Text search over a form's records, without extensions of the database.

Each record keeps its searchable text twice: as a tsvector of two-character pieces, whose index finds
candidates, and folded, field by field, to compare with. In the folded text a mark of control characters
opens each field, so that a reader is never told about the text of a field hidden from him.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Field, ShowContext, folded, grams, search_tokens
from joinery.formulas import EvaluationContext
from joinery.permissions import Reach
from joinery.storage.conditions import veiled
from joinery.storage.record_tables import RecordTable

#: Characters of one record that search looks into; a novel in a field must not swell the index.
MAXIMUM_SEARCHED = 20_000

_MARK = "\x02"
#: Stands between pieces while all of them are quoted at once; texts have no such character.
_BETWEEN = "\0"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
#: Control characters for the sixteen digits of a field's mark; none of them can be searched for.
_DIGITS = str.maketrans(
    "0123456789abcdef", "\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"
)


#: The columns of what is stored of a record's text.
SEARCHED = ("search", "_searched")


def searched_columns(table: RecordTable, values: Mapping[str, Any], show: ShowContext) -> dict[str, str]:
    """What is stored of a record's text, by column; `values` are all of its values."""
    return dict(zip(SEARCHED, searched(table, values, show), strict=True))


def searched(table: RecordTable, values: Mapping[str, Any], show: ShowContext) -> tuple[str, str]:
    """What is stored of a record's text, in the order of `SEARCHED`."""
    parts = []
    room = MAXIMUM_SEARCHED
    for field in table.form.search_fields:
        value = values.get(field.key)
        if value is None or room <= 0:
            continue
        text = value if field.type.is_own_text else field.type.search_text(field, value, show)
        text = _clean(text[:room])
        room -= len(text)
        parts.append((field.key, text))
    pieces = grams("\n".join([text for _, text in parts]))
    return (
        _quoted(_BETWEEN.join(pieces)).replace(_BETWEEN, "' '") if pieces else "",
        "".join([mark(key) + text for key, text in parts]),
    )


def search_clauses(
    table: RecordTable,
    text: str | None,
    readable: frozenset[str] | None,
    context: EvaluationContext,
    reach: Reach | None,
) -> tuple[sa.ColumnElement[bool], ...]:
    """Records that have every word of `text` in a searchable field that is `readable` (None: all are).

    A field that may be read within `reach` on some records only is looked into on these.
    The same number of words gives the same clauses; `search_parameters` has the values of another text.
    """
    if text is None or not text.strip():
        return ()
    fields = [field for field in table.form.search_fields if readable is None or field.key in readable]
    words = search_words(text)
    if not fields or not words:
        return (sa.false(),)
    given = {name: sa.bindparam(name, value, sa.Text) for name, value in search_parameters(text).items()}
    found = table.table.c.search.bool_op("@@")(sa.cast(given["search_query"], pg.TSQUERY))
    haystacks = _haystacks(table, fields, context, reach)
    patterns = [given[f"search_word_{place}"] for place in range(len(words))]
    return (found, *(sa.or_(*(hay.like(pattern) for hay in haystacks)) for pattern in patterns))


def search_words(text: str | None) -> list[str]:
    """The words that are looked for, all of them."""
    return _clean(text).split() if text else []


def can_use_blocks(text: str | None) -> bool:
    """Whether what the index holds for this text can be asked for block by block.

    A single character stands for many pieces, and those are put together for all blocks at once.
    """
    tokens = _asked_pieces(text) if text else []
    return bool(tokens) and all(len(token) > 1 for token in tokens)


def search_parameters(text: str | None) -> dict[str, str]:
    """The values in `search_clauses` for a text."""
    words = search_words(text)
    if text is None or not words:
        return {}
    patterns = {f"search_word_{place}": f"%{_escaped(word)}%" for place, word in enumerate(words)}
    return {"search_query": _tsquery(_asked_pieces(text)), **patterns}


def _asked_pieces(text: str) -> list[str]:
    """What the index is asked for: single characters only when there is nothing better to ask for."""
    tokens = search_tokens(text)
    return [token for token in tokens if len(token) > 1] or tokens


def _escaped(word: str) -> str:
    """A word for LIKE: its own signs mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@cache
def mark(key: str) -> str:
    """What opens the text of a field."""
    return _MARK + hashlib.sha256(key.encode()).hexdigest()[:8].translate(_DIGITS)


def _haystacks(
    table: RecordTable, fields: list[Field], context: EvaluationContext, reach: Reach | None
) -> list[sa.ColumnElement[str]]:
    """The texts to look into: one for everything, or one for each field when some are hidden."""
    searched = table.table.c["_searched"]
    veils = [reach and reach.veil(table.form.key, field.key) for field in fields]
    if len(fields) == len(table.form.search_fields) and not any(veils):
        return [searched]
    texts = [
        sa.func.split_part(sa.func.split_part(searched, mark(field.key), 2), _MARK, 1, type_=sa.Text)
        for field in fields
    ]
    return [veiled(table, field.key, text, context, reach) for field, text in zip(fields, texts, strict=True)]


def _clean(text: str) -> str:
    text = folded(text)
    return text if text.isprintable() else _CONTROL.sub(" ", text)


def _tsquery(tokens: list[str]) -> str:
    """The tokens as a query for all of them; one character stands for all pieces that begin with it."""
    return " & ".join(_quoted(token) + (":*" if len(token) == 1 else "") for token in tokens)


def _quoted(piece: str) -> str:
    """A piece in the quotes of tsvector and tsquery."""
    if "\\" in piece or "'" in piece:
        piece = piece.replace("\\", "\\\\").replace("'", "''")
    return f"'{piece}'"
