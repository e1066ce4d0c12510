"""Templates filled in over a record."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joinery.definitions import template_pieces
from joinery.kernel import to_json
from joinery.runtime.workflows.world import RecordWorld

#: Texts, and the secrets between them as {"secret": name}.
Parts = Sequence[str | Mapping[str, str]]


def fill(template: str, said: Callable[[str], str]) -> str:
    """A template with what is said of its paths; secrets are only named."""
    return shown(_parts(template, said))


def shown(parts: Parts) -> str:
    """Parts to read: secrets are only named."""
    return "".join(part if isinstance(part, str) else f"{{secret.{part['secret']}}}" for part in parts)


def fill_around_secrets(
    world: RecordWorld, template: str, written: Callable[[str], str] = str
) -> list[str | dict[str, str]]:
    """A template in parts: what is filled in is text, secrets stay names.

    What stands at a path is text whatever it looks like: no record can name a secret. `written` says how it
    is put into words.
    """
    return _parts(template, lambda path: written(world.text(path)))


def _parts(template: str, said: Callable[[str], str]) -> list[str | dict[str, str]]:
    parts: list[str | dict[str, str]] = []
    for piece in template_pieces(template):
        if piece.kind == "secret":
            parts.append({"secret": piece.text})
            continue
        text = said(piece.text) if piece.kind == "path" else piece.text
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)
    return parts


def compute_json(world: RecordWorld, body: Any) -> Any:
    """JSON whose texts are expressions over the record, computed."""
    if isinstance(body, str):
        return to_json(world.evaluate(body))
    if isinstance(body, Mapping):
        return {key: compute_json(world, part) for key, part in body.items()}
    if isinstance(body, list):
        return [compute_json(world, part) for part in body]
    return body
