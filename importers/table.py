"""From a sheet to a table of raw cells: which columns a format finds, on the spreadsheet's own row numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from data.enums import Stream
from data.keys import folded
from importers.issues import Issue, Severity, issue
from importers.sheet import Cell, Sheet
from importers.values.column import is_missing, tidy
from importers.values.layouts import split

if TYPE_CHECKING:
    from importers.formats.base import Format

#: Digits with what may stand around them, such as 1,200 or 5.2k or 6.5%.
_FIGURE = re.compile(r"[\W\d]*\d[\W\d]*(?:[km]\.?)?", re.IGNORECASE)
_TITLES = 2  # lines of title that a further table may have above its header
_LOOK_BACK = 5  # rows above a blank line from which it is told what a column holds


class Table(NamedTuple):
    """One of the tables of a sheet, as list indexes: its first line (a title, or the header) and its header."""

    first: int
    header: int


@dataclass(slots=True)
class Raw:
    """Raw cells by field.

    `cells` has one column per field that was found, indexed by spreadsheet row; the same row may stand there several
    times (one row a respondent, one record an answer). `headings` says under which heading a field stands in the file.
    `rows` counts the spreadsheet rows below the header, `skipped` are those left out on purpose.
    `end` is the list index at which the table ends, where another stands below it.
    """

    cells: pd.DataFrame
    headings: dict[str, str]
    rows: int
    skipped: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)
    end: int | None = None


def heading(cell: Cell) -> str:
    """A header cell as it is compared: without case, underscores, doubled blanks and byte-order marks."""
    return "" if cell is None else folded(str(cell).replace("_", " ").replace("\ufeff", ""))


def is_blank(row: Sequence[Cell]) -> bool:
    return all(cell is None or str(cell).strip() == "" for cell in row)


def end_of(sheet: Sheet, first: int = 0) -> int:
    """The list index after the last row that holds something, an error included, at least `first`."""
    last = len(sheet.rows)
    while last > first and is_blank(sheet.rows[last - 1]):
        last -= 1
    return max(last, *(row for row, _ in sheet.odd), first) if sheet.odd else last


def body(sheet: Sheet, first: int, width: int, end: int | None = None) -> pd.DataFrame:
    """The rows from list index `first` on, `width` cells each (None where a row is shorter), indexed by spreadsheet row.

    Up to list index `end`; without it, up to the last row that holds something.
    """
    last = end_of(sheet, first) if end is None else end
    rows = [
        row if len(row) == width else [*row[:width], *[None] * (width - len(row))] for row in sheet.rows[first:last]
    ]
    cells = np.fromiter(chain.from_iterable(rows), dtype=object, count=len(rows) * width).reshape(len(rows), width)
    return pd.DataFrame(cells, index=pd.RangeIndex(first + 1, first + 1 + len(rows)), dtype=object, copy=False)


def plain(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The usual layout: one header row, one record a row. Blank rows and repeated headers are skipped.

    Of the tables that stand below it in the sheet, those of the same format are read too, each by its own header; one
    of no known format is left out, and an issue says so.
    """
    end = end_of(sheet, header + 1)
    tables = [Table(header, header), *_further(sheet, header, end, layout)]
    ends = [table.first for table in tables[1:]] + [end]
    raw = _one(sheet, header, ends[0], layout)
    for table, its_end in zip(tables[1:], ends[1:], strict=True):
        if layout.missing({heading(cell) for cell in sheet.rows[table.header]}):
            raw.issues.append(_left_out(sheet, table, its_end, layout))
        else:
            more = _one(sheet, table.header, its_end, layout)
            raw.cells = pd.concat([raw.cells, more.cells])
            raw.headings = more.headings | raw.headings
            raw.issues += more.issues
    raw.rows, raw.end = end - header - 1, ends[0]
    raw.skipped = set(range(header + 2, end + 1)) - set(raw.cells.index)
    return raw


def _left_out(sheet: Sheet, table: Table, end: int, layout: Format) -> Issue:
    """A table of no known layout. Below a survey it is not quoted: what looks like a header may be an answer."""
    shown = ["" if cell is None else str(cell).strip() for cell in sheet.rows[table.header]]
    quoted = [] if layout.stream is Stream.SURVEY else [name[:60] for name in shown[:8] if name]
    columns = f" with the columns {', '.join(quoted)}" if quoted else ""
    row, rows = table.header + 1, end - table.header - 1
    return issue("table-left-out", severity=Severity.WARNING, sheet=sheet.name, row=row, columns=columns, n=rows)


def in_zone(raw: Raw, zone: str) -> Raw:
    """The raw table whose times are in a zone that the file names (IANA), whatever the company's is."""
    raw.cells["timezone"] = pd.Series(zone, index=raw.cells.index, dtype=object)
    return raw


def _one(sheet: Sheet, header: int, end: int, layout: Format) -> Raw:
    """One table of the usual layout."""
    headings = [heading(cell) for cell in sheet.rows[header]]
    return pick(below(sheet, header, end), headings, [str(cell) for cell in sheet.rows[header]], layout)


def below(sheet: Sheet, header: int, end: int | None = None) -> Raw:
    """Every column below a header, by its position. Blank rows and repeated headers are skipped."""
    headings = [heading(cell) for cell in sheet.rows[header]]
    cells = body(sheet, header + 1, len(headings), end)
    raw = Raw(cells, {}, rows=len(cells))
    for row in _suspects(cells, headings):
        values = list(sheet.rows[row - 1][: len(headings)])
        if is_blank(values):
            raw.skipped.add(row)
        elif [heading(cell) for cell in values] == headings:
            raw.skipped.add(row)
            raw.issues.append(issue("header-repeated", severity=Severity.WARNING, sheet=sheet.name, row=row))
    if raw.skipped:
        raw.cells = cells[~cells.index.isin(raw.skipped)]
    return raw


def _suspects(cells: pd.DataFrame, headings: Sequence[str]) -> list[int]:
    """The rows whose first titled cell is blank or repeats its heading: only these can be blank or a header."""
    first = next((position for position, name in enumerate(headings) if name), 0)
    column = cells[first]
    longest = 2 * len(headings[first]) + 8  # before folding, a heading may hold blanks and marks
    return [
        row
        for row, cell in zip(column.index, column.tolist(), strict=True)
        if cell is None or (isinstance(cell, str) and len(cell) <= longest and heading(cell) in ("", headings[first]))
    ]


def _further(sheet: Sheet, header: int, end: int, layout: Format) -> list[Table]:
    """The tables below the one with this header.

    Each begins with a header of the format, or with words where the table above holds nothing but numbers or dates.
    """
    found, body_from = [], header + 1
    for table, last in beginnings(sheet, header, end):
        row = sheet.rows[table.header]
        is_known = not layout.missing({heading(cell) for cell in row})
        if is_known or _is_header(row, sheet.rows[body_from:last]):
            found.append(table)
            body_from = table.header + 1
    return found


def beginnings(sheet: Sheet, header: int, end: int) -> Iterator[tuple[Table, int]]:
    """Where a table may begin below the one with this header, each with the list index of the blank row above it.

    After a blank row, perhaps with a title of a single cell: a row of words alone, with a row right below it.
    """
    rows = sheet.rows
    blank = [i for i in range(header + 1, end) if _begins_blank(rows[i]) and is_blank(rows[i])]
    for last, following in pairwise([*blank, end]):
        first = last + 1
        head = next((i for i in range(first, following) if _filled(rows[i]) > 1), following)
        if head - first <= _TITLES and head + 1 < following and not any(map(_is_filled_value, rows[head])):
            yield Table(first, head), last


def _begins_blank(row: Sequence[Cell]) -> bool:
    return not row or row[0] is None or (isinstance(row[0], str) and not row[0].strip())


def _filled(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if not is_blank([cell]))


def _is_header(row: Sequence[Cell], above: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row of words is unlike the rows of the table above it: it repeats none of their words in its place, and
    stands for a column where they hold values alone.
    """
    named = [position for position, cell in enumerate(row) if not is_blank([cell])]
    last = [other for other in above if not is_blank(other)][-_LOOK_BACK:]
    if any(row[p] == other[p] for other in last for p in named if p < len(other)):
        return False
    columns = ([other[p] for other in last if p < len(other) and not _is_nothing(other[p])] for p in named)
    return any(column and all(is_value(cell) for cell in column) for column in columns)


def _is_nothing(cell: Cell) -> bool:
    return is_blank([cell]) or (isinstance(cell, str) and is_missing(tidy(cell)))


def _is_filled_value(cell: Cell) -> bool:
    return not is_blank([cell]) and is_value(cell)


def is_value(cell: Cell) -> bool:
    """Whether a cell holds a number or a date."""
    if not isinstance(cell, str):
        return True
    written = tidy(cell)
    return _FIGURE.fullmatch(written) is not None or split(written) is not None


def pick(raw: Raw, headings: Sequence[str], shown: Sequence[str], layout: Format) -> Raw:
    """Keep the columns that the format names, under its field names; the first of several equal headings counts."""
    found: dict[str, int] = {}
    for column in layout.columns:
        position = next((headings.index(name) for name in column.headings if name in headings), None)
        if position is not None:
            found[column.field] = position
    raw.headings = {name: shown[position] for name, position in found.items()}
    raw.cells = raw.cells[list(found.values())].set_axis(list(found), axis="columns")
    return raw
