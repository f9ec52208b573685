"""Tables of different formats under each other in one sheet: each is read as if it stood there alone.

All keep the spreadsheet's row numbers, and the formats' own readers see nothing but their tables: the others' rows are
blank to them. Every row below the first header is counted once: with the table in which it stands, and the blank rows,
title and header above a further table, which are skipped, with the table above or, for title and header, with the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from importers.context import Context
from importers.formats.base import Format
from importers.identify import Match, identify, may_be_known
from importers.sheet import Cell, Sheet
from importers.table import Table, beginnings, end_of

_LOOK = 50  # rows of a further table by which its format is told
_MOST = 500  # tables that are told apart in one sheet, as many as a workbook may have sheets


@dataclass(frozen=True, slots=True)
class _Part:
    """One table with the rows down to the next: list indexes."""

    table: Table
    layout: Format
    end: int

    @property
    def rows(self) -> int:
        return self.end - self.table.header - 1


def apart(match: Match, context: Context) -> list[Match]:
    """The match of a sheet, or one for each format whose tables it holds, the first table's first.

    A table of no known format stays with the one above it, whose reader says that it is left out.
    """
    parts = _parts(match, context)
    names = list(dict.fromkeys(part.layout.name for part in parts))
    if len(names) == 1:
        return [match]
    of = {name: [part for part in parts if part.layout.name == name] for name in names}
    found = [_alone(match, of[name]) for name in names]
    below = parts[-1].end - match.header - 1
    counted = [sum(part.rows for part in of[name]) + _between(of[name]) for name in names]
    counted[0] = below - sum(counted[1:])
    return [replace(one, beside=rows - _seen(one)) for one, rows in zip(found, counted, strict=True)]


def with_headers(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The sheets, and the first rows in each that may be the header of a further table as sheets of their own."""
    for sheet in sheets:
        yield sheet
        for table, _ in islice(beginnings(sheet, 0, end_of(sheet)), _MOST):
            yield Sheet(sheet.name, [sheet.rows[table.header]])


def _parts(match: Match, context: Context) -> list[_Part]:
    """The tables of known formats from the top down, the sheet's own one first."""
    sheet, end = match.sheet, end_of(match.sheet, match.header + 1)
    known = [(Table(0, match.header), match.layout)]
    for table, _ in beginnings(sheet, match.header, end):
        layout = _layout(sheet, table, context) if len(known) < _MOST else None
        if layout is not None:
            known.append((table, layout))
    ends = [table.first for table, _ in known[1:]] + [end]
    return [_Part(table, layout, its_end) for (table, layout), its_end in zip(known, ends, strict=True)]


def _layout(sheet: Sheet, table: Table, context: Context) -> Format | None:
    """The format of a further table. One that is taken only where its kind is asked for is told by too little."""
    if not may_be_known(sheet.rows[table.header], context):
        return None
    found = identify(replace(sheet, rows=sheet.rows[table.first : table.header + _LOOK]), context)
    is_here = found is not None and found.header == table.header - table.first
    return found.layout if found is not None and is_here and not found.layout.only_if_asked else None


def _alone(match: Match, parts: list[_Part]) -> Match:
    """The sheet as if it held nothing but these tables."""
    sheet = match.sheet
    rows: list[list[Cell]] = [[] for _ in sheet.rows[: parts[-1].end]]
    own: set[int] = set()
    for part in parts:
        lines = slice(part.table.first, part.end)
        rows[lines] = sheet.rows[lines]
        own.update(range(part.table.first + 1, part.end + 1))
    of_file = [one for one in sheet.issues if one.row in own or (one.row is None and parts[0].table.first == 0)]
    odd = {place: shown for place, shown in sheet.odd.items() if place[0] in own}
    alone = replace(sheet, rows=rows, issues=tuple(of_file), odd=odd)
    begins = tuple(part.table.header + 1 for part in parts)
    return Match(alone, parts[0].layout, parts[0].table.header, begins)


def _between(parts: list[_Part]) -> int:
    """Titles and headers of the tables after the first."""
    return sum(part.table.header - part.table.first + 1 for part in parts[1:])


def _seen(match: Match) -> int:
    """The rows below the header that a reader sees, other tables' blank ones among them."""
    return end_of(match.sheet, match.header + 1) - match.header - 1
