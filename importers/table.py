"""From a sheet to a table of raw cells: which columns a format finds, on the spreadsheet's own row numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from data.keys import folded
from importers.issues import Issue, Severity, issue
from importers.sheet import Cell, Sheet

if TYPE_CHECKING:
    from importers.formats.base import Format


@dataclass(slots=True)
class Raw:
    """Raw cells by field.

    `cells` has one column per field that was found, indexed by spreadsheet row; the same row may stand there several
    times (one row a respondent, one record an answer). `headings` says under which heading a field stands in the file.
    `rows` counts the spreadsheet rows below the header, `skipped` are those left out on purpose.
    """

    cells: pd.DataFrame
    headings: dict[str, str]
    rows: int
    skipped: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


def heading(cell: Cell) -> str:
    """A header cell as it is compared: without case, underscores, doubled blanks and byte-order marks."""
    return "" if cell is None else folded(str(cell).replace("_", " ").replace("\ufeff", ""))


def is_blank(row: Sequence[Cell]) -> bool:
    return all(cell is None or str(cell).strip() == "" for cell in row)


def body(sheet: Sheet, first: int, width: int) -> pd.DataFrame:
    """The rows from list index `first` on, `width` cells each (None where a row is shorter), indexed by spreadsheet row.

    Trailing blank rows are cut.
    """
    last = len(sheet.rows)
    while last > first and is_blank(sheet.rows[last - 1]):
        last -= 1
    rows = [[*row[:width], *[None] * (width - len(row))] for row in sheet.rows[first:last]]
    numbers = pd.RangeIndex(first + 1, first + 1 + len(rows))
    return pd.DataFrame(rows, index=numbers, columns=range(width), dtype=object)


def plain(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The usual layout: one header row, one record a row. Blank rows and repeated headers are skipped."""
    shown = [str(cell) for cell in sheet.rows[header]]
    return pick(below(sheet, header), [heading(cell) for cell in sheet.rows[header]], shown, layout)


def below(sheet: Sheet, header: int) -> Raw:
    """Every column below a header, by its position. Blank rows and repeated headers are skipped."""
    headings = [heading(cell) for cell in sheet.rows[header]]
    cells = body(sheet, header + 1, len(headings))
    raw = Raw(cells, {}, rows=len(cells))
    first = next((position for position, name in enumerate(headings) if name), 0)
    for row, values in zip(cells.index, cells.itertuples(index=False, name=None), strict=True):
        if is_blank(values):
            raw.skipped.add(row)
        elif heading(values[first]) == headings[first] and [heading(cell) for cell in values] == headings:
            raw.skipped.add(row)
            raw.issues.append(issue("header-repeated", severity=Severity.WARNING, sheet=sheet.name, row=row))
    raw.cells = cells[~cells.index.isin(raw.skipped)]
    return raw


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
