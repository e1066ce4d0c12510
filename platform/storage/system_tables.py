"""Tables that all workspaces share (schema "joinery"), as the newest migration leaves them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

SYSTEM = sa.MetaData(schema="joinery")

_MOMENT = sa.DateTime(timezone=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True)


workspace = sa.Table(
    "workspace",
    SYSTEM,
    _id(),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("schema_name", sa.Text, nullable=False, unique=True),
    sa.Column("time_zone", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("directory_stamp", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("apps_stamp", sa.BigInteger, nullable=False, server_default="0"),
)

user = sa.Table(
    "user",
    SYSTEM,
    _id(),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("theme", sa.Text),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("demo", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("created_at", _MOMENT, nullable=False),
    #: A program, which has no password and calls the API by its keys.
    sa.Column("service", sa.Boolean, nullable=False, server_default=sa.false()),
)
sa.Index("user_email", sa.func.lower(user.c.email), unique=True)

#: Partner companies; who is a member of one can sign in while it is switched on (active).
external_organisation = sa.Table(
    "external_organisation",
    SYSTEM,
    _id(),
    sa.Column(
        "workspace_id", sa.BigInteger, sa.ForeignKey(workspace.c.id, ondelete="CASCADE"), nullable=False
    ),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column(
        "kind", sa.Text, sa.CheckConstraint("kind IN ('customer', 'dealer', 'supplier')"), nullable=False
    ),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("created_at", _MOMENT, nullable=False),
)
sa.Index("external_organisation_workspace", external_organisation.c.workspace_id)

member = sa.Table(
    "member",
    SYSTEM,
    sa.Column("workspace_id", sa.BigInteger, sa.ForeignKey(workspace.c.id), primary_key=True),
    sa.Column("user_id", sa.BigInteger, sa.ForeignKey(user.c.id), primary_key=True),
    sa.Column("is_admin", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("roles", pg.ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("department_ids", pg.ARRAY(sa.BigInteger), nullable=False, server_default="{}"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("manager_id", sa.BigInteger, sa.ForeignKey(user.c.id)),
    sa.Column("organisation_id", sa.BigInteger, sa.ForeignKey(external_organisation.c.id)),
)
sa.Index("member_user", member.c.user_id)
sa.Index(
    "member_organisation",
    member.c.organisation_id,
    postgresql_where=member.c.organisation_id.is_not(None),
)


def is_here() -> sa.ColumnElement[bool]:
    """Whether a member may sign in to the workspace: nobody said that he left, and the external organisation
    that he belongs to, if he does, is switched on."""
    # By a name of its own, for queries that look at organisations themselves.
    of_member = external_organisation.alias("organisation_of_member")
    switched_on = (
        sa.select(of_member.c.active)
        .where(of_member.c.id == member.c.organisation_id)
        .correlate(member)
        .scalar_subquery()
    )
    return sa.and_(user.c.active, member.c.active, sa.or_(member.c.organisation_id.is_(None), switched_on))


session = sa.Table(
    "session",
    SYSTEM,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("user_id", sa.BigInteger, sa.ForeignKey(user.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column(
        "workspace_id", sa.BigInteger, sa.ForeignKey(workspace.c.id, ondelete="CASCADE"), nullable=False
    ),
    sa.Column("csrf_token", sa.Text, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("last_seen_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("address", sa.Text),
    sa.Column("user_agent", sa.Text),
    #: As whom an administrator looks at the workspace.
    sa.Column("preview_user_id", sa.BigInteger, sa.ForeignKey(user.c.id, ondelete="SET NULL")),
)
sa.Index("session_user", session.c.user_id)
sa.Index("session_expires", session.c.expires_at)

sign_in_attempt = sa.Table(
    "sign_in_attempt",
    SYSTEM,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("blocked_until", _MOMENT),
    sa.Column("last_at", _MOMENT, nullable=False),
)

setup_link = sa.Table(
    "setup_link",
    SYSTEM,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("used_at", _MOMENT),
)

#: Links by which somebody chooses a password.
password_link = sa.Table(
    "password_link",
    SYSTEM,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("user_id", sa.BigInteger, sa.ForeignKey(user.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column(
        "workspace_id", sa.BigInteger, sa.ForeignKey(workspace.c.id, ondelete="CASCADE"), nullable=False
    ),
    sa.Column("expires_at", _MOMENT, nullable=False),
)
sa.Index("password_link_user", password_link.c.user_id)

#: Keys by which programs call the API with the permissions of a user; `prefix` finds a key, and only a hash
#: of the whole of it is kept. `apps` None stands for all apps. Calls are counted from a minute on.
api_key = sa.Table(
    "api_key",
    SYSTEM,
    _id(),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("user_id", sa.BigInteger, sa.ForeignKey(user.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column(
        "workspace_id", sa.BigInteger, sa.ForeignKey(workspace.c.id, ondelete="CASCADE"), nullable=False
    ),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("writes", sa.Boolean, nullable=False),
    sa.Column("apps", pg.ARRAY(sa.Text)),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("created_by", sa.BigInteger, sa.ForeignKey(user.c.id, ondelete="SET NULL")),
    sa.Column("expires_at", _MOMENT),
    sa.Column("revoked_at", _MOMENT),
    sa.Column("last_used_at", _MOMENT),
    sa.Column("last_address", sa.Text),
    sa.Column("counted_from", _MOMENT),
    sa.Column("calls", sa.Integer, nullable=False, server_default="0"),
)
sa.Index("api_key_prefix", api_key.c.prefix, unique=True)
sa.Index("api_key_user", api_key.c.workspace_id, api_key.c.user_id)
