"""Delimited text: which encoding, which delimiter, then the standard csv reader. Nothing is trusted but the content."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from itertools import islice
from math import log2

from charset_normalizer import from_bytes

from importers.issues import Refused, issue
from importers.quotes import is_well_quoted, never_closed, swallowed
from importers.sheet import Sheet

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 300
_SAMPLE_BYTES = 65_536
_HEADER_WITHIN = 12
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
#: Scripts that charset-normalizer tells apart well.
_OTHER_SCRIPTS = ("cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256")
#: It does not tell these apart on short text: they are compared by `_oddities`, the first of equals is taken.
_LATIN = ("cp1252", "cp1250", "mac_roman")
_CONTROL = bytes(set(range(32)) - set(b"\x00\t\n\v\f\r\x1a\x1b"))
# A symbol, or a capital, in the middle of a word of small letters betrays the wrong Latin code page.
_ODDITY = re.compile(
    r"[^\W\d_][^\w\s!-~‘’“”‚„–—…´·«»®™©°€£]+[^\W\d_]|[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŸŒ]|[\x80-\x9f�]|[†‡ˆ˜¸¨˙˚˛ˇ◊∂∆∏∑√∞≈≠≤≥⁄ﬁﬂ]"
)
_MARKUP = (
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<table", "a web page"),
    ("<?xml", "an XML file"),
)
#: #N/A is none of them: it says that there is nothing.
_ERROR = re.compile(r"#(?:NAME\?|REF!|DIV/0!|VALUE!|NUM!|NULL!|SPILL!|CALC!)")
#: As many as a sheet of a spreadsheet program has.
_MOST_COLUMNS = 16_384
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read_text(name: str, content: bytes) -> Sheet:
    """Read delimited text as one nameless sheet.

    A record is a row, however many lines its quoted cells hold; a blank line is a row; a first line `sep=;` sets the
    delimiter and stays a row, so that list index + 1 counts what is in the file.

    Where a quotation mark swallowed other records, the sheet has an issue of that row. An error that Excel left in place
    of a value, such as #NAME?, is read as blank and kept in `Sheet.odd`.

    Raises
    ------
    Refused
        `file-unreadable` when the bytes are no text, or text of another kind (a web page, XML, JSON); `quote-open` when
        a quotation mark takes in all that follows.
    """
    text = _decode(name, content)
    start = text[:200].lstrip().lower()
    for opening, what in _MARKUP:
        if start.startswith(opening):
            raise Refused(issue("file-unreadable", what=f"{name} is {what}"))
    if re.match(r'(\[\s*)?\{\s*("|\})', start):
        raise Refused(issue("file-unreadable", what=f"{name} is a JSON file"))
    try:
        return _sheet(name, text)
    except csv.Error as error:
        raise Refused(issue("file-unreadable", what=f"{name}: {error}")) from error


def _sheet(name: str, text: str) -> Sheet:
    delimiter = _delimiter(text)
    rows, is_quoted = _records(text, delimiter)
    widest = max(map(len, rows), default=0)
    if widest > _MOST_COLUMNS:
        raise Refused(issue("file-unreadable", what=f"{name} has a row of {widest:,} columns"))
    if is_quoted and never_closed(text, rows, lambda whole: _parse(whole, delimiter)):
        raise Refused(issue("quote-open", row=len(rows)))
    taken = swallowed(text, rows, delimiter, _agreement(rows)[1]) if is_quoted else {}
    issues = tuple(issue("quote-swallows", row=row, n=lines) for row, lines in taken.items())
    cells = [list[object](row) for row in rows]
    return Sheet(None, cells, issues, _without_errors(cells) if _ERROR.search(text) else {})


def _records(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The fields of each record, and whether quotation marks were taken for such."""
    rows = _parse(text, delimiter)
    if delimiter == "\t" and '"' in text and not is_well_quoted(text, delimiter):
        # Tab-separated files often quote nothing; then a text that begins with a quotation mark swallows its followers.
        plain = _parse(text, delimiter, quoting=csv.QUOTE_NONE)
        if _agreement(plain)[0] >= _agreement(rows)[0]:
            return plain, False
    return rows, True


def _without_errors(rows: list[list[object]]) -> dict[tuple[int, int], str]:
    """Make cells blank that hold nothing but an error of Excel's, and say which and where."""
    found: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows, start=1):
        for position, cell in enumerate(row):
            if _ERROR.fullmatch(written := str(cell).strip()):
                found[number, position] = written
                row[position] = None
    return found


def _parse(text: str, delimiter: str, *, quoting: int = csv.QUOTE_MINIMAL, limit: int | None = None) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]  # takes csv constants
    return list(islice(reader, limit))


def _delimiter(text: str) -> str:
    """Delimiter named by a `sep=` line, else the one whose records agree best on their number of fields."""
    named = re.match(r'"?sep=([,;|\t])"?[\r\n]', text, re.IGNORECASE)
    if named:
        return named[1]
    start = text[: 8 * _SAMPLE_BYTES]
    scores = {mark: _score(start, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if not scores[best] and re.match(r'"[^"\r\n]*" "[^"\r\n]*"', text) and _score(start, " "):
        return " "
    return best


def _score(text: str, delimiter: str) -> float:
    """Share of agreeing records, weighted by the fields they have and by whether one of the first looks like a header."""
    try:
        sample = _parse(text, delimiter, limit=_SAMPLE_RECORDS)
    except csv.Error:
        return 0.0
    share, width = _agreement(sample)
    if width < 2:
        return 0.0
    head = [row for row in sample if any(row)][:_HEADER_WITHIN]
    titled = any(len(row) == width and not any(re.fullmatch(r"[\s\d.,%+-]*\d", cell) for cell in row) for row in head)
    return share * log2(width) * (1.0 if titled else 0.5)


def _agreement(rows: list[list[str]]) -> tuple[float, int]:
    """Share of non-blank records that have the most usual number of fields, and that number."""
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / widths.total(), width


def _decode(name: str, content: bytes) -> str:
    """Text without byte-order mark and NULs."""
    content = content.removeprefix(_UTF8_MARK)
    start = content[:_SAMPLE_BYTES]
    wide = "utf-16" if content.startswith(_UTF16_MARKS) else _wide_codec(start)
    if wide:
        return content.decode(wide, errors="replace").replace("\x00", "")
    if len(start.translate(None, _CONTROL)) < 0.98 * len(start) or start.count(0) > 0.25 * len(start):
        raise Refused(issue("file-unreadable", what=f"{name} is no text"))
    content = content.replace(b"\x00", b"")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_by_line(content)


def _wide_codec(start: bytes) -> str | None:
    """UTF-16 without a mark shows as NULs in every other byte."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 0.1 * len(start) or min(even, odd) > 0.1 * max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_by_line(content: bytes) -> str:
    """Decode files that are not UTF-8 throughout; where only some lines are not, only those are read otherwise."""
    lines = content.splitlines(keepends=True)
    beyond_ascii = [i for i, line in enumerate(lines) if not line.isascii()]
    foreign = {i for i in beyond_ascii if not _is_utf8(lines[i])}
    codec = _foreign_codec(b"".join(lines[i] for i in sorted(foreign))[:_SAMPLE_BYTES])
    if codec not in _LATIN and 2 * len(foreign) > len(beyond_ascii):
        return content.decode(codec, errors="replace")
    return "".join(line.decode(codec if i in foreign else "utf-8", errors="replace") for i, line in enumerate(lines))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _foreign_codec(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=[*_OTHER_SCRIPTS, *_LATIN]).best()
    if best is not None and best.encoding in _OTHER_SCRIPTS:
        return best.encoding
    return min(_LATIN, key=lambda codec: len(_ODDITY.findall(sample.decode(codec, errors="replace"))))
