"""From the bytes of an upload to its sheets, or one clear sentence why not."""

from __future__ import annotations

from importers.archives import ARCHIVE_MAGIC, MEGABYTE
from importers.entities import without_entities
from importers.garbage import looked_for_rarely
from importers.issues import Refused, issue
from importers.sheet import Sheet
from importers.text_files import read_text
from importers.workbooks import OLE_MAGIC, read_workbook

#: (offset, first bytes, what a person calls it). Content decides; names lie.
KNOWN_BINARIES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftyp", "a video or picture"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\x1f\x8b", "a compressed file; unpack it first"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (0, b"Rar!\x1a", "a RAR archive; unpack it first"),
    (0, b"SQLite format 3\x00", "a database"),
    (0, b"PAR1\x15", "a Parquet file"),
)


@looked_for_rarely()
def read(name: str, content: bytes, *, limit_mb: int) -> list[Sheet]:
    """Read every sheet that holds something.

    Parameters
    ----------
    name
        The file's name, for messages only: what the file is, its bytes decide.
    content
        The whole file.
    limit_mb
        Largest size accepted, in megabytes of 1024 × 1024 bytes.

    Returns
    -------
    list[Sheet]
        Sheets in workbook order, hidden ones too, blank ones left out; never empty. Delimited text is one nameless
        sheet.

    Raises
    ------
    Refused
        With one issue: `file-empty`, `file-too-large`, `file-encrypted`, `file-unreadable` or `quote-open`.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Refused(issue("file-empty"))
    if len(content) > limit_mb * MEGABYTE:
        raise Refused(issue("file-too-large", limit=limit_mb))
    if (what := _known(content)) is not None:
        raise Refused(issue("file-unreadable", what=f"{name} is {what}"))
    sheets = read_workbook(name, content) if _is_workbook(content) else [read_text(name, content)]
    filled = [without_entities(sheet) for sheet in sheets if not sheet.is_blank]
    if not filled:
        raise Refused(issue("file-empty"))
    return filled


def may_be_text(start: bytes) -> bool:
    """Whether a file that begins so is nothing of which is known that it is no text."""
    return not _is_workbook(start) and _known(start) is None


def _known(start: bytes) -> str | None:
    return next((what for offset, magic, what in KNOWN_BINARIES if start.startswith(magic, offset)), None)


def _is_workbook(start: bytes) -> bool:
    return start.startswith((*ARCHIVE_MAGIC, OLE_MAGIC))
