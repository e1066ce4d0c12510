"""What people do to linked records, sent to the API and kept in the model alike."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.api.ties import Ties
from tests.properties.linked_app import TIES, Tie
from tests.properties.linked_model import OWN, Model, Ref

NUMBERS = {"deal": "amount", "visit": "hours"}
NUMBER = st.none() | st.integers(0, 50)
#: How many records of a form there are at most in one sequence.
MOST = 4


def sent(tie: Tie, value: tuple[Ref, ...]) -> Any:
    """The value of a relation as the API takes it."""
    if tie.kind == "relations":
        return [one for _, one in value]
    if tie.kind == "relation_any":
        return {"form": value[0][0], "id": value[0][1]} if value else None
    return value[0][1] if value else None


class Steps:
    """One sequence of edits. Every call says what status it expects."""

    def __init__(self, ties: Ties) -> None:
        self.ties = ties
        self.model = Model()
        self.now = 0
        self.batches: list[tuple[int, dict[Ref, dict[str, tuple[Any, Any]]]]] = []
        self.conversions: dict[Ref, dict[str, Any]] = {}
        self.created: dict[Ref, dict[str, Any]] = {}
        #: By form what was last found in its recycle bin.
        self.bins: dict[str, list[Ref]] = {}
        #: By record and list what was last found there.
        self.lists: dict[tuple[Ref, str], list[int]] = {}

    def call(self, method: str, form: str, rest: str, body: Any, *expected: int) -> Any:
        """Ask the API a minute later; the answer of one of the expected statuses."""
        self.now += 1
        self.ties.shop.services.clock.move(timedelta(minutes=1))
        status, answer = self.ties.client.call(method, self.ties.url(form, rest), body)
        assert status in (expected or (200,)), (
            method,
            form,
            rest,
            body,
            status,
            answer,
        )
        return answer

    def patch(self, ref: Ref, expected: int = 200, **values: Any) -> Any:
        revision = self.ties.read(ref[0], {"id": ref[1]}, "revision")
        return self.call("PATCH", ref[0], f"/{ref[1]}", {**values, "revision": revision}, expected)

    def create(self, data, form: str) -> Ref | None:
        if sum(one == form for one, _ in self.model.rows) >= MOST:
            return None
        row: dict[str, Any] = dict.fromkeys(OWN[form], ())
        row["name"] = f"{form} {len(self.model.rows)}"
        if form in NUMBERS:
            row[NUMBERS[form]] = data.draw(NUMBER)
        for tie in TIES:
            if tie.form == form and tie.subform is None:
                row[tie.field] = self.value(data, tie)
        wrong = form == "badge" and self.model.taken(("badge", 0), row["holder"])
        lines = [self.new_line(data) for _ in range(data.draw(st.integers(0, 2)))] if form == "order" else []
        body = {
            **row,
            **{
                tie.field: sent(tie, row[tie.field])
                for tie in TIES
                if tie.form == form and tie.subform is None
            },
        }
        if form == "order":
            body["lines"] = [self.sent_line(line) for line in lines]
        answer = self.call("POST", form, "", body, 409 if wrong else 201)
        if wrong:
            return None
        ref = (form, answer["id"])
        if form == "order":
            row["lines"] = [
                {**line, "id": one["id"]} for line, one in zip(lines, answer["lines"], strict=True)
            ]
        self.model.rows[ref] = row
        self.created[ref] = answer
        return ref

    def value(self, data, tie: Tie) -> tuple[Ref, ...]:
        """Some live records that a relation may point at."""
        most = 3 if tie.kind == "relations" else 1
        targets = self.model.live(*tie.ends)
        return (
            tuple(data.draw(st.lists(st.sampled_from(targets), max_size=most, unique=True)))
            if targets
            else ()
        )

    def new_line(self, data) -> dict[str, Any]:
        found = {tie.field: self.value(data, tie) for tie in TIES if tie.subform}
        return {"qty": data.draw(NUMBER), **found}

    def sent_line(self, line: dict[str, Any]) -> dict[str, Any]:
        links = {tie.field: sent(tie, line[tie.field]) for tie in TIES if tie.subform}
        known = {"id": line["id"]} if "id" in line else {}
        return {**known, "qty": line["qty"], **links}

    def set_number(self, data, ref: Ref) -> None:
        number = data.draw(NUMBER)
        self.patch(ref, **{NUMBERS[ref[0]]: number})
        self.model.rows[ref][NUMBERS[ref[0]]] = number

    def set_relation(self, data, ref: Ref, tie: Tie) -> None:
        value = self.value(data, tie)
        circle = tie.field == "parent" and bool(value) and self.model.is_below(value[0], ref)
        taken = tie.unique and self.model.taken(ref, value)
        self.patch(
            ref,
            422 if circle else 409 if taken else 200,
            **{tie.field: sent(tie, value)},
        )
        if not circle and not taken:
            self.model.rows[ref][tie.field] = value

    def set_end(self, data, target: Ref, tie: Tie) -> None:
        """Change a list of the other form: some come, some go, or (whole) exactly these."""
        rows, key = self.model.rows, tie.ends[target[0]]
        others = [one for one in self.model.live(tie.form) if not self._circle(tie, one, target)]
        some = st.lists(st.sampled_from(others), max_size=3, unique=True) if others else st.just([])
        add, whole = data.draw(some), data.draw(st.booleans())
        there = [one for one, _ in self.model.pointing(tie, target)]
        if tie.unique:
            add, whole = add[:1], True
        remove = [one for one in (there if whole else data.draw(some)) if one not in add]
        ids = [one for _, one in add]
        body = ids if whole else {"add": ids, "remove": [one for _, one in remove]}
        self.patch(target, **{key: (ids or [None])[0] if tie.unique else body})
        for one in remove:
            rows[one][tie.field] = tuple(ref for ref in rows[one][tie.field] if ref != target)
        for one in add:
            held = rows[one][tie.field]
            many = tie.kind == "relations"
            rows[one][tie.field] = held if target in held else (*held, target) if many else (target,)

    def _circle(self, tie: Tie, one: Ref, target: Ref) -> bool:
        return tie.field == "parent" and self.model.is_below(target, one)

    def edit_lines(self, data, order: Ref) -> None:
        row = self.model.rows[order]
        lines = [dict(line) for line in data.draw(st.permutations(row["lines"]))]
        lines = lines[: data.draw(st.integers(0, len(lines)))] if data.draw(st.booleans()) else lines
        for line in lines:
            tie = data.draw(st.sampled_from([None, *(one for one in TIES if one.subform)]))
            line.update({"qty": data.draw(NUMBER)} if tie is None else {tie.field: self.value(data, tie)})
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), self.new_line(data))
        known = {line["id"]: line for line in row["lines"]}
        body = [self._altered(known.get(line.get("id")), line) for line in lines]
        answer = self.patch(order, lines=body)
        row["lines"] = [{**line, "id": one["id"]} for line, one in zip(lines, answer["lines"], strict=True)]

    def _altered(self, before: dict[str, Any] | None, line: dict[str, Any]) -> dict[str, Any]:
        """A line as it is sent: of one that is stored only what changed."""
        whole = self.sent_line(line)
        return (
            whole
            if before is None
            else {key: value for key, value in whole.items() if key == "id" or line[key] != before[key]}
        )

    def delete(self, ref: Ref) -> None:
        done = self.model.delete(ref, self.now + 1)
        self.call("DELETE", ref[0], f"/{ref[1]}", None, 204 if done else 409)

    def restore(self, ref: Ref) -> None:
        done = self.model.restore(ref)
        self.call("POST", ref[0], f"/{ref[1]}/restore", {}, 200 if done else 409)
