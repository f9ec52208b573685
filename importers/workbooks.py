"""Workbooks (xlsx, xls, ods), and the checks that must come before calamine sees them.

calamine lays a sheet out as a full rectangle, so one stray cell in the last corner of a five-kilobyte file asks for
half a terabyte and ends the process. The extent of each sheet is therefore read first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, PasswordError

from importers.calamine import sheets, sheets_apart
from importers.issues import Refused, issue
from importers.sheet import Sheet

ARCHIVE_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
#: Sum of what an archive says its members unpack to.
LARGEST_UNPACKED = 500 * 1024 * 1024
#: Cells in the rectangle from A1 to the last filled cell; 500,000 rows of 40 columns.
LARGEST_EXTENT = 20_000_000

# Cells that hold something (one without content is only formatted) and can make a sheet too large: in a column after
# Z, or in a row of six digits. Finding all of them takes seconds.
_FAR_CELL = re.compile(rb"r=[\"'](?:([A-Z]{2,3})(\d{1,7})|[A-Z](\d{6,7}))[\"'](?:[^>]*[^/>])?>(?=<[^/]|[^<])")
_ODS_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})[\"']")
_ODS_VALUE = re.compile(rb"office:value|<text:p")
# Start of an old workbook whose next record announces a password; calamine overlooks the weakest kind.
_XLS_PASSWORD = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_CHUNK, _OVERLAP = 1 << 20, 256


def read_workbook(name: str, content: bytes) -> list[Sheet]:
    """Read all worksheets; `rows[i]` is spreadsheet row i + 1.

    Raises
    ------
    Refused
        `file-encrypted` for a password, `file-unreadable` for everything else that is no sound workbook.
    """
    is_old = content.startswith(OLE_MAGIC)
    if is_old:
        _check_ole(name, content)
    else:
        _check_archive(name, content)
    try:
        found = sheets_apart(content) if is_old else sheets(content)
    except PasswordError as error:
        raise Refused(issue("file-encrypted")) from error
    except CalamineError as error:
        raise _unreadable(f"{name} is damaged") from error
    if not found:
        raise _unreadable(f"{name} has no sheet")
    return [Sheet(title, rows) for title, rows in found]


def _unreadable(what: str) -> Refused:
    return Refused(issue("file-unreadable", what=what))


def _check_ole(name: str, content: bytes) -> None:
    """Tell old Excel workbooks from what else lives in the same container: locked xlsx, Word, Outlook."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in content

    if holds("EncryptedPackage") or _XLS_PASSWORD.search(content):
        raise Refused(issue("file-encrypted"))
    if not (holds("Workbook") or holds("Book")):
        raise _unreadable(f"{name} is an Office document, but no workbook")


def _check_archive(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 0x1 for member in members):
                raise Refused(issue("file-encrypted"))
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise _unreadable(f"{name} unpacks to more than {LARGEST_UNPACKED >> 20} MB")
            _check_kind(name, {member.filename.lower() for member in members})
            for member in members:
                if _extent(archive, member) > LARGEST_EXTENT:
                    raise _unreadable(
                        f"a cell far from the others makes a sheet of {name} larger than {LARGEST_EXTENT:,} cells; "
                        "delete the empty rows and columns after the last one"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise _unreadable(f"{name} is damaged") from error


def _check_kind(name: str, members: set[str]) -> None:
    if any(m.endswith("workbook.xml") for m in members) or "content.xml" in members:
        return
    if any(m.endswith("workbook.bin") for m in members):
        raise _unreadable(f"{name} is a binary workbook, .xlsb")
    for folder, what in (("word/", "a Word document"), ("ppt/", "a PowerPoint deck")):
        if any(m.startswith(folder) for m in members):
            raise _unreadable(f"{name} is {what}")
    raise _unreadable(f"{name} is an archive without a workbook; unpack it first")


def _extent(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Cells that calamine would lay out for this member: 0 when it is no sheet."""
    name = member.filename.lower()
    if name == "content.xml":
        return _ods_extent(archive.read(member))
    if not name.endswith(".xml") or name.endswith("sharedstrings.xml"):
        return 0
    rows, letters = 0, set[bytes]()
    for chunk in _chunks(archive, member):
        if found := _FAR_CELL.findall(chunk):
            rows = max(rows, *(int(row or far_row) for _, row, far_row in found))
            letters.update({column or b"Z" for column, _, _ in found})
    return rows * max((_column_number(text) for text in letters), default=0)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Pieces of a member that overlap, so that no cell reference is cut in two."""
    tail = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            yield tail + piece
            tail = piece[-_OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_extent(xml: bytes) -> int:
    """Upper bound for the largest sheet: empty rows and cells count when a value lies after them."""
    return max((_ods_table_extent(table) for table in xml.split(b"<table:table ")), default=0)


def _ods_table_extent(table: bytes) -> int:
    rows, columns, above = 0, 0, 0
    for part in table.split(b"<table:table-row")[1:]:
        tag, _, body = part.partition(b">")
        repeated = _ODS_REPEATED.search(tag)
        above += int(repeated[1]) if repeated else 1
        values = [match.end() for match in _ODS_VALUE.finditer(body)]
        if values:
            rows = above
            filled = body[: values[-1]]
            columns = max(columns, filled.count(b"-cell") + sum(int(n) for n in _ODS_REPEATED.findall(filled)))
    return rows * columns
