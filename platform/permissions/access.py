"""What one actor may do on one form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from joinery.definitions import MaskDefinition
from joinery.kernel import Forbidden
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
}
#: Everything one may do with a form's records.
ACTIONS = frozenset(_LABELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAccess:
    """The actions on a form, the rows of each, and the fields.

    `rows` may be seen, `write_rows` changed; `rows_for` gives the rows of any action. `readable` and
    `writable` are keys of fields and of system fields. Of `masked` fields only a part is shown, and nothing
    else can be done with them. `buttons` are those one may use, None for all.
    """

    actions: frozenset[str]
    scopes: Mapping[str, RowScope]
    readable: frozenset[str]
    writable: frozenset[str]
    masked: Mapping[str, MaskDefinition] = field(default_factory=dict)
    buttons: frozenset[str] | None = None

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

    def shows(self, key: str) -> bool:
        """Whether a field is shown at all, be it masked."""
        return key in self.readable or key in self.masked

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
