"""Tables of workflows in the schema of a workspace: versions, what runs, tasks, and what people are told."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.workspace_tables import WORKSPACE

_MOMENT = sa.DateTime(timezone=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True)


def _text(name: str, **options: bool) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=options.get("nullable", False))


#: Every workflow of an app as it was published; instances stay on the version they started with.
workflow_version = sa.Table(
    "workflow_version",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("workflow"),
    sa.Column("number", sa.Integer, nullable=False),
    # As text: the order of its branches counts.
    _text("definition"),
    _text("digest"),
    sa.Column("published_at", _MOMENT, nullable=False),
    sa.Column("published_by", sa.BigInteger),
)
sa.Index(
    "workflow_version_number",
    workflow_version.c.app,
    workflow_version.c.workflow,
    workflow_version.c.number,
    unique=True,
)

#: Runs of workflows; a record has at most one of each workflow that has not ended. Of a new record that
#: waits for approval there is none yet.
workflow_instance = sa.Table(
    "workflow_instance",
    WORKSPACE,
    sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    sa.Column("version_id", sa.BigInteger, sa.ForeignKey("ws.workflow_version.id"), nullable=False),
    _text("app"),
    _text("workflow"),
    _text("form"),
    sa.Column("record_id", sa.BigInteger),
    _text("status"),
    sa.Column("initiator", sa.BigInteger),
    _text("title"),
    sa.Column("started_at", _MOMENT, nullable=False),
    sa.Column("ended_at", _MOMENT),
    sa.Column("state", pg.JSONB, nullable=False),
    sa.Column("parent_id", sa.BigInteger, sa.ForeignKey("ws.workflow_instance.id")),
)
sa.Index(
    "workflow_instance_running",
    workflow_instance.c.app,
    workflow_instance.c.form,
    workflow_instance.c.record_id,
    workflow_instance.c.workflow,
    unique=True,
    postgresql_where=workflow_instance.c.ended_at.is_(None),
)
sa.Index(
    "workflow_instance_record",
    workflow_instance.c.app,
    workflow_instance.c.form,
    workflow_instance.c.record_id,
    workflow_instance.c.id,
)
sa.Index("workflow_instance_initiator", workflow_instance.c.initiator, workflow_instance.c.id)
sa.Index("workflow_instance_status", workflow_instance.c.status, workflow_instance.c.id)
#: Values are left that could not be set when the instance ended.
UNSAVED = sa.text("workflow_instance.state -> 'unsaved' <> '{}'::jsonb")

#: Values that wait beside the record until the instance ends as approved.
workflow_proposal = sa.Table(
    "workflow_proposal",
    WORKSPACE,
    sa.Column(
        "instance_id",
        sa.BigInteger,
        sa.ForeignKey("ws.workflow_instance.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("proposed_by", sa.BigInteger),
    sa.Column("values", pg.JSONB, nullable=False),
    sa.Column("base", pg.JSONB, nullable=False),
    sa.Column("granted", pg.ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("confirmed", sa.Boolean, nullable=False),
    sa.Column("applied_at", _MOMENT),
)

#: Starts by schedule, and until when each was looked at; `start` is what it said then.
workflow_schedule = sa.Table(
    "workflow_schedule",
    WORKSPACE,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("workflow", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _text("start"),
    sa.Column("looked_at", _MOMENT, nullable=False),
)

#: What people have to do, did or were told in instances; `number` is the task within its instance.
workflow_task = sa.Table(
    "workflow_task",
    WORKSPACE,
    _id(),
    sa.Column(
        "instance_id",
        sa.BigInteger,
        sa.ForeignKey("ws.workflow_instance.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("number", sa.Integer, nullable=False),
    _text("node"),
    _text("kind"),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("for_user_id", sa.BigInteger),
    _text("state"),
    sa.Column("opened_at", _MOMENT, nullable=False),
    sa.Column("due_at", _MOMENT),
    sa.Column("decided_at", _MOMENT),
    _text("decision", nullable=True),
    _text("comment", nullable=True),
    sa.Column("read_at", _MOMENT),
)
sa.Index("workflow_task_number", workflow_task.c.instance_id, workflow_task.c.number, unique=True)
sa.Index("workflow_task_box", workflow_task.c.user_id, workflow_task.c.state, workflow_task.c.id)

#: With what tasks were signed that were decided with a signature.
workflow_signature = sa.Table(
    "workflow_signature",
    WORKSPACE,
    sa.Column(
        "task_id",
        sa.BigInteger,
        sa.ForeignKey("ws.workflow_task.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    _text("kind"),
    _text("content"),
)

#: The signature that somebody asked to keep for the next time.
kept_signature = sa.Table(
    "kept_signature",
    WORKSPACE,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("content"),
)

#: What happened in an instance, only ever added to.
workflow_step = sa.Table(
    "workflow_step",
    WORKSPACE,
    sa.Column(
        "instance_id",
        sa.BigInteger,
        sa.ForeignKey("ws.workflow_instance.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("number", sa.Integer, primary_key=True),
    _text("node", nullable=True),
    sa.Column("token", sa.Integer),
    _text("event"),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("user_id", sa.BigInteger),
    sa.Column("task", sa.Integer),
    sa.Column("detail", pg.JSONB, nullable=False),
)

#: Effects that were carried out: each has its key once for ever.
workflow_effect = sa.Table(
    "workflow_effect",
    WORKSPACE,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("at", _MOMENT, nullable=False),
)

#: Who decides for somebody while he is away: in one app or all, about some of its forms or all.
delegation = sa.Table(
    "delegation",
    WORKSPACE,
    _id(),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("to_user_id", sa.BigInteger, nullable=False),
    _text("app", nullable=True),
    sa.Column("forms", pg.ARRAY(sa.Text)),
    sa.Column("from_day", sa.Date, nullable=False),
    sa.Column("until_day", sa.Date),
)
sa.Index("delegation_user", delegation.c.user_id)
sa.Index("delegation_to_user", delegation.c.to_user_id)

#: What people are told within the product.
notification = sa.Table(
    "notification",
    WORKSPACE,
    _id(),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    _text("kind"),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("instance_id", sa.BigInteger, sa.ForeignKey("ws.workflow_instance.id", ondelete="CASCADE")),
    sa.Column("task_id", sa.BigInteger, sa.ForeignKey("ws.workflow_task.id", ondelete="CASCADE")),
    sa.Column("data", pg.JSONB, nullable=False),
    sa.Column("read_at", _MOMENT),
)
sa.Index("notification_user", notification.c.user_id, notification.c.id)

#: Whether somebody gets mails about a kind of notification; kinds without a row are as usual.
notification_setting = sa.Table(
    "notification_setting",
    WORKSPACE,
    sa.Column("user_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("mail", sa.Boolean, nullable=False),
)

#: Sentences that somebody often writes when he decides.
phrase = sa.Table(
    "phrase",
    WORKSPACE,
    _id(),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    _text("text"),
)
sa.Index("phrase_user", phrase.c.user_id, phrase.c.id)

#: Filters of a box of the task centre that somebody keeps; `first` is the one that it opens with.
task_filter = sa.Table(
    "task_filter",
    WORKSPACE,
    _id(),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    _text("box"),
    _text("label"),
    sa.Column("query", pg.JSONB, nullable=False),
    sa.Column("first", sa.Boolean, nullable=False),
)
sa.Index("task_filter_label", task_filter.c.user_id, task_filter.c.box, task_filter.c.label, unique=True)
sa.Index(
    "task_filter_first",
    task_filter.c.user_id,
    task_filter.c.box,
    unique=True,
    postgresql_where=task_filter.c.first,
)

#: Secrets that workflows name, sealed with the operator's key.
secret = sa.Table(
    "secret",
    WORKSPACE,
    sa.Column("name", sa.Text, primary_key=True),
    _text("sealed"),
    sa.Column("changed_at", _MOMENT, nullable=False),
    sa.Column("changed_by", sa.BigInteger),
    sa.Column("hosts", pg.ARRAY(sa.Text), nullable=False, server_default="{}"),
)

#: Calls of other systems that workflows wished for; "key" is that of the effect.
webhook_call = sa.Table(
    "webhook_call",
    WORKSPACE,
    _id(),
    _text("key"),
    sa.Column("instance_id", sa.BigInteger, nullable=False),
    _text("node"),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("request", pg.JSONB, nullable=False),
    _text("state"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("made_at", _MOMENT, nullable=False),
    sa.Column("next_at", _MOMENT),
    sa.Column("called_at", _MOMENT),
    sa.Column("status", sa.Integer),
    sa.Column("error", pg.JSONB),
    sa.Column("answer", sa.Text),
    sa.Column("result", pg.JSONB),
    sa.UniqueConstraint("key", name="webhook_call_key_key"),
)
sa.Index("webhook_call_made", webhook_call.c.made_at)
