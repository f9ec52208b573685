"""The errors in the cells of an old Excel workbook (.xls), which calamine shows as blank.

A workbook's stream lies in a compound file: sectors that a table (FAT) chains. In the stream stand records, one or
several a cell; a cell that shows an error is a BOOLERR, or a FORMULA whose result is one. A formula always holds a
value there. Whatever is not as it should be ends the search: that the file can be read is for calamine to say.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

Odd = dict[tuple[int, int], str]

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOUND_SHEET, _BEGIN, _END, _BOOL_ERROR, _FORMULA = 0x0085, 0x0809, 0x000A, 0x0205, 0x0006
#: What only such a cell has: a quick look, because walking through a million records takes a second.
_TRACE = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01"
    rb"|\x06\x00.{8}\x02.[\x00\x07\x0f\x17\x1d\x24\x2a].{3}\xff\xff",
    re.DOTALL,
)
_LAST_SECTOR = 0xFFFFFFFA  # marks follow
_IN_HEADER = 109  # sectors of the table that the header lists
_STREAM = 2


def errors(content: bytes) -> list[Odd]:
    """What each worksheet shows, in the order of the workbook: (spreadsheet row, index of the column) → error."""
    found: list[Odd] = []
    try:
        stream = _workbook(content)
        if _TRACE.search(stream):
            for sheet, place, error in _walk(stream):
                if error:
                    found[sheet][place] = error
                else:
                    found.append({})
    except (struct.error, IndexError):
        return []
    return found


def _walk(stream: bytes) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Once through all records: number of the worksheet, place and error; without an error where a sheet is named."""
    begins: dict[int, int] = {}
    at = depth = sheets = 0
    sheet: int | None = None
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        if code == _BEGIN:  # of the workbook, a sheet, or a chart in it
            sheet = begins.get(at) if depth == 0 else sheet
            depth += 1
        elif code == _END:
            depth -= 1
        elif code == _BOUND_SHEET and size >= 6 and stream[at + 9] == 0:
            begins.setdefault(struct.unpack_from("<I", stream, at + 4)[0], sheets)
            yield sheets, (0, 0), ""
            sheets += 1
        elif sheet is not None and depth == 1 and (error := _error(code, stream[at + 4 : at + 4 + min(size, 14)])):
            row, column = struct.unpack_from("<HH", stream, at + 4)
            yield sheet, (row + 1, column), error
        at += 4 + size


def _error(code: int, body: bytes) -> str | None:
    if code == _BOOL_ERROR and len(body) >= 8 and body[7] == 1:
        return _ERRORS.get(body[6])
    if code == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8])
    return None


def _workbook(content: bytes) -> bytes:
    """The stream of a compound file in which Excel keeps its workbook; empty if there is none of the usual size."""
    shift, first, smallest = struct.unpack_from("<H16xI4xI", content, 30)
    if shift not in (9, 12):
        return b""
    size = 1 << shift
    table = _table(content, size)
    directory = _chained(content, table, first, size)
    for at in range(0, len(directory), 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", errors="replace")
        if kind == _STREAM and name in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", directory, at + 116)
            return _chained(content, table, start, size)[:length] if length >= smallest else b""
    return b""


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """Sector → the one that follows it in its stream."""
    more = struct.unpack_from("<I", content, 68)[0]
    listed = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    while more < _LAST_SECTOR and len(listed) < len(content) // size:
        *others, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        listed += others
    whole = b"".join(_sector(content, sector, size) for sector in listed if sector < _LAST_SECTOR)
    return struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chained(content: bytes, table: tuple[int, ...], first: int, size: int) -> bytes:
    """The sectors from the first one on; no stream has more than the file."""
    parts: list[bytes] = []
    while first < _LAST_SECTOR and len(parts) < len(content) // size:
        parts.append(_sector(content, first, size))
        first = table[first]
    return b"".join(parts)


def _sector(content: bytes, number: int, size: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]  # what comes first is the file's header
