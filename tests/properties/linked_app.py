"""An app with relations of every kind, in which whatever may happen to relations can happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LABEL = {"en": "X", "zh": "某"}


def field(kind: str, **settings: Any) -> dict[str, Any]:
    return {"type": kind, "label": LABEL, **settings}


def total(formula: str) -> dict[str, Any]:
    return field("formula", result="number", formula=formula)


def relation(kind: str, form: str, inverse: str, on_delete: str, **settings: Any) -> dict[str, Any]:
    other = {"key": inverse, "label": LABEL}
    return field(kind, form=form, inverse=other, on_delete=on_delete, **settings)


def form(title: str, **fields: Any) -> dict[str, Any]:
    return {"label": LABEL, "title": title, "fields": fields}


LINES = field(
    "subform",
    fields={
        "qty": field("number"),
        "product": relation("relation", "product", "sold_in", "restrict"),
        "gift": relation("relation", "product", "given_in", "unlink"),
        "part": relation("relation", "product", "part_of", "cascade"),
        "whose": field(
            "relation_any",
            forms=["account", "lead"],
            on_delete="unlink",
            inverse={"key": "wanted", "label": LABEL},
        ),
    },
)

DOCUMENT: dict[str, Any] = {
    "joinery": 1,
    "app": "ties",
    "version": "1.0.0",
    "label": LABEL,
    "menu": [],
    "roles": {},
    "forms": {
        "lead": form(
            "{name}",
            name=field("text"),
            account=relation("relation", "account", "leads", "unlink"),
            hours=total("SUM({talks.hours})"),
        ),
        "account": form(
            "{name}",
            name=field("text"),
            parent=relation("relation", "account", "children", "cascade", tree=True),
            worth=total("SUM({deals.amount})"),
            below=total("COUNT({children.id})"),
            hours=total("SUM({visits.hours})"),
        ),
        "contact": form(
            "{name}",
            name=field("text"),
            worth=total("SUM({deals.amount})"),
            badge_no=field("formula", result="text", formula="{badge.name}"),
        ),
        "badge": form(
            "{name}",
            name=field("text"),
            holder=relation("relation", "contact", "badge", "unlink", unique=True),
        ),
        "deal": form(
            "{name}",
            name=field("text"),
            amount=field("number"),
            account=relation("relation", "account", "deals", "restrict"),
            contacts=relation("relations", "contact", "deals", "unlink"),
            similar=relation("relations", "deal", "similar_to", "unlink"),
            ordered=total("SUM({orders.pieces})"),
            nearby=total("SUM({similar.amount})"),
        ),
        "visit": form(
            "{name}",
            name=field("text"),
            hours=field("number"),
            deal=relation("relation", "deal", "meetings", "cascade"),
            about=field(
                "relation_any",
                forms=["lead", "account", "deal"],
                on_delete="unlink",
                inverse={"key": "visits", "label": LABEL, "keys": {"lead": "talks"}},
            ),
        ),
        "product": form("{name}", name=field("text"), sold=total("SUM({sold_in.qty})")),
        "order": form(
            "{name}",
            name=field("text"),
            deal=relation("relation", "deal", "orders", "cascade"),
            lines=LINES,
            pieces=total("SUM({lines.qty})"),
        ),
    },
}
DOCUMENT["forms"]["lead"]["conversions"] = {
    "become": {
        "label": LABEL,
        "targets": {
            "account": {"form": "account", "values": {"name": "{name}"}},
            "deal": {
                "form": "deal",
                "values": {"name": "{name}"},
                "links": {"account": "account"},
            },
        },
        "links": {"account": "account"},
        "move": {"talks": {"about": "account"}},
    }
}


@dataclass(frozen=True)
class Tie:
    """A relation: where it stands (`subform` for one of lines), and by form the key of its other end."""

    form: str
    field: str
    kind: str
    ends: Mapping[str, str]
    on_delete: str
    unique: bool = False
    subform: str | None = None


def _ties() -> list[Tie]:
    found = []
    for key, definition in DOCUMENT["forms"].items():
        for name, settings in definition["fields"].items():
            found += [_tie(key, name, settings)] if "inverse" in settings else []
            for inner, of_line in settings.get("fields", {}).items():
                found += [_tie(key, inner, of_line, name)] if "inverse" in of_line else []
    return found


def _tie(form: str, field: str, settings: Mapping[str, Any], subform: str | None = None) -> Tie:
    inverse = settings["inverse"]
    ends = {one: inverse.get("keys", {}).get(one, inverse["key"]) for one in settings.get("forms", ())}
    return Tie(
        form=form,
        field=field,
        kind=settings["type"],
        ends=ends or {settings["form"]: inverse["key"]},
        on_delete=settings["on_delete"],
        unique=settings.get("unique", False),
        subform=subform,
    )


TIES = _ties()
