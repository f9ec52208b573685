"""Delimited text: which encoding, which delimiter, then the standard csv reader. Nothing is trusted but the content."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from itertools import islice
from math import log2

from importers.decoding import SAMPLE_BYTES, decode
from importers.issues import Refused, issue
from importers.quotes import is_well_quoted, never_closed, swallowed
from importers.sheet import Sheet

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 300
_HEADER_WITHIN = 12
#: Characters at the beginning that tell the delimiter.
START = 8 * SAMPLE_BYTES
_MARKUP = (
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<table", "a web page"),
    ("<?xml", "an XML file"),
)
#: #N/A is none of them: it says that there is nothing.
ERROR = re.compile(r"#(?:NAME\?|REF!|DIV/0!|VALUE!|NUM!|NULL!|SPILL!|CALC!)")
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
    text = decode(name, content)
    refuse_other_kinds(name, text)
    try:
        return _sheet(name, text)
    except csv.Error as error:
        raise broken(name, error) from error


def refuse_other_kinds(name: str, text: str) -> None:
    """Refuse text whose beginning shows that it is a web page, XML or JSON."""
    start = text[:200].lstrip().lower()
    for opening, what in _MARKUP:
        if start.startswith(opening):
            raise Refused(issue("file-unreadable", what=f"{name} is {what}"))
    if re.match(r'(\[\s*)?\{\s*("|\})', start):
        raise Refused(issue("file-unreadable", what=f"{name} is a JSON file"))


def broken(name: str, error: csv.Error) -> Refused:
    """Text that the csv reader does not take."""
    return Refused(issue("file-unreadable", what=f"{name}: {error}"))


def refuse_too_wide(name: str, widest: int) -> None:
    """Refuse a row of more columns than any sheet has."""
    if widest > _MOST_COLUMNS:
        raise Refused(issue("file-unreadable", what=f"{name} has a row of {widest:,} columns"))


def _sheet(name: str, text: str) -> Sheet:
    delimiter = delimiter_of(text)
    rows, is_quoted = records(text, delimiter)
    refuse_too_wide(name, max(map(len, rows), default=0))
    if is_quoted and never_closed(text, rows, lambda whole: parse(whole, delimiter)):
        raise Refused(issue("quote-open", row=len(rows)))
    taken = swallowed(text, rows, delimiter, agreement(rows)[1]) if is_quoted else {}
    issues = tuple(issue("quote-swallows", row=row, n=lines) for row, lines in taken.items())
    cells = [list[object](row) for row in rows]
    return Sheet(None, cells, issues, without_errors(cells) if ERROR.search(text) else {})


def records(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The fields of each record, and whether quotation marks were taken for such."""
    rows = parse(text, delimiter)
    if delimiter == "\t" and '"' in text and not is_well_quoted(text, delimiter):
        # Tab-separated files often quote nothing; then a text that begins with a quotation mark swallows its followers.
        plain = parse(text, delimiter, quoting=csv.QUOTE_NONE)
        if agreement(plain)[0] >= agreement(rows)[0]:
            return plain, False
    return rows, True


def without_errors(rows: list[list[object]]) -> dict[tuple[int, int], str]:
    """Make cells blank that hold nothing but an error of Excel's, and say which and where."""
    found: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows, start=1):
        for position, cell in enumerate(row):
            if ERROR.fullmatch(written := str(cell).strip()):
                found[number, position] = written
                row[position] = None
    return found


def parse(text: str, delimiter: str, *, quoting: int = csv.QUOTE_MINIMAL, limit: int | None = None) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]  # takes csv constants
    return list(islice(reader, limit))


def delimiter_of(text: str) -> str:
    """Delimiter named by a `sep=` line, else the one whose records agree best on their number of fields."""
    named = re.match(r'"?sep=([,;|\t])"?[\r\n]', text, re.IGNORECASE)
    if named:
        return named[1]
    start = text[:START]
    scores = {mark: _score(start, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    if not scores[best] and re.match(r'"[^"\r\n]*" "[^"\r\n]*"', text) and _score(start, " "):
        return " "
    return best


def _score(text: str, delimiter: str) -> float:
    """Share of agreeing records, weighted by the fields they have and by whether one of the first looks like a header."""
    try:
        sample = parse(text, delimiter, limit=_SAMPLE_RECORDS)
    except csv.Error:
        return 0.0
    share, width = agreement(sample)
    if width < 2:
        return 0.0
    head = [row for row in sample if any(row)][:_HEADER_WITHIN]
    titled = any(len(row) == width and not any(re.fullmatch(r"[\s\d.,%+-]*\d", cell) for cell in row) for row in head)
    return share * log2(width) * (1.0 if titled else 0.5)


def agreement(rows: list[list[str]]) -> tuple[float, int]:
    """Share of non-blank records that have the most usual number of fields, and that number."""
    return agreed(Counter(len(row) for row in rows if any(row)))


def agreed(widths: Counter[int]) -> tuple[float, int]:
    """The same of the widths of non-blank records."""
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / widths.total(), width
