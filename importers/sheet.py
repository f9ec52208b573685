"""A sheet as it lies in the file: raw cells, and the row numbers that the spreadsheet program shows."""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = object  # str, float, int, bool, datetime, date, time, timedelta or None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Raw cells of one sheet.

    `rows[i]` is spreadsheet row ``i + 1``; rows may differ in length; blank cells are None or "".
    `name` is None for delimited text, which has no sheets.
    """

    name: str | None
    rows: list[list[Cell]] = field(repr=False)

    @property
    def is_blank(self) -> bool:
        return all(cell is None or str(cell).strip() == "" for row in self.rows for cell in row)
