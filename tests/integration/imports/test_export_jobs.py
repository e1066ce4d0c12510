"""Exports of very many records are written by a job and downloaded when it is done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from joinery.adapters import FixedClock
from joinery.kernel import Forbidden, InvalidInput, NotFound
from joinery.runtime.lists import export_jobs, exports
from joinery.runtime.lists.export_jobs import (
    ExportExpired,
    ExportNotReady,
    ExportRightsChanged,
    download,
    run_export,
    start_export,
)

MANY = "Name,Revenue\n" + "".join(f"N{number:03},{number}\n" for number in range(60))
MAPPING = {"Name": "name", "Revenue": "revenue"}


@pytest.fixture
def many(shop, monkeypatch):
    """A list that is long for this test, in small portions and pieces."""
    settings = replace(shop.services.settings, export_at_once=10)
    shop.services = replace(shop.services, settings=settings)
    monkeypatch.setattr(export_jobs, "TOLD_AFTER", 10)
    monkeypatch.setattr(export_jobs, "PIECE", 50)
    monkeypatch.setattr(exports, "PORTION", 7)
    shop.run(MANY, MAPPING)
    return shop


def started(shop, actor=None, format="csv", **query):
    with shop.unit() as unit:
        return start_export(
            shop.services, unit, actor or shop.operator, "shop", "account", format=format, query=query
        )


def made(shop, actor=None, format="csv", **query):
    job = started(shop, actor, format, **query).id
    run_export(shop.services, shop.workspace, job)
    return shop.job(job)


def fetched(shop, job, actor=None, services=None):
    services = services or shop.services
    with services.unit(shop.workspace) as unit:
        found = download(services, unit, actor or shop.operator, job)
    return found.name, found.media_type, b"".join(found.content)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_file_of_the_job_is_the_one_that_comes_at_once(many, format):
    query = {"fields": "name,revenue", "filter": "{revenue} >= 20", "sort": "-revenue", "language": "zh-CN"}
    state = made(many, format=format, **query)
    assert (state.state, state.done, state.total) == ("done", 40, 40)
    name, media_type, content = fetched(many, state.id)
    with many.unit() as unit:
        direct = exports.export_records(
            many.services, unit, many.operator, "shop", "account", format=format, query=query
        )
    assert (name, media_type) == (direct.name, direct.media_type)
    assert state.summary["size"] == len(content)
    if format == "csv":
        assert content == b"".join(direct.content)
        assert content.decode("utf-8-sig").split()[:2] == ["Name", "中,Revenue"]
    else:
        assert content.startswith(b"PK")


def test_few_records_need_no_job(many, enqueued):
    enqueued.clear()
    assert started(many, filter="{revenue} < 10") is None
    assert enqueued == []
    state = started(many)
    assert enqueued == [("export", {"job": state.id})]


def test_only_what_one_may_export_is_in_it(many):
    seller, viewer = many.person("sales"), many.person("viewer")
    assert started(many, seller) is None
    many.run("Name\n" + "".join(f"Mine {number}\n" for number in range(11)), {"Name": "name"}, seller)
    state = made(many, seller, fields="name")
    assert len(fetched(many, state.id, seller)[2].decode().split("\r\n")) == 1 + 11 + 1
    with pytest.raises(Forbidden):
        started(many, viewer)
    with pytest.raises(InvalidInput):
        started(many, filter="{nothing} = 1")


def test_the_file_is_for_nobody_else_and_only_with_the_same_rights(many):
    seller = many.person("sales")
    many.run("Name\n" + "".join(f"Mine {number}\n" for number in range(11)), {"Name": "name"}, seller)
    state = made(many, seller, fields="name")
    # An administrator may see the job, not the file.
    with pytest.raises(NotFound):
        fetched(many, state.id)
    with pytest.raises(Forbidden):
        fetched(many, state.id, replace(seller, roles=frozenset({"viewer"})))
    with pytest.raises(ExportRightsChanged):
        fetched(many, state.id, replace(seller, roles=frozenset(), is_admin=True))
    with pytest.raises(NotFound):
        fetched(many, many.run("Name\nX\n", {"Name": "name"}).id)


def test_files_expire_and_their_pieces_go(many):
    state = made(many)
    later = replace(many.services, clock=FixedClock(many.services.clock() + timedelta(days=1, minutes=1)))
    with pytest.raises(ExportExpired):
        fetched(many, state.id, services=later)
    with later.unit(many.workspace) as unit:
        start_export(later, unit, many.operator, "shop", "account", format="csv", query={})
        left = unit.connection.exec_driver_sql(
            f'SELECT count(*) FROM "{unit.schema}".export_piece'
        ).scalar_one()
    assert left == 0


def test_a_cancelled_export_leaves_nothing_and_begins_anew(many, monkeypatch):
    job = started(many, fields="name").id
    with pytest.raises(ExportNotReady):
        fetched(many, job)
    tell = export_jobs._Teller.__call__

    def cancel(teller, records):
        tell(teller, records)
        if records == 28:
            many.cancel(job)

    with monkeypatch.context() as patch:
        patch.setattr(export_jobs._Teller, "__call__", cancel)
        run_export(many.services, many.workspace, job)
    state = many.job(job)
    assert (state.state, state.done) == ("cancelled", 28)
    many.resume(job)
    run_export(many.services, many.workspace, job)
    assert len(fetched(many, job)[2].split(b"\r\n")) == 1 + 60 + 1


def test_what_goes_wrong_is_told(many, monkeypatch):
    job = started(many).id
    monkeypatch.setattr(exports, "export_columns", lambda *arguments: 1 / 0)
    run_export(many.services, many.workspace, job)
    state = many.job(job)
    assert (state.state, "ZeroDivisionError" in state.error) == ("failed", True)
