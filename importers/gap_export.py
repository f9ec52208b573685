"""The register of gaps as a file in the layout of the gaps template, which the importer takes back without loss."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from sqlmodel import Session

from data.access import Viewer
from data.queries import learning
from importers.formats.template_gaps import GAPS
from importers.rejects import FORMULA, write_line
from importers.sheet import Cell

KINDS = ("xlsx", "csv")
#: Stands before text of a CSV file that a spreadsheet program would take for a formula; readers drop it as a blank.
_NO_FORMULA = "\u00a0"
_WIDEST = 48


def content(session: Session, viewer: Viewer, kind: str) -> bytes:
    """The gaps that the viewer may see, as the bytes of an ``xlsx`` or ``csv`` file."""
    header = [column.field for column in GAPS.columns]
    lines = list(_lines(learning.gaps(session, viewer), header))
    return _csv(header, lines) if kind == "csv" else _workbook(header, lines)


def _lines(gaps: pd.DataFrame, header: list[str]) -> Iterator[list[Cell]]:
    for gap in gaps.rename(columns={"code": "gap"}).to_dict("records"):
        yield [_cell(gap[name]) for name in header]


def _cell(value: Any) -> Cell:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _workbook(header: list[str], lines: list[list[Cell]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "gaps"
    write_line(sheet, 1, [*header])
    for cell, column in zip(sheet[1], GAPS.columns, strict=True):
        cell.font = Font(bold=column.required)
        sheet.column_dimensions[get_column_letter(cell.column)].width = min(max(12, len(column.field) + 4), _WIDEST)
    sheet.freeze_panes = "B2"
    for number, line in enumerate(lines, start=2):
        write_line(sheet, number, line)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _csv(header: list[str], lines: list[list[Cell]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_written(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")  # else Excel reads it in the encoding of the machine


def _written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return _NO_FORMULA + text if isinstance(value, str) and text.startswith(FORMULA) else text


def _number(value: float) -> str:
    """Digits that can be read in one way: three after the point could be thousands."""
    text = f"{Decimal(repr(value)):f}"
    return text + "0" if len(text.partition(".")[2]) == 3 else text
