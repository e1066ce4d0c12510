"""Formulas that are typed, and what a change does to computed values."""
