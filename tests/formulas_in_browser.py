"""The browser's evaluator, run by Node: expressions in, values out, by one process for all tests."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from joinery.formulas import (
    Checked,
    EvaluationContext,
    FormulaProblem,
    calendar_json,
    constant_json,
    to_core_json,
)

UI = Path(__file__).parents[1] / "designer_ui"
ROLLDOWN = UI / "node_modules" / "rolldown" / "bin" / "cli.mjs"
NODE = Path(sys.executable).with_name("node")
MICROSECOND = timedelta(microseconds=1)


class Browser:
    """Answers like the browser; `close` ends the process."""

    def __init__(self, folder: Path) -> None:
        bundle = folder / "formulas.mjs"
        source = UI / "tests" / "formulas" / "server.ts"
        command = [NODE, ROLLDOWN, source, "--file", bundle, "--format", "esm", "--platform", "node"]
        subprocess.run(command, check=True, cwd=UI, capture_output=True)
        self._process = subprocess.Popen(
            [NODE, bundle], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def twins(self) -> set[str]:
        """The names of all operations it has."""
        return set(self._ask({"twins": True}))

    def evaluate(self, checked: Checked, record: Mapping[str, Any], context: EvaluationContext) -> Any:
        """The value in the shape that `as_told` gives: JSON, error values by their code."""
        known = {
            "now": constant_json(context.now)["datetime"],
            "time_zone": context.time_zone,
            "user_id": context.user_id,
            "department_ids": context.department_ids,
            "organisation_id": context.organisation_id,
            "roles": context.roles,
            "calendar": calendar_json(context.calendar),
        }
        question = {"core": to_core_json(checked), "record": _record(record), "context": known}
        return self._ask(question)

    def typed(self, field: Mapping[str, Any], value: Any) -> Any:
        """What the entry form takes something typed for, as `as_told`; {} when only the server can say."""
        return self._ask({"field": field, "typed": value})

    def _ask(self, question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def as_told(value: Any) -> Any:
    """A Python value as the browser's answer would be."""
    return {"error": value.code} if isinstance(value, FormulaProblem) else {"value": _written(value)}


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _written(value) for key, value in record.items()}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, timedelta):
        return {"duration": str(value // MICROSECOND)}
    return constant_json(value)
