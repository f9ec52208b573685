"""Small workbooks as an analyst would have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ("crisis", "occurred_at", "milestone", "audience", "platform", "description")

Row = tuple[str, datetime | str, str, str | None, str | None, str | None]


def events(rows: Sequence[Row], title: str = "events") -> bytes:
    """A log of events, one row each, on one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(name: str, content: bytes) -> FilePayload:
    """A file as a browser hands it over."""
    return {"name": name, "mimeType": XLSX, "buffer": content}
