"""Values as text by a format of Excel's, such as "#,##0.00", "0%" or "yyyy-mm-dd"."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from joinery.formulas import numbers
from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import local, text_of
from joinery.formulas.dates_in_text import naive_datetime, time_from_text
from joinery.formulas.format_sections import Section, Token, section_for, sections_of
from joinery.formulas.moment_formats import format_moment, moment_of_serial
from joinery.formulas.numbers_in_text import looks_like_number, number_from_text
from joinery.formulas.problem import WRONG_VALUE, Failure

_MOST_PLACES, _MOST_DIGITS = 30, 60
_GENERAL_WIDTH = 11


def format_value(context: EvaluationContext, value: Any, pattern: str) -> str:
    """A number, date, datetime, time or duration by a format; a text that looks like one alike."""
    sections = sections_of(pattern)
    if isinstance(value, str):
        return _format_text(context, value, sections)
    if isinstance(value, Decimal):
        return format_number(value, sections)
    if isinstance(value, datetime):
        value = local(context, value)
    if isinstance(value, (date, time, timedelta)):
        return format_moment(value, _section_of_dates(sections))
    return text_of(context, value)


def format_number(value: Decimal, sections: tuple[Section, ...]) -> str:
    """A number by the section that is for it."""
    section, shown = section_for(sections, value)
    if section.is_of_dates:
        return format_moment(moment_of_serial(shown, elapsed=section.has("elapsed")), section)
    if section.has("general", "@"):
        general = general_text(shown.copy_abs())
        body = "".join(general if one.kind in ("general", "@") else one.text for one in section.tokens)
    elif section.has("/"):
        body = _fraction(shown.copy_abs(), section.tokens)
    elif section.has("exponent"):
        body = _scientific(shown.copy_abs(), section.tokens)
    else:
        body = _decimal(shown.copy_abs(), section.tokens)
    return "-" + body if shown < 0 else body


def general_text(value: Decimal) -> str:
    """A number as a cell without a format shows it: at most 11 characters, with an exponent from 1E+11 on."""
    text = numbers.plain(value)
    if len(text) <= _GENERAL_WIDTH:
        return text
    power = value.adjusted()
    if power >= _GENERAL_WIDTH or power < -4:
        mantissa = numbers.round_to(value.scaleb(-power, numbers.CONTEXT), 5)
        if mantissa >= 10:
            mantissa, power = Decimal(1), power + 1
        return f"{numbers.plain(mantissa)}E{'+' if power >= 0 else '-'}{abs(power):02d}"
    return numbers.plain(numbers.round_to(value, _GENERAL_WIDTH - 2 - max(power, 0)))


def _section_of_dates(sections: tuple[Section, ...]) -> Section:
    """Dates are positive numbers to Excel; a format for numbers cannot show them here."""
    if not sections[0].is_of_dates and sections[0].has("digit", "general"):
        raise Failure(WRONG_VALUE, "formula_bad_format")
    return sections[0]


def _format_text(context: EvaluationContext, value: str, sections: tuple[Section, ...]) -> str:
    only_text = sections[0].has("@") and not sections[0].has("digit")
    if not only_text and len(sections) < 4:
        if looks_like_number(value):
            return format_number(number_from_text(value), sections)
        if sections[0].is_of_dates and (moment := _moment_in(value)):
            return format_moment(moment, sections[0])
    section = sections[3] if len(sections) == 4 else sections[0] if only_text else None
    if section is None:
        return value
    return "".join(value if one.kind == "@" else one.text for one in section.tokens)


def _wall_clock_in(text: str) -> datetime:
    """What stands in the text, whatever offset follows."""
    return naive_datetime(text, "formula_not_a_date").replace(tzinfo=None)


def _moment_in(text: str) -> date | time | None:
    for read in (lambda: _wall_clock_in(text), lambda: time_from_text(text)):
        try:
            found: date | time = read()
        except Failure:
            continue
        return found
    return None


def _decimal(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """Digits where the format has places for them, and everything else where it stands."""
    point = next((place for place, one in enumerate(tokens) if one.kind == "."), len(tokens))
    whole_places = [place for place, one in enumerate(tokens[:point]) if one.kind == "digit"]
    places = [place for place, one in enumerate(tokens) if one.kind == "digit" and place > point]
    if len(places) > _MOST_PLACES or len(whole_places) > _MOST_DIGITS:
        raise Failure(WRONG_VALUE, "formula_bad_format")
    last = whole_places[-1] if whole_places else point - 1
    first = whole_places[0] if whole_places else point
    commas = [place for place, one in enumerate(tokens[:point]) if one.kind == ","]
    thousands = any(first < place < last for place in commas)
    scale = 2 * sum(one.kind == "%" for one in tokens) - 3 * _commas_after(tokens, max([last, *places]))
    rounded = numbers.round_to(value.scaleb(scale, numbers.CONTEXT), len(places))
    whole, _, fraction = format(rounded, "f").partition(".")
    shown = _whole_digits(whole.lstrip("0"), [tokens[place].text for place in whole_places], thousands)
    shown += _fraction_digits(fraction, [tokens[place].text for place in places])
    digits = dict(zip(whole_places + places, shown, strict=True))
    if not whole_places and point < len(tokens):
        digits[point] = whole.lstrip("0") + "."
    result = [digits.get(place, "" if one.kind == "," else one.text) for place, one in enumerate(tokens)]
    return "".join(result)


def _commas_after(tokens: tuple[Token, ...], last: int) -> int:
    """How many commas follow the last digit at once: each divides by a thousand."""
    count = 0
    while last + 1 + count < len(tokens) and tokens[last + 1 + count].kind == ",":
        count += 1
    return count


def _whole_digits(digits: str, masks: list[str], thousands: bool) -> list[str]:
    """What stands at each place for a digit before the point; the first place takes all that are more."""
    more = max(0, len(digits) - len(masks))
    at_places = [digits[: more + 1], *digits[more + 1 :]] if more else list(digits)
    fillers = {"0": "0", "?": " ", "#": ""}
    shown = [fillers[mask] for mask in masks[: len(masks) - len(at_places)]] + at_places if masks else []
    if not thousands:
        return shown
    grouped, behind = [], 0
    for text in reversed(shown):
        part = ""
        for digit in reversed(text):
            part = ("," if behind and behind % 3 == 0 and digit.isdigit() else "") + part
            part, behind = digit + part, behind + 1
        grouped.append(part)
    return grouped[::-1]


def _fraction_digits(digits: str, masks: list[str]) -> list[str]:
    shown = list(digits.ljust(len(masks), "0"))
    for place in range(len(masks) - 1, -1, -1):
        if shown[place] != "0" or masks[place] == "0":
            break
        shown[place] = "" if masks[place] == "#" else " "
    return shown


def _scientific(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """0.00E+00; with several whole places the exponent is a multiple of their number."""
    at = next(place for place, one in enumerate(tokens) if one.kind == "exponent")
    mantissa, behind = tokens[:at], tokens[at + 1 :]
    point = next((place for place, one in enumerate(mantissa) if one.kind == "."), len(mantissa))
    step = max(1, sum(one.kind == "digit" for one in mantissa[:point]))
    places = sum(one.kind == "digit" for one in mantissa[point:])
    power = value.adjusted() // step * step if value else 0
    rounded = numbers.round_to(value.scaleb(-power, numbers.CONTEXT), places)
    if rounded >= Decimal(10) ** step:
        power += step
        rounded = numbers.round_to(value.scaleb(-power, numbers.CONTEXT), places)
    sign = "-" if power < 0 else "+" if tokens[at].text.endswith("+") else ""
    exponent = _decimal(Decimal(abs(power)), behind)
    return f"{_decimal(rounded, mantissa)}{tokens[at].text[0]}{sign}{exponent}"


def _fraction(value: Decimal, tokens: tuple[Token, ...]) -> str:
    """# ?/?: the nearest fraction whose divisor has no more digits than there are places, or is written."""
    slash = next(place for place, one in enumerate(tokens) if one.kind == "/")
    start = slash
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    end = slash + 1
    while end < len(tokens) and (tokens[end].kind == "digit" or tokens[end].text.isdecimal()):
        end += 1
    over, under = tokens[start:slash], tokens[slash + 1 : end]
    if not over or not under or len(under) > 5:
        raise Failure(WRONG_VALUE, "formula_bad_format")
    has_whole = any(one.kind == "digit" for one in tokens[:start])
    whole = numbers.round_to(value, 0, numbers.DOWN) if has_whole else numbers.ZERO
    rest = Fraction(numbers.CONTEXT.subtract(value, whole))
    written = "".join(one.text for one in under)
    fixed = int(written) if written.isdecimal() and int(written) else None
    if fixed:
        top, bottom = int(rest * fixed + Fraction(1, 2)), fixed
    else:
        nearest = rest.limit_denominator(10 ** len(under) - 1)
        top, bottom = nearest.numerator, nearest.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    before = _decimal(whole, tokens[:start]) if has_whole else "".join(one.text for one in tokens[:start])
    after = "".join(one.text for one in tokens[end:])
    if has_whole and not top:
        before = before if whole else _decimal(whole, (*tokens[: start - 1], Token("digit", "0")))
        return before + " " * (len(over) + 1 + len(under)) + after
    return f"{before}{str(top).rjust(len(over))}/{str(bottom).ljust(len(under))}{after}"
