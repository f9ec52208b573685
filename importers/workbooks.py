"""Workbooks (xlsx, xls, ods), and the checks that must come before calamine sees them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field

from python_calamine import CalamineError, PasswordError

from importers import ods_xml, shared_text, sheet_xml, workbook_parts, xls_cells
from importers.archives import LARGEST_UNPACKED, MEGABYTE, MEMBER, opened, pieces
from importers.calamine import LARGEST_EXTENT, MOST_SHEETS, TooLarge, sheets, sheets_apart
from importers.issues import Issue, Refused, Severity, issue
from importers.sheet import Cell, Sheet
from importers.sheet_xml import Laid

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
#: Bytes of text in all cells together; text that is held once may be shown in a million cells.
_LARGEST_TEXT = 2 * LARGEST_UNPACKED
#: Bytes of a text that is too short to fill `_LARGEST_TEXT` in as many cells as there can be.
_LONG_TEXT = _LARGEST_TEXT // LARGEST_EXTENT

# Start of an old workbook whose next record announces a password; calamine overlooks the weakest kind.
_XLS_PASSWORD = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)


@dataclass(slots=True)
class _Found:
    """What a look through a workbook found beside its cells; `odd` by the name of the sheet."""

    issues: list[Issue] = field(default_factory=list)
    odd: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


def read_workbook(name: str, content: bytes) -> list[Sheet]:
    """Read all worksheets; `rows[i]` is spreadsheet row i + 1.

    Macros and links to other files are ignored; each sheet has an issue that says so.

    Raises
    ------
    Refused
        `file-encrypted` for a password, `file-unreadable` for everything else that is no sound workbook.
    """
    is_old = content.startswith(OLE_MAGIC)
    looked = _look_through_ole(name, content) if is_old else _look_through(name, content)
    try:
        found = sheets_apart(content) if is_old else sheets(content)
    except PasswordError as error:
        raise Refused(issue("file-encrypted")) from error
    except TooLarge as error:
        raise _unreadable(f"{name} holds more than {MOST_SHEETS} sheets or {LARGEST_EXTENT:,} cells") from error
    except CalamineError as error:
        raise _unreadable(f"{name} is damaged") from error
    if not found:
        raise _unreadable(f"{name} has no sheet")
    if is_old:
        titles = [title for title, _ in found]
        looked.odd = dict(zip(titles, xls_cells.errors(content), strict=False))  # none at all if there is no error
    return [
        Sheet(title, rows, tuple(looked.issues), _blanked(rows, looked.odd.get(title, {}))) for title, rows in found
    ]


def _blanked(rows: list[list[Cell]], odd: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Blank the odd cells, of which some were read as 0; returns those to tell: #N/A says that there is nothing."""
    for row, column in odd:
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = None
    return {place: shown for place, shown in odd.items() if shown != "#N/A"}


def _unreadable(what: str) -> Refused:
    return Refused(issue("file-unreadable", what=what))


def _too_large(name: str) -> Refused:
    return _unreadable(
        f"a cell far from the others makes a sheet of {name} larger than {LARGEST_EXTENT:,} cells; "
        "delete the empty rows and columns after the last one"
    )


def _ignored(*, macros: bool, links: bool) -> list[Issue]:
    codes = [code for code, found in (("macros-ignored", macros), ("links-ignored", links)) if found]
    return [issue(code, severity=Severity.INFO) for code in codes]


def _look_through_ole(name: str, content: bytes) -> _Found:
    """Tell old Excel workbooks from what else lives in the same container: locked xlsx, Word, Outlook."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in content

    if holds("EncryptedPackage") or _XLS_PASSWORD.search(content):
        raise Refused(issue("file-encrypted"))
    if not (holds("Workbook") or holds("Book")):
        raise _unreadable(f"{name} is an Office document, but no workbook")
    return _Found(_ignored(macros=holds("_VBA_PROJECT"), links=False))


def _look_through(name: str, content: bytes) -> _Found:
    with opened(name, content) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 0x1 for member in members):
            raise Refused(issue("file-encrypted"))
        parts = {member.filename.lower() for member in members}
        _check_kind(name, parts)
        macros, links = workbook_parts.holds_macros(parts), workbook_parts.holds_links(parts)
        found = _Found(_ignored(macros=macros, links=links))
        laid = _laid(name, archive, found)
        if any(one.odd for one in laid.values()):
            paths = workbook_parts.sheet_paths(archive)
            found.odd = {title: laid[path].odd for title, path in paths.items() if path in laid}
        return found


def _check_kind(name: str, members: set[str]) -> None:
    if any(m.endswith("workbook.xml") for m in members) or "content.xml" in members:
        return
    if any(m.endswith("workbook.bin") for m in members):
        raise _unreadable(f"{name} is a binary workbook, .xlsb")
    for start, what in (
        ("word/", "a Word document"), ("ppt/", "a PowerPoint deck"), ("index/document.iwa", "a Numbers or Pages document"),
    ):  # fmt: skip
        if any(m.startswith(start) for m in members):
            raise _unreadable(f"{name} is {what}")
    what = "an archive in an archive" if MEMBER in name else "an archive without a workbook"
    raise _unreadable(f"{name} is {what}; unpack it first")


def _laid(name: str, archive: zipfile.ZipFile, found: _Found) -> dict[str, Laid]:
    """How calamine would lay out each part of a workbook, by the part's path; every part is expanded once.

    The odd cells of an .ods workbook, whose sheets are no parts, are told to `found`.

    Raises
    ------
    Refused
        If a sheet, or the text of all, is larger than can be held.
    """
    laid: dict[str, Laid] = {}
    texts: list[int] = []
    for member in sorted(archive.infolist(), key=lambda member: not _holds_texts(member)):
        if _holds_texts(member):
            texts += shared_text.lengths(pieces(archive, member))
        elif member.filename.lower() == "content.xml":
            xml = b"".join(pieces(archive, member))
            _check_size(name, *ods_xml.extent(xml))
            found.odd = ods_xml.odd(xml)
        else:
            one = sheet_xml.look_through(pieces(archive, member), count_shared=max(texts, default=0) > _LONG_TEXT)
            _check_size(name, one.rows * one.columns)
            laid[member.filename] = one
    if max(texts, default=0) * sum(one.shared for one in laid.values()) > _LARGEST_TEXT:
        showing = [(archive.getinfo(path), one.shared) for path, one in laid.items() if one.shared]
        _check_size(name, 0, sum(shared_text.shown(pieces(archive, part), texts, uses) for part, uses in showing))
    return laid


def _holds_texts(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith("sharedstrings.xml")


def _check_size(name: str, cells: int, text: int = 0) -> None:
    if cells > LARGEST_EXTENT:
        raise _too_large(name)
    if text > _LARGEST_TEXT:
        raise _unreadable(f"the cells of {name} show more than {_LARGEST_TEXT // MEGABYTE} MB of text")
