"""The functions of the language: importing this package registers them all."""

from joinery.formulas.functions import date, information, list, logic, names, number, people, records, text

__all__ = ["date", "information", "list", "logic", "names", "number", "people", "records", "text"]
