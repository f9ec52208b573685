"""Text that a workbook holds once and shows in many cells: a little file can ask for all of a machine's memory with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from zipfile import BadZipFile

_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheetData")
_USE = re.compile(
    rb"[\"']s[\"'][^<>]*>\s*(?:<(?:[\w.-]+:)?f\b[^<>]*(?:/>|>[^<]*</(?:[\w.-]+:)?f>)\s*)?<(?:[\w.-]+:)?v[^<>]*>\s*(\d+)"
)
#: A cell of a spreadsheet program holds 32,767 characters.
_LONGEST = 1 << 20


def lengths(chunks: Iterable[bytes]) -> list[int]:
    """The bytes of each text, its formatting included.

    Raises
    ------
    BadZipFile
        If a text is longer than any program writes, or a sheet passes for a list of texts.
    """
    found: list[int] = []
    held = b""
    for chunk in chunks:
        piece = held + chunk
        if _SHEET.search(piece):
            raise BadZipFile("a sheet among the texts")
        *texts, held = _END.split(piece) if b":si" in piece else piece.split(b"</si>")
        found += map(len, texts)
        if len(held) > _LONGEST:
            break
    if max([len(held), *found]) > _LONGEST:
        raise BadZipFile("a text longer than any cell can hold")
    return found


def shown(chunks: Iterable[bytes], texts: list[int], uses: int) -> int:
    """At most how many bytes a sheet shows of shared texts; `uses` is how many of its cells may do so.

    A use that cannot be told counts as one of the longest text.
    """
    total, told, held = 0, 0, b""
    for chunk in chain(chunks, [b"<c"]):
        piece = held + chunk
        cut = piece.rfind(b"<c")
        for number in _USE.findall(piece, 0, max(cut, 0)):
            told += 1
            total += texts[int(number)] if int(number) < len(texts) else 0
        held = piece[max(cut, 0) :]
    return total + max(uses - told, 0) * max(texts, default=0)
