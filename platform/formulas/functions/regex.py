"""Regular expressions (RE2), matched in time that grows with the text and nothing else."""

import re

from joinery.formulas.function import Text, Truth, alias, function
from joinery.formulas.linear_patterns import linear_pattern
from joinery.formulas.problem import NOT_AVAILABLE, WRONG_VALUE, Failure
from joinery.formulas.program import spend
from joinery.formulas.text_limits import check_length

#: How many references a replacement may have, and how many steps it takes to put it in once.
_MOST_REFERENCES, _STEPS = 20, 10
_REFERENCE = re.compile(r"[$\\]([0-9])|\$\$")


@function("text")
def REGEXMATCH(text: Text, pattern: Text) -> Truth:
    """Whether a regular expression fits somewhere in the text; (?i) before it ignores case.

    A backslash in the expression is written twice: "\\\\d" for a digit.

    >>> REGEXMATCH("SO-2026-0001", "^SO-[0-9]{4}-[0-9]+$")
    TRUE
    """
    return linear_pattern(pattern).search(text) is not None


alias("REGEXTEST", of="REGEXMATCH")


@function("text")
def REGEXEXTRACT(text: Text, pattern: Text) -> Text:
    """The first part that a regular expression fits, or of it what stands in the first brackets.

    #N/A when it fits nowhere.

    >>> REGEXEXTRACT("Order 4711 of 2026", "[0-9]+")
    '4711'
    >>> REGEXEXTRACT("ann@example.com", "@([a-z]+)")
    'example'
    """
    found = linear_pattern(pattern).search(text)
    if found is None:
        raise Failure(NOT_AVAILABLE, "formula_not_found", part=pattern[:40])
    return (found.group(1) or "") if found.re.groups else str(found.group())


@function("text")
def REGEXREPLACE(text: Text, pattern: Text, replacement: Text) -> Text:
    """The text with everything that a regular expression fits replaced; $1 is what its first brackets hold.

    >>> REGEXREPLACE("2026-01-31", "([0-9]+)-([0-9]+)-([0-9]+)", "$3.$2.$1")
    '31.01.2026'
    """
    compiled = linear_pattern(pattern)
    template = _template(replacement, compiled.groups)
    has_references = any(isinstance(part, int) for part in template)
    pieces: list[str] = []
    length = end = 0
    for found in compiled.finditer(text):
        spend(_STEPS)
        groups = (found.group(), *found.groups()) if has_references else ()
        new = [part if isinstance(part, str) else groups[part] or "" for part in template]
        length += found.start() - end + sum(map(len, new))
        check_length(length)
        pieces += [text[end : found.start()], *new]
        end = found.end()
    check_length(length + len(text) - end)
    return "".join(pieces) + text[end:]


def _template(replacement: str, groups: int) -> list[str | int]:
    """Texts and numbers of brackets in turn; a reference to brackets that are not there is a text."""
    parts: list[str | int] = []
    end = 0
    for found in _REFERENCE.finditer(replacement):
        number = -1 if found[1] is None else int(found[1])
        parts += [replacement[end : found.start()], "$" if number < 0 else number]
        if number > groups:
            parts[-1] = found[0]
        end = found.end()
    if len(parts) > 2 * _MOST_REFERENCES:
        raise Failure(WRONG_VALUE, "formula_bad_pattern")
    return [part for part in (*parts, replacement[end:]) if part != ""]
