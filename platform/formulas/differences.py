"""Where the language differs from Excel on purpose: the one table of it, whose examples are tests."""

from dataclasses import dataclass

#: What `here` says when the checker does not take an expression at all.
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Difference:
    """`rule` says what holds here; `example` gives `excel` there and `here` with us."""

    rule: str
    example: str
    excel: str
    here: str


def _of(rule: str, *examples: tuple[str, str, str]) -> tuple[Difference, ...]:
    return tuple(Difference(rule, *one) for one in examples)


DIFFERENCES: tuple[Difference, ...] = (
    *_of(
        "Numbers are exact decimals; what has no end is kept to 20 decimals.",
        ('1 / 3 & ""', "'0.333333333333333'", "'0.33333333333333333333'"),
        ("(1.1 - 1 - 0.1) = 0", "FALSE", "TRUE"),
        ("MROUND(6.05, 0.1)", "6", "6.1"),
        ("10 ^ -25", "1E-25", "0"),
    ),
    *_of(
        "Numbers stay below 1E+100 and are always written out in texts.",
        ("10 ^ 200", "1E+200", "#NUM!"),
        ("FACT(100)", "9.33E+157", "#NUM!"),
        ('10 ^ 21 & ""', "'1E+21'", "'1000000000000000000000'"),
    ),
    *_of(
        "Dates and times are dates and times, not numbers of days.",
        ('DATE(2026, 1, 31) & ""', "'46053'", "'2026-01-31'"),
        ('TIMEVALUE("2:24 AM") & ""', "'0.1'", "'02:24:00'"),
        ("ISNUMBER(DATE(2026, 1, 31))", "TRUE", "FALSE"),
        ("YEAR(46053)", "2026", REFUSED),
        ("HOUR(0.75)", "18", REFUSED),
        ("DATE(2026, 1, 31) * 2", "92106", REFUSED),
        ('TEXT(DATE(2026, 1, 31), "0")', "'46053'", "#VALUE!"),
        ('VALUE("2026-01-31")', "46053", "#VALUE!"),
        ('VALUE("8:30")', "0.354166667", "#VALUE!"),
        ("DATE(2026, 1, 31) + 0.5", "2026-01-31 12:00", "2026-01-31"),
    ),
    *_of(
        "The calendar has all years from 1 to 9999, and no 29 February 1900.",
        ("DATE(1900, 2, 29)", "1900-02-29", "1900-03-01"),
        ("DATE(1900, 1, 1) - 1", "1900-01-00", "1899-12-31"),
    ),
    *_of(
        "The days of DATEDIF beyond whole years are counted in the year before the end.",
        ('DATEDIF(DATE(1988, 6, 22), DATE(2012, 5, 11), "YD")', "323", "324"),
    ),
    *_of(
        "A date in a text needs its year with four digits.",
        ('DATEVALUE("1/30/98")', "1998-01-30", "#VALUE!"),
        ('DATEVALUE("5-JUL")', "5 July of this year", "#VALUE!"),
    ),
    *_of(
        'An empty text is a blank, and a blank is 0 in arithmetic and "" in texts, nothing in comparisons.',
        ('"" + 5', "#VALUE!", "5"),
        ('VALUE("")', "#VALUE!", "0"),
        ('ISBLANK("")', "FALSE", "TRUE"),
        ('COUNTA("", 1)', "2", "1"),
        ('"" > 5', "TRUE", "FALSE"),
    ),
    *_of(
        "IF without its last value gives a blank.",
        ("ISBLANK(IF(FALSE, 1))", "FALSE", "TRUE"),
    ),
    *_of(
        "What cannot be meant is refused when the expression is written.",
        ('1 = "1"', "FALSE", REFUSED),
        ("TRUE > 1", "TRUE", REFUSED),
        ('IF("TRUE", 1, 2)', "1", REFUSED),
    ),
    *_of(
        "An expression has one type: beside a text, a number becomes one.",
        ('ISNUMBER(IF(TRUE, 1, "none"))', "TRUE", "FALSE"),
        ("MAX(TRUE, FALSE)", "1", "TRUE"),
    ),
    *_of(
        "AND and OR stop as soon as the answer is known.",
        ("AND(FALSE, 1/0 = 1)", "#DIV/0!", "FALSE"),
        ("OR(TRUE, 1/0 = 1)", "#DIV/0!", "TRUE"),
    ),
    *_of(
        "Commas in a number must part groups of three digits.",
        ('VALUE("1,5")', "15", "#VALUE!"),
    ),
    *_of(
        "Characters are those of Unicode, each counted once.",
        ("CHAR(8364)", "#VALUE!", "'€'"),
        ('CODE("€")', "128", "8364"),
        ('LEN("😀")', "2", "1"),
        ("UNICHAR(55296)", "#N/A", "#VALUE!"),
    ),
    *_of(
        "Texts are put in order by the numbers of their characters, in small letters.",
        ('"é" < "z"', "TRUE", "FALSE"),
    ),
    *_of(
        "A backslash in a text begins a special character: \\n is a line end, \\\\ the backslash itself.",
        ('LEN("a\\nb")', "4", "3"),
        ('REGEXMATCH("5", "\\\\d")', "FALSE", "TRUE"),
    ),
    *_of(
        "Texts may have 100,000 characters.",
        ('LEN(REPT("a", 40000))', "#VALUE!", "40000"),
    ),
    *_of(
        "Braces hold fields; lists are written LIST(1, 2, 3).",
        ("SUM({1,2,3})", "6", REFUSED),
        ("SUM(LIST(1, 2, 3))", "#NAME?", "6"),
        ("INDEX(LIST(1, 2, 3), -1)", "#NAME?", "3"),
        ('CONCAT(LIST("a", "b"))', "#NAME?", "'a, b'"),
    ),
    *_of(
        "No argument is left out between commas: write 0; more of those at the end may be left out.",
        ("FV(1%, 10, -100, , 1)", "1056.68", REFUSED),
        ("ROUND(2.5)", REFUSED, "3"),
        ("CEILING(2.1)", REFUSED, "3"),
    ),
    *_of(
        "Without holidays, working days are those of the workspace's calendar (here 1 October is off and "
        "Saturday 10 October is worked instead); in Excel Monday to Friday.",
        ("NETWORKDAYS(DATE(2026, 10, 1), DATE(2026, 10, 2))", "2", "1"),
        ("WORKDAY(DATE(2026, 10, 9), 1)", "2026-10-12", "2026-10-10"),
        ("NETWORKDAYS.INTL(DATE(2026, 10, 10), DATE(2026, 10, 11), 1)", "0", "1"),
    ),
    *_of(
        "Names of months and days are English and DOLLAR gives dollars, whatever the language.",
        ('TEXT(DATE(2026, 1, 31), "[$-804]mmmm")', "'一月'", "'January'"),
        ("DOLLAR(5)", "'¥5.00' in China", "'$5.00'"),
    ),
)
