"""What one actor may do on one form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from joinery.definitions import MaskDefinition
from joinery.kernel import Forbidden
from joinery.permissions.field_rights import FieldRights, Reached, reach_in
from joinery.permissions.record_rights import RecordRights
from joinery.permissions.row_scope import NOTHING, RowScope

_LABELS: Mapping[str, Mapping[str, str]] = {
    "view": {"en": "view these records", "zh": "查看记录"},
    "create": {"en": "create records", "zh": "新建记录"},
    "edit": {"en": "change this record", "zh": "编辑记录"},
    "batch": {"en": "change many records in one go", "zh": "批量修改记录"},
    "delete": {"en": "delete this record", "zh": "删除记录"},
    "restore": {"en": "restore this record", "zh": "恢复记录"},
    "import": {"en": "import records", "zh": "导入记录"},
    "export": {"en": "export records", "zh": "导出记录"},
    "comment": {"en": "comment on these records", "zh": "评论记录"},
    "print": {"en": "print this record", "zh": "打印记录"},
    "share": {"en": "change the team of this record", "zh": "变更记录团队成员"},
}
#: Everything one may do with a form's records.
ACTIONS = frozenset(_LABELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAccess:
    """The actions on a form, the rows of each, and the fields.

    `rows` may be seen, `write_rows` changed; `rows_for` gives the rows of any action. `readable` and
    `writable` are keys of fields and of system fields, those of every record that may be seen or changed. Of
    `masked` fields only a part is shown, and nothing else can be done with them. `buttons` are those one may
    use on some records, None for all.

    Where the rights differ from record to record, `varying` has them and `on` gives those on one record.
    `new` are the rights on records that are being created, None where they are the same; where groups that
    let one create differ in what may be filled in, `filling` says what of a record once it is there.
    """

    actions: frozenset[str]
    scopes: Mapping[str, RowScope]
    readable: frozenset[str]
    writable: frozenset[str]
    masked: Mapping[str, MaskDefinition] = field(default_factory=dict)
    buttons: frozenset[str] | None = None
    new: FieldRights | None = None
    varying: RecordRights | None = None
    filling: RecordRights | None = None

    @property
    def rows(self) -> RowScope:
        """The records that may be seen."""
        return self.rows_for("view")

    @property
    def write_rows(self) -> RowScope:
        """The records that may be changed."""
        return self.rows_for("edit")

    def rows_for(self, action: str) -> RowScope:
        """The records on which an action is allowed."""
        return self.scopes.get(action, NOTHING)

    @property
    def readable_somewhere(self) -> frozenset[str]:
        """The fields that may be read on some records, be they new ones."""
        found = self.readable if self.varying is None else self.varying.somewhere.readable
        return found if self.new is None else found | self.new.readable

    @property
    def writable_somewhere(self) -> frozenset[str]:
        """The fields that may be changed on some records, or filled in on new ones."""
        found = self.writable if self.varying is None else self.varying.somewhere.writable
        return found if self.new is None else found | self.new.writable

    @property
    def differs(self) -> bool:
        """Whether fields are open on one record and closed on another."""
        return self.varying is not None or self.new is not None

    @property
    def veils(self) -> Mapping[str, RowScope]:
        """The fields that queries see on some records only, each with these records."""
        return {} if self.varying is None else self.varying.veils

    @property
    def queried(self) -> frozenset[str]:
        """The fields that lists may be narrowed, sorted and summed by, be it as far as `veils` allow."""
        return self.readable.union(self.veils)

    def shows(self, key: str) -> bool:
        """Whether a field is shown on some records, be it masked."""
        if self.varying is not None:
            return self.varying.somewhere.shows(key)
        return key in self.readable or key in self.masked

    def reach(self, key: str) -> Reached:
        """How far a field is open on every record that may be seen."""
        return reach_in(self.readable, self.writable, self.masked, key)

    def on(self, groups: Collection[str]) -> "FormAccess":
        """What holds for a record that is among the rows of these groups; see `RowScope.groups`."""
        return self if self.varying is None else self._with(self.varying.on(groups))

    def for_new(self) -> "FormAccess":
        """What holds for a record that is being created."""
        return self if self.new is None else self._with(self.new)

    def _with(self, rights: FieldRights) -> "FormAccess":
        return FormAccess(
            actions=self.actions,
            scopes=self.scopes,
            readable=rights.readable,
            writable=rights.writable,
            masked=rights.masked,
            buttons=rights.buttons,
        )

    def allows_button(self, key: str) -> bool:
        """Whether a button may be used, where its own condition holds."""
        return self.buttons is None or key in self.buttons

    def allows(self, action: str) -> bool:
        """Whether the action is allowed on some records."""
        return action in self.actions

    def require(self, action: str) -> None:
        """Raise Forbidden unless the action is allowed."""
        if action not in self.actions:
            raise Forbidden(
                action=_LABELS.get(action, {"en": action, "zh": action}), details={"action": action}
            )
