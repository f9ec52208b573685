"""A first look through a long text, for all that only the whole of it tells."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from importers.chunked.evidence import Dates, Evidence, Marks
from importers.chunked.text import LongText
from importers.issues import Refused, issue
from importers.quotes import ends_in_lines
from importers.table import is_blank, is_value
from importers.text_files import agreed, broken, refuse_too_wide

#: Titles that a further table may have above its header, and that header.
_BELOW_BLANK = 3

#: Is told how many records have passed by.
Passed = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Scan:
    """What holds for a long text as a whole.

    `records` counts up to the last one that holds something. `width` is the usual number of fields; 0 where all
    quotation marks stand where they should. `is_stacked` if another table may stand below the first. `evidence` goes by
    the position of a column.
    """

    records: int
    is_quoted: bool
    width: int
    has_errors: bool
    is_stacked: bool
    evidence: Mapping[int, Evidence]


@dataclass(frozen=True, slots=True)
class Wanted:
    """List index of the header row, and the positions of the columns that are read one way as a whole."""

    header: int
    dates: frozenset[int] = frozenset()
    marks: frozenset[int] = frozenset()


def scanned(text: LongText, wanted: Wanted, passed: Passed) -> Scan:
    """Look through a text; twice or more where quotation marks stand out of place.

    Raises
    ------
    Refused
        `quote-open` or `file-unreadable`, as a reading of the whole would be.
    """
    try:
        return _look(text, wanted, passed, strict=True)
    except csv.Error:
        pass
    except Refused:
        if text.delimiter != "\t":  # there, a quotation mark may be none
            raise
    try:
        is_quoted, width = _quoting(text)
        return _look(text, wanted, passed, is_quoted=is_quoted, width=width)
    except csv.Error as error:
        raise broken(text.name, error) from error


def _quoting(text: LongText) -> tuple[bool, int]:
    """Whether quotation marks are such, and the usual number of fields."""
    plain = _agreement(text, quoted=False) if text.delimiter == "\t" else (-1.0, 0)
    try:
        share, width = _agreement(text, quoted=True)
    except Refused:
        if plain[1] == 0:
            raise
        return False, plain[1]
    return (False, plain[1]) if plain[0] >= share else (True, width)


def _agreement(text: LongText, *, quoted: bool) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    for rows in text.reading(quoted=quoted):
        widths.update(len(row) for row in rows if any(row))
    return agreed(widths)


def _look(
    text: LongText, wanted: Wanted, passed: Passed, *, strict: bool = False, is_quoted: bool = True, width: int = 0
) -> Scan:
    reading = text.reading(strict=strict, quoted=is_quoted)
    dates: dict[int, Evidence] = {position: Dates() for position in wanted.dates}
    evidence = dates | {position: Marks() for position in wanted.marks}
    further = _Further()
    seen = last = widest = 0
    end: list[str] = []
    for rows in reading:
        widest = max(widest, *map(len, rows))
        body = rows[max(wanted.header + 1 - seen, 0) :]
        for position, found in evidence.items():
            found.add([row[position] for row in body if position < len(row)])
        further.add(body)
        last = seen + filled if (filled := _filled(rows)) else last
        seen, end = seen + len(rows), rows[-1]
        passed(seen)
    refuse_too_wide(text.name, widest)
    if not strict and is_quoted and ends_in_lines(end) and text.is_never_closed():
        raise Refused(issue("quote-open", row=seen))
    return Scan(last, is_quoted, width if is_quoted else 0, reading.has_errors, further.found, evidence)


def _filled(rows: list[list[str]]) -> int:
    """The number of the last row that holds something; 0 if none does."""
    return next((number for number in range(len(rows), 0, -1) if not is_blank(rows[number - 1])), 0)


class _Further:
    """Tells whether another table may stand below a blank row: a row of words alone soon after it."""

    def __init__(self) -> None:
        self.found = False
        self._rest = 0  # rows below a blank one that are still to be looked at

    def add(self, rows: list[list[str]]) -> None:
        if self._rest:
            self._look(rows)
        for at, row in enumerate(rows):
            if (not row or not row[0].strip()) and is_blank(row):
                self._rest = _BELOW_BLANK
                self._look(islice(rows, at + 1, at + 1 + _BELOW_BLANK))

    def _look(self, rows: Iterable[list[str]]) -> None:
        for row in rows:
            if not self._rest or is_blank(row):
                break
            filled = [cell for cell in row if cell.strip()]
            if len(filled) > 1:
                self.found |= not any(is_value(cell) for cell in filled)
                self._rest = 0
                break
            self._rest -= 1
