"""What calamine does not tell of a sheet of an xlsx workbook: how far it reaches, and cells that it shows as blank.

calamine lays a sheet out as a full rectangle, so one stray cell in the last corner of a five-kilobyte file asks for
half a terabyte and ends the process; the extent is therefore read first. And it gives nothing for an error such as
#REF!, and for a formula whose value was never computed, although the person sees something there.

Reading every cell takes seconds, so sheets as nearly all programs write them are looked over as arrays of bytes. Whatever
is written in another way is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile

import numpy as np

from importers.sheet import NO_VALUE

_PREFIX = rb"(?:[\w.-]+:)?"
# The rest of a tag; a bracket in quotation marks does not end it.
_REST = rb"(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+"
# Cells that hold something (one without content is only formatted) and can make a sheet too large: in a column after
# Z, or in a row of six digits.
_FAR_CELL = re.compile(rb" r=\"(?:([A-Za-z]{2,})(\d+)|[A-Za-z](\d{6,}))\"" + _REST + rb"(?<!/)>(?=<[^/]|[^<])")
_TAG_START = re.compile(rb"<" + _PREFIX + rb"(?:row|c)(?=[\s/>])")
_TAG = re.compile(rb"<" + _PREFIX + rb"(row|c)(?=[\s/>])((?:[^\"'<>]++|\"[^\"<>]*+\"|'[^'<>]*+')*+)>(?=(<[^/]|[^<])?)")
_PREFIXED = re.compile(rb"<[\w.-]+:(?:row|c)[\s/>]")
_REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]*)(\d*)[\"']")
_LAST_PLACE = re.compile(rb"[A-Za-z]*(\d+)")
_ROW_END = re.compile(rb"</" + _PREFIX + rb"row\s*>")
_FORMULA = rb"(?:<" + _PREFIX + rb"f\b[^<>]*(?:/>|>[^<]*</" + _PREFIX + rb"f>))"
_CELL = rb"<" + _PREFIX + rb"c r=\"([A-Za-z]+)(\d+)\""
_UNCOMPUTED = re.compile(
    _CELL + rb"([^<>]*)>\s*" + _FORMULA + rb"\s*(<" + _PREFIX + rb"v\s*(?:/>|></" + _PREFIX + rb"v>))?\s*</" + _PREFIX + rb"c>"
)  # fmt: skip
_ERROR = re.compile(
    _CELL + rb"[^<>]* t=\"e\"[^<>]*>\s*" + _FORMULA + rb"?\s*<" + _PREFIX + rb"v>\s*(#[^<\s]{1,20})\s*</"
)
#: Bytes after which a row that does not end is no row: ten times what 400 cells of 10,000 characters take.
_LONGEST_ROW = 64 << 20


@dataclass(slots=True)
class Laid:
    """How far a sheet reaches, at most how many of its cells show shared text, and its odd cells.

    `odd` maps (spreadsheet row, index of the column) to the error that Excel shows, or to `NO_VALUE` for a formula that
    was never computed.
    """

    rows: int = 0
    columns: int = 0
    shared: int = 0
    odd: dict[tuple[int, int], str] = field(default_factory=dict)


def look_through(chunks: Iterable[bytes], *, count_shared: bool = False) -> Laid:
    """The extent and the odd cells of a part of a workbook; nothing when it is no sheet.

    Raises
    ------
    BadZipFile
        If it is no sheet that a program wrote.
    """
    laid = Laid()
    cursor = _Cursor()
    for rows in _whole_rows(chunks):
        seen = _look_over(rows)
        if not seen.is_usual:
            cursor.go_through(rows, laid)
        else:
            cursor.skip(rows)
            if seen.is_far:
                for column, row, far_row in _FAR_CELL.findall(rows):
                    laid.rows = max(laid.rows, int(row or far_row))
                    laid.columns = max(laid.columns, column_number(column or b"Z"))
        if seen.has_formulas or not seen.is_usual:
            laid.odd.update(_uncomputed(rows))
        if b't="e"' in rows:
            laid.odd.update(_errors(rows))
        if count_shared:
            laid.shared += rows.count(b'"s"') + rows.count(b"'s'")
    return laid


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _whole_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What follows ``<sheetData``, cut after rows, so that no cell is cut in two."""
    held, is_in_data = b"", False
    for chunk in chunks:
        piece = held + chunk
        if not is_in_data:
            start = piece.find(b"sheetData")
            is_in_data = start >= 0
            held = piece[start:] if is_in_data else piece[-len(b"sheetData") :]
            if not is_in_data:
                continue
            piece = held
        cut = _last_row_end(piece)
        if cut:
            yield piece[:cut]
        held = piece[cut:]
        if len(held) > _LONGEST_ROW:
            raise BadZipFile("a row without end")
    if is_in_data:
        yield held


def _last_row_end(piece: bytes) -> int:
    end = piece.rfind(b"</row>")
    if end >= 0:
        return end + len(b"</row>")
    return max((found.end() for found in _ROW_END.finditer(piece)), default=0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How rows are written: each row and cell begins with its place, some stand far out, some hold formulas."""

    is_usual: bool
    is_far: bool = False
    has_formulas: bool = False


def _look_over(rows: bytes) -> _Seen:
    letters = np.frombuffer(rows + bytes(16), dtype=np.uint8)
    size = len(rows)

    def stands(text: bytes, after: int = 0) -> np.ndarray:
        """Where the text stands, so many letters further on."""
        found = letters[after : after + size] == text[0]
        for i, letter in enumerate(text[1:], start=after + 1):
            found &= letters[i : i + size] == letter
        return found

    cells, colons = stands(b"<c"), stands(b":c") | stands(b":r")
    if (
        (cells & ~stands(b' r="', 2)).any()
        or (stands(b"<r") & ~stands(b'ow r="', 2)).any()
        or stands(b"<!").any()
        or (colons.any() and _PREFIXED.search(rows))
    ):
        return _Seen(is_usual=False)
    quotes = letters == ord('"')
    near = quotes[8 : 8 + size]  # one letter, a digit, and the end after at most five digits
    for i in range(9, 13):
        near = near | quotes[i : i + size]
    near &= letters[7 : 7 + size] <= ord("9")
    return _Seen(is_usual=True, is_far=bool((cells & ~near).any()), has_formulas=bool(stands(b"<f").any()))


class _Cursor:
    """The place of a cell that does not say its own: one to the right of the one before, or one row down."""

    def __init__(self) -> None:
        self.row = 0
        self.column = 0

    def skip(self, rows: bytes) -> None:
        """Move to the last row of some that say their places."""
        for start in (b'<row r="', b'<c r="'):
            last = rows.rfind(start)
            if last >= 0 and (place := _LAST_PLACE.match(rows, last + len(start))):
                self.row = max(self.row, int(place[1]))

    def go_through(self, rows: bytes, laid: Laid) -> None:
        """Take every row and cell into account."""
        tags = _TAG.findall(rows)
        if b"<!" in rows or len(tags) != len(_TAG_START.findall(rows)):
            raise BadZipFile("no program writes cells like that")
        for kind, attributes, content in tags:
            said = _REFERENCE.search(attributes)
            if kind == b"row":
                self.row = int(said[2]) if said and said[2] else self.row + 1
                self.column = 0
                continue
            if said and said[1] and said[2]:
                self.row, self.column = int(said[2]), column_number(said[1])
            else:
                self.column += 1
            if content and not attributes.endswith(b"/"):
                laid.rows = max(laid.rows, self.row)
                laid.columns = max(laid.columns, self.column)


def _uncomputed(rows: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for column, row, attributes, blank in _UNCOMPUTED.findall(rows):
        if not (blank and b't="str"' in attributes):  # text that is computed and empty
            yield (int(row), column_number(column) - 1), NO_VALUE


def _errors(rows: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for column, row, error in _ERROR.findall(rows):
        if error != b"#N/A":  # says that there is nothing
            yield (int(row), column_number(column) - 1), error.decode("utf-8", errors="replace")
