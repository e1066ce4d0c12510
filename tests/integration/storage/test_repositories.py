"""Apps, history, views, files, jobs and people of a workspace."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from joinery.kernel import InvalidInput, LimitExceeded, NotFound, StaleRevision
from joinery.storage import (
    apps,
    directory,
    events,
    files,
    history,
    job_states,
    saved_views,
    system_tables,
    touch_directory,
    workspace_tables,
)
from joinery.storage.events import StoredEvent
from joinery.storage.history import HistoryEntry
from joinery.storage.job_states import Failure

_FORMS = {"lead": {"fields": {"name": {"type": "text"}}}}


def test_versions_are_numbered_and_kept(site: Any) -> None:
    with site.unit() as unit, pytest.raises(NotFound):
        apps.load(unit, "crm")
    site.publish(_FORMS)
    site.publish({"lead": {"fields": {"name": {"type": "text"}, "note": {"type": "text"}}}})
    with site.unit() as unit:
        assert [version.number for version in apps.versions(unit, "crm")] == [2, 1]
        assert "note" in apps.load(unit, "crm").compiled.forms["lead"].fields
        assert "note" not in apps.load_version(unit, "crm", 1).compiled.forms["lead"].fields
        assert apps.load(unit, "crm") is apps.load(unit, "crm")
        with pytest.raises(NotFound):
            apps.load_version(unit, "crm", 3)


class _Regretted(Exception):
    pass


def test_a_version_that_was_rolled_back_is_not_remembered(site: Any) -> None:
    site.publish(_FORMS)
    with site.unit() as unit:
        document = apps.document_of(unit, "crm", 1)

    def publish_and_fail() -> None:
        with site.unit() as unit:
            apps.add_version(unit, "crm", {**document, "forms": {}}, [], None, "", at=site.now)
            assert apps.load(unit, "crm").compiled.forms == {}
            raise _Regretted

    with pytest.raises(_Regretted):
        publish_and_fail()
    with site.unit() as unit:
        apps.add_version(unit, "crm", document, [], None, "", at=site.now)
    assert "lead" in site.app().compiled.forms


def test_a_draft_is_changed_by_one_person_at_a_time(site: Any) -> None:
    with site.unit() as unit:
        assert apps.draft(unit, "crm") is None
        assert apps.put_draft(unit, "crm", {"a": 1}, 0, author=None, at=site.now) == 1
        assert apps.put_draft(unit, "crm", {"a": 2}, 1, author=None, at=site.now) == 2
        for old in (0, 1):
            with pytest.raises(StaleRevision):
                apps.put_draft(unit, "crm", {"a": 3}, old, author=None, at=site.now)
        draft = apps.draft(unit, "crm")
        assert draft is not None
        assert (draft.document, draft.revision) == ({"a": 2}, 2)
        apps.drop_draft(unit, "crm")
        assert apps.draft(unit, "crm") is None


def test_history_is_read_page_by_page_newest_first(site: Any) -> None:
    entries = [
        HistoryEntry(
            app="crm",
            form="lead",
            record_id=1 + number % 2,
            at=site.now + timedelta(seconds=number),
            actor=None,
            kind="updated",
            changes={"name": [None, str(number)]},
        )
        for number in range(10)
    ]
    with site.unit() as unit:
        history.add_many(unit, entries)
        history.add_many(unit, [])
        first, cursor = history.of_record(unit, "crm", "lead", 1, limit=3)
        second, end = history.of_record(unit, "crm", "lead", 1, limit=3, cursor=cursor)
        with pytest.raises(InvalidInput):
            history.of_record(unit, "crm", "lead", 1, cursor="x")
    assert [entry.changes["name"][1] for entry in [*first, *second]] == ["8", "6", "4", "2", "0"]
    assert end is None


def test_events_are_kept_in_the_order_they_happened(site: Any) -> None:
    with site.unit() as unit:
        events.add_many(unit, [StoredEvent(at=site.now, kind=kind, data={"n": 1}) for kind in "abc"])
        events.add(unit, StoredEvent(at=site.now, kind="d"))
        kinds = sa.select(workspace_tables.event.c.kind).order_by(workspace_tables.event.c.id)
        assert list(unit.connection.execute(kinds).scalars()) == ["a", "b", "c", "d"]


def test_views_are_ones_own_or_shared(site: Any) -> None:
    with site.unit() as unit:
        common = {"app": "crm", "form": "lead", "definition": {"columns": ["name"]}}
        mine = saved_views.add_view(unit, owner=1, label="mine", shared=False, **common)
        shared = saved_views.add_view(unit, owner=1, label="shared", shared=True, **common)
        assert [view.id for view in saved_views.list_views(unit, "crm", owner=1)] == [mine, shared]
        assert [view.id for view in saved_views.list_views(unit, "crm", owner=2)] == [shared]
        saved_views.change_view(unit, mine, label="ours", shared=True, definition={"columns": []})
        assert [view.label for view in saved_views.list_views(unit, "crm", owner=2)] == ["ours", "shared"]
        saved_views.delete_view(unit, mine)
        assert saved_views.get_view(unit, mine) is None


def test_files_come_back_as_they_were(site: Any) -> None:
    content = bytes(range(256)) * 100
    with site.unit() as unit:
        stored = files.add(
            unit, name="图.png", type="image/png", content=content, created_by=None, at=site.now
        )
        assert files.infos(unit, [stored.id, 99]) == {stored.id: stored}
        found = files.read(unit, stored.id)
        assert found is not None
        assert (found.name, found.content, found.size) == ("图.png", content, len(content))
        assert files.read(unit, 99) is None


def test_a_file_that_is_too_large_is_refused(site: Any) -> None:
    content = bytes(files.MAXIMUM_SIZE + 1)
    with site.unit() as unit, pytest.raises(LimitExceeded):
        files.add(unit, name="x", type="x/x", content=content, created_by=None, at=site.now)


def test_jobs_remember_how_far_they_are_and_what_failed(site: Any) -> None:
    with site.unit() as unit:
        job = job_states.create(
            unit, kind="import", params={"file": 1}, created_by=None, at=site.now, total=2
        )
        job_states.save(unit, job.id, state="running", done=1, summary={"created": 1})
        found = job_states.get(unit, job.id, lock=True)
        assert (found.state, found.done, found.summary) == ("running", 1, {"created": 1})
        failures = [Failure(row_number=n, cells=["a\0b", ""], issues=[{"code": "x"}]) for n in (7, 3)]
        job_states.add_failures(unit, job.id, failures)
        assert [(one.row_number, list(one.cells)) for one in job_states.failures(unit, job.id)] == [
            (3, ["ab", ""]),
            (7, ["ab", ""]),
        ]
        job_states.forget_failures(unit, job.id)
        assert list(job_states.failures(unit, job.id)) == []
        with pytest.raises(NotFound):
            job_states.get(unit, 99)


def test_the_directory_follows_changes_of_people(site: Any) -> None:
    user, member = system_tables.user, system_tables.member
    with site.unit() as unit:
        assert directory.load(unit).users == ()
    with site.unit() as unit:
        email = f"a@{site.workspace.key}.example.com"
        new = user.insert().values(email=email, name="安", password_hash="x", created_at=site.now)
        user_id = unit.connection.execute(new.returning(user.c.id)).scalar_one()
        unit.connection.execute(member.insert().values(workspace_id=site.workspace.id, user_id=user_id))
        touch_directory(unit)
    with site.unit() as unit:
        assert [found.name for found in directory.load(unit).users] == ["安"]
        assert directory.load(unit) is directory.load(unit)


def test_errors_of_the_database_leave_no_half_write(site: Any) -> None:
    site.publish(_FORMS)

    def fail_halfway() -> None:
        with site.unit() as unit:
            unit.connection.execute(sa.text(f"DELETE FROM {site.workspace.schema_name}.app_version"))
            raise _Regretted

    with pytest.raises(_Regretted):
        fail_halfway()
    assert site.app().version == 1
