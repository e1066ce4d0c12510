"""The file of rows that were not imported: the original columns, with the row's number and the reasons.

It can be mended in a spreadsheet program and imported again.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from joinery.kernel import Issue, issue_message, label_key
from joinery.storage.job_states import Failure

_ROW = {"en": "Row", "zh": "行号"}
_REASON = {"en": "Reason", "zh": "原因"}


def failures_file(columns: Sequence[str], failures: Iterable[Failure], language: str) -> bytes:
    """A CSV file that spreadsheet programs open with the right characters (UTF-8 with mark, CRLF)."""
    key = label_key(language)
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([_ROW[key], *columns, _REASON[key]])
    for failure in failures:
        reasons = " ".join(_reason(Issue(**issue), language) for issue in failure.issues)
        cells = [neutral(cell.replace("\0", "")) for cell in failure.cells]
        cells += [""] * (len(columns) - len(cells))
        writer.writerow([failure.row_number, *cells, reasons])
    return text.getvalue().encode("utf-8")


def _reason(issue: Issue, language: str) -> str:
    """One reason; its path is the name of the column it is about, "" for the whole row."""
    sentence = issue_message(issue, language)
    return f"{issue.path}: {sentence}" if issue.path else sentence


def neutral(cell: str) -> str:
    """Text that a spreadsheet program will not run as a formula: an apostrophe before the dangerous signs.

    Plain negative and positive numbers stay numbers.
    """
    if cell[:1] in ("=", "@", "\t", "\r") or (cell[:1] in ("+", "-") and not _is_number(cell)):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    digits = cell[1:].replace(",", "").replace(".", "", 1).replace(" ", "").removesuffix("%")
    return digits.isascii() and digits.isdigit()


def plain(cell: str) -> str:
    """What was written before `neutral` protected it."""
    return cell[1:] if cell[:1] == "'" and neutral(cell[1:]) == cell else cell
