"""Every error of the platform, under one root; the HTTP status of each is known only to the web layer."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.kernel.issues import Issue
from joinery.kernel.messages import issue_message, message


class PlatformError(Exception):
    """Something a person can be told about.

    `code` names the sentence in the catalogue of messages, `params` fill its placeholders,
    `issues` lists single problems with their places, `details` is extra data for the answer
    (JSON values only).
    """

    code: ClassVar[str] = "internal"

    def __init__(
        self,
        *,
        issues: Iterable[Issue] = (),
        details: Mapping[str, Any] | None = None,
        **params: Any,
    ) -> None:
        self.issues = tuple(issues)
        self.details = dict(details or {})
        self.params = params
        super().__init__(self.code)

    def message(self, language: str) -> str:
        """The sentence for a reader of `language` ("en" or "zh-CN")."""
        return message(self.code, language, self.params)

    def __str__(self) -> str:
        lines = [self.message("en")]
        lines += [f"  {issue.path or '/'}: {issue_message(issue, 'en')}" for issue in self.issues]
        return "\n".join(lines)


class InvalidInput(PlatformError):
    """What was sent cannot be accepted; `issues` names every problem with its path."""

    code = "invalid_input"


class InvalidDefinition(InvalidInput):
    """An app definition has mistakes."""

    code = "invalid_definition"


class InvalidRecord(InvalidInput):
    """The values of a record cannot be saved."""

    code = "invalid_record"


class FormulaError(InvalidInput):
    """An expression does not parse or does not check; issue paths are "" and carry `position`."""

    code = "formula_error"


class NotSignedIn(PlatformError):
    """Nobody is signed in."""

    code = "not_signed_in"


class WrongSignIn(PlatformError):
    """E-mail address or password is wrong; which of them is not said."""

    code = "wrong_sign_in"


class NotFound(PlatformError):
    """It does not exist, or the actor may not know that it does (`kind`)."""

    code = "not_found"


class Forbidden(PlatformError):
    """The actor may see it but may not do this (`action`)."""

    code = "forbidden"


class WrongCsrfToken(Forbidden):
    """A writing call by session cookie came without the session's token."""

    code = "wrong_csrf_token"


class ReadOnly(PlatformError):
    """Something was to be written where only looking is allowed."""

    code = "read_only"


class Conflict(PlatformError):
    """Somebody was faster."""

    code = "conflict"


class StaleRevision(Conflict):
    """The record changed since it was read; `details` holds `current` and `submitted`."""

    code = "stale_revision"


class DuplicateValue(Conflict):
    """A value that must be unique is taken; `issues` names the fields."""

    code = "duplicate_value"


class DuplicateRecord(Conflict):
    """The record is there already and may not be there twice; `details["matches"]` lists what was found."""

    code = "duplicate_record"


class PossibleDuplicates(Conflict):
    """The record is probably there already; `details["matches"]` lists what was found, and whoever saves
    may confirm that it is another.
    """

    code = "possible_duplicates"


class RecordInUse(Conflict):
    """A record cannot be deleted while others need it; `details["blockers"]` counts these by form."""

    code = "record_in_use"


class AlreadyConverted(Conflict):
    """The record was converted, perhaps a moment ago; `details["conversion"]` says into what."""

    code = "already_converted"


class ConversionInUse(Conflict):
    """A conversion cannot be undone while others need what it made; `details["blockers"]` counts these."""

    code = "conversion_in_use"


class PlanOutOfDate(Conflict):
    """Something was published after the schema plan was shown."""

    code = "plan_out_of_date"


class LimitExceeded(PlatformError):
    """Larger than allowed (`limit` says what, `maximum` how much is allowed)."""

    code = "limit_exceeded"


class TooManyRequests(PlatformError):
    """Slow down; `seconds` until the next attempt is accepted."""

    code = "too_many_requests"


class Unavailable(PlatformError):
    """The database cannot be reached at the moment."""

    code = "unavailable"


class Misconfigured(PlatformError):
    """The operator must act (`reason`)."""

    code = "misconfigured"
