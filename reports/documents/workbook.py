"""Cells and tables of a workbook, written so that no text in them becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

#: What no XML file may hold.
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: How text begins that a spreadsheet program takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_header(sheet: Worksheet, names: Sequence[Any]) -> None:
    """The first line of a table: bold, and in sight when the rest is scrolled."""
    write_line(sheet, 1, names)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"


def write_line(sheet: Worksheet, line: int, values: Sequence[Any]) -> None:
    """One line of a sheet; cells that look like formulas are kept as text."""
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


def as_bytes(book: Workbook) -> bytes:
    """The file that holds a workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def of_table(frame: pd.DataFrame, title: str) -> bytes:
    """A workbook of one sheet that holds a table of words and whole numbers."""
    book = Workbook()
    book.remove(book.active)
    sheet = book.create_sheet(title)
    write_header(sheet, [str(name).capitalize() for name in frame])
    for line, values in enumerate(frame.itertuples(index=False, name=None), start=2):
        write_line(sheet, line, values)
    return as_bytes(book)
