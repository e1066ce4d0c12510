"""Records that a scenario describes instead of naming: related ones, with those they are related to in turn.

Where the id of a related record would stand, its values may: {"account": {"name": "Acme"}}. The list at the
other end of a relation is described the same way: {"orders": [{"amount": 5}, {"amount": 7}]}.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from joinery.forms import CompiledApp, Draft, Form, RecordContext, prepare_record
from joinery.formulas import Path
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]
Values = Mapping[str, Any]

#: Described records go by numbers that no record of a test is likely to name.
FIRST = 5_000_000_001

#: What a real record would be refused for, and an imagined one is not.
_OF_NO_INTEREST = frozenset({"rule", "record_relation_filter", "record_read_only_field"})


@dataclass(slots=True)
class ImaginedRecords:
    """All records of a scenario but its own, each by form and number.

    `lists` are the records at the other ends of relations, by form, number (None: the record itself) and key.
    """

    app: CompiledApp
    context: RecordContext
    found: dict[tuple[str, int], Values] = field(default_factory=dict)
    lists: dict[tuple[str, int | None, str], tuple[int, ...]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @classmethod
    def around(cls, app: CompiledApp, context: RecordContext) -> "ImaginedRecords":
        """No records yet; `context` is for the own record of a scenario, see `knowing`."""
        made = cls(app, context)
        made.context = made.knowing(context)
        return made

    def knowing(self, context: RecordContext) -> RecordContext:
        """A context in which these records are known."""
        return replace(
            context,
            far=self._far,
            related=lambda form, number: self.found.get((form, number)),
            title_of_record=lambda form, number: (self.found.get((form, number)) or {}).get("title"),
        )

    def described(self, form: Form, sent: Json, at: str = "", number: int | None = None) -> dict[str, Any]:
        """The values of a record as the API takes them, with a number for each record that they describe."""
        values: dict[str, Any] = {}
        for key, raw in sent.items():
            place = at + pointer(key)
            inverse = next((one for one in form.inverses if one.key == key), None)
            if inverse is not None and key not in form.fields:
                there = self.app.forms[inverse.form]
                self.lists[form.key, number, key] = self._all(there, raw, place)
                continue
            lines = form.line_forms.get(key)
            if lines is not None and isinstance(raw, list):
                values[key] = [
                    self.described(lines, one, f"{place}/{index}") if isinstance(one, Mapping) else one
                    for index, one in enumerate(raw)
                ]
                continue
            relation = form.relations.get(key)
            values[key] = raw if relation is None else self._pointed(relation.references, raw, place)
        return values

    def _pointed(self, form: str | None, raw: Any, at: str) -> Any:
        """What a relation points at, described records by their numbers."""
        if form is None:
            return raw
        if isinstance(raw, list):
            return [
                self._one(self.app.forms[form], one, f"{at}/{index}") if _describes(one) else one
                for index, one in enumerate(raw)
            ]
        return self._one(self.app.forms[form], raw, at) if _describes(raw) else raw

    def _all(self, form: Form, raw: Any, at: str) -> tuple[int, ...]:
        items = raw if isinstance(raw, list) else [raw]
        for index, one in enumerate(items):
            if not isinstance(one, Mapping):
                self.issues.append(Issue(f"{at}/{index}", "workflow_test_no_record", {}))
        return tuple(
            self._one(form, one, f"{at}/{index}")
            for index, one in enumerate(items)
            if isinstance(one, Mapping)
        )

    def _one(self, form: Form, sent: Json, at: str) -> int:
        number = FIRST + len(self.found)
        # Its number is taken before those of the records that it describes.
        self.found[form.key, number] = {}
        draft = prepare_record(form, None, self.described(form, sent, at, number), self.context)
        self.issues += (issue.under(at) for issue in unreadable(draft, sent))
        self.found[form.key, number] = {**draft.values, "id": number}
        return number

    def _far(self, form: str, values: Values, paths: Collection[Path], as_app: bool) -> Mapping[Path, Any]:
        """The values at the ends of paths, as `RecordContext.far` gives them."""
        return {path: self._follow(self.app.forms[form], values, path) for path in paths}

    def _follow(self, form: Form, values: Values, path: Path) -> Any:
        link = form.names.link(path[0])
        if not path[1:] and (link is None or not link.many):
            return values.get(path[0])
        if link is None:
            return None
        there, rest = self.app.forms[link.form], path[1:]
        records = self._behind(form, values, path[0])
        if not link.many:
            return self._follow(there, records[0], rest) if records else None
        if not rest:
            return tuple(one["id"] for one in records if one.get("id") is not None)
        ends: Iterable[Any] = (self._follow(there, one, rest) for one in records)
        return tuple(_flat(ends) if there.names.source_of(rest) else ends)

    def _behind(self, form: Form, values: Values, key: str) -> Sequence[Values]:
        """The described records behind a relation of a record; its lines are within it."""
        link = form.names.link(key)
        assert link is not None, "only relations are followed"
        value = values.get(key if link.inverse else link.field)
        if isinstance(value, tuple) and value and isinstance(value[0], Mapping):
            return [{**line, "id": line.get("id") or -1 - place} for place, line in enumerate(value)]
        if link.inverse:
            numbers = self.lists.get((form.key, values.get("id"), key), ())
        else:
            numbers = value if isinstance(value, tuple) else (value,)
        return [found for one in numbers if (found := self.found.get((link.form, one))) is not None]


def unreadable(draft: Draft, sent: Json) -> tuple[Issue, ...]:
    """Problems with values that were sent; what else a real record would need or keep is not asked for."""
    issues = (issue for issue in draft.issues if issue.code not in _OF_NO_INTEREST)
    return tuple(issue for issue in issues if issue.path.removeprefix("/").partition("/")[0] in sent)


def _describes(raw: Any) -> bool:
    """Whether a value is the description of a record and does not name one."""
    return isinstance(raw, Mapping) and "id" not in raw


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    return (item for value in values for item in value or ())
