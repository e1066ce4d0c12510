"""The functions of the language: importing this package registers them all."""

from joinery.formulas.functions import (
    date,
    information,
    list,
    logic,
    names,
    number,
    people,
    records,
    rounding,
    statistics,
    text,
    totals,
    trigonometry,
)

__all__ = [
    "date",
    "information",
    "list",
    "logic",
    "names",
    "number",
    "people",
    "records",
    "rounding",
    "statistics",
    "text",
    "totals",
    "trigonometry",
]
