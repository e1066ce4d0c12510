"""Amounts in Chinese capitals."""

from decimal import Decimal

from joinery.formulas.function import Number, Text, function
from joinery.formulas.numbers import CONTEXT, round_to
from joinery.formulas.problem import WRONG_NUMBER, Failure

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_TOO_LARGE = Decimal(10) ** 16


@function("text")
def RMBCAP(amount: Number) -> Text:
    """An amount of money in Chinese capitals, as on cheques and invoices; rounded to fen.

    >>> RMBCAP(1409.5)
    '壹仟肆佰零玖元伍角整'
    >>> RMBCAP(107000.53)
    '壹拾万柒仟元伍角叁分'
    >>> RMBCAP(-0.05)
    '负伍分'
    """
    rounded = round_to(amount.copy_abs(), 2)
    if rounded >= _TOO_LARGE:
        raise Failure(WRONG_NUMBER, "formula_number_too_large")
    yuan, fen = divmod(int(CONTEXT.scaleb(rounded, 2)), 100)
    sign = "负" if amount < 0 and rounded else ""
    return sign + (f"{_whole(yuan)}元" if yuan or not fen else "") + _change(fen, after_yuan=bool(yuan))


def _whole(yuan: int) -> str:
    """The yuan in words: four digits at a time, one 零 for any number of noughts between digits."""
    if not yuan:
        return _DIGITS[0]
    groups: list[int] = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    result, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            if result and (gap or group < 1000):
                result += _DIGITS[0]
            result += _four_digits(group) + _group_name(place, groups)
        gap = not group
    return result


def _group_name(place: int, groups: list[int]) -> str:
    # 万亿 is said once: 壹万贰仟亿 has its 亿 only behind the lower of the two groups.
    if place == 3 and groups[2]:
        return _GROUPS[1]
    return _GROUPS[place]


def _four_digits(group: int) -> str:
    result, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            result += (_DIGITS[0] if gap and result else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return result


def _change(fen: int, *, after_yuan: bool) -> str:
    jiao, rest = divmod(fen, 10)
    if not fen:
        return "整"
    if not rest:
        return f"{_DIGITS[jiao]}角整"
    if jiao:
        return f"{_DIGITS[jiao]}角{_DIGITS[rest]}分"
    return f"{_DIGITS[0] if after_yuan else ''}{_DIGITS[rest]}分"
