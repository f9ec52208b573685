"""Writes spreadsheets whose bytes depend on their content alone."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | date | datetime | None
Row = Sequence[Cell]

_MADE = datetime.fromisoformat("2026-11-20 18:00")  # naive: openpyxl takes no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write_csv(path: Path, rows: Iterable[Row], *, quote_all: bool = False, bom: bool = False) -> None:
    """Write `rows` (header first) as UTF-8 with Unix line ends; None becomes an empty cell."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig" if bom else "utf-8"))


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Write one sheet a key, header first, with real date and number cells.

    openpyxl stamps the hour of saving into the package; it is replaced so that two runs give the same file.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = _MADE
    book.properties.creator = "Larkfield Systems"
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, value)
                if number == 1:
                    cell.font = Font(bold=True)
                elif isinstance(value, datetime):
                    cell.number_format = "yyyy-mm-dd hh:mm"
                elif isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
        sheet.freeze_panes = "A2"
        for column in range(1, len(rows[0]) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 18
    saved = io.BytesIO()
    book.save(saved)
    path.write_bytes(_restamped(saved.getvalue()))


def _restamped(package: bytes) -> bytes:
    """Return the xlsx package with every date of saving set to `_MADE`."""
    out = io.BytesIO()
    stamp = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, date_time=(_MADE.year, _MADE.month, _MADE.day, _MADE.hour, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()
