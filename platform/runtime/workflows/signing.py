"""Signatures of decisions, and the one that somebody keeps for the next time."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, NotFound
from joinery.runtime.kinds import SIGNATURE
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.tasks import user_of
from joinery.storage import signatures
from joinery.workflows import Signature, read_signature, show_signature

Json = dict[str, Any]


def sent_signature(body: Mapping[str, Any]) -> Signature | None:
    """The signature in what was sent; raises InvalidInput where it is none."""
    if "signature" not in body:
        return None
    try:
        return read_signature(body["signature"])
    except InvalidInput as error:
        raise InvalidInput(issues=[issue.under("/signature") for issue in error.issues]) from error


def kept_signature(unit: Unit, actor: Actor) -> Json:
    """The signature that the actor keeps; null when he keeps none."""
    found = signatures.kept(unit, user_of(actor))
    return {"signature": show_signature(found) if found else None}


def keep_signature(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> Json:
    """Keep a signature for the actor; raises InvalidInput."""
    signature = sent_signature({"signature": sent})
    assert signature is not None, "one was sent"
    signatures.keep(unit, user_of(actor), signature)
    return {"signature": show_signature(signature)}


def forget_signature(unit: Unit, actor: Actor) -> None:
    """Keep it no longer; raises NotFound."""
    if not signatures.forget(unit, user_of(actor)):
        raise NotFound(kind=SIGNATURE)
