"""Secrets by name: administrators give them values, workflows name them, nobody reads them."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from joinery.definitions import SECRET_NAME, secrets_in
from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue, Issues, LimitExceeded, NotFound
from joinery.runtime import audit
from joinery.runtime.kinds import SECRET
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.sealing import CannotOpen, Sealer
from joinery.runtime.workflows.people import person
from joinery.storage import directory, named_secrets
from joinery.workflows import catalogue

#: Characters of a value, and secrets of a workspace.
LONGEST = 4000
MOST_SECRETS = 200

SECRETS = {"en": "secrets of a workspace", "zh": "工作区的密钥数"}

_NAME = re.compile(SECRET_NAME)


def list_secrets(unit: Unit) -> list[dict[str, Any]]:
    """The secrets by name, each with who gave it its value and when; never the value."""
    people = directory.load(unit)
    return [
        {"name": one.name, "changed_at": one.changed_at, "changed_by": person(people, one.changed_by)}
        for one in named_secrets.all_of(unit)
    ]


def put_secret(unit: Unit, actor: Actor, name: str, value: str, sealer: Sealer) -> None:
    """Give a secret a value, its first or another one; raises InvalidInput, LimitExceeded."""
    issues = Issues()
    if not _NAME.fullmatch(name):
        issues.add("/name", "not_a_secret_name")
    if not value or len(value) > LONGEST or not value.isprintable():
        # Line breaks would let a value say more in a header than it should.
        issues.add("/value", "not_a_secret", maximum=LONGEST)
    if issues:
        raise InvalidInput(issues=issues)
    sealed = sealer.seal(value, _place(unit, name))
    made = named_secrets.put(unit, name, sealed, at=unit.now, by=actor.user_id)
    if made and named_secrets.count(unit) > MOST_SECRETS:
        raise LimitExceeded(limit=SECRETS, maximum=MOST_SECRETS)
    audit.record(unit, actor, "secret_set" if made else "secret_changed", subject=name)


def drop_secret(unit: Unit, actor: Actor, name: str) -> None:
    """Forget a secret; raises NotFound. Calls that need it fail from then on."""
    if not named_secrets.drop(unit, name):
        raise NotFound(kind=SECRET)
    audit.record(unit, actor, "secret_deleted", subject=name)


def open_secrets(unit: Unit, names: Collection[str], sealer: Sealer) -> tuple[dict[str, str], list[str]]:
    """The values of these secrets, and the names of those that are not there or cannot be opened."""
    opened: dict[str, str] = {}
    for name, sealed in named_secrets.sealed(unit, names).items():
        try:
            opened[name] = sealer.open(sealed, _place(unit, name))
        except CannotOpen:
            continue
    return opened, sorted(set(names) - opened.keys())


def secret_issues(unit: Unit, document: Mapping[str, Any]) -> list[Issue]:
    """The places of an app's workflows that name secrets which are not there."""
    named = list(secrets_in(document, catalogue().node_shapes()))
    known = {one.name for one in named_secrets.all_of(unit)} if named else set()
    return [
        Issue(path, "definition_unknown_secret", {"name": name}) for path, name in named if name not in known
    ]


def _place(unit: Unit, name: str) -> str:
    return f"{unit.workspace.id}:{name}"
