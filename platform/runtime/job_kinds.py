"""What workers can do: kinds of jobs and the functions that do them."""

from collections.abc import Callable, Mapping

from joinery.runtime.apps import table_jobs
from joinery.runtime.formulas import propagation, recompute_jobs
from joinery.runtime.handover import jobs as handover
from joinery.runtime.importing import imports
from joinery.runtime.importing import run as import_run
from joinery.runtime.importing import undo as import_undo
from joinery.runtime.lists import export_jobs
from joinery.runtime.mail import outbox
from joinery.runtime.records import batch_jobs
from joinery.runtime.webhooks import calling, queueing
from joinery.runtime.workflows import effects, mails, scheduled, telling, timers
from joinery.storage import filling

#: Kind to function; called with the services, the workspace's key and the arguments that were enqueued.
JOB_KINDS: Mapping[str, Callable[..., None]] = {
    imports.IMPORT: import_run.run_import,
    import_undo.UNDO_IMPORT: import_undo.run_undo,
    export_jobs.EXPORT: export_jobs.run_export,
    batch_jobs.BATCH_EDIT: batch_jobs.run_batch_edit,
    batch_jobs.UNDO_BATCH: batch_jobs.run_batch_undo,
    propagation.RECOMPUTE: recompute_jobs.run_recompute,
    handover.HANDOVER: handover.run_handover,
    outbox.SEND_MAIL: outbox.run_send,
    effects.TIMER: timers.run_timer,
    telling.MAIL: mails.run_mail,
    scheduled.SCHEDULED: scheduled.run_scheduled,
    queueing.CALL: calling.run_call,
    filling.TABLE_WORK: table_jobs.run_table_work,
}
