"""How dates are written is found out per column; what could run as a formula is made harmless."""

import pytest

from joinery.runtime.importing.failures import failures_file, neutral, plain
from joinery.runtime.importing.mapping import DateEvidence, iso_date
from joinery.storage.job_states import Failure


@pytest.mark.parametrize(
    "values, default, order, doubtful",
    [
        # Every part could be a year, but years repeat more than days.
        (["20-10-16", "01-03-16", "05-11-17"], "ymd", "dmy", False),
        (["16-10-20", "16-03-01", "17-11-05"], "dmy", "ymd", False),
        (["20-10-16", "31-12-17", "25-02-99"], "ymd", "dmy", False),
        (["01/31/2026", "02/03/2026"], "dmy", "mdy", False),
        (["31/01/2026", "02/03/2026"], "mdy", "dmy", False),
        (["2026-01-02"], "dmy", "ymd", False),
        (["03/04/2026"], "mdy", "mdy", True),
        (["03/04/2026"], "dmy", "dmy", True),
        (["", "later"], "ymd", "ymd", False),
    ],
)
def test_the_values_of_a_column_decide(values, default, order, doubtful):
    evidence = DateEvidence()
    for value in values:
        evidence.look_at(value)
    assert evidence.order(default) == order
    assert evidence.doubtful == doubtful


@pytest.mark.parametrize(
    "text, order, expected",
    [
        ("20-10-16", "dmy", "2016-10-20"),
        ("01/31/2026", "mdy", "2026-01-31"),
        ("31.1.1999 08:30", "dmy", "1999-01-31 08:30"),
        ("01-02-69", "dmy", "1969-02-01"),
        ("01-02-68", "dmy", "2068-02-01"),
        ("2026-01-02", "dmy", "2026-01-02"),
        ("31-31-2026", "dmy", "31-31-2026"),
        ("tomorrow", "dmy", "tomorrow"),
    ],
)
def test_short_dates_become_iso_dates(text, order, expected):
    assert iso_date(text, order) == expected


@pytest.mark.parametrize(
    "text, safe",
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("-12.5", "-12.5"),
        ("+86 138 0013 8000", "+86 138 0013 8000"),
        ("-15%", "-15%"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_formulas_are_made_harmless_and_read_back(text, safe):
    assert neutral(text) == safe
    assert plain(safe) == text


def test_an_apostrophe_of_ones_own_stays():
    assert plain("'t is") == "'t is"


@pytest.mark.parametrize(
    "language, head, reason",
    [
        ("en", "Row,a,b,Reason", "a: This is not an e-mail address."),
        ("zh-CN", "行号,a,b,原因", "a: 不是有效的邮箱地址。"),
    ],
)
def test_failed_rows_come_back_with_reasons_in_ones_language(language, head, reason):
    failure = Failure(
        row_number=7, cells=["=x"], issues=[{"path": "a", "code": "not_an_email", "params": {}}]
    )
    content = failures_file(["a", "b"], [failure], language)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [head, f"7,'=x,,{reason}"]
