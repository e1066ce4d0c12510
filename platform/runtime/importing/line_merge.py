"""The lines that a file brings for a record, put together with those the record has already."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.forms import Field, ParseContext, ValueProblem
from joinery.kernel import Issue, pointer
from joinery.runtime.importing.order import LineChoice
from joinery.runtime.importing.targets import named
from joinery.runtime.records.open_form import OpenForm

Values = Mapping[str, Any]
_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The complete lines of a record, to be sent, with the line of the file that each is (None: stored only).

    `issues` are of lines of the file, by their place in it.
    """

    lines: list[dict[str, Any]]
    origins: list[int | None]
    issues: Mapping[int, Issue]


class LineMerge:
    """How the lines of one subform are put together; `fields` are those that columns of the file go into."""

    def __init__(self, there: OpenForm, choice: LineChoice, fields: Sequence[str]) -> None:
        self._choice = choice
        self._subform = there.form.subform
        # Without a key, "replace" knows lines again that are alike in everything the file tells; what may be
        # a record of several forms is found out only when it is saved.
        known = [field for key in fields if len((field := there.form.fields[key]).type.targets(field)) < 2]
        alike = known if choice.mode == "replace" else []
        self._fields: list[Field] = [there.form.fields[key] for key in choice.match] or alike
        self._parsing = ParseContext(
            directory=there.lookup,
            language=there.unit.workspace.language,
            time_zone=there.evaluation.time_zone,
        )

    @property
    def replaces(self) -> bool:
        """Whether lines that the file does not have go."""
        return self._choice.mode == "replace"

    def merge(self, stored: Sequence[Values], sent: Sequence[Values]) -> Merged:
        """The lines of a stored record after the import; `sent` are the cells of those in the file."""
        pairs = self._pairs(stored, sent)
        if self.replaces:
            lines = [self._line(cells, pairs[place]) for place, cells in enumerate(sent)]
            return Merged(lines=lines, origins=list(range(len(sent))), issues={})
        changes = {} if self._choice.mode == "add" else {line: place for place, line in pairs.items()}
        origins = [changes.get(line["id"]) for line in stored]
        lines = [
            {"id": line["id"], **({} if place is None else sent[place])}
            for line, place in zip(stored, origins, strict=True)
        ]
        issues: dict[int, Issue] = {}
        for place, cells in enumerate(sent):
            if pairs[place] is not None:
                continue
            if self._choice.mode == "update":
                name = named(self._subform, self._fields[0].key)
                issues[place] = Issue(pointer(name), "import_no_line")
            else:
                lines.append(dict(cells))
                origins.append(place)
        return Merged(lines=lines, origins=origins, issues=issues)

    @staticmethod
    def _line(cells: Values, stored: int | None) -> dict[str, Any]:
        return dict(cells) if stored is None else {"id": stored, **cells}

    def _pairs(self, stored: Sequence[Values], sent: Sequence[Values]) -> dict[int, int | None]:
        """By place in the file the id of the stored line that it is; lines that are alike in their order."""
        waiting: defaultdict[_Key, list[int]] = defaultdict(list)
        if self._fields:
            for line in reversed(stored):
                waiting[tuple(_folded(line.get(field.key)) for field in self._fields)].append(line["id"])
        pairs: dict[int, int | None] = {}
        for place, cells in enumerate(sent):
            alike = waiting.get(key) if (key := self._key_of(cells)) is not None else None
            pairs[place] = alike.pop() if alike else None
        return pairs

    def _key_of(self, cells: Values) -> _Key | None:
        """The values of a line in the fields of its key; None when one is no such value."""
        try:
            return tuple(_folded(self._value(field, cells.get(field.key))) for field in self._fields)
        except ValueProblem:
            return None

    def _value(self, field: Field, cell: Any) -> Any:
        if cell is None or cell == "":
            return None
        if isinstance(cell, dict | list):
            return field.type.parse(field, cell, self._parsing)
        if field.type.targets(field):
            # A name that was not found yet: no stored line has it.
            raise ValueProblem("value_unknown_record")
        return field.type.parse_text(field, cell, self._parsing)


def _folded(value: Any) -> Any:
    """Equal for values that are alike, and with a hash."""
    match value:
        case str():
            return value.casefold()
        case dict():
            return frozenset((key, _folded(one)) for key, one in value.items())
        case list() | tuple():
            return tuple(map(_folded, value))
    return value
