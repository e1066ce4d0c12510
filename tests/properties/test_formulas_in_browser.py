"""Random expressions on random records give the same in Python and in the browser, to the last digit."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from joinery.formulas import (
    FUNCTIONS,
    SERVER_ONLY,
    EvaluationContext,
    Function,
    Type,
    check,
    evaluate,
    format_literal,
    runs_in_browser,
)
from tests.examples import examples
from tests.formulas_in_browser import Browser, as_told
from tests.properties.test_formulas_agree import ANY, CONTEXT, Fields, records

TWINNED = [function for function in FUNCTIONS if function.operation.name not in SERVER_ONLY]
#: Clocks set back and forward, and a zone that had a time of its own until 1901.
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")

literal_numbers = st.one_of(
    st.integers(-12, 40),
    st.decimals(-100_000, 100_000, places=3),
    st.sampled_from(["1e30", "1e99", "1e-25", "0.5", "-0.5", "2.5", "46053.75", "1/3", "-2/7", "{n1}/7"]),
).map(str)
written_numbers = st.from_regex(
    r"[-+]?[$¥(]?[0-9]{1,3}(,[0-9]{3})?(\.[0-9]{0,3})?(e[0-9])?\)? ?%?", fullmatch=True
)
written_days = st.builds(
    lambda day, pattern: day.strftime(pattern),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        [
            "%Y-%m-%d",
            "%Y/%m/%d",
            "%m/%d/%Y",
            "%d-%b-%Y",
            "%B %d, %Y",
            "%Y年%m月%d日",
            "%Y%m%d",
            "%G-W%V-%u",
            "%GW%V",
        ]
    ),
)
written_times = st.builds(
    lambda moment, pattern: moment.strftime(pattern),
    st.datetimes(),
    st.sampled_from(
        ["%H:%M", "%I:%M %p", "%H:%M:%S", "上午%I:%M", "%H:%M:%S.%f", "%H%M%S", "%H:%M:%S+08:00", "%HZ"]
    ),
)
written_moments = st.builds("{}{}{}".format, written_days, st.sampled_from([" ", "T", ""]), written_times)
formats = st.text('0#?.,%E+-/yYmMdDhHsa@";:[]<>=1_*\\ A/PMGeneral上午', max_size=9) | st.sampled_from(
    [
        "#,##0.00",
        "0.0%",
        "# ?/?",
        "# ??/16",
        "0.00E+00",
        "##0.0E+0",
        "yyyy-mm-dd",
        "[h]:mm",
        "0;(0);-",
        "[<100]0.0;0",
    ]
)
literal_texts = st.one_of(
    st.text("aAbB 0-1?*~,.ßΣσİ华😀", max_size=7),
    written_numbers,
    written_days,
    written_times,
    written_moments,
    formats,
    st.sampled_from(
        ["day", "week", "month", "quarter", "year", "hour", "second", "Y", "M", "D", "YM", "MD", "YD"]
    ),
).map(format_literal)

SIMPLE = {
    "number": literal_numbers | st.sampled_from(["{n1}", "{n2}", '""', "(2 ^ 0.5)", "TRUE"]),
    "text": literal_texts | st.sampled_from(["{t1}", "{t2}", "{c1}"]),
    "boolean": st.sampled_from(["{b1}", "{b2}", "TRUE", "FALSE", "({n1} > 0)", "(1/0 > 1)"]),
    "date": st.sampled_from(["{d1}", "{d2}", "TODAY()", "DATE(2024, 2, 29)", "DATE(9999, 12, 31)", '""']),
    "moment": st.sampled_from(["{s1}", "{s2}", "NOW()", "{d1}", "({s1} + {n1})", "MIN({s1}, {s2})"]),
    "clock": st.sampled_from(["TIME(8, 30, 15)", "{s1}", "{d1}", '"8:30 PM"']),
    "list": st.sampled_from(
        ["{l1}", 'LIST("a", {t1}, "A")', 'SPLIT({t1}, "a")', "LIST({n1}, 2, {n2})", "LIST({d1}, {d2})", '""']
    ),
    "user": st.sampled_from(["{u1}", "ME()"]),
}  # fmt: skip
SIMPLE["any"] = st.one_of(*SIMPLE.values()) | st.just("({s1} - {s2})") | st.just("NA()")
KINDS = {"datetime": "moment", "time": "clock", "department": "user", "same": "any", "key": "any"}


def argument(accepts: Type) -> st.SearchStrategy[str]:
    """An expression that may fit a parameter."""
    if accepts.kind in ("items", "list"):
        item = accepts.item.kind if accepts.item else "any"
        return SIMPLE["list"] | SIMPLE.get(KINDS.get(item, item), SIMPLE["any"])
    return SIMPLE.get(KINDS.get(accepts.kind, accepts.kind), SIMPLE["any"])


@st.composite
def calls(draw: st.DrawFn, function: Function) -> str:
    """A call of a function, as somebody would write it."""
    most = function.fewest + 3 if function.most is None else function.most
    count = draw(st.integers(function.fewest, most))
    kind = draw(st.sampled_from(["number", "text", "date", "moment", "boolean"]))
    arguments = [
        draw(SIMPLE[kind] if accepts.kind in ("same", "key") else argument(accepts))
        for accepts in (function.accepts(place, count) for place in range(count))
    ]
    return f"{function.name}({', '.join(arguments)})"


def compare(browser: Browser, text: str, record: dict[str, Any], context: EvaluationContext) -> None:
    checked, _ = check(text, Fields())
    assume(checked is not None)
    assert checked is not None
    assume(runs_in_browser(checked))
    expected = as_told(evaluate(checked, record, context))
    assert browser.evaluate(checked, record, context) == expected, text


several = settings(max_examples=examples(500), deadline=None, suppress_health_check=list(HealthCheck))


@several
@given(text=ANY, record=records)
def test_nested_expressions_agree(formulas_in_browser: Browser, text: str, record: dict[str, Any]) -> None:
    compare(formulas_in_browser, text, record, CONTEXT)


@several
@given(text=st.sampled_from(TWINNED).flatmap(calls), record=records, zone=st.sampled_from(ZONES))
def test_every_function_agrees(
    formulas_in_browser: Browser, text: str, record: dict[str, Any], zone: str
) -> None:
    compare(formulas_in_browser, text, record, EvaluationContext(now=CONTEXT.now, time_zone=zone, user_id=5))


@several
@given(
    pattern=st.sampled_from(
        [
            "DATETIME({})",
            "DATEVALUE({})",
            "VALUE({})",
            'TEXT({}, "yyyy-mm-dd hh:mm:ss.000")',
            "{} + 1",
            "{{d1}} < {}",
        ]
    ),
    written=written_numbers | written_days | written_times | written_moments,
    zone=st.sampled_from(ZONES),
)
def test_what_is_written_in_texts_is_read_alike(
    formulas_in_browser: Browser, pattern: str, written: str, zone: str
) -> None:
    text = pattern.format(format_literal(written))
    compare(
        formulas_in_browser,
        text,
        {"d1": date(2026, 1, 31)},
        EvaluationContext(now=CONTEXT.now, time_zone=zone),
    )


@several
@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-1_000_000, max_value=1_000_000)
    | st.dates()
    | st.datetimes(),
    format=formats,
)
def test_formats_agree(formulas_in_browser: Browser, value: Any, format: str) -> None:
    record = (
        {"n1": value}
        if isinstance(value, Decimal)
        else {"s1": value.replace(tzinfo=CONTEXT.now.tzinfo)}
        if isinstance(value, datetime)
        else {"d1": value}
    )
    field = {"n1": "{n1}", "s1": "{s1}", "d1": "{d1}"}[next(iter(record))]
    compare(formulas_in_browser, f"TEXT({field}, {format_literal(format)})", record, CONTEXT)
