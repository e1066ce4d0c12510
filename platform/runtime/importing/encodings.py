"""The encoding of a text file: found by looking at all of its bytes, because one odd line counts.

UTF-8 (with or without mark), UTF-16 (with mark) and GB18030 cover what spreadsheet programs write
in the countries Joinery speaks the language of. Bytes that are not text in the chosen encoding
become lone surrogates (Python's "surrogateescape"), so that they are noticed row by row.
"""

import codecs
import io
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from joinery.kernel import Issue
from joinery.runtime.importing.reader import cannot_read

#: What a person may choose, as shown, and Python's name of it.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "gb18030": "gb18030",
    "latin-1": "cp1252",
}

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1a")
#: From here on UTF-8 takes three bytes; such lines are practically never GB18030 by chance.
_THREE_BYTES = "\u0800"


def choose_encoding(stream: BinaryIO, chosen: str | None) -> tuple[str, list[Issue]]:
    """The encoding of a stream and what a person should know about it.

    Raises InvalidInput when `chosen` is unknown or the bytes are no text in any known encoding.
    """
    if chosen is not None:
        encoding = chosen.lower().replace("_", "-")
        if encoding not in ENCODINGS:
            raise cannot_read(
                "import_unknown_encoding", "/encoding", encoding=chosen, known=", ".join(ENCODINGS)
            )
        if encoding != "utf-16" and _looks_binary(stream):
            raise cannot_read("import_not_text")
        return encoding, _first_problem(stream, encoding)
    start = _start(stream)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding, _first_problem(stream, encoding)
    return _detect(stream)


def _start(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read(4)


def _detect(stream: BinaryIO) -> tuple[str, list[Issue]]:
    if _looks_binary(stream):
        raise cannot_read("import_not_text")
    if _decodes(stream, "utf-8"):
        return "utf-8", []
    utf_lines, other_lines = _count_kinds(stream)
    encoding = "utf-8" if utf_lines > other_lines else "gb18030"
    return encoding, _first_problem(stream, encoding)


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_binary(stream: BinaryIO) -> bool:
    """Whether the beginning is full of control characters, which no table of text has."""
    stream.seek(0)
    start = stream.read(1 << 16)
    controls = sum(start.count(byte) for byte in _CONTROLS)
    return controls * 50 > len(start) and (controls > 8 or controls == len(start))


def _count_kinds(stream: BinaryIO) -> tuple[int, int]:
    """How many lines with foreign characters are UTF-8, and how many are not."""
    utf_lines = other_lines = 0
    stream.seek(0)
    for line in stream:
        if line.isascii():
            continue
        if _is_utf8(line):
            utf_lines += 1
        else:
            other_lines += 1
    return utf_lines, other_lines


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_problem(stream: BinaryIO, encoding: str) -> list[Issue]:
    """A warning for the first line that is not text in `encoding`, if there is one."""
    if encoding == "utf-8" and _decodes(stream, "utf-8"):
        return []
    lines = TextLines(stream, encoding)
    for number, line in enumerate(lines, start=1):
        if lines.problem_of(line):
            params = {"line": number, "encoding": encoding.upper()}
            return [Issue("/encoding", "import_mixed_encodings", params)]
    return []


class TextLines:
    """The lines of a stream from its beginning, with their line ends, decoded as far as possible."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        stream.seek(0)
        self._encoding = encoding
        # UTF-16 has no spare values for single bad bytes; they become U+FFFD there.
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        self._bad = "\ufffd" if encoding == "utf-16" else None
        self._text = io.TextIOWrapper(
            cast(IO[bytes], _Shield(stream)), ENCODINGS[encoding], errors=errors, newline=""
        )

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._text)

    def problem_of(self, line: str) -> Issue | None:
        """Why a line is not text in this encoding; None when it is."""
        if line.isascii():
            return None
        bad = self._bad in line if self._bad else _has_surrogates(line)
        if bad or (self._encoding == "gb18030" and _is_really_utf8(line)):
            return Issue("", "import_row_encoding", {"encoding": self._encoding.upper()})
        return None


def _has_surrogates(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _is_really_utf8(line: str) -> bool:
    """Whether a line read as GB18030 makes sense as UTF-8: then it came from another program."""
    try:
        text = line.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return False
    return any(character >= _THREE_BYTES for character in text)


class _Shield(io.BufferedIOBase):
    """Reads a stream that belongs to somebody else: closing the text wrapper leaves it open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._stream.read(size if size > 0 else _BLOCK)
