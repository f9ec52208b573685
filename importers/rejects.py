"""Rejected rows back as a workbook: each as it was, with what to correct beside it, ready to be uploaded again.

Of a survey only row numbers and messages leave: no cell of it is repeated.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from data.enums import Stream
from importers.issues import Severity
from importers.result import SheetResult
from importers.sheet import Cell

MESSAGE = "What to correct"
ROW = "Row in your file"


def workbook(results: list[SheetResult]) -> bytes:
    """An xlsx file with one sheet per sheet that had rejected rows; cells that look like formulas are kept as text."""
    book = Workbook()
    book.remove(book.active)
    for result in results:
        if result.rejected and result.checked is not None:
            _write(book.create_sheet((result.sheet or "rows")[:31]), result)
    if not book.worksheets:
        book.create_sheet("rows")
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(sheet: Worksheet, result: SheetResult) -> None:
    messages: dict[int, list[str]] = {}
    for found in result.issues:
        if found.row is not None and found.severity is Severity.ERROR:
            where = f"{found.column}: " if found.column else ""
            messages.setdefault(found.row, []).append(where + found.message)
    assert result.checked is not None
    source = result.checked.match
    private = result.kind == Stream.SURVEY
    header: list[Cell] = [] if private else list(source.sheet.rows[source.header])
    _write_line(sheet, 1, [*header, ROW, MESSAGE])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for line, row in enumerate(sorted(messages), start=2):
        cells = [] if private else list(source.sheet.rows[row - 1])[: len(header)]
        cells += [None] * (len(header) - len(cells))
        _write_line(sheet, line, [*cells, row, " ".join(messages[row])])


def _write_line(sheet: Worksheet, line: int, values: list[Cell]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(line, column)
        if isinstance(value, str):
            cell.value = "".join(c for c in value if c >= " " or c in "\n\t")[:32_767]
            cell.data_type = "s"  # openpyxl would write text that begins with = as a formula
        elif isinstance(value, datetime) and value.tzinfo is not None:
            cell.value = value.isoformat()
        else:
            cell.value = value  # type: ignore[assignment]  # what calamine reads, openpyxl writes
