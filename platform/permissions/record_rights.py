"""Rights that differ from record to record: those of exactly the groups whose rows a record is among."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from joinery.permissions.field_rights import FieldRights, together
from joinery.permissions.row_scope import RowScope

#: Under this key the values of a record tell the groups, of those its row scope names, that it is among.
IN_GROUPS = "$groups"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordRights:
    """The rights of somebody whose groups say different things about the fields of their records.

    `always` come from groups that have all records, `by_group` from the others; `somewhere` is what holds for
    at least one record. `veils` has of each field that he may read on some records only, which those are; it
    is empty for lines, whose rights go by the record around them.
    """

    always: FieldRights
    by_group: Mapping[str, FieldRights]
    somewhere: FieldRights
    veils: Mapping[str, RowScope]
    _known: dict[frozenset[str], FieldRights] = field(default_factory=dict)

    def told(self) -> str:
        """The rights as text, equal for equal ones."""
        parts = {"": self.always, **self.by_group}
        return "\n".join(
            f"{key} {sorted(one.readable)} {sorted(one.masked.items(), key=str)}"
            for key, one in parts.items()
        )

    def on(self, groups: Collection[str]) -> FieldRights:
        """The rights on a record that is among the rows of these groups."""
        held = self.by_group.keys() & groups
        found = self._known.get(frozenset(held))
        if found is None:
            # In the order of the definition, whatever the order of a set.
            parts = (rights for key, rights in self.by_group.items() if key in held)
            found = self._known[frozenset(held)] = together((self.always, *parts))
        return found
