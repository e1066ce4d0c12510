"""The figures of an import: exact counts, reasons, records of other forms; of each file and in all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from joinery.kernel import Issue, issue_message, to_json
from joinery.runtime.importing.group_cells import RowIssues
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.reader import SourceRow
from joinery.runtime.importing.row_groups import RowGroup, row_count
from joinery.runtime.importing.write import Written
from joinery.storage.job_states import Failure

#: What is counted: records, but rows where they failed or were filled up.
COUNTS = ("created", "updated", "unchanged", "skipped", "failed", "padded")
#: What became of lines.
LINE_COUNTS = ("added", "updated", "removed")
#: Reasons that are told apart; further ones are in the file of the rows that failed.
_REASONS = 50

Summary = dict[str, Any]


def first_summary(parts: Sequence[Mapping[str, Any]]) -> Summary:
    """The figures before the first row; `parts` are the parameters of the files."""
    return {
        **dict.fromkeys(COUNTS, 0),
        "part": 0,
        "next_row": 0,
        "related": {},
        "lines": dict.fromkeys(LINE_COUNTS, 0),
        "parts": [
            {
                **dict.fromkeys(COUNTS, 0),
                "form": part["form"],
                "file_name": part.get("file_name"),
                "rows": part.get("rows"),
                "related": {},
                "lines": dict.fromkeys(LINE_COUNTS, 0),
                "left_blank": {},
                "reasons": [],
            }
            for part in parts
        ],
    }


def tally(
    summary: Summary,
    groups: Sequence[RowGroup],
    written: Written,
    order: ImportOrder,
    language: str,
    related: Mapping[str, int],
) -> list[Failure]:
    """Count a portion in, and where the next one begins; the rows of it that failed.

    `related` are the records of other forms that it made, by form. Where a record failed, all its rows did.
    """
    number = summary["part"]
    part = summary["parts"][number]
    column_of = {key: column for column, key in order.mapping.items()}
    failed: list[Failure] = []
    counted: Counter[str] = Counter()
    of_lines: Counter[str] = Counter()
    for group, outcome in zip(groups, written.outcomes, strict=True):
        counted[outcome.kind] += len(group) if outcome.issues else 1
        for row in group:
            counted["padded"] += row.padded
        if outcome.lines:
            of_lines.update(outcome.lines)
        if outcome.issues:
            failed += _failures(part["reasons"], group, outcome.issues, column_of, language, number)
    for counts in (summary, part):
        for kind, count in counted.items():
            counts[kind] += count
        for kind, count in of_lines.items():
            counts["lines"][kind] += count
    for form, count in related.items():
        for counts in (summary, part):
            counts["related"][form] = counts["related"].get(form, 0) + count
    for column, count in written.left_blank.items():
        part["left_blank"][column] = part["left_blank"].get(column, 0) + count
    summary["next_row"] += row_count(groups)
    return failed


def _failures(
    reasons: list[dict[str, Any]],
    group: RowGroup,
    found: RowIssues,
    column_of: Mapping[str, str],
    language: str,
    part: int,
) -> list[Failure]:
    """The rows of a record that failed, each with its own reasons or the row that has some."""
    first = group[min(found)].number
    failed = []
    for place, row in enumerate(group):
        issues = found.get(place) or [Issue("", "import_other_row", {"row": first})]
        failed.append(_failure(row, issues, column_of, part))
        _note_reasons(reasons, row, issues, column_of, language)
    return failed


def _failure(row: SourceRow, issues: Sequence[Issue], column_of: Mapping[str, str], part: int) -> Failure:
    """A row with its reasons as JSON, the path of each turned into the name of the column it came from."""
    return Failure(
        row_number=row.number,
        cells=[cell.replace("\0", "\ufffd") for cell in row.cells],
        issues=[
            {
                "path": _column(issue, column_of),
                "code": issue.code,
                "params": to_json(dict(issue.params)),
            }
            for issue in issues
        ],
        part=part,
    )


def _column(issue: Issue, column_of: Mapping[str, str]) -> str:
    return column_of.get(issue.path[1:].split("/")[0], "")


def _note_reasons(
    reasons: list[dict[str, Any]],
    row: SourceRow,
    issues: Sequence[Issue],
    column_of: Mapping[str, str],
    language: str,
) -> None:
    """Count why rows failed: by column and kind of reason, with the first row as an example."""
    for issue in issues:
        column = _column(issue, column_of)
        known = next((one for one in reasons if (one["column"], one["code"]) == (column, issue.code)), None)
        if known is not None:
            known["count"] += 1
        elif len(reasons) < _REASONS:
            reasons.append(
                {
                    "column": column,
                    "code": issue.code,
                    "count": 1,
                    "row": row.number,
                    "message": issue_message(issue, language),
                }
            )
