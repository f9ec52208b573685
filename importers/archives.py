"""Archives: the files of a .zip one by one, and what must hold before anything of an archive is expanded.

A workbook is an archive too; `opened` and `pieces` serve both.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from io import BytesIO
from pathlib import PurePosixPath

from importers.issues import Refused, issue

ARCHIVE_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MEGABYTE = 1024 * 1024
#: Stands between the name of an archive and that of its member.
MEMBER = " › "
#: Sum of what the members of an archive unpack to.
LARGEST_UNPACKED = 500 * MEGABYTE
#: How often larger than itself an archive may be that unpacks to more than `_SMALL`; spreadsheets stay below a hundred.
_STEEPEST = 300
_SMALL = 20 * MEGABYTE
#: Parts of a workbook; files of a plain archive.
_MOST_PARTS, _MOST_FILES = 10_000, 200
#: The ways of packing that spreadsheets use and Python unpacks bit by bit. Others can grow a million times in one step.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Parts by which a document of an office program is told from an archive of files.
_DOCUMENT_PARTS = ("[content_types].xml", "content.xml", "mimetype", "index/document.iwa")
_DOCUMENT_FOLDERS = ("xl/", "word/", "ppt/")
#: What systems add to archives.
_SYSTEM_FILES = (".ds_store", "thumbs.db", "desktop.ini")
_PIECE = 1 << 17  # fits a cache near the processor, and makes few calls
_NO_END = 1 << 62

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def unpacked(name: str, content: bytes, *, limit_mb: int) -> list[tuple[str, bytes]]:
    """The files of a .zip, in its order; any other file comes back as itself.

    Folders and what systems add (``__MACOSX``, ``.DS_Store``) are left out. An archive in an archive is not unpacked
    and comes back as the file it is, which `importers.read.read` refuses.

    Returns
    -------
    list of (name, content)
        A member is named ``"a.zip › folder/b.csv"``.

    Raises
    ------
    Refused
        With one issue: `archive-encrypted`, `file-empty`, `file-too-large` (the archive or a member is larger than
        `limit_mb`) or `file-unreadable` (damaged, or it would unpack to more than can be held).
    """
    if not content.startswith(ARCHIVE_MAGIC):
        return [(name, content)]
    with opened(name, content) as archive:
        if is_document(archive):
            return [(name, content)]
        files = [member for member in archive.infolist() if not _is_left_out(member)]
        if not files:
            raise Refused(issue("file-empty"))
        if len(files) > _MOST_FILES:
            raise _unreadable(f"{name} holds {len(files):,} files, more than {_MOST_FILES}")
        if any(member.flag_bits & 0x1 for member in files):
            raise Refused(issue("archive-encrypted"))
        if max(len(content), *(member.file_size for member in files)) > limit_mb * MEGABYTE:
            raise Refused(issue("file-too-large", limit=limit_mb))
        return [(f"{name}{MEMBER}{_shown(member)}", b"".join(pieces(archive, member))) for member in files]


@contextmanager
def opened(name: str, content: bytes) -> Iterator[zipfile.ZipFile]:
    """An archive whose members may be expanded; damage that shows while it is open refuses the file.

    Raises
    ------
    Refused
        `file-unreadable` when it is damaged, is packed in a way that spreadsheets are not, or says that it unpacks to
        more than `LARGEST_UNPACKED`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check(name, len(content), archive.infolist())
            yield archive
    except _DAMAGE as error:
        raise _unreadable(f"{name} is damaged") from error


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member holds, piece by piece.

    Raises
    ------
    BadZipFile
        As soon as it holds more than it says: sizes in an archive are claims.
    """
    whole = copy(member)
    whole.file_size = _NO_END  # else Python stops where the member says it ends, and other readers do not
    left = member.file_size
    with archive.open(whole) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise zipfile.BadZipFile("a member is larger than it says")
            yield piece


def is_document(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is a document of an office program, such as a workbook, and not an archive of files."""
    names = [member.filename.lower() for member in archive.infolist()]
    return any(name in _DOCUMENT_PARTS or name.startswith(_DOCUMENT_FOLDERS) for name in names)


def _check(name: str, size: int, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > _MOST_PARTS:
        raise _unreadable(f"{name} holds more than {_MOST_PARTS:,} parts")
    total = sum(member.file_size for member in members)
    if total > LARGEST_UNPACKED:
        raise _unreadable(f"{name} unpacks to more than {LARGEST_UNPACKED // MEGABYTE} MB")
    if total > max(_SMALL, _STEEPEST * size):
        raise _unreadable(f"{name} unpacks to {total // MEGABYTE:,} MB, more than spreadsheets of its size do")
    if any(member.compress_type not in _PACKED for member in members if not member.flag_bits & 0x1):
        raise _unreadable(f"{name} is packed in an unusual way; unpack it first")


def _is_left_out(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/").lower())
    return member.is_dir() or "__macosx" in path.parts or path.name.startswith("._") or path.name in _SYSTEM_FILES


def _shown(member: zipfile.ZipInfo) -> str:
    """The member's name as it can be shown and stored."""
    return "".join(letter if letter.isprintable() else "�" for letter in member.filename.replace("\\", "/"))


def _unreadable(what: str) -> Refused:
    return Refused(issue("file-unreadable", what=what))
