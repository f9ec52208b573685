"""Rows of tables in which long text is broken into lines instead of cut."""

from __future__ import annotations

from collections.abc import Iterable

from reports.figures.text import width

#: Streamlit breaks lines only in rows above 4 rem, which are 64 px.
LEAST = 66
_LINE, _AROUND = 20, 14  # pixels
_MOST_LINES = 5
#: Pixels beside the text of a cell, and the size of its letters.
_PADDING, _SIZE = 17, 14


def row_height(texts: Iterable[object], across: int) -> int | None:
    """The pixels of a row in which the longest of these texts can be read in a column `across` pixels wide.

    None, which is Streamlit's own height, where one line is enough. What takes more than five lines is cut; a click on
    the cell shows all of it.
    """
    longest = max((width(str(text), _SIZE) for text in texts), default=0.0)
    lines = -(-longest // (across - _PADDING))
    return None if lines <= 1 else max(LEAST, _AROUND + _LINE * min(int(lines), _MOST_LINES))
