"""What kind of value an expression has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value: its kind, for a list also the type of its items, for a record its form.

    Kinds are text, number, money, percent, boolean, date, datetime, time, duration, choice, user,
    department, organisation, record, list and blank. Functions also declare parameters of the pseudo
    kinds "any", "same" (all such arguments agree, and so does the result), "key" (all such arguments can be
    compared with each other), "moment" (date or datetime), "clock" (time or datetime) and "items"
    (single values or lists).
    """

    kind: str
    item: "Type | None" = None
    form: str | None = None

    @property
    def is_numeric(self) -> bool:
        """Whether values are decimal numbers (number, money and percent)."""
        return self.kind in NUMERIC_KINDS

    def __str__(self) -> str:
        if self.kind == "list":
            return f"list of {self.item}"
        return f"{self.form} record" if self.form else self.kind


NUMERIC_KINDS = frozenset({"number", "money", "percent"})
#: Kinds whose values are ids of something.
REFERENCE_KINDS = frozenset({"user", "department", "organisation", "record"})

TEXT = Type("text")
NUMBER = Type("number")
MONEY = Type("money")
PERCENT = Type("percent")
BOOLEAN = Type("boolean")
DATE = Type("date")
DATETIME = Type("datetime")
TIME = Type("time")
DURATION = Type("duration")
CHOICE = Type("choice")
USER = Type("user")
DEPARTMENT = Type("department")
ORGANISATION = Type("organisation")
BLANK = Type("blank")

ANY = Type("any")
SAME = Type("same")
KEY = Type("key")
MOMENT = Type("moment")
CLOCK = Type("clock")


def list_of(item: Type) -> Type:
    """The type of a list whose items have the type `item`."""
    return Type("list", item=item)


def items_of(item: Type) -> Type:
    """A parameter that takes single values of `item` and lists of them alike."""
    return Type("items", item=item)


def record_of(form: str | None) -> Type:
    """The type of a relation to records of `form` (None when any form will do)."""
    return Type("record", form=form)


def unify(one: Type, other: Type) -> Type | None:
    """The type both can be seen as, or None: blank fits everything, mixed simple values become text."""
    if one == other or other.kind == "blank":
        return one
    if one.kind == "blank":
        return other
    if one.is_numeric and other.is_numeric:
        return MONEY if MONEY in (one, other) else NUMBER
    kinds = {one.kind, other.kind}
    if kinds == {"date", "datetime"}:
        return DATETIME
    if kinds == {"choice", "text"}:
        return TEXT
    if kinds == {"record"}:
        return record_of(None)
    if "list" in kinds:
        return _unify_lists(one, other)
    return TEXT if kinds <= _SHOWN_AS_TEXT else None


_SHOWN_AS_TEXT = {"text", "choice", "boolean", "date", "datetime", "time", *NUMERIC_KINDS}


def _unify_lists(one: Type, other: Type) -> Type | None:
    if one.kind != other.kind or one.item is None or other.item is None:
        return None
    item = unify(one.item, other.item)
    return list_of(item) if item else None
