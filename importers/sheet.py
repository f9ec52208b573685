"""A sheet as it lies in the file: raw cells, and the row numbers that the spreadsheet program shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from importers.issues import Issue

Cell = object  # str, float, int, bool, datetime, date, time, timedelta or None

#: What stands for a formula whose value was never computed.
NO_VALUE = "="


@dataclass(frozen=True, slots=True)
class Sheet:
    """Raw cells of one sheet.

    `rows[i]` is spreadsheet row ``i + 1``; rows may differ in length; blank cells are None or "".
    `name` is None for delimited text, which has no sheets.
    `issues` are what was found while reading, such as macros. `odd` maps (spreadsheet row, index of the column) of cells
    that were read as blank to what the person sees there: an error such as "#REF!", or `NO_VALUE`.
    """

    name: str | None
    rows: Sequence[list[Cell]] = field(repr=False)
    issues: tuple[Issue, ...] = field(default=(), repr=False)
    odd: Mapping[tuple[int, int], str] = field(default_factory=dict, repr=False)

    @property
    def is_blank(self) -> bool:
        return all(cell is None or str(cell).strip() == "" for row in self.rows for cell in row)
