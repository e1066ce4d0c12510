"""What the operator chose, read once from the environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from joinery.adapters import AllowedHosts, MailServer
from joinery.kernel import Misconfigured

#: Key of the workspace that is made at the first start.
FIRST_WORKSPACE = "main"

#: Characters that a key for secrets has at least.
SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The operator's choices; every one has a default that works on one machine."""

    #: Address the server listens on; anything but a loopback address is a deliberate choice.
    host: str = "127.0.0.1"
    port: int = 8000
    #: Folder of the embedded database; used when there is no `database_url`.
    data_dir: Path
    #: A PostgreSQL of the operator's own, 15 or newer; None for the embedded one.
    database_url: str | None = None
    #: Processes that answer requests, and threads in each.
    web_workers: int = 2
    web_threads: int = 8
    #: Jobs that run at the same time beside the web processes; 0 when `joinery worker` runs them.
    job_workers: int = 1
    #: Records up to which an export comes at once; a job writes the file of more.
    export_at_once: int = 20_000
    #: Calls that one API key may make in a minute.
    api_calls_per_minute: int = 600
    #: Whether this is the demo: sample data, and sign-ins everybody knows (from this machine only).
    demo: bool = False
    #: Seals secrets; None for a key that is made in the data folder.
    secret_key: str | None = None
    #: Hosts inside that webhooks may call; those outside they always may.
    webhook_hosts: AllowedHosts = field(default_factory=AllowedHosts)
    #: The server that takes mails; None keeps them for administrators to read.
    mail_server: MailServer | None = None
    #: Where people open the product, without a slash at the end; None for the address it listens on.
    public_url: str | None = None

    @property
    def address(self) -> str:
        """The beginning of every link in a mail. Never what a caller says his host is."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


#: What each variable does and what holds without it, for the reference.
VARIABLES: Mapping[str, tuple[str, str]] = {
    "JOINERY_HOST": (
        "The address to listen on. Anything but a loopback address is a deliberate choice.",
        "127.0.0.1",
    ),
    "JOINERY_PORT": ("The port to listen on, 1 to 65535.", "8000"),
    "JOINERY_DATA_DIR": (
        "The folder of the embedded PostgreSQL. Not used with JOINERY_DATABASE_URL.",
        "/var/lib/joinery for root, else joinery in the user's data folder",
    ),
    "JOINERY_DATABASE_URL": (
        "A PostgreSQL of your own, 15 or newer: postgresql://user:password@host:5432/database.",
        "none: the embedded one is started",
    ),
    "JOINERY_WEB_WORKERS": ("Processes that answer requests, 1 to 64.", "2"),
    "JOINERY_WEB_THREADS": ("Threads in each of them, 1 to 256.", "8"),
    "JOINERY_JOB_WORKERS": (
        "Jobs that `joinery serve` does at the same time, 0 to 64; 0 leaves them to `joinery worker`.",
        "1",
    ),
    "JOINERY_PUBLIC_URL": (
        "Where people open the product, as https://crm.example.com: the beginning of every link in a mail.",
        "the address it listens on; required with JOINERY_MAIL_URL",
    ),
    "JOINERY_MAIL_URL": (
        "The server that takes mails: smtp://user:password@host:587 (with STARTTLS), smtps://host:465 (TLS),"
        " or smtp+plain://host:25 (without encryption, for a server on the same machine).",
        "none: mails are kept for administrators to read",
    ),
    "JOINERY_MAIL_FROM": ("The sender of mails, as Joinery <no-reply@example.com>.", "none"),
    "JOINERY_SECRET_KEY": (
        "Seals the secrets of webhooks: 32 characters or more, the same for all processes and machines.",
        "a key that is made at first use, in the file secret.key of JOINERY_DATA_DIR",
    ),
    "JOINERY_WEBHOOK_HOSTS": (
        "Hosts of the inner network that webhooks may call, each with a port or without, as"
        " erp.internal:8443, 10.0.0.5. All others are called at public addresses only.",
        "none",
    ),
    "JOINERY_EXPORT_AT_ONCE": (
        "Records up to which an export comes at once, 0 to 1000000; a job writes the file of more.",
        "20000",
    ),
    "JOINERY_API_CALLS_PER_MINUTE": (
        "Calls that one API key may make in a minute, 1 to 1000000, over all processes.",
        "600",
    ),
    "JOINERY_DEMO": (
        "1 for the demo: sample data, and sign-ins everybody knows, from this machine only.",
        "0",
    ),
}


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in the `JOINERY_*` variables; raises Misconfigured for one that cannot be read."""
    return Settings(
        host=environment.get("JOINERY_HOST") or "127.0.0.1",
        port=_number(environment, "JOINERY_PORT", 8000, 1, 65535),
        data_dir=Path(environment.get("JOINERY_DATA_DIR") or default_data_dir(environment)).expanduser(),
        database_url=environment.get("JOINERY_DATABASE_URL") or None,
        web_workers=_number(environment, "JOINERY_WEB_WORKERS", 2, 1, 64),
        web_threads=_number(environment, "JOINERY_WEB_THREADS", 8, 1, 256),
        job_workers=_number(environment, "JOINERY_JOB_WORKERS", 1, 0, 64),
        export_at_once=_number(environment, "JOINERY_EXPORT_AT_ONCE", 20_000, 0, 1_000_000),
        api_calls_per_minute=_number(environment, "JOINERY_API_CALLS_PER_MINUTE", 600, 1, 1_000_000),
        demo=_flag(environment, "JOINERY_DEMO"),
        secret_key=_secret_key(environment),
        webhook_hosts=_webhook_hosts(environment),
        mail_server=_mail_server(environment),
        public_url=_public_url(environment),
    )


def _mail_server(environment: Mapping[str, str]) -> MailServer | None:
    url = environment.get("JOINERY_MAIL_URL", "").strip()
    if not url:
        return None
    sender = environment.get("JOINERY_MAIL_FROM", "").strip()
    if "@" not in sender or not sender.isprintable():
        raise Misconfigured(reason="JOINERY_MAIL_FROM must be an address, as Joinery <no-reply@example.com>")
    if not environment.get("JOINERY_PUBLIC_URL", "").strip():
        raise Misconfigured(reason="JOINERY_MAIL_URL needs JOINERY_PUBLIC_URL, where links in mails lead")
    try:
        return MailServer.read(url, sender)
    except ValueError as error:
        raise Misconfigured(reason=f"JOINERY_MAIL_URL: {error}") from error


def _secret_key(environment: Mapping[str, str]) -> str | None:
    key = environment.get("JOINERY_SECRET_KEY", "").strip()
    if key and len(key) < SHORTEST_KEY:
        raise Misconfigured(reason=f"JOINERY_SECRET_KEY must have {SHORTEST_KEY} characters or more")
    return key or None


def _webhook_hosts(environment: Mapping[str, str]) -> AllowedHosts:
    try:
        return AllowedHosts.read(environment.get("JOINERY_WEBHOOK_HOSTS", ""))
    except ValueError as error:
        raise Misconfigured(reason=f"JOINERY_WEBHOOK_HOSTS: {error}") from error


def _public_url(environment: Mapping[str, str]) -> str | None:
    url = environment.get("JOINERY_PUBLIC_URL", "").strip().rstrip("/")
    if not url:
        return None
    if not url.isprintable() or urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Misconfigured(reason=f"JOINERY_PUBLIC_URL must begin with http:// or https://, not {url!r}")
    return url


def default_data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Where data goes unless told otherwise.

    The embedded server opens the parent folders of its data to its own system user when root starts
    it, so root's data never lies below a private home.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/joinery")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "joinery"
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home()) / "joinery"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "joinery"


def _number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise Misconfigured(reason=f"{name} must be a whole number from {least} to {most}, not {text!r}")
    return int(text)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "").strip().lower()
    if text in ("", "0", "no", "false", "off"):
        return False
    if text in ("1", "yes", "true", "on"):
        return True
    raise Misconfigured(reason=f"{name} must be 1 or 0, not {text!r}")
