"""The functions of the language: importing this package registers them all."""

from joinery.formulas.functions import date, list, logic, names, number, people, records, text

__all__ = ["date", "list", "logic", "names", "number", "people", "records", "text"]
