"""What cannot be done with an instance, in words for whoever tried."""

from joinery.kernel import Conflict, Forbidden, InvalidInput, Issue, PlatformError, issue_message


class TaskClosed(Conflict):
    """The task was decided meanwhile, or is no longer needed."""

    code = "workflow_task_closed"


class InstanceEnded(Conflict):
    """The instance has ended."""

    code = "workflow_ended"


class InstanceRuns(Conflict):
    """The instance has not ended."""

    code = "workflow_still_runs"


class NotYours(Forbidden):
    """The task is somebody else's."""

    code = "workflow_not_yours"


class CannotWithdraw(Forbidden):
    """Only the initiator may withdraw, as long as the workflow lets him."""

    code = "workflow_cannot_withdraw"


class UrgedLately(Conflict):
    """The same person urged a short while ago; whoever is asked was told then."""

    code = "workflow_urged_lately"


def refused(path: str, code: str, **params: object) -> InvalidInput:
    """The error for one mistake in what was sent."""
    return InvalidInput(issues=[Issue(path, code, params)])


def words_of(error: PlatformError) -> dict[str, str]:
    """What went wrong in both languages, every single problem included."""
    found = {}
    for key, language in (("en", "en"), ("zh", "zh-CN")):
        issues = (issue_message(issue, language) for issue in error.issues)
        found[key] = " ".join(dict.fromkeys((error.message(language), *issues)))
    return found
