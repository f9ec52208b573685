"""Rows of tables in which long text is broken into lines instead of cut, and how high a table is for its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import pandas as pd

from reports.figures.text import width

#: Streamlit breaks lines only in rows above 4 rem, which are 64 px.
LEAST = 66
_LINE, _AROUND, _HEAD = 20, 14, 38  # pixels
_MOST_LINES = 5
#: Pixels beside the text of a cell, and the size as which its letters of 14 px are reckoned, generously.
_PADDING, _SIZE = 17, 13
#: Rows that a table shows before it is scrolled, and the height of a row of one line.
_ROWS, _LOW = 15, 35


def row_height(texts: Iterable[object], across: int) -> int | None:
    """The pixels of a row in which the longest of these texts can be read in a column `across` pixels wide.

    None, which is Streamlit's own height, where one line is enough. What takes more than five lines is cut; a click on
    the cell shows all of it.
    """
    lines = max((_lines(str(text), across - _PADDING) for text in texts), default=0)
    return None if lines <= 1 else max(LEAST, _AROUND + _LINE * min(lines, _MOST_LINES))


def height_of_rows(table: pd.DataFrame, widths: Mapping[str, int]) -> int | None:
    """As `row_height`, over every column that has a width."""
    found = [row_height(table[name], across) for name, across in widths.items()]
    return max((height for height in found if height is not None), default=None)


def height(table: pd.DataFrame, row: int | None) -> int | Literal["content"]:
    """A table's height: as its rows need, up to fifteen of them in rows of `row` pixels."""
    return "content" if len(table) <= _ROWS else _HEAD + _ROWS * (row or _LOW)


def _lines(text: str, across: int) -> int:
    """The lines that a text takes, broken between words and, where one is wider than a line, inside it."""
    lines, used, gap = 1, 0.0, width(" ", _SIZE)
    for word in text.split():
        wide = width(word, _SIZE)
        if used and used + gap + wide > across:
            lines, used = lines + 1, 0.0
        used += wide + (gap if used else 0.0)
        more = int(max(used - 1, 0) // across)
        lines, used = lines + more, used - more * across
    return lines
