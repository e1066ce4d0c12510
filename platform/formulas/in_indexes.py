"""The operations whose SQL form gives the same for the same values for ever, whoever asks and when.

PostgreSQL lets nothing else into an index. Everything that goes by a time zone or writes values as texts
is missing on purpose.
"""

IN_INDEXES = frozenset(
    [
        *("AND", "OR", "NOT", "XOR", "IF", "IN", "SWITCH", "ISBLANK", "EXACT", "TRUE", "FALSE", "DATE"),
        *("LEN", "LEFT", "RIGHT", "TRIM", "LOWER", "UPPER"),
        *("equal", "differ", "gt", "ge", "lt", "le", "is_blank", "is_filled", "fold_case"),
        *("false_if_blank", "zero_if_blank", "empty_if_blank", "blank_if_empty", "not_zero"),
        *("add", "subtract", "multiply", "negate", "percent"),
    ]
)
