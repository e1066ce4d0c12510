"""The suites that come with the product."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from joinery.kernel import NotFound, is_key, load_json
from joinery.runtime.kinds import SUITE


def is_bundled(key: str, document: Mapping[str, Any]) -> bool:
    """Whether a document is a suite that comes with the product, unchanged."""
    try:
        return document == suite_document(key)
    except NotFound:
        return False


def suite_document(key: str) -> Mapping[str, Any]:
    """The app definition of a bundled suite; raises NotFound."""
    source = files("joinery.suites") / f"{key}.json"
    if not is_key(key) or not source.is_file():
        raise NotFound(kind=SUITE)
    document: Mapping[str, Any] = load_json(source.read_bytes())
    return document
