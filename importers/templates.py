"""Our own spreadsheet layouts as empty workbooks, made from the formats that read them."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from data.enums import Stream
from importers.formats import FORMATS
from importers.formats.base import Format

#: Formats of ours, by the name of their sheet.
_SHEETS = {
    "template_events": "events", "template_crises": "crises", "template_posts": "posts", "template_daily": "daily",
    "template_survey": "answers", "score_table": "scores", "template_plan": "steps", "template_gaps": "gaps",
    "template_lessons": "lessons", "template_culture": "activities",
}  # fmt: skip


def template(stream: Stream) -> Workbook:
    """A workbook with one sheet per layout of the kind: the headings, required ones in bold."""
    book = Workbook()
    book.remove(book.active)
    for layout in FORMATS:
        if layout.stream is stream and layout.name in _SHEETS:
            _add(book, layout)
    return book


def content(stream: Stream) -> bytes:
    """The bytes of a kind's template."""
    buffer = BytesIO()
    template(stream).save(buffer)
    return buffer.getvalue()


def _add(book: Workbook, layout: Format) -> None:
    sheet = book.create_sheet(_SHEETS[layout.name])
    for position, column in enumerate(layout.columns, start=1):
        cell = sheet.cell(1, position, column.field)
        cell.font = Font(bold=column.required)
        sheet.column_dimensions[get_column_letter(position)].width = max(12, len(column.field) + 4)
    sheet.freeze_panes = "A2"
