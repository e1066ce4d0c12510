"""Tables that every workspace has in its own schema; "ws" stands for that schema until run time."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

WORKSPACE = sa.MetaData(schema="ws")

_MOMENT = sa.DateTime(timezone=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True)


def _text(name: str, **options: bool) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=options.get("nullable", False))


#: One row: which of the numbered scripts this schema has seen.
schema_version = sa.Table(
    "schema_version",
    WORKSPACE,
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("index_rules", sa.Integer, nullable=False, server_default=sa.text("0")),
)

app = sa.Table(
    "app",
    WORKSPACE,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("installed_at", _MOMENT, nullable=False),
)

app_version = sa.Table(
    "app_version",
    WORKSPACE,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    _text("document"),
    sa.Column("changes", pg.JSONB, nullable=False),
    _text("note"),
    sa.Column("author", sa.BigInteger),
    sa.Column("published_at", _MOMENT, nullable=False),
)

app_draft = sa.Table(
    "app_draft",
    WORKSPACE,
    sa.Column("app", sa.Text, primary_key=True),
    _text("document"),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("author", sa.BigInteger),
    sa.Column("at", _MOMENT, nullable=False),
)

#: Where all drafts get their revisions from, so that none comes again.
draft_revisions = sa.Sequence("app_draft_revision", schema=WORKSPACE.schema)

#: The suite that an app was installed from, as it was delivered.
suite = sa.Table(
    "suite",
    WORKSPACE,
    sa.Column("app", sa.Text, primary_key=True),
    _text("version"),
    _text("document"),
    sa.Column("at", _MOMENT, nullable=False),
)

department = sa.Table(
    "department",
    WORKSPACE,
    _id(),
    _text("name"),
    sa.Column("parent_id", sa.BigInteger, sa.ForeignKey("ws.department.id")),
    sa.Column("position", sa.Integer, nullable=False, server_default="0"),
    sa.Column("head_ids", pg.ARRAY(sa.BigInteger), nullable=False, server_default="{}"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
)

#: Roles of the workspace; those that apps bring stand in their definitions.
role = sa.Table(
    "role",
    WORKSPACE,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("label", pg.JSONB, nullable=False),
)

#: Roles that somebody has for one department and those below it.
department_role = sa.Table(
    "department_role",
    WORKSPACE,
    sa.Column("user_id", sa.BigInteger, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("department_id", sa.BigInteger, sa.ForeignKey("ws.department.id"), primary_key=True),
)

#: People, departments and external organisations that the workspace put into permission groups of its apps.
permission_group_member = sa.Table(
    "permission_group_member",
    WORKSPACE,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("group_key", sa.Text, primary_key=True),
    sa.Column(
        "kind",
        sa.Text,
        sa.CheckConstraint("kind IN ('user', 'department', 'organisation')"),
        primary_key=True,
    ),
    sa.Column("member_id", sa.BigInteger, primary_key=True),
    sa.Column("with_below", sa.Boolean, nullable=False, server_default=sa.false()),
)

#: What application administrators administer, each a person or all who have a role; `apps` NULL are all.
administrator_circle = sa.Table(
    "administrator_circle",
    WORKSPACE,
    _id(),
    sa.Column("user_id", sa.BigInteger, unique=True),
    sa.Column("role", sa.Text, unique=True),
    sa.Column("apps", pg.ARRAY(sa.Text)),
    sa.Column("department_ids", pg.ARRAY(sa.BigInteger), nullable=False, server_default="{}"),
    sa.Column("roles", pg.ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("given_by", sa.BigInteger),
    sa.CheckConstraint("num_nonnulls(user_id, role) = 1"),
)

#: One row: the days of the week that are worked, Monday being 1.
working_week = sa.Table(
    "working_week", WORKSPACE, sa.Column("weekdays", pg.ARRAY(sa.Integer), nullable=False)
)

#: Days that are worked or free against the week.
calendar_day = sa.Table(
    "calendar_day",
    WORKSPACE,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("working", sa.Boolean, nullable=False),
    _text("name"),
)

history = sa.Table(
    "history",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    sa.Column("record_id", sa.BigInteger, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("actor", sa.BigInteger),
    _text("kind"),
    sa.Column("changes", pg.JSONB, nullable=False),
    _text("source", nullable=True),
    sa.Column("batch", sa.BigInteger),
)
sa.Index("history_record", history.c.app, history.c.form, history.c.record_id, history.c.id)
sa.Index("history_batch", history.c.batch, postgresql_where=history.c.batch.is_not(None))

#: What was done to many records in one go; `undoes` is the batch that this one took back.
record_batch = sa.Table(
    "record_batch",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("actor", sa.BigInteger),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("undoes", sa.BigInteger, sa.ForeignKey("ws.record_batch.id")),
    sa.Column("undone_at", _MOMENT),
)
sa.Index("record_batch_form", record_batch.c.app, record_batch.c.form, record_batch.c.id)

event = sa.Table(
    "event",
    WORKSPACE,
    _id(),
    sa.Column("at", _MOMENT, nullable=False),
    _text("kind"),
    _text("app", nullable=True),
    _text("form", nullable=True),
    sa.Column("record_id", sa.BigInteger),
    sa.Column("actor", sa.BigInteger),
    sa.Column("data", pg.JSONB, nullable=False),
)

#: Who did what, when and from where; the database lets nobody change or delete an entry.
audit_entry = sa.Table(
    "audit_entry",
    WORKSPACE,
    _id(),
    sa.Column("at", _MOMENT, nullable=False),
    _text("kind"),
    sa.Column("actor", sa.BigInteger),
    _text("actor_name"),
    _text("address", nullable=True),
    _text("subject", nullable=True),
    sa.Column("data", pg.JSONB, nullable=False),
)
sa.Index("audit_entry_kind", audit_entry.c.kind, audit_entry.c.id)
sa.Index("audit_entry_actor", audit_entry.c.actor, audit_entry.c.id)

counter = sa.Table(
    "counter",
    WORKSPACE,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)

file = sa.Table(
    "file",
    WORKSPACE,
    _id(),
    _text("name"),
    _text("type"),
    sa.Column("size", sa.BigInteger, nullable=False),
    _text("sha256"),
    sa.Column("created_by", sa.BigInteger),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

saved_view = sa.Table(
    "saved_view",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    sa.Column("owner", sa.BigInteger, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    _text("label"),
    sa.Column("definition", pg.JSONB, nullable=False),
)
sa.Index("saved_view_form", saved_view.c.app, saved_view.c.form)

conversion = sa.Table(
    "conversion",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    sa.Column("record_id", sa.BigInteger, nullable=False),
    _text("key"),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("by", sa.BigInteger),
    sa.Column("targets", pg.JSONB, nullable=False),
    sa.Column("changes", pg.JSONB, nullable=False),
    sa.Column("moved", pg.JSONB, nullable=False),
    sa.Column("undone_at", sa.DateTime(timezone=True)),
    sa.Column("undone_by", sa.BigInteger),
)
sa.Index(
    "conversion_once",
    conversion.c.app,
    conversion.c.form,
    conversion.c.record_id,
    conversion.c.key,
    unique=True,
    postgresql_where=conversion.c.undone_at.is_(None),
)
sa.Index(
    "conversion_targets",
    conversion.c.targets,
    postgresql_using="gin",
    postgresql_ops={"targets": "jsonb_path_ops"},
    postgresql_where=conversion.c.undone_at.is_(None),
)

unconverted = sa.Table(
    "unconverted",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    _text("field"),
    sa.Column("record_id", sa.BigInteger, nullable=False),
    _text("value"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
)
sa.Index("unconverted_form", unconverted.c.app, unconverted.c.form, unconverted.c.id)

kept_column = sa.Table(
    "kept_column",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    _text("field"),
    _text("field_type"),
    _text("column_name"),
    sa.Column("removed_at", _MOMENT, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

job = sa.Table(
    "job",
    WORKSPACE,
    _id(),
    _text("kind"),
    _text("state"),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("total", sa.BigInteger),
    sa.Column("params", pg.JSONB, nullable=False),
    sa.Column("summary", pg.JSONB, nullable=False),
    _text("error", nullable=True),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("ws.file.id")),
    sa.Column("created_by", sa.BigInteger),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("started_at", _MOMENT),
    sa.Column("finished_at", _MOMENT),
)
#: Files that export jobs made, in pieces, until they expire.
export_piece = sa.Table(
    "export_piece",
    WORKSPACE,
    sa.Column("job_id", sa.BigInteger, sa.ForeignKey("ws.job.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
sa.Index("job_state", job.c.state, postgresql_where=job.c.state.in_(("waiting", "running")))
sa.Index("job_import", job.c.id, postgresql_where=job.c.kind == "import")

#: Rows of an import that could not be saved, kept until the file of them is made.
job_failure = sa.Table(
    "job_failure",
    WORKSPACE,
    sa.Column("job_id", sa.BigInteger, sa.ForeignKey("ws.job.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("row_number", sa.BigInteger, primary_key=True),
    sa.Column("cells", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("issues", pg.JSONB, nullable=False),
    sa.Column("part", sa.Integer, primary_key=True),
)

comment = sa.Table(
    "comment",
    WORKSPACE,
    _id(),
    _text("app"),
    _text("form"),
    sa.Column("record_id", sa.BigInteger, nullable=False),
    sa.Column("author", sa.BigInteger, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("edited_at", _MOMENT),
    _text("text"),
)
sa.Index("comment_record", comment.c.app, comment.c.form, comment.c.record_id, comment.c.at, comment.c.id)

#: Files that belong to a comment, in their order.
comment_file = sa.Table(
    "comment_file",
    WORKSPACE,
    sa.Column(
        "comment_id", sa.BigInteger, sa.ForeignKey("ws.comment.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("file_id", sa.BigInteger, sa.ForeignKey("ws.file.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
)

#: Who is mentioned in a comment, and when he saw it.
mention = sa.Table(
    "mention",
    WORKSPACE,
    sa.Column(
        "comment_id", sa.BigInteger, sa.ForeignKey("ws.comment.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("user_id", sa.BigInteger, primary_key=True),
    sa.Column("read_at", _MOMENT),
)
sa.Index("mention_user", mention.c.user_id, mention.c.comment_id)

#: What an import did to records, so that it can be undone: one row per portion, form and kind.
import_trace = sa.Table(
    "import_trace",
    WORKSPACE,
    _id(),
    sa.Column("job_id", sa.BigInteger, sa.ForeignKey("ws.job.id", ondelete="CASCADE"), nullable=False),
    _text("form"),
    _text("kind"),
    sa.Column("record_ids", pg.ARRAY(sa.BigInteger), nullable=False),
    sa.Column("revisions", pg.ARRAY(sa.BigInteger), nullable=False),
    sa.Column("before", pg.JSONB),
)
sa.Index("import_trace_job", import_trace.c.job_id, import_trace.c.id)

#: How somebody imported files of one shape the last time.
import_mapping = sa.Table(
    "import_mapping",
    WORKSPACE,
    _id(),
    sa.Column("owner", sa.BigInteger),
    _text("app"),
    _text("shape"),
    _text("form"),
    sa.Column("choices", pg.JSONB, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
)
sa.Index(
    "import_mapping_shape",
    import_mapping.c.app,
    import_mapping.c.shape,
    sa.func.coalesce(import_mapping.c.owner, 0),
    unique=True,
)

#: What administrators chose for the workspace, apart from its apps.
setting = sa.Table(
    "setting",
    WORKSPACE,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", pg.JSONB, nullable=False),
)

#: Mails that wait, were sent, failed, or are kept because no mail server is known.
mail = sa.Table(
    "mail",
    WORKSPACE,
    _id(),
    sa.Column("at", _MOMENT, nullable=False),
    _text("kind"),
    _text("address"),
    _text("subject"),
    sa.Column("text", sa.Text),
    sa.Column("html", sa.Text),
    _text("state"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("sent_at", _MOMENT),
)
sa.Index("mail_at", mail.c.at)
