"""What should be: the relations of every record as somebody would keep them on paper, and what follows."""

from collections.abc import Iterator
from typing import Any

from tests.properties.linked_app import DOCUMENT, TIES, Tie

#: A form and an id.
Ref = tuple[str, int]

OWN = {
    form: [key for key, settings in definition["fields"].items() if settings["type"] != "formula"]
    for form, definition in DOCUMENT["forms"].items()
}


class Model:
    """Every record's own values, and when which went into the recycle bin.

    A value of a relation is the ids it holds as a tuple of refs, in order; lines are dicts of such values.
    """

    def __init__(self) -> None:
        self.rows: dict[Ref, dict[str, Any]] = {}
        self.gone: dict[Ref, int] = {}

    def live(self, *forms: str) -> list[Ref]:
        return [ref for ref in self.rows if ref not in self.gone and (not forms or ref[0] in forms)]

    def holders(self, tie: Tie, *, deleted: bool = False) -> Iterator[tuple[Ref, dict[str, Any]]]:
        """What can hold a relation: records, or lines with the record around them."""
        for ref, row in self.rows.items():
            if ref[0] == tie.form and (ref in self.gone) == deleted:
                yield from ((ref, one) for one in ([row] if tie.subform is None else row[tie.subform]))

    def pointing(self, tie: Tie, target: Ref) -> list[tuple[Ref, dict[str, Any]]]:
        return [(ref, row) for ref, row in self.holders(tie) if target in row[tie.field]]

    def at_end(self, target: Ref, key: str) -> list[tuple[Ref, dict[str, Any]]]:
        """The records (or lines) of a list of `target`."""
        [tie] = [one for one in TIES if one.ends.get(target[0]) == key]
        return self.pointing(tie, target)

    def sum_at(self, target: Ref, key: str, field: str) -> float:
        return sum(row[field] or 0 for _, row in self.at_end(target, key))

    def computed(self, ref: Ref) -> dict[str, Any]:
        """What the formulas of a record give."""
        row = self.rows[ref]
        match ref[0]:
            case "lead":
                return {"hours": self.sum_at(ref, "talks", "hours")}
            case "account":
                return {
                    "worth": self.sum_at(ref, "deals", "amount"),
                    "below": len(self.at_end(ref, "children")),
                    "hours": self.sum_at(ref, "visits", "hours"),
                }
            case "contact":
                badges = [one["name"] for _, one in self.at_end(ref, "badge")]
                return {
                    "worth": self.sum_at(ref, "deals", "amount"),
                    "badge_no": (badges or [None])[0],
                }
            case "deal":
                near = [self.rows[one]["amount"] or 0 for one in row["similar"] if one not in self.gone]
                orders = [self.computed(one)["pieces"] for one, _ in self.at_end(ref, "orders")]
                return {"ordered": sum(orders), "nearby": sum(near)}
            case "product":
                return {"sold": self.sum_at(ref, "sold_in", "qty")}
            case "order":
                return {"pieces": sum(line["qty"] or 0 for line in row["lines"])}
        return {}

    def is_below(self, account: Ref, top: Ref) -> bool:
        """Whether an account is another or stands somewhere below it."""
        seen = set()
        while account not in seen:
            if account == top:
                return True
            seen.add(account)
            account = (self.rows[account]["parent"] or (account,))[0]
        return False

    def taken(self, badge: Ref, holder: tuple[Ref, ...]) -> bool:
        return any(
            ref != badge and row["holder"] == holder != () for ref, row in self.holders(_named("holder"))
        )

    def delete(self, ref: Ref, moment: int) -> bool:
        """Delete a record with what belongs to it; False, and nothing done, when others need it."""
        falling = [ref]
        for one in falling:
            for tie in _reacting("cascade"):
                found = self.pointing(tie, one) if tie.subform is None else []
                falling += [other for other, _ in found if other not in falling]
        cut = {id(line) for line in self._lines_of(falling)}
        for tie in _reacting("restrict"):
            for one in falling:
                if any(id(row) not in cut and other not in falling for other, row in self.pointing(tie, one)):
                    return False
        self.gone |= dict.fromkeys(falling, moment)
        for other in self.live("order"):
            row = self.rows[other]
            row["lines"] = [line for line in row["lines"] if id(line) not in cut]
        for tie in _reacting("unlink"):
            for _, row in self.holders(tie):
                row[tie.field] = tuple(one for one in row[tie.field] if one not in falling)
        return True

    def _lines_of(self, falling: list[Ref]) -> Iterator[dict[str, Any]]:
        """Lines that belong to what is deleted."""
        for tie in _reacting("cascade"):
            if tie.subform is not None:
                yield from (row for one in falling for _, row in self.pointing(tie, one))

    def restore(self, ref: Ref) -> bool:
        """Bring a record back with what went along; False when its place was taken since."""
        if ref[0] == "badge" and self.taken(ref, self.rows[ref]["holder"]):
            return False
        moment = self.gone.pop(ref)
        for tie in _reacting("cascade"):
            if tie.subform is None:
                along = [
                    other
                    for other, row in self.holders(tie, deleted=True)
                    if ref in row[tie.field] and self.gone[other] == moment
                ]
                for other in along:
                    self.restore(other)
        return True


def _named(field: str) -> Tie:
    return next(tie for tie in TIES if tie.field == field)


def _reacting(on_delete: str) -> list[Tie]:
    return [tie for tie in TIES if tie.on_delete == on_delete]
