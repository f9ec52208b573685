"""Rejected rows back as a workbook: each as it was, with what to correct beside it, ready to be uploaded again.

Of a survey only row numbers and messages leave: no cell of it is repeated.
"""

from __future__ import annotations

import re

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importers.issues import Issue, Severity
from importers.result import Rejected, SheetResult
from reports.documents.workbook import as_bytes, write_header, write_line

MESSAGE = "What to correct"
ROW = "Row in your file"


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
    return as_bytes(book)


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
    write_header(sheet, [*header, ROW, MESSAGE])
    for line, (row, message) in enumerate(messages.items(), start=2):
        cells = rejected.rows[row]
        write_line(sheet, line, [*cells, *[None] * (len(header) - len(cells)), row, message])
