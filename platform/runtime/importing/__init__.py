"""Import of spreadsheet files: looked at, tried, written, undone."""
