"""A file as it was handed over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from data.config import config
from importers.read import read
from importers.sheet import Sheet


@dataclass(eq=False)
class Upload:
    """A file's name and bytes. It is read once, however often it is previewed."""

    name: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Every sheet that holds something.

        Raises
        ------
        importers.issues.Refused
            If it is no spreadsheet that can be read.
        """
        return read(self.name, self.content, limit_mb=config().upload_limit_mb)
