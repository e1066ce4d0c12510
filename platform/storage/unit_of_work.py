"""One transaction in one workspace: what every repository function takes as its first argument."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

import sqlalchemy as sa

from joinery.kernel import NotFound
from joinery.storage.system_tables import workspace as workspace_table
from joinery.storage.write_behind import Write, WriteBehind

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace; the stamps grow with every change of its people and of its apps."""

    id: int
    key: str
    name: str
    schema_name: str
    time_zone: str
    currency: str
    language: str
    demo: bool
    created_at: datetime
    directory_stamp: int
    apps_stamp: int


WORKSPACE_COLUMNS = tuple(workspace_table.c[name] for name in Workspace.__dataclass_fields__)

_BY_SCHEMA = sa.select(*WORKSPACE_COLUMNS).where(workspace_table.c.schema_name == sa.bindparam("schema"))


_UNKNOWN = object()


class Memory:
    """Values of one process that are made once per key: compiled apps, directories, statements.

    The first part of a key names the kind; each kind has room for `size` values, the oldest go first.
    Keys carry a version or a stamp, so a value never becomes wrong, only old.
    """

    def __init__(self, size: int = 500) -> None:
        self._size = size
        self._lock = Lock()
        self._kinds: dict[Hashable, dict[Hashable, Any]] = {}

    def get(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """The value of `key`, made by `make` when it is new."""
        known = self._kinds.get(key[0], {}).get(key, _UNKNOWN)
        if known is not _UNKNOWN:
            return known  # type: ignore[no-any-return]
        value = make()
        with self._lock:
            values = self._kinds.setdefault(key[0], {})
            while len(values) >= self._size:
                values.pop(next(iter(values)))
            return values.setdefault(key, value)  # type: ignore[no-any-return]


class UnitOfWork:
    """One transaction: the connection, the workspace's schema, and what this process remembers."""

    __slots__ = ("_workspace", "line", "memory", "schema", "writes")

    def __init__(self, line: WriteBehind, schema: str | None, memory: Memory) -> None:
        self.line = line
        self.schema = schema
        self.memory = memory
        self._workspace: Workspace | None = None
        #: Whether it may write at all.
        self.writes = True

    @property
    def connection(self) -> sa.Connection:
        """The connection, once all that was written behind is there; ask again for each statement."""
        return self.line.connection

    def write_behind(self, write: Write) -> None:
        """Let `write` use the connection in a thread; whoever uses it next waits for that."""
        self.line.later(write)

    @property
    def workspace(self) -> Workspace:
        """The workspace of this transaction, read once; NotFound when there is none."""
        if self._workspace is None:
            row = self.connection.execute(_BY_SCHEMA, {"schema": self.schema}).mappings().one_or_none()
            if row is None:
                raise NotFound(kind={"en": "workspace", "zh": "工作区"})
            self._workspace = Workspace(**row)
        return self._workspace

    def read_only(self) -> None:
        """Refuse to write anything from now on; whoever tries raises ReadOnly."""
        self.connection.execute(sa.text("SET TRANSACTION READ ONLY"))
        self.writes = False

    def adopt(self, workspace: Workspace) -> None:
        """Use a workspace that was just read in this transaction, which spares one query."""
        self._workspace = workspace

    def forget_workspace(self) -> None:
        """Read the workspace again when it is next asked for (its stamps were moved).

        What is read from now on may be rolled back: it is remembered for this transaction alone.
        """
        self._workspace = None
        self.memory = Memory()
