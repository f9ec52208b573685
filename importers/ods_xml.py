"""How far the sheets of an .ods workbook reach: a cell and a row may say that they are repeated a million times."""

from __future__ import annotations

import re

_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*\+?(\d+)")
_SPACES = re.compile(rb"text:c\s*=\s*[\"']([^\"'<>]*)")
_VALUE = re.compile(rb"office:|<text:p")
_CELL_END = re.compile(rb"</table:(?:covered-)?table-cell")
#: Blanks that say their number in a way no program does.
_ENDLESS = 1 << 40


def extent(xml: bytes) -> tuple[int, int]:
    """Upper bounds: the cells of the largest sheet, and the bytes of text that all sheets show.

    Empty rows and cells count when a value lies after them.
    """
    tables = [_table_extent(table) for table in xml.split(b"<table:table ")]
    return max((cells for cells, _ in tables), default=0), sum(text for _, text in tables)


def _table_extent(table: bytes) -> tuple[int, int]:
    rows, columns, above, text = 0, 0, 0, 0
    for part in table.split(b"<table:table-row")[1:]:
        tag, _, body = part.partition(b">")
        times = _times(tag)
        above += times
        values = [match.end() for match in _VALUE.finditer(body)]
        if values:
            rows = above
            end = body.find(b"-cell", values[-1])
            filled = body[: end if end >= 0 else len(body)]
            cells = filled.count(b"-cell") - len(_CELL_END.findall(filled))
            repeated = sum(int(n) for n in _REPEATED.findall(filled))
            columns = max(columns, cells + repeated)
            text += times * (_text(filled) if repeated or b"text:c" in filled else len(filled))
    return rows * columns, text


def _times(tag: bytes) -> int:
    repeated = _REPEATED.search(tag)
    return int(repeated[1]) if repeated else 1


def _text(row: bytes) -> int:
    """Bytes of the cells of a row that hold something, each as often as it stands there."""
    total = 0
    for cell in row.split(b"-cell"):
        if _VALUE.search(cell):
            blanks = sum(int(n) if n.isdigit() else _ENDLESS for n in _SPACES.findall(cell))
            total += _times(cell.partition(b">")[0]) * (len(cell) + blanks)
    return total
