"""A workspace with people and an app of many workflows, played through the use cases with the real queue."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime import job_queue
from joinery.runtime.apps import publishing
from joinery.runtime.job_kinds import JOB_KINDS
from joinery.runtime.people.people import add_user
from joinery.runtime.records import records
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.runtime.unit import Unit
from joinery.runtime.workflows import deciding, managing
from joinery.runtime.workflows.telling import MAIL
from joinery.storage import Database, create_workspace, directory
from tests.api.approvals import document
from tests.conftest import NOW

APP, QUOTE, ORDER = "shop", "quote", "order"
#: Ids in the tables begin here: in what is compared they are told from all other numbers.
FIRST_ID = 1_000_000
_ID = re.compile(r"1\d{6}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.+]+")

PEOPLE = {
    "boss": ([], True),
    "sales": (["sales"], False),
    "manager": (["manager"], False),
    "second": (["manager"], False),
    "guest": (["guest"], False),
}

#: Everything that is stored, row by row.
State = Counter[tuple[str, str]]


@dataclass(kw_only=True)
class Subject:
    """A record, its workflow, and what a test remembers of it."""

    record: int
    workflow: str
    known: dict[str, Any] = field(default_factory=dict)


class Workplace:
    """What people and workers of one workspace do; each call is a transaction, as in a process of its own.

    `people` are the roles of each by name, and whether he is an administrator.
    """

    def __init__(
        self,
        database: Any,
        folder: Any,
        key: str,
        people: Mapping[str, tuple[Sequence[str], bool]],
        document: Mapping[str, Any],
    ) -> None:
        with database.begin() as unit:
            create_workspace(unit, key, name=key, at=NOW, time_zone="Asia/Shanghai")
        self.key, self.clock = key, FixedClock(NOW)
        self.services = Services(
            database=database,
            settings=Settings(data_dir=folder),
            clock=self.clock,
            defer=job_queue.enqueue,
        )
        # Whoever looks on has a connection that nobody kills.
        self._looking = Database(database.url, pool_size=1)
        self._states: str | None = None
        with self.unit() as unit:
            publishing.publish_app(unit, self._operator, APP, dict(document))
            self.ids = {
                name: add_user(
                    unit,
                    email=f"{name}.{key}@example.com",
                    name=name,
                    password=PASSWORD,
                    is_admin=admin,
                    roles=roles,
                )
                for name, (roles, admin) in people.items()
            }
            self._schema = unit.schema
            self._begin_ids(unit)

    def publish(self, document: Mapping[str, Any]) -> None:
        """Publish another version of the app."""
        with self.unit() as unit:
            publishing.publish_app(unit, self._operator, APP, dict(document))

    @property
    def _operator(self) -> Actor:
        return Actor(user_id=None, name="setup", is_admin=True, workspace=self.key)

    def unit(self) -> Any:
        return self.services.unit(self.key)

    def _begin_ids(self, unit: Unit) -> None:
        named = unit.connection.exec_driver_sql(
            "SELECT format('%%I.%%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname = %s",
            (unit.schema,),
        )
        for name in list(named.scalars()):
            unit.connection.execute(
                sa.text("SELECT setval(CAST(:name AS regclass), :at)"), {"name": name, "at": FIRST_ID}
            )

    def close(self) -> None:
        self._looking.close()

    # What people do.

    def act(self, name: str, use: Any, *arguments: Any, **options: Any) -> Any:
        """One use case, as one of the people."""
        with self.unit() as unit:
            return use(unit, self._actor(unit, name), *arguments, **options)

    def _actor(self, unit: Unit, name: str) -> Actor:
        found = directory.load(unit).actor(self.ids[name], language="en", workspace=self.key)
        assert found is not None
        return found

    # What workers do.

    def jobs(self, kind: str, run: int | None = None) -> list[dict[str, Any]]:
        """The arguments of queued jobs, in their order; timers of one run."""
        found = self.ask(
            "SELECT args -> 'arguments' FROM joinery.procrastinate_jobs"
            " WHERE args ->> 'workspace' = %(key)s AND args ->> 'kind' = %(kind)s ORDER BY id",
            key=self.key,
            kind=kind,
        )
        return [one for (one,) in found if run is None or one.get("instance") == run]

    def work(self, kind: str, arguments: Mapping[str, Any]) -> None:
        JOB_KINDS[kind](self.services, self.key, **arguments)

    def newest_mail(self) -> dict[str, Any]:
        return self.jobs(MAIL)[-1]

    # What there is.

    def ask(self, statement: str, **values: Any) -> list[Any]:
        with self.unit() as unit:
            unit.connection.exec_driver_sql(f'SET LOCAL search_path = "{unit.schema}", joinery')
            return [tuple(row) for row in unit.connection.exec_driver_sql(statement, values)]

    def state(self) -> State:
        """Everything that is stored in the workspace, and its queue."""
        with self._looking.begin(self._schema) as unit:
            if self._states is None:
                tables = unit.connection.exec_driver_sql(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", (unit.schema,)
                ).scalars()
                each = [
                    f'SELECT \'{name}\' AS name, to_jsonb(x)::text AS row FROM "{unit.schema}"."{name}" x'
                    for name in tables
                ]
                queue = (
                    "SELECT 'job', jsonb_build_object('args', args, 'at', scheduled_at, 'lock', lock)::text"
                    f" FROM joinery.procrastinate_jobs WHERE args ->> 'workspace' = '{self.key}'"
                )
                self._states = " UNION ALL ".join([*each, queue])
            return Counter((row.name, row.row) for row in unit.connection.exec_driver_sql(self._states))


class Company(Workplace):
    """A workplace where quotes are approved."""

    def __init__(self, database: Any, folder: Any, key: str, workflows: Mapping[str, Any]) -> None:
        super().__init__(database, folder, key, PEOPLE, quotes_with(workflows))
        self.workflows = workflows
        #: Subjects that were prepared for later.
        self.spare: list[Subject] = []

    def quote(self, workflow: str, **values: Any) -> Subject:
        made = self.act(
            "sales", records.create_record, APP, QUOTE, {"no": "Q", "amount": 1000, "note": "n", **values}
        )
        return Subject(record=made.get("id") or 0, workflow=workflow)

    def change(self, name: str, record: int, **values: Any) -> Any:
        revision = self.act("boss", records.get_record, APP, QUOTE, record)["revision"]
        return self.act(name, records.update_record, APP, QUOTE, record, revision, values)

    def order(self, record: int) -> None:
        self.act("boss", records.create_record, APP, ORDER, {"no": "O", "quote": record})

    def started(self, subject: Subject) -> Subject:
        self.act("sales", managing.start, APP, QUOTE, subject.record, {"workflow": subject.workflow})
        return subject

    def run(self, subject: Subject) -> int:
        """The newest run on the record, or of what waits beside none."""
        where = (
            "record_id = %(record)s" if subject.record else "workflow = %(workflow)s AND record_id IS NULL"
        )
        return self.ask(
            f"SELECT max(id) FROM workflow_instance WHERE form = '{QUOTE}' AND {where}",
            record=subject.record,
            workflow=subject.workflow,
        )[0][0]

    def task(self, subject: Subject, name: str) -> int:
        """The newest open task of somebody about the record, or one of its orders."""
        found = self.ask(
            "SELECT max(t.id) FROM workflow_task t JOIN workflow_instance i ON i.id = t.instance_id"
            " WHERE t.state = 'open' AND t.user_id = %(user)s"
            " AND (i.id = %(run)s OR i.parent_id = %(run)s)",
            user=self.ids[name],
            run=self.run(subject),
        )[0][0]
        assert found is not None, f"{name} has nothing to do"
        return int(found)

    def decide(self, subject: Subject, name: str, decision: str, **more: Any) -> Any:
        task = self.task(subject, name)
        return self.act(name, deciding.decide, task, {"decision": decision, "comment": "because", **more})


def quotes_with(workflows: Mapping[str, Any]) -> dict[str, Any]:
    """The app of quotes with these workflows."""
    made = document(**workflows)
    del made["forms"]["order"]["fields"]["no"]["unique"]
    made["forms"]["quote"]["rules"] = {
        "margin": {
            "validate": 'OR({margin} <> 9, {checked} = "yes")',
            "message": {"en": "Have it checked", "zh": "请先核对"},
        }
    }
    return made


PASSWORD = "correct horse battery"


def between(before: State, after: State) -> list[tuple[str, str, str]]:
    """What came (+) and what went (-), in words that say nothing of ids and moments."""
    changes = [("+", *row) for row in (after - before).elements()]
    changes += [("-", *row) for row in (before - after).elements()]
    return sorted((sign, name, _MOMENT.sub("@", _ID.sub("#", row))) for sign, name, row in changes)
