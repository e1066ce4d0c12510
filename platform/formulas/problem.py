"""Error values: what a formula gives when it cannot be computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DIVISION_BY_ZERO = "#DIV/0!"
WRONG_VALUE = "#VALUE!"
BROKEN_REFERENCE = "#REF!"
WRONG_NUMBER = "#NUM!"
NOT_AVAILABLE = "#N/A"


@dataclass(frozen=True, slots=True)
class FormulaProblem:
    """An error value: it propagates through everything but IFERROR and ISERROR.

    `code` is what Excel would show; `message_code` and `params` give the sentence for a person.
    """

    code: str
    message_code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Failure(Exception):
    """Carries an error value up to whoever catches it; never leaves this folder."""

    def __init__(self, code: str, message_code: str, **params: Any) -> None:
        self.problem = FormulaProblem(code, message_code, params)
        super().__init__(message_code)


def failure_of(problem: FormulaProblem) -> Failure:
    """The exception that carries an existing error value."""
    return Failure(problem.code, problem.message_code, **problem.params)
