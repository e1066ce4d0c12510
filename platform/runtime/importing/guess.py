"""Which form a file probably goes into: by its name and by how its columns match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinery.forms import Form
from joinery.runtime.importing.mapping import normalise, suggest_fields
from joinery.runtime.importing.targets import lacking, open_targets
from joinery.runtime.records.open_form import OpenForm

#: What else people call the files of a form; the words of one line mean the same.
_FORM_WORDS = (
    ("account", "accounts", "customer", "customers", "company", "companies", "clients", "客户", "公司"),
    ("opportunity", "opportunities", "deal", "deals", "pipeline", "sales_pipeline", "商机", "销售机会"),
    ("lead", "leads", "prospect", "prospects", "线索", "潜在客户"),
    ("contact", "contacts", "people", "person", "联系人"),
    ("product", "products", "item", "items", "articles", "产品", "商品"),
    ("order", "orders", "sales_orders", "订单"),
)
#: A file less like a form than this is like none.
_ENOUGH = 0.5
_BY_NAME = 0.5
_INCOMPLETE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A form with the fields suggested for the columns of a file; `score` from 0 to 1.5."""

    at: OpenForm
    suggestions: Mapping[str, str | None]
    score: float


def guess_forms(forms: Sequence[OpenForm], name: str, columns: Sequence[str]) -> list[Guess]:
    """All forms, the likeliest first."""
    guesses = [_guess(at, name, columns) for at in forms]
    return sorted(guesses, key=lambda guess: -guess.score)


def likeliest(guesses: Sequence[Guess]) -> Guess | None:
    """The form that a file is for; None when it is like none of them."""
    return guesses[0] if guesses and guesses[0].score >= _ENOUGH else None


def _guess(at: OpenForm, name: str, columns: Sequence[str]) -> Guess:
    writable = frozenset(target.name for target in open_targets(at))
    suggestions = suggest_fields(columns, at.form, writable)
    matched = {key for key in suggestions.values() if key}
    score = len(matched) / max(len(columns), 1)
    if lacking(at.form, matched):
        score *= _INCOMPLETE
    if _is_called(at.form, name):
        score += _BY_NAME
    return Guess(at=at, suggestions=suggestions, score=score)


def _is_called(form: Form, name: str) -> bool:
    stem = normalise(name.rsplit(".", 1)[0])
    own = {normalise(word) for word in (form.key, *form.label.values(), *form.definition.plural.values())}
    for words in _FORM_WORDS:
        folded = {normalise(word) for word in words}
        if own & folded:
            own |= folded
    return any(len(word) > 1 and word in stem for word in own)
