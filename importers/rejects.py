"""Rejected rows back as a workbook: each as it was, with what to correct beside it, ready to be uploaded again.

Of a survey only row numbers and messages leave: no cell of it is repeated.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from importers.issues import Issue, Severity
from importers.result import Rejected, SheetResult
from importers.sheet import Cell

MESSAGE = "What to correct"
ROW = "Row in your file"
#: What no XML file may hold.
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: How text begins that a spreadsheet program takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(results: list[SheetResult]) -> bytes:
    """An xlsx file with one sheet per sheet that had rejected rows; cells that look like formulas are kept as text."""
    book = Workbook()
    book.remove(book.active)
    for result in results:
        for rejected in result.rejects:
            if messages := _messages(result.issues, rejected):
                _write(book.create_sheet(_title(rejected)), rejected, messages)
    if not book.worksheets:
        book.create_sheet("rows")
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _title(rejected: Rejected) -> str:
    """A sheet name that Excel takes, with room for the number that tells two of the same name apart."""
    return re.sub(r"[\[\]:*?/\\]", " ", rejected.sheet or "rows")[:28].strip() or "rows"


def _messages(issues: list[Issue], rejected: Rejected) -> dict[int, str]:
    """What to correct, by spreadsheet row."""
    found: dict[int, list[str]] = {}
    for one in issues:
        if one.row in rejected.rows and one.severity is Severity.ERROR and one.sheet == rejected.sheet:
            found.setdefault(one.row, []).append(f"{one.column}: {one.message}" if one.column else one.message)
    return {row: " ".join(messages) for row, messages in sorted(found.items())}


def _write(sheet: Worksheet, rejected: Rejected, messages: dict[int, str]) -> None:
    header = rejected.header
    write_line(sheet, 1, [*header, ROW, MESSAGE])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for line, (row, message) in enumerate(messages.items(), start=2):
        cells = rejected.rows[row]
        write_line(sheet, line, [*cells, *[None] * (len(header) - len(cells)), row, message])


def write_line(sheet: Worksheet, line: int, values: list[Cell]) -> None:
    """Write one row; text that looks like a formula stays text, and what no workbook may hold is left out."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(line, column)
        if isinstance(value, str):
            cell.value = _UNWRITABLE.sub("", value)[:32_767]
            cell.data_type = "s"  # openpyxl would write text that begins with = as a formula
            cell.quotePrefix = value.startswith(FORMULA)  # else Excel takes it for one as soon as someone edits it
        elif isinstance(value, datetime) and value.tzinfo is not None:
            cell.value = value.isoformat()
        else:
            cell.value = value  # what calamine reads, openpyxl writes
