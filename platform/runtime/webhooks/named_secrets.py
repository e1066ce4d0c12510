"""Secrets by name: administrators give them values, workflows name them, nobody reads them."""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from joinery.definitions import SECRET_NAME, secrets_in
from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue, Issues, LimitExceeded, Misconfigured, NotFound
from joinery.runtime import audit
from joinery.runtime.kinds import SECRET
from joinery.runtime.settings import Settings
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.requests import host_of
from joinery.runtime.webhooks.sealing import CannotOpen, Sealer, sealer_of
from joinery.runtime.workflows.people import person
from joinery.storage import directory, named_secrets
from joinery.storage.named_secrets import SealedSecret
from joinery.workflows import catalogue

#: Characters of a value, and secrets of a workspace.
LONGEST = 4000
MOST_SECRETS = 200
#: Hosts that one secret may go to.
MOST_HOSTS = 20

SECRETS = {"en": "secrets of a workspace", "zh": "工作区的密钥数"}

_NAME = re.compile(SECRET_NAME)
#: The name of a host, or its address; that of IPv6 without brackets.
_HOST = re.compile(r"[\w.-]{1,253}|[0-9a-f:.]{2,45}")


def list_secrets(unit: Unit) -> list[dict[str, Any]]:
    """The secrets by name, each with its hosts, who gave it its value and when; never the value."""
    people = directory.load(unit)
    return [
        {
            "name": one.name,
            "hosts": list(one.hosts),
            "changed_at": one.changed_at,
            "changed_by": person(people, one.changed_by),
        }
        for one in named_secrets.all_of(unit)
    ]


def put_secret(unit: Unit, actor: Actor, name: str, value: str, hosts: Sequence[str], sealer: Sealer) -> None:
    """Give a secret a value, its first or another one, and the hosts it may go to.

    Who draws a workflow may name every secret: the hosts keep him from having one sent to himself. Raises
    InvalidInput, LimitExceeded.
    """
    issues = Issues()
    hosts = sorted({host.strip().lower() for host in hosts})
    if not _NAME.fullmatch(name):
        issues.add("/name", "not_a_secret_name")
    if not value or len(value) > LONGEST or not value.isprintable():
        # Line breaks would let a value say more in a header than it should.
        issues.add("/value", "not_a_secret", maximum=LONGEST)
    if not 0 < len(hosts) <= MOST_HOSTS or not all(_HOST.fullmatch(host) for host in hosts):
        issues.add("/hosts", "not_hosts", maximum=MOST_HOSTS)
    if issues:
        raise InvalidInput(issues=issues)
    kept = SealedSecret(value=sealer.seal(value, _place(unit, name)), hosts=hosts)
    made = named_secrets.put(unit, name, kept, at=unit.now, by=actor.user_id)
    if made and named_secrets.count(unit) > MOST_SECRETS:
        raise LimitExceeded(limit=SECRETS, maximum=MOST_SECRETS)
    audit.record(
        unit,
        actor,
        "secret_set" if made else "secret_changed",
        subject=name,
        after={"hosts": ", ".join(hosts)},
    )


def drop_secret(unit: Unit, actor: Actor, name: str) -> None:
    """Forget a secret; raises NotFound. Calls that need it fail from then on."""
    if not named_secrets.drop(unit, name):
        raise NotFound(kind=SECRET)
    audit.record(unit, actor, "secret_deleted", subject=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Values of secrets by name; those that are not there or cannot be opened, and that go elsewhere only."""

    values: Mapping[str, str]
    missing: Sequence[str]
    refused: Sequence[str]


def open_secrets(unit: Unit, names: Collection[str], host: str, settings: Settings) -> Opened:
    """The values of these secrets for a call of a host."""
    opened: dict[str, str] = {}
    # Whoever names none needs no key either.
    kept = named_secrets.sealed(unit, names) if names else {}
    refused = sorted(name for name, one in kept.items() if host.lower() not in one.hosts)
    for name in kept.keys() - set(refused):
        with suppress(CannotOpen, Misconfigured):
            opened[name] = sealer_of(settings).open(kept[name].value, _place(unit, name))
    return Opened(values=opened, missing=sorted(set(names) - opened.keys() - set(refused)), refused=refused)


def secret_issues(unit: Unit, document: Mapping[str, Any]) -> list[Issue]:
    """The places of an app's workflows that name secrets which are not there, or do not go to that host."""
    named = list(secrets_in(document, catalogue().node_shapes()))
    known = {one.name: one.hosts for one in named_secrets.all_of(unit)} if named else {}
    issues = []
    for path, name, url in named:
        if name not in known:
            issues.append(Issue(path, "definition_unknown_secret", {"name": name}))
        elif (host := host_of(url)) not in known[name]:
            issues.append(Issue(path, "definition_secret_goes_elsewhere", {"name": name, "host": host}))
    return issues


def _place(unit: Unit, name: str) -> str:
    return f"{unit.workspace.id}:{name}"
