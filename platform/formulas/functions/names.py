"""Names and earlier values: what the checker resolves before anything is computed."""

from joinery.formulas.function import Anything, Same, function


@function("logic", blank="maybe")
def LET(name: Anything, value: Anything, result: Same, *more: Same) -> Same:
    """The result, in which names stand for the values behind them; more names and values may come before it.

    >>> LET(x, 3, x * x)
    9
    >>> LET(net, 100, tax, net * 20%, net + tax)
    120
    """
    raise AssertionError("the checker puts the values in place of the names")


@function("logic", blank="maybe")
def OLD(field: Anything) -> Same:
    """What a field was before the change that is checked; blank in a new record.

    For rules, validations and conditions of fields.

    >>> OLD({receipt_status})
    'draft'
    """
    raise AssertionError("the checker reads the record before the change")
