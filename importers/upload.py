"""A file as it was handed over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedReader, BytesIO
from pathlib import Path

from data.config import config
from importers.archives import MEGABYTE
from importers.chunked.text import LongText
from importers.entities import without_entities
from importers.issues import Refused, issue
from importers.read import may_be_text, read
from importers.sheet import Sheet

#: Bytes from which on delimited text is long: its posts are read in chunks.
LONG = 16 * MEGABYTE
#: Bytes at the beginning that tell what a file is.
_TELLING = 64


@dataclass(eq=False)
class Upload:
    """A file's name, and its bytes or the path where they lie. It is read once, however often it is previewed; but a
    long text is read as it goes, so that it is never all in memory.
    """

    name: str
    content: bytes = field(default=b"", repr=False)
    path: Path | None = None

    def opened(self) -> BytesIO | BufferedReader:
        """The bytes from the beginning."""
        return BytesIO(self.content) if self.path is None else self.path.open("rb")

    @cached_property
    def size(self) -> int:
        """In bytes."""
        return len(self.content) if self.path is None else self.path.stat().st_size

    @cached_property
    def sha256(self) -> str:
        with self.opened() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def long(self) -> LongText | None:
        """The file as a long text, if it is one; of one that can't be read, `sheets` says why."""
        with self.opened() as stream:
            if self.size < LONG or not may_be_text(stream.read(_TELLING)):
                return None
        try:
            found = LongText(self.name, self.opened, self.size)
        except Refused:
            return None
        return None if found.head.is_blank else found

    @cached_property
    def first(self) -> list[Sheet]:
        """What tells the format and its questions: every sheet, or of a long text its first records.

        Raises
        ------
        importers.issues.Refused
            If it is no spreadsheet that can be read.
        """
        return self.sheets if self.long is None else [without_entities(self.long.head)]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Every sheet that holds something.

        Raises
        ------
        importers.issues.Refused
            If it is no spreadsheet that can be read, or larger than the limit of what is read as a whole.
        """
        limit = config().upload_limit_mb
        if self.size > limit * MEGABYTE:
            raise Refused(issue("file-too-large", limit=limit))
        content = self.content if self.path is None else self.path.read_bytes()
        return read(self.name, content, limit_mb=limit)

    @property
    def rows(self) -> int:
        """How many rows there are, of a long text about how many; 0 where it can't be read."""
        try:
            return sum(len(sheet.rows) for sheet in self.sheets) if self.long is None else self.long.about
        except Refused:
            return 0


def is_long(path: Path) -> bool:
    """Whether a file is long, and nothing but text as far as its beginning tells; raises OSError if it can't be opened."""
    if not path.is_file() or path.stat().st_size < LONG:
        return False
    with path.open("rb") as stream:
        return may_be_text(stream.read(_TELLING))
