"""What calamine does not tell of the sheets of an .ods workbook: how far they reach, and errors in cells.

A cell and a row may say that they are repeated a million times, so the extent is read before the cells. A formula with
an error such as #REF!, or without a value, is read as blank or even as 0, although the person sees something there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from importers.sheet import NO_VALUE

_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*\+?(\d+)")
_SPACES = re.compile(rb"text:c\s*=\s*[\"']([^\"'<>]*)")
_VALUE = re.compile(rb"office:|<text:p")
_CELL_END = re.compile(rb"</table:(?:covered-)?table-cell")
_ROW_OR_CELL = re.compile(
    rb"<table:(table-row|(?:covered-)?table-cell)(?=[\s/>])((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_NAME = re.compile(rb"\stable:name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NOTE = re.compile(rb"<office:annotation[\s>].*?</office:annotation>", re.DOTALL)
_PARAGRAPH = re.compile(rb"<text:p(?:\s[^>]*)?>([^<]*)")
_ERROR = re.compile(rb"#[^<\s]{1,20}|Err:\d+")
_ODD_TAG = re.compile(rb"table:formula|calcext:value-type\s*=\s*[\"']error")
#: Odd cells that are told; only a file made for the purpose has more.
_MOST = 200_000
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


def odd(xml: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet → (spreadsheet row, index of the column) → the error that is shown there, #N/A too, or `NO_VALUE`."""
    if not _ODD_TAG.search(xml):
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    for table in xml.split(b"<table:table ")[1:]:
        name = _NAME.search(b" " + table[: table.find(b">")])
        if name:
            found[unescape((name[1] or name[2] or b"").decode("utf-8", errors="replace"))] = dict(_odd_cells(table))
    return found


def _odd_cells(table: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    row, below, column, told = 0, 1, 0, 0
    for tag in _ROW_OR_CELL.finditer(table):
        times = _times(tag[2])
        if tag[1] == b"table-row":
            row, below, column = row + below, times, 0
            continue
        shown = _shown(tag[2], table, tag.end()) if _ODD_TAG.search(tag[2]) else None
        if shown:
            told += below * times
            if told > _MOST:
                return
            yield from (((r, c), shown) for r in range(row, row + below) for c in range(column, column + times))
        column += times


def _shown(tag: bytes, table: bytes, start: int) -> str | None:
    """What a cell of a formula shows in place of a value; None if it has one."""
    end = start if tag.endswith(b"/") else table.find(b"</table:", start)
    content = _NOTE.sub(b"", table[start:end])
    text = b"".join(_PARAGRAPH.findall(content)).strip()
    if _ERROR.fullmatch(text):
        return text.decode("utf-8", errors="replace")
    return None if text or b"value-type" in tag else NO_VALUE
