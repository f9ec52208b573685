"""Quotation marks in delimited text that are not closed where they should be, and swallow what follows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

#: A line put below a text, to see whether it becomes a record of its own.
MARK = "end of the text"
Parse = Callable[[str], list[list[str]]]


def is_well_quoted(text: str, delimiter: str) -> bool:
    """Whether every closing quotation mark ends its field."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def never_closed(text: str, rows: list[list[str]], parse: Parse) -> bool:
    """Whether the last record is one whose quotation mark takes in all lines up to the end of the text."""
    return bool(rows) and ends_in_lines(rows[-1]) and parse(f"{text}\n{MARK}")[-1] != [MARK]


def ends_in_lines(row: list[str]) -> bool:
    """Whether the last cell of a record holds several lines, as one does whose quotation mark is never closed."""
    return bool(row) and len(row[-1].strip("\r\n").splitlines()) >= 2


def swallowed(text: str, rows: list[list[str]], delimiter: str, width: int) -> dict[int, int]:
    """Row number → lines that a cell of it holds, where they look like records of `width` fields.

    A cell may hold lines with delimiters, if all quotation marks stand where they should.
    """
    lines = text.count("\n") or text.count("\r")
    if width < 3 or lines <= len(rows):
        return {}
    found = {number: taken for number, row in enumerate(rows, start=1) if (taken := lines_taken(row, delimiter, width))}
    return {} if found and is_well_quoted(text, delimiter) else found


def lines_taken(row: list[str], delimiter: str, width: int) -> int:
    """Lines that a cell of the row holds beside its own, where one of them looks like a record of `width` fields."""
    most = 0
    for cell in row:
        if cell.count(delimiter) >= width - 1 and ("\n" in cell or "\r" in cell):
            inner = cell.splitlines()[1:]
            if any(line.count(delimiter) >= width - 1 for line in inner):
                most = max(most, len(inner))
    return most
