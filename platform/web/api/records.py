"""Records: list, read, create, change, delete, restore; one at a time and many at once."""

from typing import Any

from flask import Blueprint

from joinery.runtime import jobs
from joinery.runtime.lists import aggregates, listing, marks
from joinery.runtime.records import batch_edit, batch_jobs, batches, duplicating, entry, history, records
from joinery.runtime.records.duplicates import CONFIRM_DUPLICATES
from joinery.runtime.workflows.proposing import PROPOSED
from joinery.web.answers import json_answer
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json
from joinery.web.list_parameters import list_parameters

blueprint = Blueprint("records", __name__, url_prefix="/apps/<app>/forms/<form>/records")

_CONFIRM = {
    "confirm": {
        "type": "string",
        "enum": [CONFIRM_DUPLICATES],
        "description": "save although a duplicate rule warns",
    }
}
_REVISION = {"revision": {"type": "integer", "minimum": 1, "description": "the revision that was read"}}

_SUMMARY = {
    "summary": {
        "type": "string",
        "maxLength": 1000,
        "description": "measures over all records of the list: sum:amount,average:price",
    }
}


@blueprint.get("")
@operation(query=list_parameters(), answer="RecordPage")
def list_records(call: Call, app: str, form: str) -> dict[str, Any]:
    """Records of a form, filtered, sorted, searched and paged."""
    return listing.list_records(call.unit, call.actor, app, form, call.query)


@blueprint.post("/query")
@operation(body="ListQuery", answer="RecordPage")
def query_records(call: Call, app: str, form: str) -> dict[str, Any]:
    """The same with the parameters in a body."""
    return listing.list_records(call.unit, call.actor, app, form, call.body)


@blueprint.post("")
@operation(body="Values", answer="Record", status=201, query=_CONFIRM, accepted="ProposedRecord")
def create_record(call: Call, app: str, form: str) -> Any:
    """Create a record; 409 with what was found when it is probably there already."""
    return _saved(
        records.create_record(call.unit, call.actor, app, form, call.body, confirmed=_confirmed(call))
    )


@blueprint.get("/<record_id:record_id>")
@operation(query=list_parameters(only=["expand"]), answer="Record")
def get_record(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """One record."""
    return records.get_record(call.unit, call.actor, app, form, record_id, call.query.get("expand"))


@blueprint.patch("/<record_id:record_id>")
@operation(body="RecordChange", answer="Record", query=_CONFIRM, accepted="ProposedRecord")
def update_record(call: Call, app: str, form: str, record_id: int) -> Any:
    """Change a record; 409 with both versions when somebody was faster."""
    values = {key: value for key, value in call.body.items() if key != "revision"}
    changed = records.update_record(
        call.unit,
        call.actor,
        app,
        form,
        record_id,
        call.body["revision"],
        values,
        confirmed=_confirmed(call),
    )
    return _saved(changed)


@blueprint.delete("/<record_id:record_id>")
@operation(query=_REVISION, status=204)
def delete_record(call: Call, app: str, form: str, record_id: int) -> None:
    """Move a record to the recycle bin."""
    records.delete_record(call.unit, call.actor, app, form, record_id, call.query.get("revision"))


@blueprint.get("/<record_id:record_id>/deletion")
@operation(answer="Deletion")
def foresee_deletion(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """What deleting a record would do to others."""
    return records.foresee_deletion(call.unit, call.actor, app, form, record_id)


@blueprint.post("/<record_id:record_id>/restore")
@operation(answer="Record")
def restore_record(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """Take a record out of the recycle bin."""
    return records.restore_record(call.unit, call.actor, app, form, record_id)


@blueprint.get("/<record_id:record_id>/duplicate")
@operation(answer="ValuesOfCopy")
def values_of_copy(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """What a copy of a record begins with, for somebody to complete; writes nothing."""
    return duplicating.values_of_copy(call.unit, call.actor, app, form, record_id)


@blueprint.post("/<record_id:record_id>/duplicate")
@operation(body="Duplicate", answer="Record", status=201, query=_CONFIRM, accepted="ProposedRecord")
def duplicate_record(call: Call, app: str, form: str, record_id: int) -> Any:
    """Store a copy of a record, under the rules of a new one."""
    made = duplicating.duplicate_record(
        call.unit,
        call.actor,
        app,
        form,
        record_id,
        call.body.get("values", {}),
        confirmed=_confirmed(call),
    )
    return _saved(made)


@blueprint.post("/prepare")
@operation(body="Prepare", answer="Prepared")
def prepare_record(call: Call, app: str, form: str) -> dict[str, Any]:
    """What saving would compute and complain about; writes nothing."""
    state = entry.prepare(
        call.unit, call.actor, app, form, call.body["values"], call.body.get("id"), call.body.get("copy_of")
    )
    return {**state, "issues": issues_json(state["issues"], call.actor.language)}


@blueprint.post("/duplicates")
@operation(body="Prepare", answer="DuplicateMatches")
def find_duplicates(call: Call, app: str, form: str) -> dict[str, Any]:
    """Records that one with these values probably is, and what saving would refuse; writes nothing."""
    found = entry.find_duplicates(call.unit, call.actor, app, form, call.body["values"], call.body.get("id"))
    return {**found, "issues": issues_json(found["issues"], call.actor.language)}


@blueprint.post("/batch")
@operation(body="Batch", answer="BatchDone")
def save_batch(call: Call, app: str, form: str) -> dict[str, Any]:
    """Create, change and delete many records, all or nothing."""
    return batches.save_batch(call.unit, call.actor, app, form, call.body)


@blueprint.post("/batch-edit")
@operation(
    query={"preview": {"type": "boolean", "description": "write nothing, only say what would be done"}},
    body="BatchEdit",
    answer="BatchEdited",
)
def edit_batch(call: Call, app: str, form: str) -> dict[str, Any]:
    """Set the same values in many records; `preview` says first what that would do."""
    preview = bool(call.query.get("preview"))
    done = batch_edit.edit_batch(call.unit, call.actor, app, form, call.body, preview=preview)
    return {**done, "issues": issues_json(done["issues"], call.actor.language)}


@blueprint.post("/batch-edit-job")
@operation(
    query={"preview": {"type": "boolean", "description": "write nothing, only say what would be done"}},
    body="BatchEdit",
    answer="JobStarted",
    status=202,
)
def start_batch_edit(call: Call, app: str, form: str) -> dict[str, Any]:
    """Have a job do a batch edit of any number of records; its `summary` is what the edit answers.

    Records with problems are passed over, so `partly` must be true, but in a preview.
    """
    preview = bool(call.query.get("preview"))
    state = batch_jobs.start_batch_edit(call.unit, call.actor, app, form, call.body, preview=preview)
    return {"job": jobs.job_json(call.unit, state)}


@blueprint.post("/aggregate")
@operation(body="Aggregate", answer="AggregateRows")
def aggregate_records(call: Call, app: str, form: str) -> dict[str, Any]:
    """Counts and sums over records, by groups."""
    return aggregates.aggregate_records(call.unit, call.actor, app, form, call.body)


@blueprint.post("/marks")
@operation(body="MarksQuery", answer="Marks")
def mark_records(call: Call, app: str, form: str) -> dict[str, Any]:
    """Which of some conditions hold for which records, for instance to colour them."""
    return marks.mark_records(call.unit, call.actor, app, form, call.body["ids"], call.body["conditions"])


@blueprint.get("/<record_id:record_id>/history")
@operation(
    query={
        "cursor": {"type": "string", "maxLength": 100},
        "limit": {"type": "integer", "minimum": 1, "maximum": 200},
        "line": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2**63 - 1,
            "description": "only what happened to this line of a subform",
        },
        "subform": {
            "type": "string",
            "maxLength": 60,
            "description": "the subform of the line; may be left out where there is only one",
        },
    },
    answer="History",
)
def record_history(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """What happened to a record, newest first."""
    return history.record_history(call.unit, call.actor, app, form, record_id, **call.query)


@blueprint.get("/<record_id:record_id>/related/<inverse>")
@operation(query={**list_parameters("deleted"), **_SUMMARY}, answer="RecordPage")
def list_related(call: Call, app: str, form: str, record_id: int, inverse: str) -> dict[str, Any]:
    """The records at the other end of a relation."""
    return listing.list_related(call.unit, call.actor, app, form, record_id, inverse, call.query)


def _confirmed(call: Call) -> bool:
    return call.query.get("confirm") == CONFIRM_DUPLICATES


def _saved(answer: dict[str, Any]) -> Any:
    """The record; with 202 where what was sent waits for approval."""
    return json_answer(answer, 202) if PROPOSED in answer else answer
