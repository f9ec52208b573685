"""HTML entities such as ``&quot;``, where a survey tool writes them into its exports, and only there."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from importers.sheet import Cell, Sheet
from importers.table import heading

#: Headings of the tool that does so (SurveyMonkey), as `importers.table.heading` folds them.
_TELLING = {"respondent id", "collector id"}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_LOOK = 5


def without_entities(sheet: Sheet) -> Sheet:
    """The sheet with the characters that its entities stand for, if it is of a tool that writes them."""
    if not any({heading(cell) for cell in row} >= _TELLING for row in sheet.rows[:_LOOK]):
        return sheet
    return replace(sheet, rows=[[_plain(cell) for cell in row] for row in sheet.rows])


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str) and "&" in cell:
        return _ENTITY.sub(lambda found: unescape(found[0]), cell)
    return cell
