"""The columns of an unknown sheet by name, and the signature by which a header is found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from data.keys import digest
from importers.sheet import Cell, Sheet
from importers.storable import storable
from importers.table import heading, is_blank
from importers.values.column import tidy

_LOOK = 15  # rows among which a header is sought: tools write titles and filters above it


def labels(row: Sequence[Cell]) -> list[str]:
    """A name for each column of a header row, no two alike: a repeated heading is counted, a blank one goes by its place."""
    seen: Counter[str] = Counter()
    found = []
    for place, cell in enumerate(row, start=1):
        written = "" if cell is None else tidy(storable(str(cell)))
        label = written if heading(written) else f"column {place}"
        seen[heading(label)] += 1
        found.append(label if seen[heading(label)] == 1 else f"{label} ({seen[heading(label)]})")
    return found


def named(row: Sequence[Cell]) -> list[str]:
    """The labels of those columns that have a heading."""
    return [label for label, cell in zip(labels(row), row, strict=True) if not is_blank([cell])]


def signature(headings: Iterable[str]) -> str:
    """A digest of the set of headings, whatever their order, case and underscores."""
    return digest(sorted({heading(label) for label in headings} - {""}))


def first_rows(sheet: Sheet) -> list[tuple[int, list[Cell]]]:
    """List index and cells of the rows that could be the header."""
    return [(index, row) for index, row in enumerate(sheet.rows[:_LOOK]) if not is_blank(row)]


def candidates(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """List index and labels of the rows that could be the header."""
    return [(index, labels(row)) for index, row in first_rows(sheet)]


def signatures(sheet: Sheet) -> dict[str, int]:
    """The signature of each row that could be the header → its list index."""
    return {signature(named(row)): index for index, row in reversed(first_rows(sheet))}
