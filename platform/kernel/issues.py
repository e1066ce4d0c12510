"""What is wrong, and where: checks report every problem at once instead of raising at the first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem with something that was sent.

    `path` is a JSON pointer (RFC 6901) into the input, "" for the whole of it.
    `code` names the message in a `messages.json`; `params` fill its placeholders.
    A message written by the author of an app travels in `params["text"]` as
    `{"en": ..., "zh": ...}` with the code `rule`.
    """

    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def under(self, prefix: str) -> "Issue":
        """The same problem seen from further outside: `prefix` is put before the path."""
        return replace(self, path=prefix + self.path)


class Issues:
    """A growing list of problems."""

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._issues: list[Issue] = list(issues)

    def add(self, path: str, code: str, **params: Any) -> None:
        """Note one problem at `path` (a JSON pointer)."""
        self._issues.append(Issue(path, code, params))

    def extend(self, issues: Iterable[Issue], under: str = "") -> None:
        """Take over problems found further inside, with `under` put before their paths."""
        self._issues.extend(issue.under(under) if under else issue for issue in issues)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._issues)

    def __len__(self) -> int:
        return len(self._issues)


def pointer(*parts: object) -> str:
    """The JSON pointer for `parts`: pointer("forms", "a/b", 0) == "/forms/a~1b/0"."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
